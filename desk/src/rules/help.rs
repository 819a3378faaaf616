use curtain_up_protocol::desk::Seat;

/// What a host can do for somebody, besides moving and erasing them: what would come to nothing is not offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Help {
    /// Their link and key let them in, so they are shown, copied and sent by hand.
    pub link: bool,
    /// What the server mails them again.
    pub mail: Option<MailedAgain>,
    /// There is an address to be corrected, and somebody to be known by it elsewhere.
    pub address: bool,
    /// There is a key to be replaced.
    pub key: bool,
    /// There is a registration to be cancelled.
    pub registration: bool,
}

/// What somebody is mailed again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailedAgain {
    /// Their access link.
    Link,
    /// That they are on the waiting list.
    ThatTheyWait,
}

impl Help {
    /// What can be done for somebody with this seat, who has an address or, being anonymous, none.
    pub fn of(seat: Seat, has_address: bool) -> Self {
        let mail = match seat {
            Seat::Confirmed => Some(MailedAgain::Link),
            Seat::WaitingList => Some(MailedAgain::ThatTheyWait),
            Seat::Cancelled | Seat::Anonymous => None,
        };
        Self {
            link: has_address && seat == Seat::Confirmed,
            mail: mail.filter(|_| has_address),
            address: has_address,
            key: has_address && seat != Seat::Cancelled,
            registration: seat != Seat::Cancelled,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_a_link_that_lets_them_not_in() {
        let nothing = Help { link: false, mail: None, address: false, key: false, registration: false };
        let named = Help { address: true, ..nothing };
        for (seat, has_address, expected) in [
            (Seat::Confirmed, true, Help { link: true, mail: Some(MailedAgain::Link), key: true, registration: true, ..named }),
            (Seat::WaitingList, true, Help { mail: Some(MailedAgain::ThatTheyWait), key: true, registration: true, ..named }),
            (Seat::Cancelled, true, named),
            (Seat::Anonymous, false, Help { registration: true, ..nothing }),
            (Seat::Cancelled, false, nothing),
        ] {
            assert_eq!(Help::of(seat, has_address), expected, "{seat:?}");
        }
    }
}
