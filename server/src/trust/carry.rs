//! Between which events a pass carries over: where the other one knows the same person.

use super::access_codes::AccessCode;

/// By what an event knows somebody.
#[derive(Clone, Copy)]
pub struct Identity<'a> {
    /// What the host's own system calls them, where the list says so.
    pub external_id: Option<&'a str>,
    /// Their address.
    pub canonical_email: &'a str,
    /// Their code.
    pub code: Option<&'a AccessCode>,
}

/// Whether both are the same person: by the same external id where both lists have one; where both have none, by the same
/// address and code.
pub fn is_same_person(here: Identity<'_>, there: Identity<'_>) -> bool {
    match (here.external_id, there.external_id) {
        (Some(here), Some(there)) => here == there,
        (None, None) => {
            let same_code = here.code.zip(there.code).is_some_and(|(here, there)| here.normalised() == there.normalised());
            same_code && here.canonical_email == there.canonical_email
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_external_ids() {
        let [same, other] = ["0042", "0043"].map(|code| AccessCode::parse(code).expect("a code"));
        let here = |external_id| Identity { external_id, canonical_email: "ada@example.com", code: Some(&same) };
        let there = |external_id, canonical_email, code| Identity { external_id, canonical_email, code };
        let (ada, eve) = ("ada@example.com", "eve@example.com");
        for (case, one, two, carries) in [
            ("equal", Some("7"), there(Some("7"), ada, Some(&same)), true),
            ("equal, and all else differs", Some("7"), there(Some("7"), eve, Some(&other)), true),
            ("different, and all else is equal", Some("7"), there(Some("8"), ada, Some(&same)), false),
            ("missing there", Some("7"), there(None, ada, Some(&same)), false),
            ("missing here", None, there(Some("7"), ada, Some(&same)), false),
            ("missing on both sides, same address and code", None, there(None, ada, Some(&same)), true),
            ("missing on both sides, another code", None, there(None, ada, Some(&other)), false),
            ("missing on both sides, another address", None, there(None, eve, Some(&same)), false),
            ("missing on both sides, no code there", None, there(None, ada, None), false),
        ] {
            assert_eq!(is_same_person(here(one), two), carries, "{case}");
            assert_eq!(is_same_person(two, here(one)), carries, "{case}, the other way");
        }
        let nobody = Identity { code: None, ..here(None) };
        assert!(!is_same_person(nobody, nobody), "without codes nobody is known");
    }
}
