//! Takes the terminal over and gives it back as it was, whatever happens in between.

use std::fs::File;
use std::io::{self, IsTerminal as _, Write as _};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustix::termios::{self, OptionalActions, Termios};

use crate::app::mouse::Capture;
use crate::layout::panes::Size;

/// Presses, drags and the wheel, with cells of any number (DEC modes 1002 and 1006).
const MOUSE_ON: &[u8] = b"\x1b[?1002h\x1b[?1006h";

/// No mouse any more.
const MOUSE_OFF: &[u8] = b"\x1b[?1006l\x1b[?1002l";

/// Alternate screen, cursor hidden, pasted text marked.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[H\x1b[2J";

/// An update and a link that were begun are ended, then everything in reverse.
const LEAVE: &[u8] =
    b"\x1b]8;;\x1b\\\x1b[?2026l\x1b[0m\x1b[?1006l\x1b[?1002l\x1b[?2004l\x1b[?25h\x1b[?1049l";

/// More cells than this are not drawn on: a terminal that says it has 65,535 rows is mistaken.
const LARGEST: Size = Size { width: 1000, height: 500 };

/// Sides of a cell that there may be, in points.
#[cfg(feature = "images")]
const CELLS: std::ops::RangeInclusive<u16> = 2..=128;

/// The exit code of a panic, as for one of the main thread.
const PANICKED: i32 = 101;

/// Drawn on where a terminal does not know its size.
const USUAL: Size = Size { width: 80, height: 24 };

/// The terminal as it was. Cloned, it is the same terminal.
#[derive(Clone, Debug)]
pub(super) struct Guard {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    tty: File,
    before: Termios,
    /// Whether the mouse is to be ours while the terminal is.
    mouse: AtomicBool,
    /// Held while the terminal is taken or given back, so that neither is done by half.
    hold: Mutex<Hold>,
    /// Held by whoever reads keys.
    keys: Mutex<()>,
    /// Whether another program has the terminal for a while.
    lent: AtomicBool,
}

/// Whose the terminal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hold {
    /// The shell's.
    Free,
    /// Ours, but it still shows what it showed: our screen comes with the first frame.
    Awaited,
    /// Ours.
    Taken,
    /// The shell's for good: the program is about to end.
    Over,
}

/// Where frames are sent.
#[derive(Debug)]
pub(super) struct Gate(Guard);

impl io::Write for Gate {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut hold = self.0.hold();
        match *hold {
            Hold::Taken => self.0.tty().write(bytes),
            Hold::Awaited => {
                *hold = Hold::Taken;
                self.0.tty().write_all(&[ENTER, self.0.mouse(), bytes].concat())?;
                Ok(bytes.len())
            }
            Hold::Free | Hold::Over => Ok(bytes.len()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.tty().flush()
    }
}

impl Guard {
    /// Remembers how the terminal is. Nothing is changed yet.
    pub(super) fn new() -> io::Result<Self> {
        Self::of(terminal()?)
    }

    fn of(tty: File) -> io::Result<Self> {
        let before = termios::tcgetattr(&tty)?;
        let (mouse, hold) = (AtomicBool::new(true), Mutex::new(Hold::Free));
        let (keys, lent) = (Mutex::new(()), AtomicBool::new(false));
        Ok(Self { shared: Arc::new(Shared { tty, before, mouse, hold, keys, lent }) })
    }

    /// Sends bytes to the terminal while it is ours, and else nowhere: where a worker panicked,
    /// a frame that is being drawn does not follow its message.
    pub(super) fn screen(&self) -> Gate {
        Gate(self.clone())
    }

    /// The terminal, for waiting on it.
    pub(super) fn tty(&self) -> &File {
        &self.shared.tty
    }

    /// Takes the terminal over; what it shows is changed by the next frame, which is to paint
    /// everything. Does nothing where it was given back for good.
    pub(super) fn enter(&self) -> io::Result<()> {
        let mut hold = self.hold();
        if *hold == Hold::Over {
            return Ok(());
        }
        let mut raw = self.shared.before.clone();
        raw.make_raw();
        if *hold == Hold::Free {
            *hold = Hold::Awaited;
        }
        termios::tcsetattr(&self.shared.tty, OptionalActions::Now, &raw)?;
        if *hold == Hold::Taken {
            // Stopped without being asked, and continued: somebody else may have drawn on it.
            (&self.shared.tty).write_all(&[ENTER, self.mouse()].concat())?;
        }
        Ok(())
    }

    /// What makes the mouse ours, if it is to be.
    fn mouse(&self) -> &'static [u8] {
        if self.shared.mouse.load(Ordering::Relaxed) { MOUSE_ON } else { &[] }
    }

