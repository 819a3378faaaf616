//! Portuguese.

use super::{Opening, Words};
use chrono::Locale;

pub(super) const WORDS: Words = Words {
    tag: "pt",
    is_right_to_left: false,
    locale: Locale::pt_PT,
    date_and_time: "%A, %-d de %B de %Y, %H:%M",
    hello: "Olá, {name}!",
    hello_host: "Olá!",
    confirmation: Opening { subject: "Inscrição confirmada: {title}", sentence: "A sua inscrição em “{title}” está confirmada." },
    resend: Opening { subject: "O seu link de acesso: {title}", sentence: "Aqui está novamente o seu link de acesso a “{title}”." },
    waiting_list: Opening {
        subject: "Na lista de espera: {title}",
        sentence: "Todos os lugares de “{title}” estão ocupados e a sua inscrição está na lista de espera. Assim que houver um lugar livre, enviamos o seu link de acesso.",
    },
    reminder: Opening { subject: "Às {time}: {title}", sentence: "“{title}” começa em breve." },
    live: Opening { subject: "Ao vivo: {title}", sentence: "“{title}” começou. Entre." },
    moved: Opening {
        subject: "Novo horário: {title}", sentence: "“{title}” terá lugar noutro momento. Tudo o resto fica como estava."
    },
    cancelled: Opening { subject: "Cancelado: {title}", sentence: "“{title}” não se vai realizar. Lamentamos." },
    thank_you: Opening { subject: "Obrigado: {title}", sentence: "“{title}” terminou. Obrigado pelo seu interesse." },
    registration_cancelled: Opening {
        subject: "Inscrição cancelada: {title}",
        sentence: "A sua inscrição em “{title}” foi cancelada. O seu link de acesso já não funciona.",
    },
    guessing_alarm: Opening {
        subject: "Alguém tenta adivinhar chaves de acesso: {title}",
        sentence: "Foram tentadas demasiadas chaves de acesso erradas em “{title}”. A partir de agora só os links enviados por e-mail dão acesso; as chaves escritas à mão já não servem. Quem perdeu o seu link pode pedi-lo de novo na página de inscrição.",
    },
    bounce_alarm: Opening {
        subject: "Lembretes em pausa: {title}",
        sentence: "Dos últimos mil e-mails, mais de um em cada vinte foi devolvido; por isso os lembretes de “{title}” estão em pausa até serem menos. Os links de acesso continuam a ser enviados. A lista de pessoas mostra que endereços não recebem e-mails.",
    },
    when: "Quando:",
    your_link: "O seu link de acesso. É só seu e funciona quantas vezes quiser:",
    how_it_works: "Antes do início abre a página de espera com uma contagem decrescente; a partir do início leva-o diretamente para dentro.",
    open_link: "Abrir o meu link de acesso",
    your_key: "A sua chave de acesso:",
    key_use: "Só precisa dela onde o link não funcionar.",
    calendar: "Adicionar ao calendário:",
    attached: "Outros: abra o ficheiro anexo event.ics",
    no_button: "Se o botão não funcionar, copie este endereço para o seu navegador:",
    replay: "Ver a gravação",
    stop_reminders: "Não receber mais lembretes deste evento:",
    stop_question: "Não receber mais lembretes de “{title}”?",
    stop_button: "Parar os lembretes",
    stopped: "Feito. Não receberá mais lembretes de “{title}”. O seu link de acesso funciona como antes.",
};
