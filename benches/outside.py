#!/usr/bin/env python3
"""recto beside other readers, measured from outside: what a reader at the terminal waits for.

    cargo build --release
    python3 benches/outside.py target/release/recto             # beside less, and vim where there is one
    python3 benches/outside.py --sizes 10000,100000000 --rounds 7 target/release/recto

Every program runs on a pseudo-terminal of 120 by 40 cells and reads the same made-up text. Its
words tell what is on the screen: times go from the key to the read that brought the word asked
for (first frame, end, search) or to the last byte before a silence (a line or a page down). They
are medians in milliseconds and hold only beside those of the same run. Python's own modules are
enough; Linux or macOS.
"""

import argparse
import fcntl
import os
import pty
import select
import shutil
import signal
import statistics
import struct
import tempfile
import termios
import time

ROWS, COLUMNS = 40, 120
# The needle is searched for; it may be lit, so it is the word beside it that tells.
FIRST, NEEDLE, BESIDE, LAST = "Aubergine", "Zephyrine", "Monteverdi", "Quinquereme"
# Seconds: after the last byte, before the first, and before a word.
SILENCE, ANSWER, PATIENCE = 0.08, 0.3, 5.0

# Name, command, keys: a line and a page down, the end, search, quit.
LESS = {"down": "j", "page": " ", "end": "G", "search": f"/{NEEDLE}\r", "quit": "q"}
VIM = {"down": "\x05", "page": "\x06", "end": "G", "search": f"/{NEEDLE}\r", "quit": ":q!\r"}


def programs(recto):
    yield "recto", [recto, "--data-dir", os.devnull, "--config", os.devnull], LESS
    yield "less", ["less"], LESS
    yield "vim", ["vim", "-R", "-n", "--clean"], VIM


def text(size):
    """Paragraphs that all differ; the words looked for stand at the start, at 99 % and at the end."""
    lines, length, number = [f"{FIRST} is the first word."], 0, 0
    while length < size:
        number += 1
        words = (f"lamp {number * 7919 % 100003 + part} was lit at dusk" for part in range(12))
        lines.append(", ".join(words).capitalize() + ".")
        length += len(lines[-1]) + 1
    lines[len(lines) * 99 // 100] += f" {NEEDLE} {BESIDE} kept it."
    return "\n".join([*lines, f"The last word is {LAST}."]) + "\n"


class Run:
    """One program on a terminal of its own."""

    def __init__(self, command, path):
        self.start = time.perf_counter()
        self.pid, self.tty = pty.fork()
        if self.pid == 0:
            size = struct.pack("HHHH", ROWS, COLUMNS, 0, 0)
            fcntl.ioctl(0, termios.TIOCSWINSZ, size)
            os.environ.update(TERM="xterm-256color", LESSHISTFILE="-")
            os.execvp(command[0], [*command, path])
        fcntl.ioctl(self.tty, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))

    def wait(self, since, word=None):
        """Milliseconds to the word, or to the last byte before a silence; and how many bytes."""
        seen, last, end = b"", None, since + PATIENCE
        while (now := time.perf_counter()) < end:
            pause = end - now if word else SILENCE if last else ANSWER
            if not select.select([self.tty], [], [], pause)[0]:
                break
            try:
                seen += os.read(self.tty, 1 << 16)
            except OSError:
                break
            last = time.perf_counter()
            if word and word.encode() in seen:
                return (last - since) * 1000, len(seen)
        return (None if word or last is None else (last - since) * 1000), len(seen)

    def press(self, keys, word=None):
        since = time.perf_counter()
        os.write(self.tty, keys.encode())
        return self.wait(since, word)

    def quit(self, keys):
        since = time.perf_counter()
        os.write(self.tty, keys.encode())
        while time.perf_counter() < since + PATIENCE:
            if select.select([self.tty], [], [], 0)[0]:
                try:
                    os.read(self.tty, 1 << 16)
                except OSError:
                    pass
            if os.waitpid(self.pid, os.WNOHANG)[0]:
                os.close(self.tty)
                return (time.perf_counter() - since) * 1000
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.tty)
        return None


def measure(command, keys, path):
    run = Run(command, path)
    figures = {"first frame": run.wait(run.start, FIRST)[0]}
    run.wait(time.perf_counter())
    lines = [run.press(keys["down"]) for _ in range(10)]
    figures["line down"] = statistics.median(time for time, _ in lines if time is not None)
    figures["bytes a line"] = statistics.median(count for _, count in lines)
    pages = [run.press(keys["page"])[0] for _ in range(5)]
    figures["page down"] = statistics.median(time for time in pages if time is not None)
    figures["search"] = run.press(keys["search"], BESIDE)[0]
    run.wait(time.perf_counter())
    figures["end"] = run.press(keys["end"], LAST)[0]
    run.wait(time.perf_counter())
    figures["quit"] = run.quit(keys["quit"])
    return figures


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("recto")
    arguments.add_argument("--sizes", default="10000,1000000,10000000,100000000")
    arguments.add_argument("--rounds", type=int, default=5)
    chosen = arguments.parse_args()
    there = [one for one in programs(chosen.recto) if shutil.which(one[1][0])]
    for size in map(int, chosen.sizes.split(",")):
        with tempfile.TemporaryDirectory() as place:
            path = os.path.join(place, "text.txt")
            with open(path, "w", encoding="utf-8") as file:
                file.write(text(size))
            rounds = {name: [] for name, _, _ in there}
            for _ in range(chosen.rounds):
                for name, command, keys in there:
                    rounds[name].append(measure(command, keys, path))
        print(f"\n{size:,} bytes, medians of {chosen.rounds}")
        for figure in rounds["recto"][0]:
            cells = []
            for name, found in rounds.items():
                known = [one[figure] for one in found if one[figure] is not None]
                cells.append(f"{name} {statistics.median(known):10.2f}" if known else f"{name} {'-':>10}")
            print(f"  {figure:14}", "   ".join(cells))


if __name__ == "__main__":
    main()
