//! Which encoding a file is in. Spreadsheets write several and say which in few of them.

use curtain_up_protocol::desk::Encoding;
use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The text of a file and the encoding that it was found to be in.
pub fn decode(bytes: &[u8]) -> (String, Encoding) {
    let (encoding, rest) = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => (Encoding::Utf8, rest),
        [0xFF, 0xFE, rest @ ..] => (Encoding::Utf16Le, rest),
        [0xFE, 0xFF, rest @ ..] => (Encoding::Utf16Be, rest),
        _ => (without_mark(bytes), bytes),
    };
    let text = match encoding {
        Encoding::Utf8 => String::from_utf8_lossy(rest),
        Encoding::Utf16Le => UTF_16LE.decode_without_bom_handling(rest).0,
        Encoding::Utf16Be => UTF_16BE.decode_without_bom_handling(rest).0,
        Encoding::Windows1252 => WINDOWS_1252.decode_without_bom_handling(rest).0,
    };
    (text.into_owned(), encoding)
}

/// In UTF-16 every other byte of Western letters, digits and separators is zero; a header has hardly anything else.
fn without_mark(bytes: &[u8]) -> Encoding {
    let beginning = &bytes[..bytes.len().min(400)];
    let zeros = |odd: usize| beginning.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let many = beginning.len() / 4;
    match (zeros(0), zeros(1)) {
        (0, odd) if odd > many => Encoding::Utf16Le,
        (even, 0) if even > many => Encoding::Utf16Be,
        _ if std::str::from_utf8(bytes).is_ok() => Encoding::Utf8,
        _ => Encoding::Windows1252,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_is_found_out_with_and_without_its_mark() {
        let utf16 = |swap: bool| "Zoë;ü".encode_utf16().flat_map(move |unit| if swap { unit.to_be_bytes() } else { unit.to_le_bytes() });
        let marked = |mark: &[u8], text: Vec<u8>| [mark, &text].concat();
        for (bytes, encoding) in [
            ("Zoë;ü".as_bytes().to_vec(), Encoding::Utf8),
            (marked(b"\xEF\xBB\xBF", "Zoë;ü".into()), Encoding::Utf8),
            (utf16(false).collect(), Encoding::Utf16Le),
            (utf16(true).collect(), Encoding::Utf16Be),
            (marked(b"\xFF\xFE", utf16(false).collect()), Encoding::Utf16Le),
            (marked(b"\xFE\xFF", utf16(true).collect()), Encoding::Utf16Be),
            (b"Zo\xEB;\xFC".to_vec(), Encoding::Windows1252),
        ] {
            assert_eq!(decode(&bytes), ("Zoë;ü".to_owned(), encoding), "{bytes:?}");
        }
        assert_eq!(decode(b""), (String::new(), Encoding::Utf8));
    }
}
