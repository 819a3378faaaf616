//! Passwords of hosts: Argon2id with the parameters that OWASP's Password Storage Cheat Sheet names first.

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use std::sync::LazyLock;
use tokio::sync::Semaphore;

/// The fewest characters of a password.
pub const SHORTEST: usize = 10;
/// The most: what is longer only costs time.
pub const LONGEST: usize = 256;

/// 19 MiB of memory, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;

/// How many are hashed at once: however many sign in, 80 MiB are the most that is used.
static AT_ONCE: Semaphore = Semaphore::const_new(4);

/// What a password is compared with that nobody has set, so that an unknown address takes as long.
static NOBODYS: LazyLock<String> = LazyLock::new(|| hash_now("nobody has this password").unwrap_or_default());

/// The hash of a password, as a PHC string; nothing where the machine has no randomness or memory left.
pub async fn hash(password: &str) -> Option<String> {
    let password = password.to_owned();
    elsewhere(move || hash_now(&password)).await.flatten()
}

/// Whether this is the password behind a hash. Where there is no hash, it is compared with nobody's and refused.
pub async fn verify(password: &str, hash: Option<&str>) -> bool {
    let (password, hash) = (password.to_owned(), hash.map(str::to_owned));
    elsewhere(move || {
        let is_right = verify_now(&password, hash.as_deref().unwrap_or(&NOBODYS));
        is_right && hash.is_some()
    })
    .await
    .unwrap_or(false)
}

/// Whether it is long enough, and not so long that it only costs time.
pub fn is_acceptable(password: &str) -> bool {
    (SHORTEST..=LONGEST).contains(&password.chars().count())
}

/// On a thread that nobody waits on for anything else.
async fn elsewhere<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let _turn = AT_ONCE.acquire().await.ok()?;
    tokio::task::spawn_blocking(work).await.ok()
}

fn argon2() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(MEMORY_KIB, PASSES, 1, None).unwrap_or_default())
}

fn hash_now(password: &str) -> Option<String> {
    argon2().hash_password(password.as_bytes()).ok().map(|hash| hash.to_string())
}

fn verify_now(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| argon2().verify_password(password.as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_known_by_its_hash_alone() {
        let known = hash("correct horse battery").await.expect("a hash");
        assert!(known.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{known}");
        assert!(verify("correct horse battery", Some(&known)).await);
        for (password, hash) in
            [("Correct horse battery", Some(known.as_str())), ("", Some(&known)), ("x", Some("")), ("nobody has this password", None)]
        {
            assert!(!verify(password, hash).await, "{password}");
        }
    }

    #[test]
    fn a_password_has_ten_characters_or_more() {
        for (password, is_fine) in [("123456789", false), ("1234567890", true), ("ääääääääää", true)] {
            assert_eq!(is_acceptable(password), is_fine, "{password}");
        }
        assert!(!is_acceptable(&"a".repeat(257)));
    }
}
