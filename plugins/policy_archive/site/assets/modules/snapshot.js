// A snapshot as data: the `index.json` beside its page.
import { gettext, language } from "./words.js";

const DECIDED = 0.5;
const DAY = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, {
  dateStyle: "long",
  timeZone: "UTC",
});

/** Whether a file is one, and not an error page of the server. */
export const isSnapshot = (value) =>
  typeof value?.addresses?.page === "string" &&
  Array.isArray(value.sections) &&
  value.sections.every((section) => Array.isArray(section?.blocks));

/** "21 May 2014, 17:33 UTC" of an ISO date; of a day without the time. */
export const momentShown = (iso) => {
  if (!iso) return gettext("date unknown");
  const day = DAY.format(new Date(iso));
  return iso.length > 10 ? gettext("%(day)s, %(time)s UTC", { day, time: iso.slice(11, 16) }) : day;
};

/** How many paragraphs were checked for topics: none where labelling could not tell. */
export const checkedIn = ({ checked, sections }) =>
  checked ? blocksOf(sections).filter(({ folded }) => !folded).length : 0;

/**
 * The passages on a topic, `{text, url, possible}`: first the words that answer its question, then
 * whole paragraphs, the best first.
 */
export const passagesOn = (topic, { sections, addresses, answers = {} }) => {
  const answer = Object.hasOwn(answers, topic) ? answers[topic] : null;
  return blocksOf(sections)
    .flatMap(({ id, text, topics }) => {
      const found = topics.find((it) => it.topic === topic);
      return found ? [{ id, text, score: found.score }] : [];
    })
    .toSorted((a, b) => (b.id === answer?.block) - (a.id === answer?.block) || b.score - a.score)
    .map(({ id, text, score }) => ({
      text: id === answer?.block ? answer.text : text,
      url: `${addresses.page}#${id}`,
      possible: score < DECIDED,
    }));
};

const blocksOf = (sections) => sections.flatMap(({ blocks }) => blocks);
