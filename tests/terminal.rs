//! The real program on a real pseudo-terminal: what it leaves behind however it ends, and that a
//! bookmark that is said to be saved is saved.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};

const PROGRAM: &str = env!("CARGO_BIN_EXE_recto");

/// How long anything may take on a busy machine.
const LIMIT: Duration = Duration::from_secs(20);

/// An editor that writes this, whatever it is given. The file's name follows.
const EDITOR: &str = "printf 'from the editor\\n\\n#harbour' >";

/// The program on a terminal of 100 by 30 cells of 8 by 16 points.
struct Run {
    master: Box<dyn MasterPty>,
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    screen: Arc<Mutex<vt100::Parser>>,
    /// All bytes that it sent.
    sent: Arc<Mutex<Vec<u8>>>,
    /// The terminal's modes before the program started.
    modes: String,
}

impl Run {
    fn start(data: &Path, arguments: &[&str]) -> Self {
        Self::start_with(data, arguments, &[])
    }

    fn start_with(data: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        let size = PtySize { rows: 30, cols: 100, pixel_width: 800, pixel_height: 480 };
        let pty = native_pty_system().openpty(size).expect("a pseudo-terminal");
        let modes = modes(&*pty.master);
        let mut command = CommandBuilder::new(PROGRAM);
        command.args(arguments);
        command.env("RECTO_DATA_DIR", data);
        command.env("RECTO_CONFIG", "/dev/null");
        command.env("TERM", "xterm-256color");
        command.env_remove("VISUAL");
        command.env("EDITOR", EDITOR);
        command.env("RUST_BACKTRACE", "0");
        for (name, value) in environment {
            command.env(name, value);
        }
        let child = pty.slave.spawn_command(command).expect("the program");
        let keys = pty.master.take_writer().expect("a writer");
        let mut output = pty.master.try_clone_reader().expect("a reader");
        let screen = Arc::new(Mutex::new(vt100::Parser::new(cells(30), cells(100), 0)));
        let sent = Arc::new(Mutex::new(Vec::new()));
        let (seen, kept) = (Arc::clone(&screen), Arc::clone(&sent));
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = output.read(&mut bytes) {
                kept.lock().expect("bytes").extend_from_slice(&bytes[..count]);
                seen.lock().expect("screen").process(&bytes[..count]);
            }
        });
        Self { master: pty.master, child, keys, screen, sent, modes }
    }

    fn sent(&self) -> String {
        String::from_utf8_lossy(&self.sent.lock().expect("bytes")).into_owned()
    }

    fn contents(&self) -> String {
        self.screen.lock().expect("screen").screen().contents()
    }

    /// Waits until the screen fulfils something.
    fn wait_for(&self, what: &str, fulfilled: impl Fn(&vt100::Screen) -> bool) {
        let start = Instant::now();
        while !fulfilled(self.screen.lock().expect("screen").screen()) {
            assert!(start.elapsed() < LIMIT, "no {what} on\n{}", self.contents());
            thread::sleep(Duration::from_millis(5));
        }
    }

    fn wait_for_words(&self, words: &str) {
        self.wait_for(words, |screen| screen.contents().contains(words));
    }

    fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).expect("keys");
    }

    fn signal(&self, signal: Signal) {
        let id = self.child.process_id().expect("an id");
        let id = Pid::from_raw(i32::try_from(id).expect("an id")).expect("an id");
        kill_process(id, signal).expect("a signal");
    }

    /// The program is gone and has left the terminal as it was.
    fn is_left_clean(&mut self) {
        let start = Instant::now();
        while self.child.try_wait().expect("a child").is_none() {
            assert!(start.elapsed() < LIMIT, "it does not end");
            thread::sleep(Duration::from_millis(5));
        }
        self.wait_for("usual screen", |screen| {
            screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
                && !screen.alternate_screen()
                && !screen.hide_cursor()
                && !screen.bracketed_paste()
        });
        assert_eq!(modes(&*self.master), self.modes, "the terminal's modes are not as they were");
    }
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).expect("a size")
}

/// The modes of a terminal, to be compared.
fn modes(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().expect("modes"))
}

