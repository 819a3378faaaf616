//! A released server carries the widget's files and all texts inside; without this, cargo would not notice new ones.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    // In development the files are read from their folder.
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!("cargo:rerun-if-changed=../dist");
        println!("cargo:rerun-if-changed=../locales");
        println!("cargo:rerun-if-changed=locales");
    }
}
