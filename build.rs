//! How the program is linked.
//!
//! On Linux it is loaded at the address it was linked for. Anywhere else the dynamic linker has to
//! write 34,000 addresses into 167 pages before the program begins, most of them in tables of the
//! names of characters: .6 ms, a fifth of the time until something is on the screen. Stack, heap
//! and libraries lie at random addresses all the same; whoever wants that of the program itself
//! builds it with `--features pie`.

use std::env;

#[expect(clippy::disallowed_macros, reason = "cargo is told so")]
fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let random = env::var_os("CARGO_FEATURE_PIE").is_some();
    if !random && is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu") {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}

/// Whether cargo says so of what is built.
fn is(name: &str, value: &str) -> bool {
    env::var(name).is_ok_and(|found| found == value)
}