/// The program with its sample open, and the folder of its record.
fn sample() -> (tempfile::TempDir, Run) {
    let data = tempfile::tempdir().expect("a folder");
    let run = Run::start(data.path(), &[]);
    run.wait_for_words("recto");
    run.wait_for_words("Comments 12");
    (data, run)
}

fn bookmarks(data: &Path) -> serde_json::Value {
    let listed = Command::new(PROGRAM)
        .args(["bookmarks", "list", "--json"])
        .env("RECTO_DATA_DIR", data)
        .output()
        .expect("the program");
    serde_json::from_slice(&listed.stdout).expect("JSON")
}

#[test]
fn quitting_gives_the_terminal_back() {
    let (_data, mut run) = sample();
    run.press("j]mq");
    run.is_left_clean();
}

#[test]
fn the_end_of_a_long_text_is_a_key_away_and_the_start_another() {
    let data = tempfile::tempdir().expect("a folder");
    let path = data.path().join("lamps.txt");
    let lamps = (0..300_000).map(|n| format!("Lamp {n} was lit at dusk.\n"));
    std::fs::write(&path, lamps.collect::<String>()).expect("a file");
    let mut run = Run::start(data.path(), &[path.to_str().expect("a path")]);
    run.press("G");
    run.wait_for_words("Lamp 299999 was lit");
    // By now or in a moment all is there, in which the reader goes on from the end.
    run.press("k");
    run.wait_for("all of it", |screen| screen.contents().contains('%'));
    run.wait_for_words("Lamp 299998 was lit");
    run.press("gg");
    run.wait_for_words("Lamp 0 was lit");
    run.press("q");
    run.is_left_clean();
}

#[test]
fn signals_give_the_terminal_back() {
    for signal in [Signal::TERM, Signal::INT, Signal::HUP, Signal::QUIT] {
        let (_data, mut run) = sample();
        run.signal(signal);
        run.is_left_clean();
    }
}

#[test]
fn a_bookmark_said_to_be_saved_survives_being_killed() {
    let (data, mut run) = sample();
    run.press("))m");
    run.wait_for_words("bookmark saved");
    run.signal(Signal::KILL);
    run.child.wait().expect("an end");
    let list = bookmarks(data.path());
    let words = list[0]["exact"].as_str().expect("words").to_owned();
    assert_eq!(list.as_array().map(Vec::len), Some(1));
    let mut again = Run::start(data.path(), &[]);
    again.wait_for_words("★");
    again.press("'");
    again.wait_for_words("Bookmarks");
    let start: String = words.chars().take(20).collect();
    again.wait_for_words(&start);
    again.press("qq");
    again.is_left_clean();
}

#[test]
fn a_bookmark_whose_words_were_edited_is_written_only_when_the_reader_says_so() {
    let data = tempfile::tempdir().expect("a folder");
    let file = data.path().join("pier.md");
    let path = file.to_str().expect("a path");
    let old = "# The pier\n\nThe harbour master closed the old north pier on Monday morning.\n\n\
               Nobody was hurt, and the ferry sails again.\n";
    std::fs::write(&file, old).expect("written");
    let mut run = Run::start(data.path(), &[path]);
    run.wait_for_words("closed the old north pier");
    run.press("m");
    run.wait_for_words("bookmark saved");
    run.press("q");
    run.is_left_clean();
    std::fs::write(&file, old.replace("old north pier", "new south pier")).expect("written");
    let mut run = Run::start(data.path(), &[path]);
    run.wait_for_words("bookmarks to look at: 1");
    run.press("]bC");
    // The words that are gone stand beside those that came for them.
    run.wait_for_words("old north new south pier");
    let exact = |list: &serde_json::Value| list[0]["exact"].as_str().expect("words").to_owned();
    assert!(exact(&bookmarks(data.path())).contains("old north pier"));
    run.press("C");
    run.wait_for_words("words as they are now");
    run.press("qq");
    run.is_left_clean();
    assert!(exact(&bookmarks(data.path())).contains("new south pier"));
}

