//! What a host copies into a page.

use askama::Template;

/// The two tags that put an event or a series on a page, for a template: askama makes text of whatever a host wrote.
#[derive(Template)]
#[template(
    ext = "html",
    source = "<script type=\"module\" src=\"{{ public_url }}/curtain-up.js\" crossorigin></script>
<curtain-up event=\"{{ event }}\">
  <a href=\"{{ page }}\">{{ title }}</a>
</curtain-up>
"
)]
pub struct Snippet<'a> {
    /// Where the server is.
    pub public_url: &'a str,
    /// The address of the event or series.
    pub event: &'a str,
    /// The page for those whose browser shows no element.
    pub page: &'a str,
    /// Its title.
    pub title: &'a str,
}

impl Snippet<'_> {
    /// The tags, as HTML.
    pub fn html(&self) -> String {
        // Texts are written into a string, which takes all of them.
        self.render().unwrap_or_default()
    }
}
