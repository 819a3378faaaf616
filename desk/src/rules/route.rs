/// A page of the desk. Its address stands behind the `#`: the server knows one page, `/desk`.
///
/// What was searched for is no part of it, since one searches for people by their addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// All events.
    Events,
    /// A new event.
    NewEvent,
    /// One event.
    Event(String, EventTab),
    /// An export that came by mail.
    Export(String),
    /// The organisation.
    Settings(SettingsTab),
    /// No page.
    Lost,
}

/// A page of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EventTab {
    /// How it stands.
    Overview,
    /// Who is on its list, with the side pane of one of them.
    People(Option<String>),
    /// The list of people that was uploaded, and their codes.
    List,
    /// Its plan.
    Edit,
    /// Links beside its room.
    Materials,
    /// What its mails say.
    Mails,
    /// Its element on a blank page.
    TryIt,
}

/// A page of the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingsTab {
    /// Who may sign in.
    Hosts,
    /// What programs may sign in with.
    Tokens,
    /// What the organisation's own system signs links with.
    SignedLinks,
    /// Who did what.
    Audit,
    /// One's own password.
    Password,
}

impl SettingsTab {
    /// The page itself, or, for those who may change nothing, the one that is theirs: the others they may not even see.
    pub fn seen_by(self, may_change: bool) -> Self {
        if may_change { self } else { Self::Password }
    }
}

/// What opens the desk: one of its pages, or a link from a mail that signs one in.
#[derive(Debug, PartialEq, Eq)]
pub enum Opening {
    /// A page.
    Page(Route),
    /// The secret of a mailed link.
    SignIn(String),
}

impl Opening {
    /// Reads what stands behind the `#` of the address.
    pub fn read(fragment: &str) -> Self {
        match fragment.trim_start_matches('#').strip_prefix("sign-in=") {
            Some(token) => Self::SignIn(token.to_owned()),
            None => Self::Page(Route::read(fragment)),
        }
    }
}

impl Route {
    /// Reads what stands behind the `#` of the address.
    pub fn read(fragment: &str) -> Self {
        let path = fragment.trim_start_matches('#').trim_matches('/');
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        match parts.as_slice() {
            [] | ["events"] => Self::Events,
            ["new"] => Self::NewEvent,
            ["events", slug] => Self::Event((*slug).to_owned(), EventTab::Overview),
            ["events", slug, "people"] => Self::Event((*slug).to_owned(), EventTab::People(None)),
            ["events", slug, "people", id] => Self::Event((*slug).to_owned(), EventTab::People(Some((*id).to_owned()))),
            ["events", slug, "list"] => Self::Event((*slug).to_owned(), EventTab::List),
            ["events", slug, "materials"] => Self::Event((*slug).to_owned(), EventTab::Materials),
            ["events", slug, "edit"] => Self::Event((*slug).to_owned(), EventTab::Edit),
            ["events", slug, "mails"] => Self::Event((*slug).to_owned(), EventTab::Mails),
            ["events", slug, "try"] => Self::Event((*slug).to_owned(), EventTab::TryIt),
            ["exports", id] => Self::Export((*id).to_owned()),
            ["settings"] | ["settings", "hosts"] => Self::Settings(SettingsTab::Hosts),
            ["settings", "tokens"] => Self::Settings(SettingsTab::Tokens),
            ["settings", "signed-links"] => Self::Settings(SettingsTab::SignedLinks),
            ["settings", "audit"] => Self::Settings(SettingsTab::Audit),
            ["settings", "password"] => Self::Settings(SettingsTab::Password),
            _ => Self::Lost,
        }
    }

    /// The address, with its `#`.
    pub fn address(&self) -> String {
        match self {
            Self::Events | Self::Lost => "#/events".to_owned(),
            Self::NewEvent => "#/new".to_owned(),
            Self::Event(slug, tab) => match tab {
                EventTab::Overview => format!("#/events/{slug}"),
                EventTab::People(None) => format!("#/events/{slug}/people"),
                EventTab::People(Some(id)) => format!("#/events/{slug}/people/{id}"),
                EventTab::List => format!("#/events/{slug}/list"),
                EventTab::Materials => format!("#/events/{slug}/materials"),
                EventTab::Edit => format!("#/events/{slug}/edit"),
                EventTab::Mails => format!("#/events/{slug}/mails"),
                EventTab::TryIt => format!("#/events/{slug}/try"),
            },
            Self::Export(id) => format!("#/exports/{id}"),
            Self::Settings(tab) => format!(
                "#/settings/{}",
                match tab {
                    SettingsTab::Hosts => "hosts",
                    SettingsTab::Tokens => "tokens",
                    SettingsTab::SignedLinks => "signed-links",
                    SettingsTab::Audit => "audit",
                    SettingsTab::Password => "password",
                }
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_may_change_nothing_sees_their_own_password_alone() {
        assert_eq!(SettingsTab::Hosts.seen_by(true), SettingsTab::Hosts);
        assert_eq!(SettingsTab::Audit.seen_by(false), SettingsTab::Password);
    }

    #[test]
    fn every_page_has_an_address_that_leads_back_to_it() {
        let event = |tab| Route::Event("launch".into(), tab);
        for route in [
            Route::Events,
            Route::NewEvent,
            event(EventTab::Overview),
            event(EventTab::People(None)),
            event(EventTab::People(Some("0192-a".into()))),
            event(EventTab::List),
            event(EventTab::Materials),
            event(EventTab::Edit),
            event(EventTab::Mails),
            event(EventTab::TryIt),
            Route::Export("0192-b".into()),
            Route::Settings(SettingsTab::Hosts),
            Route::Settings(SettingsTab::Tokens),
            Route::Settings(SettingsTab::SignedLinks),
            Route::Settings(SettingsTab::Audit),
            Route::Settings(SettingsTab::Password),
        ] {
            assert_eq!(Route::read(&route.address()), route);
        }
    }

    #[test]
    fn the_bare_desk_shows_the_events_and_a_wrong_address_nothing() {
        assert_eq!(Route::read(""), Route::Events);
        assert_eq!(Route::read("#/"), Route::Events);
        assert_eq!(Route::read("#/nowhere"), Route::Lost);
    }

    #[test]
    fn a_mailed_link_signs_one_in_and_is_no_page() {
        assert_eq!(Opening::read("#sign-in=abc_-9"), Opening::SignIn("abc_-9".into()));
        assert_eq!(Opening::read("#/exports/7"), Opening::Page(Route::Export("7".into())));
    }
}
