//! Entities and their mentions.
use super::{Entity, Mention};
use crate::article::Document;

/// Finds them.
pub fn find(_doc: &Document) -> (Vec<Entity>, Vec<Mention>) {
    Default::default()
}
