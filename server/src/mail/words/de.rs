//! German.

use super::{Opening, Words};
use chrono::Locale;

pub(super) const WORDS: Words = Words {
    tag: "de",
    is_right_to_left: false,
    locale: Locale::de_DE,
    date_and_time: "%A, %-d. %B %Y, %H:%M Uhr",
    hello: "Guten Tag {name},",
    hello_host: "Guten Tag,",
    confirmation: Opening { subject: "Sie sind angemeldet: {title}", sentence: "Sie sind für „{title}“ angemeldet." },
    resend: Opening { subject: "Ihr Zugangslink: {title}", sentence: "Hier ist noch einmal Ihr Zugangslink für „{title}“." },
    waiting_list: Opening {
        subject: "Sie stehen auf der Warteliste: {title}",
        sentence: "Alle Plätze von „{title}“ sind vergeben; Sie stehen auf der Warteliste. Sobald ein Platz frei wird, senden wir Ihnen Ihren Zugangslink.",
    },
    reminder: Opening { subject: "Um {time}: {title}", sentence: "„{title}“ beginnt bald." },
    live: Opening { subject: "Jetzt live: {title}", sentence: "„{title}“ hat begonnen. Kommen Sie herein." },
    moved: Opening {
        subject: "Neuer Termin: {title}",
        sentence: "„{title}“ findet zu einer anderen Zeit statt. Alles andere bleibt, wie es war.",
    },
    cancelled: Opening { subject: "Abgesagt: {title}", sentence: "„{title}“ findet nicht statt. Das tut uns leid." },
    thank_you: Opening { subject: "Vielen Dank: {title}", sentence: "„{title}“ ist vorbei. Vielen Dank für Ihr Interesse." },
    registration_cancelled: Opening {
        subject: "Anmeldung storniert: {title}",
        sentence: "Ihre Anmeldung für „{title}“ wurde storniert. Ihr Zugangslink funktioniert nicht mehr.",
    },
    guessing_alarm: Opening {
        subject: "Jemand rät Zugangsschlüssel: {title}",
        sentence: "Bei „{title}“ wurden zu viele falsche Zugangsschlüssel versucht. Von jetzt an öffnen nur noch die gesendeten Links; von Hand eingegebene Schlüssel nicht mehr. Wer seinen Link verloren hat, bekommt ihn auf der Anmeldeseite noch einmal.",
    },
    bounce_alarm: Opening {
        subject: "Erinnerungen pausieren: {title}",
        sentence: "Von den letzten tausend E-Mails kam mehr als jede zwanzigste zurück. Erinnerungen an „{title}“ pausieren, bis es weniger sind. Zugangslinks werden weiter gesendet. Die Liste der Personen zeigt, welche Adressen keine E-Mails annehmen.",
    },
    when: "Wann:",
    your_link: "Ihr Zugangslink. Er gehört nur Ihnen und funktioniert, so oft Sie möchten:",
    how_it_works: "Vor dem Beginn öffnet er die Warteseite mit einem Countdown; ab dem Beginn führt er Sie direkt hinein.",
    open_link: "Meinen Zugangslink öffnen",
    your_key: "Ihr Zugangsschlüssel:",
    key_use: "Sie brauchen ihn nur, wo der Link nicht funktioniert.",
    calendar: "In Ihren Kalender eintragen:",
    attached: "Andere: die angehängte Datei event.ics öffnen",
    no_button: "Wenn die Schaltfläche nicht funktioniert, kopieren Sie diese Adresse in Ihren Browser:",
    replay: "Aufzeichnung ansehen",
    stop_reminders: "Keine Erinnerungen an diese Veranstaltung mehr:",
    stop_question: "Keine Erinnerungen an „{title}“ mehr?",
    stop_button: "Erinnerungen abbestellen",
    stopped: "Erledigt. Sie bekommen keine Erinnerungen an „{title}“ mehr. Ihr Zugangslink funktioniert wie bisher.",
};
