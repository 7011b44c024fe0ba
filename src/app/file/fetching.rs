//! What is fetched from the web: what is said of it while it comes, and the screen that stands there until
//! something is there to read.
//!
//! May not know: how it is fetched.

use std::sync::Arc;

use crate::app::Model;
use crate::app::action::{Action, Effect};
use crate::app::settings::Settings;
use crate::article::Document;
use crate::article::builder::Builder;
use crate::layout::panes::Size;
use crate::text::address::Address;

/// An answer from the web that is still coming.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fetching {
    /// Who is asked.
    pub host: String,
    /// How many bytes have come.
    pub bytes: u64,
}

impl Model {
    /// A model of a page of the web of which nothing has come yet.
    pub fn fetching(address: &Address, there: (Size, &Arc<Settings>)) -> Self {
        let waiting = Fetching { host: address.host(), bytes: 0 };
        let words = format!("Fetching this from {} …", waiting.host);
        let doc = Arc::new(page(address, &words));
        Self { fetching: Some(waiting), ..Self::arriving(doc, there, 0) }
    }

    /// Says why a page of the web is not there, in its place.
    pub fn not_fetched(&mut self, address: &Address, why: &str) {
        let again = self.settings.keymap.key_of(&Action::Reload);
        let again = again.map_or(String::new(), |key| format!(" {key} fetches it again."));
        let doc = Arc::new(page(address, &format!("This is not here: {why}.{again}")));
        let model = Self::arriving(doc, (self.view.size, &self.settings), 0);
        let before = std::mem::replace(self, model);
        self.go_on_from(before);
        self.fail(why);
    }

    /// Gives up what is fetched.
    pub(in crate::app) fn give_up_fetching(&mut self) -> Vec<Effect> {
        self.fetching = None;
        vec![Effect::GiveUp]
    }
}

/// What stands in the place of a page.
fn page(address: &Address, words: &str) -> Document {
    let mut builder = Builder::new();
    builder.title(address.as_str(), "");
    builder.paragraph(words);
    let mut doc = builder.finish();
    doc.head.title = Some(address.as_str().to_owned());
    doc
}
