use curtain_up_protocol::ProblemCode;
use std::time::Duration;

/// How often something that goes on is looked at.
pub const EVERY: Duration = Duration::from_secs(1);

/// After so many seconds it is looked at again, however long the server wants to be left alone.
const LONGEST: u64 = 60;

/// When to look again at something that could not be looked at; never, where it is not there or not for whoever looks. What
/// goes on does so whether one sees it or not: a server that is busy, or a proxy that answers for it, says nothing of it.
pub fn look_again_in(code: Option<ProblemCode>, retry_after: Option<u64>) -> Option<Duration> {
    match code {
        None | Some(ProblemCode::Unavailable | ProblemCode::TooManyRequests | ProblemCode::Unknown) => {
            Some(retry_after.map_or(EVERY, |seconds| Duration::from_secs(seconds.min(LONGEST)).max(EVERY)))
        }
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_passes_is_waited_for_and_what_was_refused_is_not_asked_for_again() {
        let seconds = |seconds| Some(Duration::from_secs(seconds));
        for (code, retry_after, again) in [
            (None, None, seconds(1)),
            (Some(ProblemCode::Unavailable), None, seconds(1)),
            (Some(ProblemCode::TooManyRequests), Some(7), seconds(7)),
            (Some(ProblemCode::TooManyRequests), Some(0), seconds(1)),
            (Some(ProblemCode::Unavailable), Some(86_400), seconds(60)),
            (Some(ProblemCode::Unknown), None, seconds(1)),
            (Some(ProblemCode::NotFound), None, None),
            (Some(ProblemCode::NotSignedIn), Some(1), None),
            (Some(ProblemCode::NotAllowed), None, None),
        ] {
            assert_eq!(look_again_in(code, retry_after), again, "{code:?} {retry_after:?}");
        }
    }
}
