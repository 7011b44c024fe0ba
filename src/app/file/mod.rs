//! What is known of the file while the article is open: how much of it has come, and whether it is still the same.

pub mod arriving;
pub mod ends;
pub mod fetching;
pub mod progress;
pub mod reload;
