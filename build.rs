//! Makes the enumeration of texts, `Text`, from `locales/en.json`, and holds every other catalogue against it.
//! What `companion.js` says is in a file of its own and no part of it; `xtask/src/dist/locales.rs` divides them alike.

use std::{collections::BTreeMap, env, error::Error, fs, path::Path};

type Catalogue = BTreeMap<String, String>;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=locales");
    let english = read(Path::new("locales/en.json"))?;
    for entry in fs::read_dir("locales")? {
        let path = entry?.path();
        let other = read(&path)?;
        if !other.keys().eq(english.keys()) {
            return Err(format!("{} has other keys than locales/en.json", path.display()).into());
        }
    }
    let widget = english.iter().filter(|(key, _)| !key.starts_with("companion_"));
    let variants: String = widget.map(|(key, text)| format!("    /// {text}\n    {},\n", variant(key))).collect();
    let code = format!("/// Every text of the widget, in the order of its key.\n#[derive(Clone, Copy)]\npub enum Text {{\n{variants}}}\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("texts.rs"), code)?;
    Ok(())
}

/// A catalogue in the order of its keys, as it is packed for the wire: a text a line.
fn read(path: &Path) -> Result<Catalogue, Box<dyn Error>> {
    let catalogue: Catalogue = serde_json::from_str(&fs::read_to_string(path)?)?;
    match catalogue.iter().find(|(_, text)| text.contains('\n')) {
        Some((key, _)) => Err(format!("{}: {key} has more than one line", path.display()).into()),
        None => Ok(catalogue),
    }
}

/// `form_full` becomes `FormFull`.
fn variant(key: &str) -> String {
    let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
    key.split('_').map(capital).collect()
}