#[test]
fn a_file_that_changes_is_read_anew_when_the_reader_says_so() {
    let data = tempfile::tempdir().expect("a folder");
    let file = data.path().join("pier.md");
    let old = "# The pier\n\nThe harbour master closed the north pier.\n\nNobody was hurt.\n";
    std::fs::write(&file, old).expect("written");
    let mut run = Run::start(data.path(), &[file.to_str().expect("a path")]);
    run.wait_for_words("Nobody was hurt");
    run.press("}m");
    run.wait_for_words("bookmark saved");
    run.press("\x1b");
    let new = old.replace("closed", "opened").replace("Nobody", "At noon it rained.\n\nNobody");
    std::fs::write(&file, new).expect("written");
    run.wait_for_words("the file has changed");
    assert!(run.contents().contains("closed the north pier"));
    run.press("\x12");
    run.wait_for_words("At noon it rained");
    run.wait_for_words("read anew");
    run.wait_for_words("opened the north pier");
    // The bookmark is on the row of its words, and so is the cursor.
    let marked = |screen: &vt100::Screen| screen.contents().contains("▌★   Nobody was hurt");
    run.wait_for("bookmark", marked);
    std::fs::write(&file, "# The pier\n").expect("written");
    run.press("\x1b");
    run.wait_for_words("the file is shorter now");
    std::fs::remove_file(&file).expect("removed");
    run.wait_for_words("the file is gone");
    run.press("\x12");
    run.wait_for_words("does not exist");
    assert!(run.contents().contains("At noon it rained"));
    run.press("m");
    run.wait_for_words("bookmark");
    run.press("q");
    run.is_left_clean();
}

#[test]
fn a_note_is_written_in_an_editor_and_the_screen_comes_back() {
    let (data, mut run) = sample();
    run.press("))A");
    run.wait_for_words("note saved");
    run.press("j'");
    run.wait_for_words("from the editor");
    run.press("qq");
    run.is_left_clean();
    let list = bookmarks(data.path());
    let kept = (&list[0]["note"], &list[0]["tags"][0]);
    assert_eq!(kept, (&"from the editor".into(), &"harbour".into()));
}

#[test]
fn a_deletion_of_an_earlier_session_is_taken_back() {
    let (data, mut run) = sample();
    run.press("))m");
    run.wait_for_words("bookmark saved");
    run.press("'x");
    run.wait_for_words("bookmark deleted");
    run.press("q");
    run.is_left_clean();
    let mut run = Run::start(data.path(), &[]);
    run.wait_for_words("Comments 12");
    run.press("U");
    run.wait_for_words("Deleted bookmarks");
    run.press("\r");
    run.wait_for_words("bookmark brought back");
    run.press("q");
    run.is_left_clean();
    assert_eq!(bookmarks(data.path()).as_array().map(Vec::len), Some(1));
}

#[test]
fn another_size_is_drawn_anew_and_keys_go_on() {
    let (_data, mut run) = sample();
    for (rows, cols) in [(24, 80), (40, 120), (12, 50)] {
        run.screen.lock().expect("screen").screen_mut().set_size(cells(rows), cells(cols));
        let size = PtySize { rows, cols, pixel_width: 0, pixel_height: 0 };
        run.master.resize(size).expect("a size");
        run.press("j");
        run.wait_for("status line at the bottom", |screen| {
            screen.rows(0, cols).nth(usize::from(rows) - 1).is_some_and(|row| row.contains("help"))
        });
        run.press("?");
        run.wait_for_words("a line down");
        run.press("\x1b");
        run.wait_for("closed list", |screen| !screen.contents().contains("a line down"));
    }
    run.press("q");
    run.is_left_clean();
}

/// A file whose name, when it is run, writes down its arguments.
fn recorder(folder: &Path) -> (String, std::path::PathBuf) {
    use std::os::unix::fs::PermissionsExt;
    let (program, record) = (folder.join("recorder"), folder.join("record"));
    let script = format!("#!/bin/sh\nprintf '%s\\n' \"$#\" \"$@\" >> '{}'\n", record.display());
    std::fs::write(&program, script).expect("written");
    std::fs::set_permissions(&program, PermissionsExt::from_mode(0o755)).expect("permissions");
    (program.to_str().expect("a path").to_owned(), record)
}

