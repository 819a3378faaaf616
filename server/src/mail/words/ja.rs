//! Japanese.

use super::{Opening, Words};
use chrono::Locale;

pub(super) const WORDS: Words = Words {
    tag: "ja",
    is_right_to_left: false,
    locale: Locale::ja_JP,
    date_and_time: "%Y年%-m月%-d日（%a）%H:%M",
    hello: "{name} 様",
    hello_host: "ご担当者様",
    confirmation: Opening { subject: "登録完了：{title}", sentence: "「{title}」への登録が完了しました。" },
    resend: Opening { subject: "アクセスリンク：{title}", sentence: "「{title}」のアクセスリンクを再送します。" },
    waiting_list: Opening {
        subject: "キャンセル待ち：{title}",
        sentence: "「{title}」は満席のため、キャンセル待ちとなっています。席が空き次第、アクセスリンクをお送りします。",
    },
    reminder: Opening { subject: "{time} 開始：{title}", sentence: "まもなく「{title}」が始まります。" },
    live: Opening { subject: "ライブ中：{title}", sentence: "「{title}」が始まりました。ご入場ください。" },
    moved: Opening {
        subject: "日時変更：{title}", sentence: "「{title}」の日時が変わりました。その他の変更はありません。"
    },
    cancelled: Opening {
        subject: "中止：{title}", sentence: "「{title}」は中止となりました。申し訳ございません。"
    },
    thank_you: Opening {
        subject: "ありがとうございました：{title}",
        sentence: "「{title}」は終了しました。ご関心をお寄せいただきありがとうございました。",
    },
    registration_cancelled: Opening {
        subject: "登録の取り消し：{title}",
        sentence: "「{title}」への登録は取り消されました。参加リンクはもう使えません。",
    },
    guessing_alarm: Opening {
        subject: "アクセスキーの推測が検知されました：{title}",
        sentence: "「{title}」で誤ったアクセスキーが何度も試されました。今後はメールで送られたリンクだけで入場でき、手入力のキーは使えません。リンクをなくした方は、登録ページから再送を受けられます。",
    },
    bounce_alarm: Opening {
        subject: "リマインダー一時停止：{title}",
        sentence: "直近の千通のうち二十通に一通を超えるメールが戻ってきたため、件数が減るまで「{title}」のリマインダーを一時停止します。アクセスリンクは引き続き送信されます。メールが届かないアドレスは参加者一覧で確認できます。",
    },
    when: "日時：",
    your_link: "あなた専用のアクセスリンクです。何度でも使えます：",
    how_it_works: "開始前はカウントダウン付きの待機ページが開き、開始後はそのまま入場できます。",
    open_link: "アクセスリンクを開く",
    your_key: "アクセスキー：",
    key_use: "リンクが使えない場合にだけ必要です。",
    calendar: "カレンダーに追加：",
    attached: "その他：添付ファイル event.ics を開いてください",
    no_button: "ボタンが使えない場合は、このアドレスをブラウザーに貼り付けてください：",
    replay: "録画を見る",
    stop_reminders: "このイベントのリマインダーを停止：",
    stop_question: "「{title}」のリマインダーを停止しますか？",
    stop_button: "リマインダーを停止",
    stopped: "「{title}」のリマインダーを停止しました。アクセスリンクはこれまでどおり使えます。",
};
