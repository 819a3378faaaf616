//! Dutch.

use super::{Opening, Words};
use chrono::Locale;

pub(super) const WORDS: Words = Words {
    tag: "nl",
    is_right_to_left: false,
    locale: Locale::nl_NL,
    date_and_time: "%A %-d %B %Y, %H:%M uur",
    hello: "Dag {name},",
    hello_host: "Goedendag,",
    confirmation: Opening { subject: "Je bent aangemeld: {title}", sentence: "Je bent aangemeld voor ‘{title}’." },
    resend: Opening { subject: "Je toegangslink: {title}", sentence: "Hier is je toegangslink voor ‘{title}’ nog eens." },
    waiting_list: Opening {
        subject: "Je staat op de wachtlijst: {title}",
        sentence: "Alle plaatsen van ‘{title}’ zijn bezet; je staat op de wachtlijst. Zodra er een plaats vrijkomt, sturen we je je toegangslink.",
    },
    reminder: Opening { subject: "Om {time}: {title}", sentence: "‘{title}’ begint zo." },
    live: Opening { subject: "Nu live: {title}", sentence: "‘{title}’ is begonnen. Kom binnen." },
    moved: Opening {
        subject: "Nieuwe tijd: {title}",
        sentence: "‘{title}’ vindt op een ander moment plaats. Al het andere blijft zoals het was.",
    },
    cancelled: Opening { subject: "Afgelast: {title}", sentence: "‘{title}’ gaat niet door. Dat spijt ons." },
    thank_you: Opening { subject: "Dank je wel: {title}", sentence: "‘{title}’ is voorbij. Dank je wel voor je belangstelling." },
    registration_cancelled: Opening {
        subject: "Aanmelding geannuleerd: {title}",
        sentence: "Je aanmelding voor ‘{title}’ is geannuleerd. Je toegangslink werkt niet meer.",
    },
    guessing_alarm: Opening {
        subject: "Iemand raadt toegangssleutels: {title}",
        sentence: "Bij ‘{title}’ zijn te veel verkeerde toegangssleutels geprobeerd. Vanaf nu geven alleen de gemailde links toegang; met de hand ingevoerde sleutels niet meer. Wie de link kwijt is, krijgt hem op de aanmeldpagina nog eens.",
    },
    bounce_alarm: Opening {
        subject: "Herinneringen gepauzeerd: {title}",
        sentence: "Van de laatste duizend mails kwam meer dan een op de twintig terug. Herinneringen aan ‘{title}’ zijn gepauzeerd tot het er minder zijn. Toegangslinks worden nog verstuurd. De lijst met mensen toont welke adressen geen mail aannemen.",
    },
    when: "Wanneer:",
    your_link: "Je toegangslink. Hij is alleen van jou en werkt zo vaak je wilt:",
    how_it_works: "Voor het begin opent hij de wachtpagina met een aftelklok; vanaf het begin brengt hij je meteen naar binnen.",
    open_link: "Mijn toegangslink openen",
    your_key: "Je toegangssleutel:",
    key_use: "Je hebt hem alleen nodig waar de link niet werkt.",
    calendar: "Zet in je agenda:",
    attached: "Andere: open de bijlage event.ics",
    no_button: "Werkt de knop niet, kopieer dan dit adres naar je browser:",
    replay: "De opname bekijken",
    stop_reminders: "Geen herinneringen aan dit evenement meer:",
    stop_question: "Geen herinneringen aan ‘{title}’ meer?",
    stop_button: "Herinneringen stoppen",
    stopped: "Gedaan. Je krijgt geen herinneringen aan ‘{title}’ meer. Je toegangslink werkt zoals voorheen.",
};