#[test]
fn the_file_is_opened_in_the_editor_of_the_settings_at_the_line_of_the_cursor() {
    let data = tempfile::tempdir().expect("a folder");
    let (program, record) = recorder(data.path());
    let (page, config) = (data.path().join("the page.md"), data.path().join("config.toml"));
    std::fs::write(&page, "# Tide\n\nThe tide turns at noon.\n\nThe ferry is late.\n").expect("it");
    let chosen = format!("[open]\neditor = \"{program} --at={{line}} {{file}}\"\n");
    std::fs::write(&config, chosen).expect("written");
    let arguments = ["--config", &config.to_string_lossy(), &page.to_string_lossy()];
    let mut run = Run::start(data.path(), &arguments);
    run.wait_for_words("The ferry");
    run.press("}}gE");
    let start = Instant::now();
    let opened = || std::fs::read_to_string(&record).unwrap_or_default();
    while opened().lines().count() < 3 {
        assert!(start.elapsed() < LIMIT, "{}\n{}", opened(), run.contents());
        thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(opened(), format!("2\n--at=5\n{}\n", page.display()));
    run.wait_for_words("The ferry");
    run.press("q");
    run.is_left_clean();
}

#[test]
fn a_link_is_one_argument_of_the_program_that_opens_it() {
    let data = tempfile::tempdir().expect("a folder");
    let (program, record) = recorder(data.path());
    let pwned = data.path().join("pwned");
    let touch = format!("touch {}", pwned.display());
    let page = data.path().join("page.html");
    let links = [
        format!("https://example.org/';{touch};'$({touch})`{touch}`"),
        format!("javascript:{touch}"),
        format!("--exec={touch}"),
        format!("https://example.net/\n{touch}"),
    ];
    let links = links.map(|link| format!("<a href=\"{link}\">tide</a> "));
    let body = format!("<!DOCTYPE html><body><article><p>{}</p></article>", links.concat());
    std::fs::write(&page, body).expect("written");
    let mut run = Run::start_with(
        data.path(),
        &[page.to_str().expect("a path")],
        &[("BROWSER", program.as_str())],
    );
    run.wait_for_words("tide");
    for number in 0..4 {
        run.press("o");
        run.wait_for_words("Links");
        run.press(&"j".repeat(number));
        run.press("\r");
        // Where it was not opened, the list is still there.
        run.press("\u{1b}");
        run.wait_for("closed list", |screen| !screen.contents().contains("Links"));
    }
    let start = Instant::now();
    let opened = || std::fs::read_to_string(&record).unwrap_or_default();
    while opened().lines().count() < 4 {
        assert!(start.elapsed() < LIMIT, "{}\n{}", opened(), run.contents());
        thread::sleep(Duration::from_millis(5));
    }
    run.press("q");
    run.is_left_clean();
    let opened = opened();
    let mut words: Vec<&str> = opened.lines().collect();
    words.sort_unstable();
    words.dedup();
    assert_eq!((words.len(), words[0]), (3, "1"), "{opened}");
    assert!(words[1].starts_with("https://example.net/touch") && !words[1].contains(' '));
    assert!(words[2].starts_with("https://example.org/%27%3Btouch%20"), "{opened}");
    assert!(!pwned.exists());
}

#[test]
fn a_program_that_cannot_open_a_link_is_named() {
    let data = tempfile::tempdir().expect("a folder");
    let page = data.path().join("page.md");
    std::fs::write(&page, "# Tide\n\nA [port](https://example.org/).\n").expect("written");
    for (browser, said) in [("/no/such/browser", "not opened"), ("false", "was not opened")] {
        let arguments = [page.to_str().expect("a path")];
        let mut run = Run::start_with(data.path(), &arguments, &[("BROWSER", browser)]);
        run.wait_for_words("port");
        run.press("o");
        run.wait_for_words("example.org");
        run.press("\r");
        run.wait_for_words(said);
        run.press("q");
        run.is_left_clean();
    }
}

#[test]
fn nothing_is_copied_but_what_the_reader_copies() {
    let data = tempfile::tempdir().expect("a folder");
    let page = data.path().join("page.txt");
    std::fs::write(&page, "Rest\u{1b}]52;c;cHduZWQ=\u{7} here.\n").expect("written");
    let mut run = Run::start(data.path(), &[page.to_str().expect("a path")]);
    run.wait_for_words("here");
    assert!(!run.sent().contains("\u{1b}]52;"));
    run.press("y");
    run.wait_for_words("copied");
    // “Rest␛]52;c;cHduZWQ=␇ here.” in base 64.
    assert!(run.sent().contains("\u{1b}]52;c;UmVzdOKQm101MjtjO2NIZHVaV1E94pCHIGhlcmUu"));
    run.press("q");
    run.is_left_clean();
    assert_eq!(run.sent().matches("\u{1b}]52;").count(), 1);
}

/// What a panic leaves behind: in the frame, in an update, in a worker, while loading.
#[cfg(feature = "faults")]
#[test]
fn a_panic_gives_the_terminal_back_and_says_so_in_one_safe_line() {
    for place in ["draw", "update", "worker", "load"] {
        let data = tempfile::tempdir().expect("a folder");
        let mut run = Run::start_with(data.path(), &[], &[]);
        run.wait_for_words("Comments 12");
        run.press("m");
        run.wait_for_words("bookmark saved");
        run.press("q");
        run.is_left_clean();
        let page = data.path().join("page.txt");
        std::fs::write(&page, "The tide turns.\n").expect("written");
        let page = page.to_str().expect("a path");
        let mut run = Run::start_with(data.path(), &[page], &[("RECTO_PANIC", place)]);
        run.is_left_clean();
        assert_eq!(run.child.wait().expect("an end").exit_code(), 101, "{place}");
        run.wait_for_words(&format!("asked for in {place}␍␛]0;title␇"));
        assert!(!run.sent().contains("\u{1b}]0;"), "{place}");
        assert_eq!(bookmarks(data.path()).as_array().map(Vec::len), Some(1), "{place}");
    }
}

#[test]
fn the_mouse_points_until_it_is_given_to_the_terminal() {
    let (_data, mut run) = sample();
    let ours = |screen: &vt100::Screen| {
        screen.mouse_protocol_mode() == vt100::MouseProtocolMode::ButtonMotion
    };
    run.wait_for("mouse", ours);
    run.press("\x1b[<0;80;5M\x1b[<0;80;5m");
    run.wait_for_words(" comments ");
    run.press("M");
    run.wait_for("no mouse", |screen| !ours(screen));
    run.press("M");
    run.wait_for("mouse", ours);
    run.press("q");
    run.is_left_clean();
}

#[test]
fn the_cursor_of_the_terminal_stands_where_the_reader_is() {
    let (_data, mut run) = sample();
    let on = |screen: &vt100::Screen, words: &str| {
        let (row, column) = screen.cursor_position();
        let line = screen.rows(column, 100).nth(usize::from(row)).unwrap_or_default();
        !screen.hide_cursor() && line.to_lowercase().starts_with(words)
    };
    let first = |screen: &vt100::Screen| on(screen, "on the");
    run.wait_for("cursor on the first sentence", first);
    run.press("t");
    run.wait_for("cursor in the list", |screen| on(screen, "the train that stops"));
    run.press("q/train\r");
    run.wait_for("cursor on the match", |screen| on(screen, "train"));
    run.press("3");
    run.wait_for("cursor on a name", |screen| {
        let line = screen.rows(0, 100).nth(usize::from(screen.cursor_position().0));
        screen.cursor_position().1 > 60 && line.is_some_and(|line| line.contains("·"))
    });
    run.press("q");
    run.is_left_clean();
}

#[test]
fn the_card_of_a_name_tells_in_which_other_articles_it_was_read_and_opens_one() {
    let data = tempfile::tempdir().expect("a folder");
    let (one, other) = (data.path().join("one.md"), data.path().join("other.md"));
    let words = "Ada Brandt closed the pier. Ada Brandt is the mayor.";
    std::fs::write(&one, format!("# The pier\n\n{words}\n")).expect("written");
    std::fs::write(&other, format!("# The quay\n\n{words} So Ada Brandt says.\n")).expect("it");
    let mut run = Run::start(data.path(), &[&one.to_string_lossy()]);
    run.wait_for_words("Ada Brandt     ");
    run.press("q");
    run.is_left_clean();
    let mut run = Run::start(data.path(), &[&other.to_string_lossy()]);
    run.wait_for_words("Ada Brandt     ");
    // The history is read behind the reader's back: the card is made anew until it is there.
    let start = Instant::now();
    while !run.contents().contains("Also in 1 other article") {
        assert!(start.elapsed() < LIMIT, "{}", run.contents());
        run.press("\x1b3c");
        thread::sleep(Duration::from_millis(300));
    }
    run.press("&pier\r\r");
    run.wait_for_words(" The pier ");
    run.press("q");
    run.is_left_clean();
}

#[test]
fn with_no_color_set_nothing_has_a_colour_and_what_stands_out_is_told_by_weight() {
    let data = tempfile::tempdir().expect("a folder");
    let environment = [("NO_COLOR", "1"), ("COLORTERM", "truecolor")];
    let mut run = Run::start_with(data.path(), &[], &environment);
    run.wait_for_words("Comments 12");
    run.press("3");
    run.wait_for_words("Entities 32");
    let has = |screen: &vt100::Screen, wanted: [bool; 4]| {
        let cells =
            (0..30).flat_map(|row| (0..60).filter_map(move |column| screen.cell(row, column)));
        cells
            .filter(|cell| cell.has_contents())
            .any(|cell| [cell.bold(), cell.italic(), cell.underline(), cell.inverse()] == wanted)
    };
    // Bold, italic, underlined, reversed: of a mention, a match, a quotation, a selection.
    let steps = [
        ("\r", "the mention that was gone to", [true, false, true, true]),
        ("\x1b\x1b/band\r", "a match", [true, false, true, true]),
        ("\x1b2]q", "a quotation", [true, true, true, false]),
        ("\x1b1v)", "a selection", [false, true, false, true]),
    ];
    for (keys, what, look) in steps {
        run.press(keys);
        run.wait_for(what, |screen| has(screen, look));
        let screen = run.screen.lock().expect("screen");
        let cells = (0..30).flat_map(|row| (0..100).map(move |column| (row, column)));
        let mut cells = cells.filter_map(|(row, column)| screen.screen().cell(row, column));
        let plain = |cell: &vt100::Cell| (cell.fgcolor(), cell.bgcolor());
        assert!(cells.all(|cell| plain(cell) == (vt100::Color::Default, vt100::Color::Default)));
    }
    run.press("\x1bq");
    run.is_left_clean();
}

#[test]
fn what_cannot_be_opened_is_said_in_one_line() {
    let data = tempfile::tempdir().expect("a folder");
    let empty = data.path().join("empty");
    std::fs::write(&empty, "").expect("written");
    let missing = data.path().join("missing\u{1b}]0;x\u{7}");
    for path in [&missing, &empty, &data.path().to_owned()] {
        let done = Command::new(PROGRAM).arg("show").arg(path).output().expect("the program");
        let said = String::from_utf8(done.stderr).expect("UTF-8");
        assert_eq!(done.status.code(), Some(2));
        assert_eq!(said.lines().count(), 1, "{said}");
        assert!(!said.contains('\u{1b}') && said.starts_with("recto: "), "{said}");
    }
}

#[test]
fn a_config_with_an_error_in_every_section_starts_says_so_and_reads_on() {
    let data = tempfile::tempdir().expect("a folder");
    let config = data.path().join("config.toml");
    let wrong = "[keys]\nbookmork = \"M\"\n[theme]\nname = \"pink\"\n[screen]\nmeasure = 1\n[text]\neven-lines = 7\n\
                 [formats]\npdf = false\n[open]\neditor = 7\n[sound]\nloud = true\nnonsense\n";
    std::fs::write(&config, wrong).expect("written");
    let mut run = Run::start(data.path(), &["--config", &config.to_string_lossy()]);
    run.wait_for_words("config line 2: keys.bookmork");
    run.press("i");
    for wrong in ["theme.name", "screen.measure", "text.even-lines", "formats.pdf", "open.editor"] {
        run.wait_for_words(wrong);
    }
    run.press("\x1b");
    run.press("?");
    run.wait_for_words("a line down");
    run.press("\x1b");
    // What is saved is read again.
    std::fs::write(&config, "[keys]\nhelp = [\"h\"]\n").expect("written");
    run.wait_for_words("h help");
    run.press("q");
    run.is_left_clean();
}

/// A server on this machine that gives everyone the same answer, `pace` apart a byte.
fn server(answer: &'static str, pace: Duration) -> String {
    server_of(vec![answer], pace)
}

/// One that gives these answers in turn, and the last one ever after.
fn server_of(answers: Vec<&'static str>, pace: Duration) -> String {
    let last = answers.last().copied().expect("an answer");
    let mut answers = answers.into_iter().chain(std::iter::repeat(last));
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let at = listener.local_addr().expect("its own address");
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _ = stream.read(&mut [0; 4096]);
            let answer = answers.next().expect("the last one");
            let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
            // The other side may have seen enough.
            let _ = stream.write_all(format!("{head}\r\nConnection: close\r\n\r\n").as_bytes());
            for byte in body.bytes() {
                if stream.write_all(&[byte]).is_err() {
                    break;
                }
                thread::sleep(pace);
            }
        }
    });
    format!("http://{at}/tide")
}

