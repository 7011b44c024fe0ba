//! What can happen to the model, and what it asks of the outside. Both are plain data: they can
//! be printed, compared and replayed.

use std::sync::Arc;

use crate::analysis::corrections::Correction;
use crate::analysis::{Links, Names};
use crate::app::entities::correct::Reach;
use crate::app::entities::elsewhere::Elsewhere;
use crate::app::file::progress::{self, Task};
use crate::app::file::reload::Change;
use crate::app::keys::Key;
use crate::app::lists::field::Typing;
use crate::app::lists::item::{Item, Opening};
use crate::app::lists::palette::Scope;
use crate::app::marks::mark::{Deed, Draft, Mark, Which};
use crate::app::mouse::{Capture, Mouse};
use crate::app::reading::pictures::Form;
use crate::app::settings::{Settings, Trait};
use crate::article::Document;
use crate::article::bulk::Bulk;
use crate::layout::panes::{Pane, Size};
use crate::text::address::Address;
use crate::text::find::Query;
use crate::text::shown::Shown;
use crate::text::span::Span;

/// Which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Towards the end.
    Forward,
    /// Towards the start.
    Back,
}

/// How far the view moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scroll {
    /// A row.
    Row,
    /// Half of what is shown.
    Half,
    /// What is shown.
    Page,
    /// All the way.
    All,
}

impl Scroll {
    /// How many lines of a list that is, where `page` lines are shown of `all`.
    pub const fn lines(self, page: usize, all: usize) -> usize {
        match self {
            Self::Row => 1,
            Self::Half => page / 2,
            Self::Page => page,
            Self::All => all,
        }
    }
}

/// What a walk goes along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trail {
    /// Sentences.
    Sentence,
    /// Paragraphs; in the discussion, top-level threads.
    Paragraph,
    /// Paragraphs of the article, then comments.
    Piece,
    /// Headings.
    Heading,
    /// Mentions of the selected entity, or of any.
    Mention,
    /// Quotations and quoted passages.
    Quote,
    /// Comments that quote the passage.
    Answer,
    /// Bookmarks.
    Bookmark,
    /// Comments that are new since the last reading.
    New,
    /// What was walked last of hits and mentions.
    Latest,
}

/// What a list lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// Articles read lately.
    Home,
    /// The files of the folder that the article lies in.
    Folder,
    /// Bookmarks of this article.
    Bookmarks,
    /// Bookmarks of all articles.
    AllBookmarks,
    /// Bookmarks of this article that were deleted.
    Deleted,
    /// Where a bookmark may stand.
    Places,
    /// One entity.
    Card,
    /// The other ends of links.
    Peek,
    /// The most discussed passages.
    Discussed,
    /// Where mentions, quotations and bookmarks fall.
    Overview,
    /// Headings.
    Outline,
    /// Links out of the paragraph.
    Links,
    /// Pages of the web that can be fetched and read here.
    Web,
    /// What the page offers to read next.
    Related,
    /// What was read, guessed and repaired.
    Details,
}

impl Topic {
    /// The title of its frame.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Home => "Read lately",
            Self::Folder => "Articles beside this one",
            Self::Bookmarks => "Bookmarks",
            Self::AllBookmarks => "Bookmarks of all articles",
            Self::Deleted => "Deleted bookmarks",
            Self::Places => "Which of these is it?",
            Self::Card => "Entity",
            Self::Peek => "At the other end",
            Self::Discussed => "Most discussed",
            Self::Overview => "Where it falls",
            Self::Outline => "Outline",
            Self::Links => "Links: a letter or Enter opens",
            Self::Web => "From the web: Enter fetches and opens it here",
            Self::Related => "Read next",
            Self::Details => "Details",
        }
    }
}

/// What a line is typed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Words to search for.
    Search,
    /// Words that the lines of a list must hold; of the comments, where they have the focus.
    Filter,
    /// Words that comments must hold.
    Comments,
    /// A note on the passage.
    Note,
    /// Words that are the name of an entity.
    Add,
    /// Another name of an entity.
    Rename,
}

