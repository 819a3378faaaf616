//! Spanish.

use super::{Opening, Words};
use chrono::Locale;

pub(super) const WORDS: Words = Words {
    tag: "es",
    is_right_to_left: false,
    locale: Locale::es_ES,
    date_and_time: "%A, %-d de %B de %Y, %H:%M",
    hello: "Hola, {name}:",
    hello_host: "Hola:",
    confirmation: Opening { subject: "Inscripción confirmada: {title}", sentence: "Tu inscripción en «{title}» está confirmada." },
    resend: Opening { subject: "Tu enlace de acceso: {title}", sentence: "Aquí tienes de nuevo tu enlace de acceso a «{title}»." },
    waiting_list: Opening {
        subject: "En lista de espera: {title}",
        sentence: "Todas las plazas de «{title}» están ocupadas y estás en la lista de espera. En cuanto quede una plaza libre, te enviaremos tu enlace de acceso.",
    },
    reminder: Opening { subject: "A las {time}: {title}", sentence: "«{title}» empieza pronto." },
    live: Opening { subject: "En directo: {title}", sentence: "«{title}» ha empezado. Entra." },
    moved: Opening {
        subject: "Nuevo horario: {title}", sentence: "«{title}» se celebrará en otro momento. Todo lo demás sigue igual."
    },
    cancelled: Opening { subject: "Cancelado: {title}", sentence: "«{title}» no se celebrará. Lo sentimos." },
    thank_you: Opening { subject: "Gracias: {title}", sentence: "«{title}» ha terminado. Gracias por tu interés." },
    registration_cancelled: Opening {
        subject: "Inscripción cancelada: {title}",
        sentence: "Tu inscripción en «{title}» se ha cancelado. Tu enlace de acceso ya no funciona.",
    },
    guessing_alarm: Opening {
        subject: "Alguien adivina claves de acceso: {title}",
        sentence: "Se han probado demasiadas claves de acceso erróneas en «{title}». A partir de ahora solo se entra con los enlaces enviados por correo; las claves escritas a mano ya no sirven. Quien haya perdido su enlace puede pedirlo de nuevo en la página de inscripción.",
    },
    bounce_alarm: Opening {
        subject: "Recordatorios en pausa: {title}",
        sentence: "Ha sido devuelto más de uno de cada veinte de los últimos mil correos, así que los recordatorios de «{title}» quedan en pausa hasta que sean menos. Los enlaces de acceso se siguen enviando. La lista de personas muestra qué direcciones no reciben correo.",
    },
    when: "Cuándo:",
    your_link: "Tu enlace de acceso. Es solo tuyo y funciona tantas veces como quieras:",
    how_it_works: "Antes del comienzo abre la página de espera con una cuenta atrás; desde el comienzo te lleva directamente adentro.",
    open_link: "Abrir mi enlace de acceso",
    your_key: "Tu clave de acceso:",
    key_use: "Solo la necesitas donde el enlace no funcione.",
    calendar: "Añadir a tu calendario:",
    attached: "Otros: abre el archivo adjunto event.ics",
    no_button: "Si el botón no funciona, copia esta dirección en tu navegador:",
    replay: "Ver la grabación",
    stop_reminders: "No recibir más recordatorios de este evento:",
    stop_question: "¿No recibir más recordatorios de «{title}»?",
    stop_button: "Dejar de recibir recordatorios",
    stopped: "Hecho. No recibirás más recordatorios de «{title}». Tu enlace de acceso funciona como antes.",
};
