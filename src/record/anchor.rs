//! Remembers a passage by its words and finds it again.
