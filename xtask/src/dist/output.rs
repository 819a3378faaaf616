//! Writing `dist/`: names with their content's hash, a brotli twin for each file, no leftovers.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

/// How many digits of a hash stand in a name: 40 bits, plenty to tell one build from another.
const DIGITS: usize = 10;

/// How hard brotli tries.
#[derive(Clone, Copy)]
pub enum Effort {
    /// As hard as it can: for what visitors of marketing pages load.
    Most = 11,
    /// Nearly as small, in a tenth of the time.
    Some = 9,
}

const WINDOW: u32 = 22;

/// A folder that is being written.
pub struct Output {
    folder: PathBuf,
    effort: Effort,
    written: BTreeSet<OsString>,
}

impl Output {
    /// Starts to write into this folder.
    pub fn into(folder: &Path, effort: Effort) -> Result<Self> {
        fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
        Ok(Self { folder: folder.to_path_buf(), effort, written: BTreeSet::new() })
    }

    /// Writes a file whose name has its content's hash in it, and returns that name.
    pub fn hashed(&mut self, stem: &str, extension: &str, bytes: &[u8]) -> Result<String> {
        let hash = hex(&Sha256::digest(bytes));
        let name = format!("{stem}-{}.{extension}", &hash[..DIGITS]);
        self.named(&name, bytes)?;
        Ok(name)
    }

    /// Writes a file and its brotli twin.
    pub fn named(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        self.write(twin(name), &compressed(bytes, self.effort)?)?;
        self.write(name.to_owned(), bytes)
    }

    /// Leaves alone what another build writes into this folder.
    pub fn keep(&mut self, name: &str) {
        self.written.insert(name.into());
    }

    /// Removes what this build did not write.
    pub fn remove_others(&self) -> Result<()> {
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            if !self.written.contains(&entry.file_name()) {
                let path = entry.path();
                let removed = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
                removed.with_context(|| format!("cannot remove {}", path.display()))?;
            }
        }
        Ok(())
    }

    /// Renamed into place, so that a server that reads it meanwhile never sends half a file.
    fn write(&mut self, name: String, bytes: &[u8]) -> Result<()> {
        let path = self.folder.join(&name);
        let unfinished = self.folder.join(format!(".{name}.unfinished"));
        fs::write(&unfinished, bytes)
            .and_then(|()| fs::rename(&unfinished, &path))
            .with_context(|| format!("cannot write {}", path.display()))?;
        self.written.insert(name.into());
        Ok(())
    }
}

/// Whether a file and its twin are in the folder.
pub fn stands(folder: &Path, name: &str) -> bool {
    folder.join(name).is_file() && folder.join(twin(name)).is_file()
}

/// The name of a file's brotli twin.
pub fn twin(name: &str) -> String {
    format!("{name}.br")
}

/// Bytes in lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn compressed(bytes: &[u8], effort: Effort) -> Result<Vec<u8>> {
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 64 * 1024, effort as u32, WINDOW);
    writer.write_all(bytes).context("brotli failed")?;
    Ok(writer.into_inner())
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn a_name_tells_its_content_and_leftovers_go() -> Result<()> {
        let folder = std::env::temp_dir().join(format!("curtain-up-dist-{}", std::process::id()));
        fs::create_dir_all(folder.join("old"))?;
        fs::write(folder.join("style-0000000000.css"), "old")?;
        let mut output = Output::into(&folder, Effort::Most)?;
        let name = output.hashed("style", "css", b"a{}")?;
        output.remove_others()?;
        let whole = stands(&folder, &name);
        let left = fs::read_dir(&folder)?.count();
        fs::remove_dir_all(&folder)?;
        assert_eq!(name, "style-5f546eb460.css");
        assert!(whole);
        assert_eq!(left, 2);
        Ok(())
    }

    #[test]
    fn what_is_compressed_comes_back() -> Result<()> {
        let text = b"First name, Last name, Email, Register".repeat(50);
        let small = compressed(&text, Effort::Some)?;
        assert!(small.len() < text.len() / 10);
        let mut back = Vec::new();
        brotli::Decompressor::new(&small[..], 4096).read_to_end(&mut back)?;
        assert_eq!(back, text);
        Ok(())
    }
}
