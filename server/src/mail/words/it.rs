//! Italian.

use super::{Opening, Words};
use chrono::Locale;

pub(super) const WORDS: Words = Words {
    tag: "it",
    is_right_to_left: false,
    locale: Locale::it_IT,
    date_and_time: "%A %-d %B %Y, %H:%M",
    hello: "Buongiorno {name},",
    hello_host: "Buongiorno,",
    confirmation: Opening { subject: "Iscrizione confermata: {title}", sentence: "La tua iscrizione a «{title}» è confermata." },
    resend: Opening { subject: "Il tuo link di accesso: {title}", sentence: "Ecco di nuovo il tuo link di accesso a «{title}»." },
    waiting_list: Opening {
        subject: "In lista d’attesa: {title}",
        sentence: "Tutti i posti di «{title}» sono occupati e sei in lista d’attesa. Appena si libera un posto, ti mandiamo il link di accesso.",
    },
    reminder: Opening { subject: "Alle {time}: {title}", sentence: "«{title}» comincia tra poco." },
    live: Opening { subject: "In diretta: {title}", sentence: "«{title}» è cominciato. Entra." },
    moved: Opening {
        subject: "Nuovo orario: {title}", sentence: "«{title}» si terrà in un altro momento. Tutto il resto rimane com’era."
    },
    cancelled: Opening { subject: "Annullato: {title}", sentence: "«{title}» non si terrà. Ci dispiace." },
    thank_you: Opening { subject: "Grazie: {title}", sentence: "«{title}» è finito. Grazie del tuo interesse." },
    registration_cancelled: Opening {
        subject: "Iscrizione annullata: {title}",
        sentence: "La tua iscrizione a «{title}» è stata annullata. Il tuo link di accesso non funziona più.",
    },
    guessing_alarm: Opening {
        subject: "Qualcuno indovina chiavi di accesso: {title}",
        sentence: "Sono state provate troppe chiavi di accesso sbagliate per «{title}». Da ora si entra solo con i link inviati per e-mail; le chiavi scritte a mano non bastano più. Chi ha perso il link può chiederlo di nuovo nella pagina di iscrizione.",
    },
    bounce_alarm: Opening {
        subject: "Promemoria in pausa: {title}",
        sentence: "Degli ultimi mille messaggi ne è tornato indietro più di uno su venti: i promemoria di «{title}» sono in pausa finché non saranno meno. I link di accesso vengono ancora inviati. L’elenco delle persone mostra quali indirizzi non ricevono posta.",
    },
    when: "Quando:",
    your_link: "Il tuo link di accesso. È solo tuo e funziona tutte le volte che vuoi:",
    how_it_works: "Prima dell’inizio apre la pagina d’attesa con un conto alla rovescia; dall’inizio in poi ti porta subito dentro.",
    open_link: "Apri il mio link di accesso",
    your_key: "La tua chiave di accesso:",
    key_use: "Ti serve solo dove il link non funziona.",
    calendar: "Aggiungi al calendario:",
    attached: "Altri: apri il file allegato event.ics",
    no_button: "Se il pulsante non funziona, copia questo indirizzo nel browser:",
    replay: "Guarda la registrazione",
    stop_reminders: "Niente più promemoria di questo evento:",
    stop_question: "Niente più promemoria di «{title}»?",
    stop_button: "Ferma i promemoria",
    stopped: "Fatto. Non riceverai più promemoria di «{title}». Il tuo link di accesso funziona come prima.",
};
