//! A released server carries the widget's files and all texts inside; without this, cargo would not notice new ones.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    // The folder is looked up while compiling: where it comes later, nothing would ever be found in it.
    if let Err(error) = std::fs::create_dir_all("../dist") {
        println!("cargo:warning=../dist cannot be made: {error}");
    }
    // In development the files are read from their folder.
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!("cargo:rerun-if-changed=../dist");
        println!("cargo:rerun-if-changed=../locales");
        println!("cargo:rerun-if-changed=locales");
    }
}
