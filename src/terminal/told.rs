//! Being told by Linux that a file changes, or what lies beside it, without waking up before.
//!
//! The system takes its time to end that (8 to 28 ms for each descriptor of inotify, measured on
//! Linux 6.18: whoever closes it waits until no processor looks at it any more), and a reader who
//! quits would wait for it. So each is left behind in the mail of a socket that lies in its own
//! mail: when the program is gone, the system finds that nobody can open that letter any more and
//! tidies up by itself (unix(7), “garbage collection of in-flight descriptors”).
//!
//! May not know: what is in the file.

use std::io::{self, IoSlice};
use std::mem::MaybeUninit;
use std::path::Path;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::fd::{AsFd as _, OwnedFd};
use rustix::fs::inotify::{CreateFlags, ReadFlags, Reader, WatchFlags, add_watch, init};
use rustix::net::{
    AddressFamily, SendAncillaryBuffer, SendAncillaryMessage, SendFlags, SocketFlags, SocketType,
    sendmsg, socketpair,
};

/// What the system tells of, until this is dropped.
#[derive(Debug)]
pub(super) struct Told {
    changes: OwnedFd,
    /// The socket in whose mail it is, and the one that sent it.
    _mail: Option<[OwnedFd; 2]>,
}

impl Told {
    /// Of a file, or beside it or what it is a link to: editors put another file in its place.
    /// Where its directory is not there yet, of the one where that would come to be.
    pub(super) fn of(path: &Path) -> io::Result<Self> {
        let changes = init(CreateFlags::CLOEXEC)?;
        let wanted = WatchFlags::CLOSE_WRITE
            | WatchFlags::CREATE
            | WatchFlags::MOVE
            | WatchFlags::DELETE
            | WatchFlags::DELETE_SELF
            | WatchFlags::MOVE_SELF;
        let place = path.canonicalize();
        for path in [Some(path), place.as_deref().ok()].into_iter().flatten() {
            let there = path.ancestors().skip(1).find(|directory| directory.is_dir());
            add_watch(&changes, there.unwrap_or(Path::new(".")), wanted)?;
        }
        // Only of the file itself is every write told. It may not be there.
        let _ = add_watch(&changes, path, WatchFlags::MODIFY);
        // Without it, ending takes longer.
        let mail = left_behind(&changes).ok();
        Ok(Self { changes, _mail: mail })
    }

    /// Waits until there is something to tell.
    pub(super) fn wait(&self) -> io::Result<()> {
        poll(&mut [PollFd::new(&self.changes, PollFlags::IN)], None)?;
        Ok(())
    }

    /// Whether nothing happened but that the file was written to, by a program that has it open
    /// still.
    pub(super) fn is_being_written(&self) -> io::Result<bool> {
        let mut room = [MaybeUninit::uninit(); 4096];
        let mut events = Reader::new(&self.changes, &mut room);
        let mut only = events.next()?.events() == ReadFlags::MODIFY;
        while !events.is_buffer_empty() {
            only &= events.next()?.events() == ReadFlags::MODIFY;
        }
        Ok(only)
    }
}

/// Puts a descriptor, with the socket itself, into the mail of a socket.
fn left_behind(descriptor: &OwnedFd) -> io::Result<[OwnedFd; 2]> {
    let (taker, sender) =
        socketpair(AddressFamily::UNIX, SocketType::DGRAM, SocketFlags::CLOEXEC, None)?;
    let letter = [descriptor.as_fd(), taker.as_fd()];
    let mut room = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(2))];
    let mut rights = SendAncillaryBuffer::new(&mut room);
    rights.push(SendAncillaryMessage::ScmRights(&letter));
    sendmsg(&sender, &[IoSlice::new(&[0])], &mut rights, SendFlags::empty())?;
    Ok([taker, sender])
}
