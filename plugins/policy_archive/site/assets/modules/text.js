// How words are compared: one way for rows of this page, rows of data files, facets and search.

const ACCENTS = /[\u0300-\u036f]/g;

/**
 * `text` blind to case, accents and forms of letters: "Zoom" and "ZOOM", "café" and "CAFE" fold
 * alike. Upper case is the last step since "ß" and "ς" have an own form in lower case alone.
 */
export const fold = (text) =>
  text.normalize("NFKD").toLowerCase().toUpperCase().replace(ACCENTS, "");

/** The words of what a reader types, folded. */
export const terms = (typed) => fold(typed).split(/\s+/).filter(Boolean);