const SLOWLY: Duration = Duration::from_millis(40);

const PAGE: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<!DOCTYPE html>\
    <title>Low Water</title><h1>Low Water</h1><p>The boats lean on their keels, and the harbour is dry.\
    <p>At noon the tide turns, and the ferry sails again to the other side of the river.";

#[test]
fn a_page_of_the_web_takes_the_place_of_what_is_said_of_it() {
    let data = tempfile::tempdir().expect("a folder");
    let url = server(PAGE, Duration::ZERO);
    let mut run = Run::start(data.path(), &[&url]);
    run.wait_for_words("The boats lean");
    run.press("m");
    run.wait_for_words("bookmark saved");
    run.press("q");
    run.is_left_clean();
    assert_eq!(bookmarks(data.path()).as_array().map(Vec::len), Some(1));
    let kept = std::fs::read_dir(data.path().join("pages")).expect("copies").count();
    assert_eq!(kept, 1);
}

#[test]
fn while_a_page_comes_slowly_the_screen_is_there_and_can_be_left() {
    let data = tempfile::tempdir().expect("a folder");
    let url = server(PAGE, SLOWLY);
    let mut run = Run::start(data.path(), &[&url]);
    run.wait_for_words("Fetching this from 127.0.0.1:");
    run.wait_for_words(&url);
    run.wait_for_words(" 1 KB…");
    run.wait_for_words("q leaves");
    run.press("m");
    run.wait_for_words("still being read");
    run.press("q");
    run.is_left_clean();
    assert!(!data.path().join("pages").exists(), "what was left is not kept");
}

