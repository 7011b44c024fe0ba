//! The palette: a line that is typed over a list of all that it may mean. Actions, headings,
//! entities, commenters and bookmarks are found by a few of their letters. The help is the same
//! with actions alone.
//!
//! May not know: how letters are matched with names better than others (nucleo does).

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::app::Model;
use crate::app::action::{Effect, Scroll, Way};
use crate::app::lists::field::Field;
use crate::app::lists::goal::Goal;
use crate::app::lists::item::Item;
use crate::app::lists::overlay::Overlay;
use crate::app::search::FOUND;
use crate::app::update::update;

/// How many matches are listed.
const LISTED: usize = 100;

/// How many actions are remembered as chosen lately.
const RECENT: usize = 5;

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// All that can be done or gone to.
    Everything,
    /// All that can be done, with its keys: the help.
    Keys,
    /// What can be done about an entity.
    Correct(u32),
    /// The entity that an entity is the same as.
    Merge(u32),
    /// The form of an entity that is another one.
    Split(u32),
    /// The kind that an entity is of.
    Retype(u32),
    /// The kind of an entity that is added.
    Add,
}

impl Scope {
    /// What stands before the line.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Everything => ":",
            Self::Keys => "keys: ",
            Self::Correct(_) => "correct: ",
            Self::Merge(_) => "the same as: ",
            Self::Split(_) => "someone else: ",
            Self::Retype(_) | Self::Add => "it is a: ",
        }
    }

    /// The title of the list.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Everything => "Do or go to",
            Self::Keys => "Keys",
            Self::Correct(_) | Self::Merge(_) | Self::Split(_) | Self::Retype(_) => "Correct",
            Self::Add => "Add a name",
        }
    }
}

/// The palette while it is open.
#[derive(Clone, Debug, PartialEq)]
pub struct Palette {
    /// What is looked for.
    pub scope: Scope,
    /// What is typed so far.
    pub field: Field,
    /// What it may mean, the best match first. Without any text: all actions.
    pub items: Vec<Item>,
    /// Index of the line that is pointed at.
    pub cursor: usize,
    /// One for each of `items`.
    hits: Vec<Hit>,
}

#[derive(Clone, Debug, PartialEq)]
struct Hit {
    goal: Goal,
    /// Bytes of the item's text where the letters stand that were typed, sorted.
    lit: Vec<u32>,
}

impl Hit {
    const NOTHING: Self = Self { goal: Goal::Nothing, lit: Vec::new() };
}

impl Palette {
    /// Where in the text of a line the letters stand that were typed, in bytes, sorted.
    pub fn lit(&self, index: usize) -> &[u32] {
        self.hits.get(index).map_or(&[], |hit| &hit.lit)
    }
}

impl Model {
    /// Opens the palette.
    pub fn open_palette(&mut self, scope: Scope) {
        let field = Field::default();
        let (items, hits, cursor) = (Vec::new(), Vec::new(), 0);
        self.overlay =
            Some(Overlay::Palette(self.matched(Palette { scope, field, items, cursor, hits })));
    }

    /// Matches what is typed anew.
    pub fn refresh_palette(&mut self) {
        if let Some(Overlay::Palette(palette)) = &self.overlay {
            self.overlay = Some(Overlay::Palette(self.matched(palette.clone())));
        }
    }

    /// Moves the cursor of the palette, from name to name.
    pub fn scroll_palette(&mut self, scroll: Scroll, way: Way) {
        let page = usize::from(self.view.size.height.saturating_sub(6)).max(1);
        let Some(Overlay::Palette(palette)) = &mut self.overlay else { return };
        let lines = scroll.lines(page, palette.items.len());
        let wanted = match way {
            Way::Forward => palette.cursor.saturating_add(lines),
            Way::Back => palette.cursor.saturating_sub(lines),
        };
        let leads = |index: &usize| palette.hits[*index].goal != Goal::Nothing;
        let last = palette.hits.len();
        let found = match way {
            Way::Forward => (wanted..last).find(leads).or_else(|| (0..last).rev().find(leads)),
            Way::Back => {
                (0..last.min(wanted + 1)).rev().find(leads).or_else(|| (0..last).find(leads))
            }
        };
        palette.cursor = found.unwrap_or(0);
    }

    /// Points at a line of the palette. False where it leads nowhere.
    pub fn point_palette(&mut self, line: usize) -> bool {
        let Some(Overlay::Palette(palette)) = &mut self.overlay else { return false };
        let leads = palette.hits.get(line).is_some_and(|hit| hit.goal != Goal::Nothing);
        if leads {
            palette.cursor = line;
        }
        leads
    }

