use crate::http::{body::FormBody, context::Context, error::Error};
use axum::{
    extract::{FromRequest, Request},
    http::{HeaderMap, header},
};
use url::Url;

/// A form that no other site has sent in its visitor's name, as far as the browser says.
///
/// `Sec-Fetch-Site` decides where it is sent. Older browsers send an `Origin`; `null` passes, since that is what
/// `Referrer-Policy: no-referrer` makes of it (<https://fetch.spec.whatwg.org/#append-a-request-origin-header>), and
/// access links must not stand in a referrer. What such a form could do is nothing that its sender could not do without
/// a visitor: the cookie by which the waiting page's own forms know somebody is sent with no form of another site.
pub struct SentFromHere(pub FormBody);

impl FromRequest<Context> for SentFromHere {
    type Rejection = Error;

    async fn from_request(request: Request, context: &Context) -> Result<Self, Error> {
        let from_here = is_from_here(request.headers(), &context.config.public_url);
        // The body is read in any case: a client that is still sending would not see the answer.
        let body = FormBody::from_request(request, context).await;
        if from_here { body.map(Self) } else { Err(Error::ForeignForm) }
    }
}

/// Whether a request was sent from this server's own pages, as far as the browser says.
pub fn is_from_here(headers: &HeaderMap, public_url: &str) -> bool {
    let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    if let Some(site) = text(header::HeaderName::from_static("sec-fetch-site")) {
        return matches!(site, "same-origin" | "none");
    }
    let Some(origin) = text(header::ORIGIN).filter(|origin| *origin != "null") else { return true };
    let here = Url::parse(public_url).is_ok_and(|url| url.origin().ascii_serialization() == origin);
    // People may know this server by another name than the one in its mails.
    here || text(header::HOST).is_some_and(|host| origin.split_once("://").is_some_and(|(_, authority)| authority == host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_says_where_a_form_comes_from() {
        for (site, origin, expected) in [
            ("same-origin", "", true),
            ("none", "", true),
            ("cross-site", "", false),
            ("same-site", "", false),
            ("cross-site", "https://events.example.com", false),
            ("", "", true),
            ("", "null", true),
            ("", "https://events.example.com", true),
            ("", "http://alias.example.com:3000", true),
            ("", "https://evil.example", false),
            ("", "https://events.example.com.evil.example", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, "alias.example.com:3000".parse().expect("a header"));
            for (name, value) in [("sec-fetch-site", site), ("origin", origin)].into_iter().filter(|(_, value)| !value.is_empty()) {
                headers.insert(name, value.parse().expect("a header"));
            }
            assert_eq!(is_from_here(&headers, "https://events.example.com"), expected, "{site} {origin}");
        }
    }
}