#[test]
fn a_page_that_is_given_up_is_not_waited_for() {
    let data = tempfile::tempdir().expect("a folder");
    let url = server(PAGE, SLOWLY);
    let mut run = Run::start(data.path(), &[&url]);
    run.wait_for_words("Fetching this from");
    run.press("\x1b");
    run.wait_for_words("This is not here: not fetched");
    run.press("q");
    run.is_left_clean();
}

#[test]
fn why_a_page_is_not_there_stays_on_the_screen() {
    for (answer, why) in [
        ("HTTP/1.1 404 Not Found\r\n\r\n", "the server says 404"),
        ("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nx", "image/png is nothing to read"),
        (
            "HTTP/1.1 302 Found\r\nLocation: file:///etc/hosts\r\n\r\n",
            "an address that is not fetched",
        ),
        ("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nx", "the answer is cut off"),
    ] {
        let data = tempfile::tempdir().expect("a folder");
        let url = server(answer, Duration::ZERO);
        let mut run = Run::start(data.path(), &[&url]);
        run.wait_for_words(why);
        run.press("jm");
        run.wait_for_words("This is not here: ");
        run.wait_for_words(why);
        run.press("q");
        run.is_left_clean();
    }
}

#[test]
fn a_page_that_is_not_there_is_fetched_again_when_the_reader_says_so() {
    let data = tempfile::tempdir().expect("a folder");
    let url = server_of(vec!["HTTP/1.1 503 Busy\r\n\r\n", PAGE], Duration::ZERO);
    let mut run = Run::start(data.path(), &[&url]);
    run.wait_for_words("the server says 503");
    run.wait_for_words("^r fetches it again");
    run.press("\x12");
    run.wait_for_words("The boats lean");
    run.press("q");
    run.is_left_clean();
}

