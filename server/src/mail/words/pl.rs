//! Polish.

use super::{Opening, Words};
use chrono::Locale;

pub(super) const WORDS: Words = Words {
    tag: "pl",
    is_right_to_left: false,
    locale: Locale::pl_PL,
    date_and_time: "%A, %-d %B %Y, %H:%M",
    hello: "Dzień dobry, {name}!",
    hello_host: "Dzień dobry!",
    confirmation: Opening { subject: "Rejestracja przyjęta: {title}", sentence: "Rejestracja na „{title}” została przyjęta." },
    resend: Opening { subject: "Twój link dostępu: {title}", sentence: "Oto ponownie Twój link dostępu do „{title}”." },
    waiting_list: Opening {
        subject: "Lista oczekujących: {title}",
        sentence: "Wszystkie miejsca na „{title}” są zajęte, więc jesteś na liście oczekujących. Gdy tylko zwolni się miejsce, wyślemy Ci link dostępu.",
    },
    reminder: Opening { subject: "O {time}: {title}", sentence: "„{title}” wkrótce się zacznie." },
    live: Opening { subject: "Na żywo: {title}", sentence: "„{title}” już trwa. Zapraszamy." },
    moved: Opening {
        subject: "Nowy termin: {title}",
        sentence: "„{title}” odbędzie się w innym terminie. Wszystko inne pozostaje bez zmian.",
    },
    cancelled: Opening { subject: "Odwołane: {title}", sentence: "„{title}” się nie odbędzie. Przepraszamy." },
    thank_you: Opening {
        subject: "Dziękujemy: {title}", sentence: "„{title}” już się zakończyło. Dziękujemy za zainteresowanie."
    },
    registration_cancelled: Opening {
        subject: "Rejestracja anulowana: {title}",
        sentence: "Twoja rejestracja na „{title}” została anulowana. Twój link dostępu już nie działa.",
    },
    guessing_alarm: Opening {
        subject: "Ktoś zgaduje klucze dostępu: {title}",
        sentence: "Przy „{title}” próbowano zbyt wielu błędnych kluczy dostępu. Od teraz wpuszczają tylko linki wysłane pocztą; klucze wpisywane ręcznie już nie działają. Kto zgubił link, otrzyma go ponownie na stronie rejestracji.",
    },
    bounce_alarm: Opening {
        subject: "Przypomnienia wstrzymane: {title}",
        sentence: "Spośród ostatniego tysiąca wiadomości wróciła więcej niż jedna na dwadzieścia, więc przypomnienia o „{title}” są wstrzymane, dopóki nie będzie ich mniej. Linki dostępu są nadal wysyłane. Lista osób pokazuje, które adresy nie przyjmują poczty.",
    },
    when: "Kiedy:",
    your_link: "Twój link dostępu. Jest tylko Twój i działa tyle razy, ile chcesz:",
    how_it_works: "Przed rozpoczęciem otwiera stronę oczekiwania z odliczaniem; od rozpoczęcia prowadzi prosto do środka.",
    open_link: "Otwórz mój link dostępu",
    your_key: "Twój klucz dostępu:",
    key_use: "Potrzebujesz go tylko tam, gdzie link nie działa.",
    calendar: "Dodaj do kalendarza:",
    attached: "Inne: otwórz załączony plik event.ics",
    no_button: "Jeśli przycisk nie działa, skopiuj ten adres do przeglądarki:",
    replay: "Obejrzyj nagranie",
    stop_reminders: "Bez dalszych przypomnień o tym wydarzeniu:",
    stop_question: "Bez dalszych przypomnień o „{title}”?",
    stop_button: "Zatrzymaj przypomnienia",
    stopped: "Gotowe. Nie będzie więcej przypomnień o „{title}”. Twój link dostępu działa jak wcześniej.",
};
