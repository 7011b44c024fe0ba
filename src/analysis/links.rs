//! Links from comments to passages.
use super::Link;
use crate::article::Document;

/// Finds them.
pub fn find(_doc: &Document) -> Vec<Link> {
    Vec::new()
}