#[test]
fn what_a_feed_only_names_is_fetched_when_the_reader_says_so() {
    let data = tempfile::tempdir().expect("a folder");
    let url = server(PAGE, Duration::ZERO);
    let feed = data.path().join("news.xml");
    let item = |title: &str, link: &str| format!("<item><title>{title}</title>{link}</item>");
    let items = [item("High Water", ""), item("Low Water", &format!("<link>{url}</link>"))];
    let text = format!("<rss><channel><title>News</title>{}</channel></rss>", items.concat());
    std::fs::write(&feed, text).expect("written");
    let mut run = Run::start(data.path(), &[feed.to_str().expect("a path")]);
    run.wait_for_words("High Water");
    run.wait_for_words("other files");
    run.press("O");
    run.wait_for_words("nothing here has an address");
    run.press("jO");
    run.wait_for_words("From the web");
    run.wait_for_words("127.0.0.1:");
    assert!(!data.path().join("pages").exists(), "nothing is fetched unasked");
    run.press("\r");
    run.wait_for_words("The boats lean");
    // What it was found in is still beside it.
    run.press("L");
    run.wait_for_words("High Water");
    run.wait_for_words("news.xml");
    run.press("qq");
    run.is_left_clean();
}

/// A page with a picture beside it, and settings.
#[cfg(feature = "images")]
fn page_with_picture(folder: &Path, settings: &str) -> (String, String) {
    let colour = |x, _| image::Rgb([x as u8, 0, 80]);
    image::RgbImage::from_fn(64, 64, colour).save(folder.join("pier.png")).expect("a picture");
    let (page, config) = (folder.join("page.md"), folder.join("config.toml"));
    std::fs::write(&page, "# The pier\n\n![At noon](pier.png)\n").expect("a page");
    std::fs::write(&config, settings).expect("settings");
    (page.display().to_string(), config.display().to_string())
}

