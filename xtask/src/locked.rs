//! One chore at a time changes what chores share: `target/tools`, the compilers, `dist/`.

use std::fs::{self, File, TryLockError};

use anyhow::{Context, Result};

use crate::workspace::Workspace;

/// Does `work` while no other xtask of this target folder does its own. Must not be nested.
pub fn locked<T>(workspace: &Workspace, work: impl FnOnce() -> Result<T>) -> Result<T> {
    let path = workspace.target.join("xtask.lock");
    let opened = fs::create_dir_all(&workspace.target).and_then(|()| File::create(&path));
    let file = opened.with_context(|| format!("cannot write {}", path.display()))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            eprintln!("waiting for another `cargo xtask` to finish …");
            file.lock().context("waiting for the lock failed")?;
        }
        Err(TryLockError::Error(error)) => {
            return Err(error).with_context(|| format!("cannot lock {}", path.display()));
        }
    }
    work()
}
