//! Words that leave the program: copied, with or without where they come from.

use crate::app::Model;
use crate::app::action::Effect;
use crate::text::shown::Shown;

impl Model {
    /// Copies the passage.
    pub fn copy(&mut self) -> Vec<Effect> {
        // Without a line feed at the end: pasted into a shell, it would run.
        let words = Shown::lines(self.doc.slice(self.passage()).trim());
        self.tell(&format!("copied {} characters", words.as_str().chars().count()));
        self.selection = None;
        vec![Effect::Copy(words)]
    }

    /// Copies the passage and, below it, a line that says whose words it is and where they stand.
    pub fn cite(&mut self) -> Vec<Effect> {
        let passage = self.passage();
        let (words, credit) = (self.doc.slice(passage).trim(), self.credit(passage.start));
        let dash = if credit.is_empty() { "" } else { "\n— " };
        let words = Shown::lines(&format!("{words}{dash}{credit}"));
        self.tell(&match credit.as_str() {
            "" => "copied; whose words it is the file does not say".to_owned(),
            credit => format!("copied with: {credit}"),
        });
        self.selection = None;
        vec![Effect::Copy(words)]
    }

    /// Author, title and address of the words at byte `at`, as far as they are known; of a comment,
    /// who wrote it and on what.
    fn credit(&self, at: u32) -> String {
        let (doc, head) = (&self.doc, &self.doc.head);
        let comment = doc.comment_at(at).map(|index| &doc.comments[index]);
        let author = match comment {
            Some(comment) => doc.author(comment).unwrap_or("someone").to_owned(),
            None => head.authors.join(" and "),
        };
        let title = head.title.as_deref().map(str::trim).filter(|title| !title.is_empty());
        let title = title.map(|title| match comment {
            Some(_) => format!("comment on “{title}”"),
            None => format!("“{title}”"),
        });
        let parts = [Some(author).filter(|it| !it.is_empty()), title, head.url.clone()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}
