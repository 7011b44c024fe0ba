//! Keys and signals, each from a thread of its own, into one channel.

use std::io;
use std::os::fd::AsFd as _;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::{Duration, Instant};

use crossterm::event::{
    self, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;

use super::Event;
use super::guard::Guard;
use crate::app::action::Way;
use crate::app::keys::Key;
use crate::app::mouse::{Gesture, Mouse};

/// A program that does not end by itself within this time after a signal is ended all the same.
const PATIENCE: Duration = Duration::from_secs(2);

/// Catches signals from now on. Call it before the terminal is taken over.
pub(super) fn catch_signals(guard: &Guard, events: &Sender<Event>) -> io::Result<()> {
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGWINCH, SIGTSTP, SIGCONT])?;
    let (guard, events) = (guard.clone(), events.clone());
    thread::Builder::new().name("signals".into()).spawn(move || {
        for signal in signals.forever() {
            // They are meant for the program that has the terminal; stopping stops both.
            if guard.is_lent() && matches!(signal, SIGINT | SIGQUIT) {
                continue;
            }
            if guard.is_lent() && signal == SIGTSTP {
                let _ = signal_hook::low_level::emulate_default_handler(signal);
                continue;
            }
            let event = match signal {
                SIGWINCH => Event::Resized,
                SIGTSTP => Event::Stop,
                SIGCONT => Event::Continue,
                _ => Event::End(signal),
            };
            let ends = matches!(event, Event::End(_));
            let sent = events.send(event).is_ok();
            if ends {
                if sent {
                    thread::sleep(PATIENCE);
                }
                guard.end();
                let _ = signal_hook::low_level::emulate_default_handler(signal);
            }
        }
    })?;
    Ok(())
}

/// Reads keys from now on.
pub(super) fn read_keys(guard: &Guard, events: &Sender<Event>) -> io::Result<()> {
    let (guard, events) = (guard.clone(), events.clone());
    thread::Builder::new().name("keys".into()).spawn(move || {
        let mut clicks = Clicks::default();
        while wait(&guard, None).is_ok() && burst(&guard, &events, &mut clicks).is_ok() {}
        let _ = events.send(Event::Gone);
    })?;
    Ok(())
}

/// Waits until there is something to read, or so long at most; false where there is nothing then.
/// An error where the terminal is gone: crossterm would read nothing over and over then.
fn wait(guard: &Guard, most: Option<&Timespec>) -> io::Result<bool> {
    let mut fds = [PollFd::from_borrowed_fd(guard.tty().as_fd(), PollFlags::IN)];
    while let Err(error) = poll(&mut fds, most) {
        if error != rustix::io::Errno::INTR {
            return Err(error.into());
        }
    }
    let gone = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
    if fds[0].revents().intersects(gone) {
        return Err(io::ErrorKind::ConnectionAborted.into());
    }
    Ok(fds[0].revents().contains(PollFlags::IN))
}

/// How long crossterm may look for what is known to be there; with no time at all it does not
/// look. Where nothing more is there, it keeps a processor busy for all of this time.
const LOOK: Duration = Duration::from_micros(50);

/// After so long it is made to look once more. What it has read already it does not pass on where
/// the time to look was over before it began, because this thread had to wait for a processor.
const AGAIN: Timespec = Timespec { tv_sec: 0, tv_nsec: 5_000_000 };

/// Passes on everything that comes until nothing does for a moment.
fn burst(guard: &Guard, events: &Sender<Event>, clicks: &mut Clicks) -> io::Result<()> {
    drain(guard, events, clicks)?;
    while wait(guard, Some(&AGAIN))? {
        drain(guard, events, clicks)?;
    }
    drain(guard, events, clicks)
}

/// Passes on everything that is there.
fn drain(guard: &Guard, events: &Sender<Event>, clicks: &mut Clicks) -> io::Result<()> {
    let _turn = guard.keys();
    while event::poll(LOOK)? {
        let event = match event::read()? {
            event::Event::Key(key) => key_of(key).map(Event::Key),
            event::Event::Mouse(mouse) => clicks.mouse_of(mouse).map(Event::Mouse),
            event::Event::Paste(text) => Some(Event::Paste(text)),
            _ => None,
        };
        if let Some(event) = event {
            events.send(event).map_err(io::Error::other)?;
        }
    }
    Ok(())
}

/// A second press on the same cell within this time is a double one.
const DOUBLE: Duration = Duration::from_millis(400);

/// The last press of the left button, and where it was.
#[derive(Debug, Default)]
struct Clicks {
    last: Option<(Instant, u16, u16)>,
}

impl Clicks {
    /// The mouse in the terms of the model. Other buttons than the left one are the terminal's.
    fn mouse_of(&mut self, event: MouseEvent) -> Option<Mouse> {
        let (x, y) = (event.column, event.row);
        let gesture = match event.kind {
            MouseEventKind::Down(MouseButton::Left) => self.press(x, y),
            MouseEventKind::Drag(MouseButton::Left) => Gesture::Drag,
            MouseEventKind::Up(MouseButton::Left) => Gesture::Release,
            MouseEventKind::ScrollDown => Gesture::Wheel(Way::Forward),
            MouseEventKind::ScrollUp => Gesture::Wheel(Way::Back),
            _ => return None,
        };
        Some(Mouse { x, y, gesture })
    }

    fn press(&mut self, x: u16, y: u16) -> Gesture {
        let now = Instant::now();
        let last = self.last.take().filter(|&(when, ..)| now.duration_since(when) < DOUBLE);
        if last.is_some_and(|(_, column, row)| (column, row) == (x, y)) {
            return Gesture::Double;
        }
        self.last = Some((now, x, y));
        Gesture::Press
    }
}

/// A key in the terms of the key table.
fn key_of(event: KeyEvent) -> Option<Key> {
    if event.kind == KeyEventKind::Release {
        return None;
    }
    let control = event.modifiers.contains(KeyModifiers::CONTROL);
    match event.code {
        KeyCode::Char(' ') => Some(Key::Named("Space")),
        KeyCode::Char(ch) if control => Some(Key::Ctrl(ch.to_ascii_lowercase())),
        KeyCode::Char(ch) => Some(Key::Char(ch)),
        code => name_of(code).map(Key::Named),
    }
}

fn name_of(code: KeyCode) -> Option<&'static str> {
    match code {
        KeyCode::Enter => Some("Enter"),
        KeyCode::Esc => Some("Esc"),
        KeyCode::Tab => Some("Tab"),
        KeyCode::BackTab => Some("S-Tab"),
        KeyCode::Up => Some("Up"),
        KeyCode::Down => Some("Down"),
        KeyCode::Left => Some("Left"),
        KeyCode::Right => Some("Right"),
        KeyCode::Home => Some("Home"),
        KeyCode::End => Some("End"),
        KeyCode::PageUp => Some("PgUp"),
        KeyCode::PageDown => Some("PgDn"),
        KeyCode::Backspace => Some("Backspace"),
        KeyCode::Delete => Some("Del"),
        _ => None,
    }
}
