//! Where the reader is, and the ways from there to elsewhere: by sentences, threads, links and jumps.

pub mod discussed;
pub mod hyperlinks;
pub mod jumps;
pub mod links;
pub mod lit;
pub mod narrow;
pub mod passage;
pub mod peek;
pub mod pictures;
pub mod raster;
pub mod reader;
pub mod threads;
pub mod walk;
