//! What comes back to the server by way of mail: the address that ends reminders, the Return-Path that bounces come to
//! (VERP), and the address of the picture by which a mail tells that it was opened. Nobody can end another's reminders,
//! make another's address bounce, or open another's mail.

use super::{
    sealed,
    secrets::{Secrets, authenticate},
};
use std::fmt::Write;
use subtle::ConstantTimeEq;

/// The signature in the address that ends a registrant's reminders.
pub fn of_unsubscribing(secrets: &Secrets, registrant: &str) -> String {
    hex(&authenticate(secrets.unsubscribing(), &[registrant.as_bytes()])[..16])
}

/// Whether the server itself wrote this address.
pub fn allows_unsubscribing(secrets: &Secrets, registrant: &str, sig: &str) -> bool {
    of_unsubscribing(secrets, registrant).as_bytes().ct_eq(sig.as_bytes()).into()
}

/// The local part of a mail's own Return-Path: `{mail without hyphens}-{64 bits of HMAC}`, at most 64 characters, and
/// in lower case, since some mail servers write all of it so.
pub fn return_path(secrets: &Secrets, mail: &str) -> String {
    let (uuid, reason) = mail.split_at_checked(UUID).unwrap_or((mail, ""));
    format!("{}{reason}-{}", uuid.replace('-', ""), of_bounces(secrets, mail))
}

/// The mail that came back, where the server itself wrote this local part.
pub fn returned_mail(secrets: &Secrets, local: &str) -> Option<String> {
    let local = local.to_ascii_lowercase();
    let (compact, mac) = local.rsplit_once('-')?;
    let (digits, reason) = compact.split_at_checked(32)?;
    let mail = uuid::Uuid::try_parse(digits).ok()?.to_string() + reason;
    let is_ours: bool = of_bounces(secrets, &mail).as_bytes().ct_eq(mac.as_bytes()).into();
    is_ours.then_some(mail)
}

/// What stands in the address of a mail's picture: which mail it is, sealed. It opens nothing, names nobody, and no two look
/// alike, so that whoever sees some of them cannot tell whether they are one person's.
pub fn of_picture(secrets: &Secrets, mail: &str) -> String {
    sealed::seal(mail.as_bytes(), secrets.pictures(), "picture")
}

/// The mail whose picture this is, where the server itself wrote this.
pub fn pictured_mail(secrets: &Secrets, token: &str) -> Option<String> {
    String::from_utf8(sealed::open(token, secrets.pictures(), "picture")?).ok()
}

/// How long a UUID with hyphens is.
const UUID: usize = 36;

fn of_bounces(secrets: &Secrets, mail: &str) -> String {
    hex(&authenticate(secrets.bounces(), &[mail.as_bytes()])[..8])
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a text cannot fail.
        let _written = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAIL: &str = "01957ab0-0000-7000-8000-0000000000ff";

    #[test]
    fn a_return_path_leads_back_to_its_mail_and_to_no_other() {
        let secrets = Secrets::derive(&[1; 32]);
        for mail in [MAIL.to_owned(), format!("{MAIL}.r43200.9999"), format!("{MAIL}.moved.12")] {
            let local = return_path(&secrets, &mail);
            assert!(local.len() <= 64, "{local}");
            assert_eq!(returned_mail(&secrets, &local), Some(mail.clone()));
            assert_eq!(returned_mail(&secrets, &local.to_ascii_uppercase()), Some(mail.clone()), "some servers change the case");
            assert_eq!(returned_mail(&Secrets::derive(&[2; 32]), &local), None);
            for forged in
                [local.replacen("01957ab0", "01957ab1", 1), format!("{local}0"), local[..local.len() - 1].to_owned(), mail, String::new()]
            {
                assert_eq!(returned_mail(&secrets, &forged), None, "{forged}");
            }
        }
    }

    #[test]
    fn a_picture_tells_this_server_which_mail_it_is_in_and_others_nothing() {
        let secrets = Secrets::derive(&[1; 32]);
        let (token, other) = (of_picture(&secrets, MAIL), of_picture(&secrets, MAIL));
        assert_ne!(token, other, "two of one mail do not look alike");
        assert!(!token.contains("01957ab0"), "{token}");
        assert_eq!(pictured_mail(&secrets, &token), Some(MAIL.to_owned()));
        assert_eq!(pictured_mail(&Secrets::derive(&[2; 32]), &token), None);
        for forged in ["", MAIL, &token[1..], &token[..token.len() - 1], &token.to_ascii_uppercase()] {
            assert_eq!(pictured_mail(&secrets, forged), None, "{forged}");
        }
    }

    #[test]
    fn nobody_ends_the_reminders_of_somebody_else() {
        let secrets = Secrets::derive(&[1; 32]);
        let sig = of_unsubscribing(&secrets, "ada");
        assert!(allows_unsubscribing(&secrets, "ada", &sig));
        for (person, sig) in [("eve", sig.as_str()), ("ada", ""), ("ada", &sig[1..])] {
            assert!(!allows_unsubscribing(&secrets, person, sig), "{person} {sig}");
        }
    }
}
