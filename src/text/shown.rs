//! How a character is shown.
