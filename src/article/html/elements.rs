//! Elements with the attributes that tell what they are for, and the simplest of selectors.
//!
//! May not know: which sites use which.

use std::borrow::Cow;

use super::super::markup::tree::Tree;

/// An element of a tree.
#[derive(Debug)]
pub(super) struct Element<'a> {
    pub(super) at: usize,
    name: &'a str,
    attributes: Vec<(String, Cow<'a, str>)>,
}

impl<'a> Element<'a> {
    pub(super) fn of(tree: &'a Tree<'a>, at: usize) -> Self {
        Self { at, name: tree.name(at), attributes: tree.attributes(at).collect() }
    }

    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_ref())
    }

    pub(super) fn classes(&self) -> impl Iterator<Item = &str> {
        self.attribute("class").unwrap_or_default().split_whitespace()
    }
}

/// `name.class[attribute=value]`, each part perhaps absent; `*=` asks for a part of the value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Form<'a> {
    name: &'a str,
    classes: Vec<&'a str>,
    attributes: Vec<(&'a str, &'a str, bool)>,
}

impl<'a> Form<'a> {
    /// The form that is written as `text`.
    pub(super) fn parse(text: &'a str) -> Self {
        let (head, tail) = text.split_once('[').unwrap_or((text, ""));
        let mut parts = head.split('.');
        let name = parts.next().unwrap_or_default();
        let attributes = tail.split('[').filter_map(|part| {
            let part = part.strip_suffix(']')?;
            let (key, value) = part.split_once('=').unwrap_or((part, ""));
            let some = key.strip_suffix('*');
            Some((some.unwrap_or(key), value, some.is_some() || value.is_empty()))
        });
        Self { name, classes: parts.collect(), attributes: attributes.collect() }
    }

    pub(super) fn fits(&self, element: &Element<'_>) -> bool {
        let named = self.name.is_empty() && !element.name.is_empty() || self.name == element.name;
        named
            && self.classes.iter().all(|class| element.classes().any(|known| known == *class))
            && self.attributes.iter().all(|(key, value, some)| {
                let known = element.attribute(key);
                known.is_some_and(|known| match some {
                    true => known.contains(value),
                    false => known.split_whitespace().any(|word| word == *value),
                })
            })
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::markup::tokens::Grammar;
    use super::super::super::markup::tree::parse;
    use super::*;

    #[test]
    fn forms_ask_for_names_classes_and_attributes() {
        let tree = parse("<a class='x user' href='/u/bo'>", Grammar::Html);
        let element = Element::of(&tree, 0);
        for (form, fits) in [
            ("a", true),
            (".user", true),
            ("a.user.x[href*=/u/]", true),
            ("[href]", true),
            ("b.user", false),
            (".use", false),
            ("[href=/u/]", false),
            ("[rel]", false),
        ] {
            assert_eq!(Form::parse(form).fits(&element), fits, "{form}");
        }
    }
}
