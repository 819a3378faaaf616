use serde::de::DeserializeOwned;

/// Puts JSON Lines together from the pieces in which they arrive, which end anywhere, even within a letter.
#[derive(Default)]
pub struct JsonLines {
    begun: Vec<u8>,
}

impl JsonLines {
    /// Takes a piece, and gives the lines that are whole with it. A line that is none of these is left out: a newer server may
    /// say more than this desk knows.
    pub fn take<T: DeserializeOwned>(&mut self, piece: &[u8]) -> Vec<T> {
        let mut whole = Vec::new();
        let mut parts = piece.split(|byte| *byte == b'\n');
        self.begun.extend_from_slice(parts.next().unwrap_or_default());
        for next in parts {
            whole.extend(serde_json::from_slice(&std::mem::replace(&mut self.begun, next.to_vec())));
        }
        whole
    }

    /// The last line, where the answer ended without a line break.
    pub fn end<T: DeserializeOwned>(self) -> Option<T> {
        serde_json::from_slice(&self.begun).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_through_whole_wherever_the_pieces_end() {
        let answer = "\"Zoë\"\n\"Ada\"\n\n{\"new\":1}\n\"Łukasz\"".as_bytes();
        for size in 1..=answer.len() {
            let mut lines = JsonLines::default();
            let mut read: Vec<String> = answer.chunks(size).flat_map(|piece| lines.take(piece)).collect();
            read.extend(lines.end::<String>());
            assert_eq!(read, ["Zoë", "Ada", "Łukasz"], "pieces of {size}");
        }
    }

    #[test]
    fn an_answer_that_broke_off_has_no_last_line() {
        let mut lines = JsonLines::default();
        assert_eq!(lines.take::<u64>(b"1\n2\n{\"report\":{\"enc"), [1, 2]);
        assert_eq!(lines.end::<u64>(), None);
    }
}
