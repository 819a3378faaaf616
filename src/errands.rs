//! The journey's requests as HTTP, and HTTP's answers as the journey's inputs.

use crate::core::journey::{Errand, Failure, Input, Reply, Request, Way};
use crate::platform::http::Response;
use crate::platform::json::Json;
use crate::platform::loader::Loader;
use crate::wire;
use curtain_up_protocol::{PassRequest, Problem, ProblemCode, ResendRequest};

/// Sends a request to the event and tells what came of it.
pub async fn run(loader: &Loader, request: Request) -> Input {
    let (errand, path, body, pass) = match request {
        Request::Event => (Errand::Event, "", None, None),
        Request::State => (Errand::State, "/state.json", None, None),
        Request::Register(registration) => (Errand::Register, "/registrations", wire::write(&registration), None),
        Request::Resend(email) => (Errand::Resend, "/resend", wire::write(&ResendRequest { email }), None),
        Request::Exchange(Way::Link(link), _) => (Errand::Exchange, "/pass", wire::write(&PassRequest::from(link)), None),
        Request::Exchange(Way::Door(door), kept) => (Errand::Exchange, "/door", wire::write(&door), kept),
        Request::Room(pass) => (Errand::Room, "/room", None, Some(pass)),
        Request::Mail(claim) => (Errand::Mail, "/registrations", None, Some(claim)),
    };
    let response = loader.send(path, pass, body).await;
    let reply = response.as_ref().ok_or(Failure::Network).and_then(|response| read(errand, response));
    match reply {
        Ok(reply) => {
            if let (Errand::Room, Some(response)) = (errand, response) {
                loader.around(&response.body);
            }
            Input::Answered(reply)
        }
        Err(failure) => Input::Failed(errand, failure),
    }
}

/// An answer that is not what this server gives (the sign-in page of a hotel's network, a proxy's "bad gateway") counts
/// as none.
fn read(errand: Errand, response: &Response) -> Result<Reply, Failure> {
    let later = matches!(response.status, 429 | 503);
    let json = Json::read(&response.body);
    if !(200..300).contains(&response.status) {
        let unreadable = || later.then(|| Problem { code: ProblemCode::Unavailable, fields: Vec::new() });
        let problem = json.as_ref().and_then(wire::problem).or_else(unreadable).ok_or(Failure::Network)?;
        return Err(Failure::Refused { code: problem.code, fields: problem.fields, later, retry_after: response.retry_after });
    }
    let timing = response.timing;
    let reply = json.and_then(|json| {
        Some(match errand {
            Errand::Event => Reply::Event(wire::event(&json)?, timing),
            Errand::State => Reply::State(wire::state(&json)?, timing),
            Errand::Register => Reply::Registered(wire::registration_answer(&json)),
            Errand::Resend => Reply::Resent,
            Errand::Exchange => Reply::Pass(wire::pass(&json)?),
            Errand::Room => Reply::Room(wire::room(&json)?),
            Errand::Mail => Reply::Mail(json.is("bounced")),
        })
    });
    reply.ok_or(Failure::Network)
}
