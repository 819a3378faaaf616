// A series: several events that are dates of the same thing, of which the form lets people choose one.

import { isHere } from "./link.js";

/// The date to begin with: the one that the page's address names, the one that somebody has been let in to, the one that
/// lives on this page, the next with a seat, the next one. All of them come along, so that another can be chosen.
export function begin(series, isKept) {
  const { dates } = JSON.parse(series.text);
  const named = new URLSearchParams(location.search).get("date");
  const texts = dates.map((date) => ({ date, text: JSON.stringify(date) }));
  const first = (is) => texts.find(is);
  const chosen =
    first(({ date }) => date.slug === named) ??
    first(({ date }) => isKept(date.slug)) ??
    first(isHere) ??
    first(({ date }) => date.admission === "open") ??
    texts[0];
  if (!chosen) throw new Error("event_not_found");
  return { ...series, dates, text: chosen.text, slug: chosen.date.slug };
}
