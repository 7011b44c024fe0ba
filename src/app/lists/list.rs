//! A list to read or to choose from: its lines, which of them are shown, and in which order.
//!
//! May not know: what is listed, where it comes from.

use crate::app::action::Topic;
use crate::app::lists::item::Item;
use crate::record::anchor::Verdict;
use crate::text::find::Query;
use crate::text::shown;

/// A list.
#[derive(Clone, Debug, PartialEq)]
pub struct List {
    /// What it lists.
    pub topic: Topic,
    /// All its lines, by place.
    items: Vec<Item>,
    /// Indices of the lines that are shown, in their order.
    shown: Vec<usize>,
    /// Which of the shown lines is pointed at.
    cursor: usize,
    order: Order,
    /// What all shown lines hold.
    filter: String,
    /// Widest start of a line, in cells.
    lead: usize,
}

/// The order of a list of bookmarks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// As the passages stand in the text; of several articles, article by article.
    #[default]
    Place,
    /// The latest first.
    Time,
    /// What needs a look first.
    Verdict,
}

impl Order {
    /// What the list says of itself.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Place => "by place",
            Self::Time => "latest first",
            Self::Verdict => "by verdict",
        }
    }
}

impl List {
    /// All lines, the first one that leads somewhere pointed at.
    pub fn new(topic: Topic, items: Vec<Item>) -> Self {
        let leads = items.iter().position(Item::leads);
        let cursor = leads.or_else(|| items.iter().position(|item| !item.heading)).unwrap_or(0);
        let lead = items.iter().map(|item| shown::width(&item.lead)).max().unwrap_or(0);
        let (shown, order) = ((0..items.len()).collect(), Order::Place);
        Self { topic, items, shown, cursor, order, filter: String::new(), lead }
    }

    /// Takes other lines in: order, filter and, as far as it can be, cursor stay.
    pub fn renew(&mut self, items: Vec<Item>) {
        let pointed = self.pointed().cloned().unwrap_or_default();
        let (cursor, order) = (self.cursor, self.order);
        let filter = std::mem::take(&mut self.filter);
        *self = Self { order, filter, ..Self::new(self.topic, items) };
        self.arrange();
        let same = |item: &Item| {
            let named = item.id.is_some() || item.opens.is_some();
            named && (&item.id, &item.opens) == (&pointed.id, &pointed.opens)
        };
        let found = self.lines(0).position(same);
        self.point(found.unwrap_or(cursor));
    }

    /// How many lines are shown.
    pub fn len(&self) -> usize {
        self.shown.len()
    }

    /// Whether nothing is shown.
    pub fn is_empty(&self) -> bool {
        self.shown.is_empty()
    }

    /// The shown lines from number `first` on.
    pub fn lines(&self, first: usize) -> impl Iterator<Item = &Item> {
        let shown = self.shown.get(first..).unwrap_or_default().iter();
        shown.map(|&index| &self.items[index])
    }

    /// The number of the line that is pointed at.
    pub const fn cursor(&self) -> usize {
        self.cursor
    }

    /// The line that is pointed at.
    pub fn pointed(&self) -> Option<&Item> {
        self.shown.get(self.cursor).map(|&index| &self.items[index])
    }

    /// Points at a line, or at the last one.
    pub fn point(&mut self, line: usize) {
        self.cursor = line.min(self.len().saturating_sub(1));
    }

    /// Points at the line of a bookmark, if it is shown.
    pub fn point_at(&mut self, id: &str) {
        let line = self.lines(0).position(|item| item.id.as_deref() == Some(id));
        self.cursor = line.unwrap_or(self.cursor);
    }

    /// Cells of the widest start of a line.
    pub const fn lead(&self) -> usize {
        self.lead
    }

    /// What all shown lines hold.
    pub fn filter(&self) -> &str {
        &self.filter
    }

    /// Shows only lines that hold all of some words.
    pub fn set_filter(&mut self, words: &str) {
        words.clone_into(&mut self.filter);
        self.rearrange();
    }

    /// The order of the lines.
    pub const fn order(&self) -> Order {
        self.order
    }

    /// Takes the next order that tells something of these lines.
    pub fn sort(&mut self) {
        let judged = self.items.iter().any(|item| item.verdict.is_some());
        self.order = match self.order {
            Order::Place => Order::Time,
            Order::Time if judged => Order::Verdict,
            _ => Order::Place,
        };
        self.rearrange();
    }

    /// Arranges the lines and points at the same one as before, or at the first.
    fn rearrange(&mut self) {
        let pointed = self.shown.get(self.cursor).copied();
        self.arrange();
        let same = self.shown.iter().position(|&index| Some(index) == pointed);
        let line = |&index: &usize| !self.items[index].heading;
        self.cursor = same.or_else(|| self.shown.iter().position(line)).unwrap_or(0);
    }

    fn arrange(&mut self) {
        let items = &self.items;
        let words: Vec<Query> = self.filter.split_whitespace().filter_map(Query::words).collect();
        let fits = |&index: &usize| words.iter().all(|word| holds(&items[index], word));
        let mut shown: Vec<usize> = (0..items.len()).collect();
        if !words.is_empty() {
            shown.retain(|index| items[*index].heading || fits(index));
        }
        match self.order {
            Order::Place => shown = without_empty_groups(items, &shown),
            Order::Time | Order::Verdict => shown.retain(|&index| !items[index].heading),
        }
        match self.order {
            Order::Place => {}
            Order::Time => shown.sort_by(|&one, &other| items[other].when.cmp(&items[one].when)),
            Order::Verdict => shown.sort_by_key(|&index| std::cmp::Reverse(worry(&items[index]))),
        }
        self.shown = shown;
    }
}

/// How much a line needs a look.
fn worry(item: &Item) -> Option<Verdict> {
    item.verdict
}

/// Whether a line holds a word anywhere.
fn holds(item: &Item, word: &Query) -> bool {
    let parts = [&item.text, &item.more, &item.lead];
    parts.iter().any(|part| word.find_from(part, 0).next().is_some())
}

/// Without headings that nothing stands under.
fn without_empty_groups(items: &[Item], shown: &[usize]) -> Vec<usize> {
    let heading = |index: usize| items[index].heading;
    let next = |at: usize| shown.get(at + 1).is_some_and(|&next| !heading(next));
    let kept = (0..shown.len()).filter(|&at| !heading(shown[at]) || next(at));
    kept.map(|at| shown[at]).collect()
}