/// What can happen.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Moves the view, or the cursor of a list.
    Scroll(Scroll, Way),
    /// To the next or previous one.
    Walk(Trail, Way),
    /// Focus to the next or previous pane.
    Turn(Way),
    /// Focus to a pane.
    Focus(Pane),
    /// The focused pane alone, and back.
    Zoom,
    /// Moves the border between body and comments.
    Share(Way),
    /// Widens or narrows the column of the body.
    Measure(Way),
    /// Sets paragraphs in another way.
    Switch(Trait),
    /// Folds the thread, or goes to its parent where it is folded.
    Fold,
    /// Unfolds the thread.
    Unfold,
    /// Folds or unfolds the thread.
    ToggleFold,
    /// Folds all threads.
    FoldAll,
    /// Folds what lies deeper than a level.
    FoldBelow(u32),
    /// Folds the whole thread and goes to the next one.
    FoldAway,
    /// Shows only the comments of this author, on this passage or with this entity, or all again.
    Narrow,
    /// Lets the comments follow the article while it is scrolled, or not.
    Step,
    /// Shows the text of the file as it stands, or the article again.
    Raw,
    /// Takes the new comments for read.
    Dismiss,
    /// Unfolds all threads.
    UnfoldAll,
    /// To the next or previous comment of the same level.
    Sibling(Way),
    /// To the comment that this one answers.
    Parent,
    /// Follows what is under the cursor.
    Go,
    /// Shows the picture under the cursor.
    Picture,
    /// Opens a list over the panes.
    List(Topic),
    /// Opens the palette, or the help.
    Palette(Scope),
    /// Asks for a line of text.
    Ask(Purpose),
    /// Back to where a jump was made, and forward again.
    Jump(Way),
    /// Links sentences that retell the article too, or quotations only.
    Echoes,
    /// Selects the entity under the cursor.
    Star,
    /// Corrects the entity under the cursor, or adds one.
    Correct,
    /// Changes the order of the list of names.
    Sort,
    /// Begins or ends a selection.
    Select,
    /// Bookmarks the selection, the sentence or the comment.
    Bookmark,
    /// Deletes the bookmark that a list points at.
    Delete,
    /// Takes the last deletion back.
    Undo,
    /// Says that a bookmark marks what stands there now.
    Confirm,
    /// Tries again to write what could not be written.
    Write,
    /// Opens the note in an editor.
    Editor,
    /// Copies the selection, the sentence or the comment.
    Copy,
    /// Copies it with whose words it is.
    Cite,
    /// Opens the file of the article in an editor.
    EditSource,
    /// Closes what is open, or quits.
    Close,
    /// Clears what is open, selected or searched.
    Escape,
    /// Stops the program until it is continued.
    Suspend,
    /// Reads the settings anew.
    Configure,
    /// Paints the screen anew.
    Redraw,
    /// Reads the file of the article anew.
    Reload,
    /// Gives the mouse to the terminal, or takes it.
    ToggleMouse,

    /// Types into a prompt.
    Type(Typing),
    /// A prompt is answered.
    Submit,

    /// Chooses the line of the open list that begins with a letter.
    Hint(char),
    /// Chooses a line of what is listed by its number, from 1; headings have none.
    Choose(usize),
    /// The mouse did something.
    Mouse(Mouse),
    /// Something happened outside.
    Heard(News),
}

/// What happens outside of the model: the reader asks for none of it, and none of it ends what the
/// reader was told.
#[derive(Clone, Debug, PartialEq)]
pub enum News {
    /// The terminal has another size.
    Resize(Size),
    /// Names were found, in so much of the text.
    Named(Arc<Names>, progress::Reach),
    /// Names were corrected.
    Corrected(Arc<Names>),
    /// Links were found, maybe not all yet.
    Linked(Arc<Links>),
    /// How much was read for either.
    Reached(Task, progress::Reach),
    /// The first hit of a query from where the reader was: all of them follow.
    Nearest(Arc<Query>, Span),
    /// The end of a text that is still being read.
    Ending(Arc<Document>),
    /// A search is there: what was searched for, and all hits.
    Hits(Arc<Query>, Arc<Bulk<Span>>),
    /// Bookmarks were read.
    Marks(Vec<Mark>),
    /// A bookmark is kept in memory, new or changed.
    Put(Mark),
    /// A bookmark has another note in memory.
    Noted(String, String),
    /// A bookmark is on disk, and what was done to it.
    Saved(String, Deed),
    /// A bookmark is not on disk, and why.
    NotSaved(String, String),
    /// A bookmark was deleted on disk, or why not.
    Deleted(Which, Result<(), String>),
    /// The places that a bookmark may be at.
    Places(String, Vec<Span>),
    /// What was written in an editor; where that failed, why.
    Composed(String, Option<String>),
    /// A list was gathered.
    Listed(Topic, Vec<Item>),
    /// Other articles in which its names were read.
    Elsewhere(Arc<Elsewhere>),
    /// The file of the article is not what was read any more; none: it is.
    Changed(Option<Change>),
    /// Keys have been waiting for more for a moment; none: they wait no longer.
    Prefix(Vec<Key>),
    /// The reader's settings are there, or were changed.
    Configured(Arc<Settings>),
    /// A picture was read, by its index, for the screen as it was.
    Pictured(u32, Form),
    /// Something for the status line.
    Tell(String),
}

impl From<News> for Action {
    fn from(news: News) -> Self {
        Self::Heard(news)
    }
}

/// What the model asks of the outside.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// End.
    Quit,
    /// Stop until continued.
    Suspend,
    /// Read the settings anew.
    Configure,
    /// Paint everything anew.
    Redraw,
    /// Show the other end of a text that is still being read.
    TurnRound,
    /// Find all places of these words.
    Search(String),
    /// Remember that these words were searched for.
    Searched(String),
    /// Put a bookmark on disk.
    Save(Draft),
    /// Put another note on a bookmark, tags at its end.
    Annotate(Which, String),
    /// Let a bookmark mark this passage as it is now.
    Confirm(String, Span),
    /// Find all places that a bookmark may be at.
    Places(String),
    /// Delete a bookmark.
    Delete(Which),
    /// Bring a deleted bookmark back.
    Restore(Which),
    /// Try again to put these bookmarks on disk.
    Write(Vec<String>),
    /// Open this text in an editor.
    Compose(String),
    /// Correct what was found.
    Correct(Arc<Names>, Vec<Correction>),
    /// Keep a correction.
    KeepCorrection(Correction, Reach),
    /// Keep a correction no longer.
    DropCorrection(Correction, Reach),
    /// Gather what a list is to show.
    Gather(Topic),
    /// Read the file of the article anew.
    Reload,
    /// Open another article.
    Open(Opening),
    /// Give up what is fetched from the web.
    GiveUp,
    /// Take the mouse, or give it to the terminal.
    Mouse(Capture),
    /// Show the text of the file as it stands, or the article again.
    Raw,
    /// Read a picture, by its index, for so many cells.
    Picture(u32, Size),
    /// Open an address in another program.
    Browse(Address),
    /// Open the file of the article in an editor, where the words at this byte stand.
    EditSource(u32),
    /// Copy to the clipboard.
    Copy(Shown),
}