#[cfg(feature = "images")]
#[test]
fn a_picture_is_sent_by_the_protocol_of_the_settings_and_again_only_after_a_redraw() {
    let data = tempfile::tempdir().expect("a folder");
    let (page, config) = page_with_picture(data.path(), "[pictures]\nprotocol = \"iterm\"\n");
    let mut run = Run::start_with(data.path(), &[&page], &[("RECTO_CONFIG", &config)]);
    run.wait_for_words("The pier");
    let start = "\x1b]1337;File=inline=1;width=8;height=4;doNotMoveCursor=1:iVBORw0KGgo";
    for (keys, times) in [("I", 1), ("", 1), ("\x0c", 2)] {
        run.press(keys);
        run.wait_for("the frame of the picture", |screen| screen.contents().contains("q close"));
        run.wait_for("the picture", |_| run.sent().matches(start).count() == times);
    }
    run.press("\x1b");
    run.wait_for("nothing over it", |screen| !screen.contents().contains("q close"));
    assert_eq!(run.sent().matches(start).count(), 2);
    run.press("q");
    run.is_left_clean();
}

#[cfg(feature = "images")]
#[test]
fn a_terminal_that_is_not_known_has_pictures_in_cells() {
    let data = tempfile::tempdir().expect("a folder");
    let (page, config) = page_with_picture(data.path(), "");
    let environment = [("RECTO_CONFIG", &*config), ("XTERM_VERSION", "XTerm(379)")];
    let mut run = Run::start_with(data.path(), &[&page], &environment);
    run.wait_for_words("The pier");
    run.press("I");
    run.wait_for_words("▀▀▀▀▀▀▀▀");
    let sent = run.sent();
    assert!(["\x1b_G", "\x1bP", "]1337"].iter().all(|start| !sent.contains(start)));
    run.press("qq");
    run.is_left_clean();
}
