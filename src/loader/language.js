// Which language to speak.

import { FILES } from "./files.js";

/// The first tag that there is a catalogue for. The tag in full says how dates and numbers are written: words in `en` stand
/// beside dates in `en-GB`.
export function choose(...tags) {
  for (const wanted of tags) {
    try {
      const { language, baseName } = new Intl.Locale(wanted);
      if (Object.hasOwn(FILES.locales, language)) return { name: language, tag: baseName };
    } catch {
      // Not a language tag.
    }
  }
}

/// The language that an event is held in.
export function languageOf(event) {
  try {
    return JSON.parse(event.text).language;
  } catch {
    return undefined;
  }
}
