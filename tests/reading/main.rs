//! Reading without a terminal: keys into the model, the screen out as text.

mod any_keys;
mod hyperlinks;
mod monochrome;
mod pictures;
mod readme;
mod screens;
mod svg;
mod world;
