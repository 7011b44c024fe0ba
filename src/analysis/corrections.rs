//! What a reader corrected in the list of names, laid over what was found.
//!
//! A correction speaks of names, not of places, so that it holds when the text was edited and in
//! other articles. One that speaks of a name that is not there changes nothing.
//!
//! May not know: files, keys. It cannot fail.

use serde::{Deserialize, Serialize};

use super::{Entity, Kind, Mention, Mentions, Names, ordered};
use crate::article::Document;
use crate::text::span::Span;

/// One correction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "lowercase")]
pub enum Correction {
    /// Two entities are one.
    Merge {
        /// The one that goes.
        name: String,
        /// The one that stays.
        into: String,
    },
    /// One form of an entity stands for another one.
    Split {
        /// The entity.
        name: String,
        /// The form, as it stands in the text.
        form: String,
    },
    /// An entity has another name.
    Rename {
        /// As it was called.
        name: String,
        /// As it is called now.
        to: String,
    },
    /// An entity is of another kind.
    Kind {
        /// The entity.
        name: String,
        /// What it is.
        kind: Kind,
    },
    /// An entity is none, or of no interest.
    Hide {
        /// The entity.
        name: String,
    },
    /// Some words are the name of an entity, wherever they stand.
    Add {
        /// The words.
        name: String,
        /// What it is.
        kind: Kind,
    },
}

/// What was found, with corrections made in their order. Time grows with the number of mentions,
/// and with the text where a name was added.
#[must_use]
pub fn corrected(doc: &Document, found: &Names, corrections: &[Correction]) -> Names {
    let mut entities = found.entities.clone();
    for correction in corrections {
        correct(doc, &mut entities, correction);
    }
    entities.retain(|entity| !entity.mentions.is_empty());
    let start = doc.discussion_start();
    for entity in &mut entities {
        entity.in_body = entity.mentions.partition_point(|span| span.start < start) as u32;
    }
    let (entities, mentions) = ordered(entities);
    Names::new(entities, mentions, found.directory.clone())
}

fn correct(doc: &Document, entities: &mut Vec<Entity>, correction: &Correction) {
    let named = |name: &String| entities.iter().position(|entity| entity.name == *name);
    match correction {
        Correction::Merge { name, into } => {
            if let (Some(from), Some(into)) = (named(name), named(into)) {
                merge(entities, from, into);
            }
        }
        Correction::Split { name, form } => {
            if let Some(entity) = named(name) {
                split(doc, entities, entity, form);
            }
        }
        Correction::Rename { name, to } => {
            if let Some(entity) = named(name) {
                rename(&mut entities[entity], to);
            }
        }
        Correction::Kind { name, kind } => {
            if let Some(entity) = named(name) {
                entities[entity].kind = *kind;
            }
        }
        Correction::Hide { name } => entities.retain(|entity| entity.name != *name),
        Correction::Add { name, kind } => add(doc, entities, name, *kind),
    }
}

fn merge(entities: &mut Vec<Entity>, from: usize, into: usize) {
    if from == into {
        return;
    }
    let gone = entities[from].clone();
    let kept = &mut entities[into];
    let forms = std::iter::once(gone.name).chain(gone.aliases);
    let new: Vec<String> =
        forms.filter(|form| *form != kept.name && !kept.aliases.contains(form)).collect();
    kept.aliases.extend(new);
    kept.mentions = joined(&kept.mentions, &gone.mentions);
    kept.commenter |= gone.commenter;
    entities.remove(from);
}

fn split(doc: &Document, entities: &mut Vec<Entity>, entity: usize, form: &str) {
    let whole = &mut entities[entity];
    let (own, rest): (Vec<Span>, Vec<Span>) =
        whole.mentions.iter().partition(|span| doc.slice(**span) == form);
    // What is left needs a name, and so does what is split off.
    if own.is_empty() || rest.is_empty() {
        return;
    }
    whole.mentions = rest.into_iter().collect();
    whole.aliases.retain(|alias| alias != form);
    if whole.name == form {
        let next = doc.slice(whole.mentions[0]).to_owned();
        whole.aliases.retain(|alias| *alias != next);
        whole.name = next;
    }
    let kind = whole.kind;
    entities.push(Entity {
        name: form.to_owned(),
        kind,
        aliases: Vec::new(),
        mentions: own.into_iter().collect(),
        in_body: 0,
        commenter: false,
    });
}

fn rename(entity: &mut Entity, to: &str) {
    let was = std::mem::replace(&mut entity.name, to.to_owned());
    entity.aliases.retain(|alias| alias != to);
    entity.aliases.insert(0, was);
}

/// The words wherever they stand as words of their own. A mention of just these words is this
/// entity's now; inside a longer name they stay a part of it.
fn add(doc: &Document, entities: &mut Vec<Entity>, name: &str, kind: Kind) {
    if name.trim().is_empty() {
        return;
    }
    let taken = Mention::of_all(entities);
    let places = doc.text.match_indices(name).map(|(at, _)| Span::from(at..at + name.len()));
    let stands = |place: &Span| is_word(&doc.text, *place) && is_free(&taken, *place);
    let own: Vec<Span> = places.filter(stands).collect();
    for entity in &mut *entities {
        if entity.mentions.iter().any(|span| own.binary_search(span).is_ok()) {
            let left = entity.mentions.iter().filter(|span| own.binary_search(span).is_err());
            entity.mentions = left.copied().collect();
        }
    }
    match entities.iter_mut().find(|entity| entity.name == name) {
        Some(same) => {
            same.kind = kind;
            same.mentions = joined(&same.mentions, &own);
        }
        None => entities.push(Entity {
            name: name.to_owned(),
            kind,
            aliases: Vec::new(),
            mentions: own.into_iter().collect(),
            in_body: 0,
            commenter: false,
        }),
    }
}

