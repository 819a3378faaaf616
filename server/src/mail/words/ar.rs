//! Arabic.

use super::{Opening, Words};
use chrono::Locale;

pub(super) const WORDS: Words = Words {
    tag: "ar",
    is_right_to_left: true,
    locale: Locale::ar_EG,
    date_and_time: "%A %-d %B %Y، %H:%M",
    hello: "مرحبًا {name}،",
    hello_host: "مرحبًا،",
    confirmation: Opening { subject: "تم تسجيلك: {title}", sentence: "تم تسجيلك في «{title}»." },
    resend: Opening {
        subject: "رابط الدخول الخاص بك: {title}", sentence: "إليك رابط الدخول إلى «{title}» مرة أخرى."
    },
    waiting_list: Opening {
        subject: "أنت على قائمة الانتظار: {title}",
        sentence: "جميع مقاعد «{title}» محجوزة، وأنت على قائمة الانتظار. سنرسل إليك رابط الدخول فور توفر مقعد.",
    },
    reminder: Opening { subject: "الساعة {time}: {title}", sentence: "سيبدأ «{title}» قريبًا." },
    live: Opening { subject: "مباشر الآن: {title}", sentence: "بدأ «{title}». تفضل بالدخول." },
    moved: Opening {
        subject: "موعد جديد: {title}", sentence: "سيقام «{title}» في موعد آخر. لم يتغير أي شيء غير ذلك."
    },
    cancelled: Opening { subject: "أُلغي: {title}", sentence: "لن يقام «{title}». نعتذر عن ذلك." },
    thank_you: Opening { subject: "شكرًا لك: {title}", sentence: "انتهى «{title}». شكرًا لاهتمامك." },
    registration_cancelled: Opening {
        subject: "أُلغي تسجيلك: {title}", sentence: "أُلغي تسجيلك في «{title}». لم يعد رابط الدخول يعمل."
    },
    guessing_alarm: Opening {
        subject: "شخص ما يخمّن مفاتيح الدخول: {title}",
        sentence: "جُرّبت مفاتيح دخول خاطئة كثيرة في «{title}». من الآن لا يمكن الدخول إلا بالروابط المرسلة بالبريد، ولا تُقبل المفاتيح المكتوبة يدويًا. من فقد رابطه يمكنه طلبه من جديد من صفحة التسجيل.",
    },
    bounce_alarm: Opening {
        subject: "توقفت التذكيرات مؤقتًا: {title}",
        sentence: "عاد أكثر من واحد من كل عشرين من آخر ألف رسالة، ولذلك توقفت تذكيرات «{title}» مؤقتًا حتى يقل العدد. تُرسل روابط الدخول كالمعتاد. تُظهر قائمة الأشخاص العناوين التي لا تستقبل البريد.",
    },
    when: "الموعد:",
    your_link: "رابط الدخول الخاص بك. هو لك وحدك، ويعمل كلما شئت:",
    how_it_works: "قبل البداية يفتح صفحة الانتظار مع عدّ تنازلي، وبعد البداية يُدخلك مباشرة.",
    open_link: "افتح رابط الدخول",
    your_key: "مفتاح الدخول:",
    key_use: "لن تحتاج إليه إلا إذا لم يعمل الرابط.",
    calendar: "أضف إلى تقويمك:",
    attached: "غير ذلك: افتح الملف المرفق event.ics",
    no_button: "إذا لم يعمل الزر، فانسخ هذا العنوان إلى متصفحك:",
    replay: "شاهد التسجيل",
    stop_reminders: "إيقاف تذكيرات هذا الحدث:",
    stop_question: "هل تريد إيقاف تذكيرات «{title}»؟",
    stop_button: "أوقف التذكيرات",
    stopped: "تم. لن تصلك تذكيرات أخرى عن «{title}». رابط الدخول يعمل كما كان.",
};
