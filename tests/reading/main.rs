//! Reading without a terminal: keys into the model, the screen out as text.

mod any_keys;
mod readme;
mod screens;
mod world;