/// Both in the order of the text.
fn joined(some: &[Span], more: &[Span]) -> Mentions {
    let mut all = [some, more].concat();
    all.sort_unstable();
    all.into_iter().collect()
}

fn is_word(text: &str, place: Span) -> bool {
    let before = text.get(..place.start as usize).and_then(|text| text.chars().next_back());
    let after = text.get(place.end as usize..).and_then(|text| text.chars().next());
    !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
}

/// Whether no mention overlaps a place, but for one of just these words.
fn is_free(taken: &[Mention], place: Span) -> bool {
    let first = taken.partition_point(|mention| mention.span.end <= place.start);
    let over = taken.get(first).filter(|mention| mention.span.start < place.end);
    over.is_none_or(|mention| mention.span == place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::builder::Builder;
    use proptest::prelude::*;

    const TEXT: &str = "Ada Brandt met Brandt. Brandt sold the Gull to Gull Line. Oslo slept.";

    fn found() -> (Document, Names) {
        let mut builder = Builder::new();
        builder.paragraph(TEXT);
        let doc = builder.finish();
        let entity = |name: &str, kind, forms: &[&str]| Entity {
            name: name.into(),
            kind,
            aliases: forms.iter().map(|form| (*form).to_owned()).collect(),
            mentions: Mentions::default(),
            in_body: 0,
            commenter: false,
        };
        let mut entities = vec![
            entity("Ada Brandt", Kind::Person, &["Brandt"]),
            entity("Oslo", Kind::Place, &[]),
            entity("Gull Line", Kind::Organization, &[]),
        ];
        let spans = [
            ("Ada Brandt", 0, 0),
            ("Brandt", 1, 0),
            ("Brandt", 2, 0),
            ("Oslo", 0, 1),
            ("Gull Line", 0, 2),
        ];
        for (words, number, entity) in spans {
            let (at, _) = doc.text.match_indices(words).nth(number).expect("it stands there");
            let mentions = &mut entities[entity].mentions;
            *mentions = joined(mentions, &[Span::from(at..at + words.len())]);
        }
        let found = Names { mentions: Mention::of_all(&entities), entities, ..Names::default() };
        (doc, corrected_is_sound(&found))
    }

    fn corrected_is_sound(found: &Names) -> Names {
        assert!(found.mentions.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
        found.clone()
    }

    fn after(corrections: &[Correction]) -> Vec<String> {
        let (doc, found) = found();
        let now = corrected(&doc, &found, corrections);
        let listed = |entity: &Entity| {
            let forms = entity.aliases.join("/");
            format!("{} {} {} {forms}", entity.name, entity.kind.name(), entity.mentions.len())
        };
        now.entities.iter().map(listed).map(|line| line.trim().to_owned()).collect()
    }

    #[test]
    fn each_correction_does_what_it_says() {
        let s = str::to_owned;
        let plain = ["Ada Brandt person 3 Brandt", "Gull Line organization 1", "Oslo place 1"];
        assert_eq!(after(&[]), plain);
        assert_eq!(after(&[Correction::Hide { name: s("Nobody") }]), plain);
        let merge = Correction::Merge { name: s("Oslo"), into: s("Gull Line") };
        assert_eq!(after(&[merge])[1], "Gull Line organization 2 Oslo");
        let split = Correction::Split { name: s("Ada Brandt"), form: s("Brandt") };
        assert_eq!(
            after(std::slice::from_ref(&split))[..2],
            ["Brandt person 2", "Ada Brandt person 1"]
        );
        let kind = Correction::Kind { name: s("Brandt"), kind: Kind::Organization };
        assert_eq!(after(&[split, kind])[0], "Brandt organization 2");
        let rename = Correction::Rename { name: s("Oslo"), to: s("Christiania") };
        assert_eq!(after(&[rename])[2], "Christiania place 1 Oslo");
        assert_eq!(after(&[Correction::Hide { name: s("Ada Brandt") }]), plain[1..]);
    }

    #[test]
    fn an_added_name_leaves_longer_names_whole() {
        let add = Correction::Add { name: "Gull".into(), kind: Kind::Product };
        assert!(after(&[add]).contains(&"Gull product 1".to_owned()));
        let taken = Correction::Add { name: "Brandt".into(), kind: Kind::Person };
        assert_eq!(after(&[taken])[0], "Brandt person 2");
    }

    proptest! {
        #[test]
        fn mentions_stay_sorted_and_apart(picks in prop::collection::vec((0usize..6, 0usize..5, 0usize..5), 0..8)) {
            let names = ["Ada Brandt", "Brandt", "Oslo", "Gull Line", "Gull"];
            let corrections: Vec<Correction> = picks.into_iter().map(|(which, one, other)| {
                let (name, other) = (names[one].to_owned(), names[other].to_owned());
                match which {
                    0 => Correction::Merge { name, into: other },
                    1 => Correction::Split { name, form: other },
                    2 => Correction::Rename { name, to: other },
                    3 => Correction::Kind { name, kind: Kind::Work },
                    4 => Correction::Hide { name },
                    _ => Correction::Add { name, kind: Kind::Place },
                }
            }).collect();
            let (doc, found) = found();
            let now = corrected_is_sound(&corrected(&doc, &found, &corrections));
            let count: usize = now.entities.iter().map(|entity| entity.mentions.len()).sum();
            prop_assert_eq!(count, now.mentions.len());
            for mention in &now.mentions {
                prop_assert!(now.entities[mention.entity as usize].mentions.contains(&mention.span));
            }
        }
    }
}