    /// Does what the palette points at, or goes there.
    pub fn take_pointed(&mut self, palette: &Palette) -> Vec<Effect> {
        let goal = palette.hits.get(palette.cursor).map_or(Goal::Nothing, |hit| hit.goal);
        match (palette.scope, goal) {
            (Scope::Correct(entity), Goal::Step(step)) => {
                return self.step_correction(entity, step);
            }
            (Scope::Merge(entity), Goal::Entity(into)) => return self.merge_into(entity, into),
            (Scope::Split(entity), Goal::Form(form)) => {
                return self.split_off(entity, form as usize);
            }
            (Scope::Retype(entity), Goal::Kind(kind)) => return self.retype(entity, kind),
            (Scope::Add, Goal::Kind(kind)) => return self.add_entity(kind),
            (_, Goal::Nothing) => self.tell(&format!("nothing matches “{}”", palette.field.text())),
            (_, Goal::Command(command)) => return self.command(command),
            (_, Goal::Entity(entity)) => self.go_to_entity(entity),
            (_, place) => {
                if let Some(at) = self.place_of(place) {
                    self.go_to(at);
                }
            }
        }
        Vec::new()
    }

    fn command(&mut self, command: u32) -> Vec<Effect> {
        let Some((_, binding)) = self.settings.keymap.commands().get(command as usize) else {
            return Vec::new();
        };
        let (name, action) = (binding.name, binding.action.clone());
        self.recent.retain(|other| other != name);
        self.recent.insert(0, name.to_owned());
        self.recent.truncate(RECENT);
        update(self, action)
    }

    fn place_of(&self, goal: Goal) -> Option<u32> {
        let doc = &self.doc;
        let start = |block: u32| doc.blocks.get(block as usize).map(|block| block.span.start);
        match goal {
            Goal::Heading(block) => start(block),
            Goal::Commenter(index) => {
                let commenter = self.found.names.directory.commenters.get(index as usize)?;
                start(doc.comments.get(commenter.first as usize)?.blocks().start)
            }
            Goal::Bookmark(index) => Some(self.marks.all().get(index as usize)?.span?.start),
            _ => None,
        }
    }

    fn matched(&self, mut palette: Palette) -> Palette {
        let text = palette.field.text().trim();
        let found = if text.is_empty() {
            self.all(palette.scope)
        } else {
            self.ranked(palette.scope, text)
        };
        (palette.items, palette.hits) = found.into_iter().unzip();
        if palette.items.is_empty() {
            palette.items = vec![Item { more: "nothing matches".into(), ..Item::default() }];
            palette.hits = vec![Hit::NOTHING];
        }
        let leads = |hit: &Hit| hit.goal != Goal::Nothing;
        palette.cursor = palette.hits.iter().position(leads).unwrap_or(0);
        palette
    }

    /// All that there is.
    fn all(&self, scope: Scope) -> Vec<(Item, Hit)> {
        if matches!(scope, Scope::Everything | Scope::Keys) {
            return self.all_commands(scope);
        }
        let subject = match scope {
            Scope::Correct(one) | Scope::Merge(one) | Scope::Split(one) | Scope::Retype(one) => {
                self.entity(one).map(|entity| entity.name.as_str())
            }
            _ => Some(self.subject()),
        };
        let text = subject.unwrap_or_default().to_owned();
        let heading = Item { text, heading: true, ..Item::default() };
        let goals = self.goals(scope).into_iter().take(LISTED);
        let lines = goals.map(|goal| (self.item(scope, goal), Hit { goal, lit: Vec::new() }));
        std::iter::once((heading, Hit::NOTHING)).chain(lines).collect()
    }

    /// The whole table, by topic; before it what was chosen lately.
    fn all_commands(&self, scope: Scope) -> Vec<(Item, Hit)> {
        let commands = self.settings.keymap.commands();
        let named = |name: &String| commands.iter().position(|(_, one)| one.name == *name);
        let recent: Vec<usize> = match scope {
            Scope::Everything => self.recent.iter().filter_map(named).collect(),
            _ => Vec::new(),
        };
        let lately = recent.into_iter().map(|index| ("Lately", index));
        let table = commands.iter().enumerate().map(|(index, (topic, _))| (*topic, index));
        let mut lines = Vec::new();
        let mut last = "";
        for (topic, index) in lately.chain(table) {
            if std::mem::replace(&mut last, topic) != topic {
                let item = Item { text: topic.into(), heading: true, ..Item::default() };
                lines.push((item, Hit::NOTHING));
            }
            let goal = Goal::Command(index as u32);
            lines.push((self.item(scope, goal), Hit { goal, lit: Vec::new() }));
        }
        if scope == Scope::Keys {
            let title =
                Item { text: "What a search finds".into(), heading: true, ..Item::default() };
            let found = FOUND.map(|text| Item { text: text.into(), ..Item::default() });
            let told = std::iter::once(title).chain(found);
            lines.extend(told.map(|item| (item, Hit::NOTHING)));
        }
        lines
    }