    /// Takes the mouse, or gives it to the terminal, now and whenever the terminal is ours.
    pub(super) fn capture(&self, mouse: Capture) -> io::Result<()> {
        let hold = self.hold();
        self.shared.mouse.store(mouse == Capture::On, Ordering::Relaxed);
        if *hold != Hold::Taken {
            return Ok(());
        }
        let switch = if mouse == Capture::On { MOUSE_ON } else { MOUSE_OFF };
        (&self.shared.tty).write_all(switch)
    }

    /// Gives the terminal back, to take it over again later.
    pub(super) fn leave(&self) {
        self.give_back(Hold::Free);
    }

    /// Lets another program have the terminal while `work` is done. Nobody reads keys meanwhile.
    pub(super) fn lend<T>(&self, work: impl FnOnce() -> T) -> io::Result<T> {
        let keys = self.keys();
        self.shared.lent.store(true, Ordering::SeqCst);
        self.leave();
        let done = work();
        self.shared.lent.store(false, Ordering::SeqCst);
        self.enter()?;
        drop(keys);
        Ok(done)
    }

    /// Whether another program has the terminal.
    pub(super) fn is_lent(&self) -> bool {
        self.shared.lent.load(Ordering::SeqCst)
    }

    /// The right to read keys.
    pub(super) fn keys(&self) -> MutexGuard<'_, ()> {
        self.shared.keys.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Gives the terminal back for good.
    pub(super) fn end(&self) {
        self.give_back(Hold::Over);
    }

    /// Errors are of no use to anyone here, since the terminal may be gone.
    fn give_back(&self, after: Hold) {
        let mut hold = self.hold();
        match std::mem::replace(&mut *hold, after) {
            Hold::Free | Hold::Over => return,
            Hold::Awaited => {}
            Hold::Taken => drop((&self.shared.tty).write_all(LEAVE)),
        }
        let before = &self.shared.before;
        let _ = termios::tcsetattr(&self.shared.tty, OptionalActions::Drain, before);
    }

    /// A thread that panicked while it held the terminal has not spoilt what it held.
    fn hold(&self) -> MutexGuard<'_, Hold> {
        self.shared.hold.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Gives the terminal back before the message of a panic is written. A panic of a worker
    /// ends the program too: a screen that is waited for in vain helps nobody.
    pub(super) fn leave_on_panic(&self) {
        let guard = self.clone();
        let report = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            guard.end();
            report(panic);
            if std::thread::current().name() != Some("main") {
                std::process::exit(PANICKED);
            }
        }));
    }

    /// The size to draw on, in cells.
    pub(super) fn size(&self) -> Size {
        match termios::tcgetwinsize(&self.shared.tty) {
            Ok(size) if size.ws_col > 0 && size.ws_row > 0 => Size {
                width: size.ws_col.min(LARGEST.width),
                height: size.ws_row.min(LARGEST.height),
            },
            _ => USUAL,
        }
    }

    /// A cell in points; none where the terminal does not tell, or what it tells cannot be. It is
    /// not guessed: a picture that is larger than it was taken for would lie over other cells.
    #[cfg(feature = "images")]
    pub(super) fn cell(&self) -> Option<(u16, u16)> {
        let size = termios::tcgetwinsize(&self.shared.tty).ok()?;
        let cell =
            (size.ws_xpixel.checked_div(size.ws_col)?, size.ws_ypixel.checked_div(size.ws_row)?);
        (CELLS.contains(&cell.0) && CELLS.contains(&cell.1)).then_some(cell)
    }
}

/// The terminal that the program is on: keys come from it even where the article is piped in.
fn terminal() -> io::Result<File> {
    let tty = File::options().read(true).write(true).open("/dev/tty");
    tty.or_else(|error| {
        let stdin = io::stdin();
        if !stdin.is_terminal() {
            return Err(error);
        }
        Ok(File::from(rustix::io::dup(&stdin)?))
    })
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn the_terminal_shows_what_it_showed_until_a_frame_is_there() {
        let pair = portable_pty::native_pty_system().openpty(portable_pty::PtySize::default());
        let pair = pair.unwrap();
        let path = pair.master.tty_name().unwrap();
        let guard = Guard::of(File::options().read(true).write(true).open(path).unwrap()).unwrap();
        let mut screen = guard.screen();
        screen.write_all(b"lost, ").unwrap();
        guard.enter().unwrap();
        guard.leave();
        guard.enter().unwrap();
        screen.write_all(b"one, ").unwrap();
        screen.write_all(b"two").unwrap();
        // Continued, and ended before there is another frame.
        guard.enter().unwrap();
        guard.end();
        guard.enter().unwrap();
        screen.write_all(b", lost").unwrap();
        let meant = [ENTER, MOUSE_ON, b"one, two", ENTER, MOUSE_ON, LEAVE].concat();
        let mut sent = vec![0; meant.len()];
        pair.master.try_clone_reader().unwrap().read_exact(&mut sent).unwrap();
        assert_eq!(sent, meant);
        let before = &guard.shared.before;
        let after = termios::tcgetattr(guard.tty()).unwrap();
        assert_eq!(after.local_modes, before.local_modes);
    }
}
