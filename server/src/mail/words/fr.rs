//! French.

use super::{Opening, Words};
use chrono::Locale;

pub(super) const WORDS: Words = Words {
    tag: "fr",
    is_right_to_left: false,
    locale: Locale::fr_FR,
    date_and_time: "%A %-d %B %Y, %H:%M",
    hello: "Bonjour {name},",
    hello_host: "Bonjour,",
    confirmation: Opening { subject: "Votre inscription : {title}", sentence: "Votre inscription à « {title} » est enregistrée." },
    resend: Opening { subject: "Votre lien d’accès : {title}", sentence: "Voici de nouveau votre lien d’accès à « {title} »." },
    waiting_list: Opening {
        subject: "Sur liste d’attente : {title}",
        sentence: "Toutes les places pour « {title} » sont prises : vous êtes sur la liste d’attente. Dès qu’une place se libère, nous vous envoyons votre lien d’accès.",
    },
    reminder: Opening { subject: "À {time} : {title}", sentence: "« {title} » commence bientôt." },
    live: Opening { subject: "En direct : {title}", sentence: "« {title} » a commencé. Entrez !" },
    moved: Opening {
        subject: "Nouvel horaire : {title}", sentence: "« {title} » aura lieu à un autre moment. Rien d’autre ne change."
    },
    cancelled: Opening { subject: "Annulé : {title}", sentence: "« {title} » n’aura pas lieu. Nous en sommes désolés." },
    thank_you: Opening { subject: "Merci : {title}", sentence: "« {title} » est terminé. Merci de votre intérêt." },
    registration_cancelled: Opening {
        subject: "Inscription annulée : {title}",
        sentence: "Votre inscription à « {title} » a été annulée. Votre lien d’accès ne fonctionne plus.",
    },
    guessing_alarm: Opening {
        subject: "Quelqu’un devine des clés d’accès : {title}",
        sentence: "Trop de clés d’accès fausses ont été essayées pour « {title} ». Désormais, seuls les liens envoyés par e-mail donnent accès ; les clés saisies à la main ne suffisent plus. Qui a perdu son lien peut le redemander sur la page d’inscription.",
    },
    bounce_alarm: Opening {
        subject: "Rappels suspendus : {title}",
        sentence: "Parmi les mille derniers e-mails, plus d’un sur vingt est revenu : les rappels de « {title} » sont suspendus jusqu’à ce qu’il y en ait moins. Les liens d’accès partent toujours. La liste des personnes montre les adresses qui ne reçoivent rien.",
    },
    when: "Quand :",
    your_link: "Votre lien d’accès. Il est à vous seul et fonctionne aussi souvent que vous le voulez :",
    how_it_works: "Avant le début, il ouvre la page d’attente avec un compte à rebours ; dès le début, il vous fait entrer directement.",
    open_link: "Ouvrir mon lien d’accès",
    your_key: "Votre clé d’accès :",
    key_use: "Elle ne sert que là où le lien ne fonctionne pas.",
    calendar: "Ajouter à votre agenda :",
    attached: "Autres : ouvrez le fichier joint event.ics",
    no_button: "Si le bouton ne fonctionne pas, copiez cette adresse dans votre navigateur :",
    replay: "Voir la rediffusion",
    stop_reminders: "Ne plus recevoir de rappels de cet événement :",
    stop_question: "Ne plus recevoir de rappels de « {title} » ?",
    stop_button: "Arrêter les rappels",
    stopped: "C’est fait. Vous ne recevrez plus de rappels de « {title} ». Votre lien d’accès fonctionne comme avant.",
};