    /// What matches the letters best.
    fn ranked(&self, scope: Scope, typed: &str) -> Vec<(Item, Hit)> {
        let pattern = Pattern::parse(typed, CaseMatching::Smart, Normalization::Smart);
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut letters = Vec::new();
        let mut scored: Vec<(u32, Goal)> = Vec::new();
        for goal in self.goals(scope) {
            let mut rate =
                |words: &str| pattern.score(Utf32Str::new(words, &mut letters), &mut matcher);
            let also = self.also(goal).and_then(&mut rate);
            let rated = rate(&self.words(scope, goal)).max(also);
            scored.extend(rated.map(|score| (score, goal)));
        }
        // Stable: of equals, actions come first, then what is said most.
        scored.sort_by_key(|&(score, _)| std::cmp::Reverse(score));
        scored.truncate(LISTED);
        // What holds the letters only here and there is not what was meant.
        let best = scored.first().map_or(0, |&(score, _)| score);
        scored.retain(|&(score, _)| score * 3 >= best * 2);
        let lines = scored.into_iter().map(|(_, goal)| {
            let item = self.item(scope, goal);
            let mut chars = Vec::new();
            pattern.indices(Utf32Str::new(&item.text, &mut letters), &mut matcher, &mut chars);
            let lit = bytes_of(&item.text, chars);
            (item, Hit { goal, lit })
        });
        lines.collect()
    }

    /// Selects an entity and goes to its next mention.
    fn go_to_entity(&mut self, entity: u32) {
        self.entities.selected = Some(entity);
        if let Some(line) = self.entities.line_of(entity) {
            self.entities.cursor = line;
        }
        self.jumps.hits_last = false;
        self.walk_mentions(Way::Forward);
    }
}

/// Characters by their number as bytes, sorted.
fn bytes_of(text: &str, mut chars: Vec<u32>) -> Vec<u32> {
    chars.sort_unstable();
    chars.dedup();
    let mut wanted = chars.into_iter().peekable();
    let places = text.char_indices().enumerate();
    places
        .filter(|(number, _)| wanted.next_if_eq(&(*number as u32)).is_some())
        .map(|(_, (at, _))| at as u32)
        .collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::analysis::Names;
    use crate::app::action::{Action, News, Topic};
    use crate::app::file::progress::Reach;
    use crate::app::lists::field::Typing;
    use crate::app::lists::goal::COMPARED;
    use crate::article::builder::{Builder, CommentHead};
    use crate::article::bulk::Bulk;
    use crate::layout::panes::Size;

    fn crowded(comments: usize) -> Model {
        let mut builder = Builder::new();
        builder.title("Tide tables", "by A. Verne");
        builder.paragraph("The tide turns at noon.");
        for number in 0..comments {
            let author = Some(format!("Reader {number}"));
            builder.comment(&CommentHead { author, ..CommentHead::default() });
            builder.paragraph("So it does.");
        }
        let doc = Arc::new(builder.finish());
        let mut model = Model::new(Arc::clone(&doc), Size { width: 100, height: 30 });
        let directory = crate::analysis::directory::Directory::of(&doc);
        let found = Names::new(Vec::new(), Bulk::default(), directory);
        update(&mut model, News::Named(Arc::new(found), Reach::Whole));
        model
    }

    #[test]
    fn a_list_stays_open_when_the_names_arrive() {
        let mut model = crowded(1);
        update(&mut model, Action::List(Topic::Folder));
        update(&mut model, News::Listed(Topic::Folder, vec![Item::default()]));
        let open = model.overlay.clone();
        let directory = crate::analysis::directory::Directory::of(&model.doc);
        let found = Names::new(Vec::new(), Bulk::default(), directory);
        update(&mut model, News::Named(Arc::new(found), Reach::Whole));
        assert!(open.is_some() && model.overlay == open);
    }

    #[test]
    fn what_is_compared_does_not_grow_with_the_discussion() {
        let few = crowded(COMPARED);
        let many = crowded(COMPARED + 5_000);
        assert_eq!(few.goals(Scope::Everything).len(), many.goals(Scope::Everything).len());
        let mut model = many;
        update(&mut model, Action::Palette(Scope::Everything));
        let Some(Overlay::Palette(palette)) = &model.overlay else { panic!("no palette") };
        let commands = model.settings.keymap.commands().len();
        assert!(palette.items.len() < commands + 20, "without text, only actions are listed");
        for ch in "reader 77".chars() {
            update(&mut model, Action::Type(Typing::Char(ch)));
        }
        let Some(Overlay::Palette(palette)) = &model.overlay else { panic!("no palette") };
        assert!(palette.items.len() <= LISTED);
        update(&mut model, Action::Submit);
        let comment = model.comment().map(|index| &model.doc.comments[index]);
        assert!(comment.and_then(|one| model.doc.author(one)).is_some_and(|it| it.contains("77")));
    }

    #[test]
    fn letters_that_were_typed_are_told_by_their_bytes() {
        assert_eq!(bytes_of("é-b", vec![2, 0, 2]), [0, 3]);
    }
}
