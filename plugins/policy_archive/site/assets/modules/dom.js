// Finding and making elements. Archived text becomes text nodes, never markup.

export const all = (selector, root = document) => [...root.querySelectorAll(selector)];

/** A link of a paragraph or heading to itself; other links of archived texts have no such title. */
export const PERMALINK = 'a[href^="#"][title]';

export const one = (selector, root = document) => root.querySelector(selector);

/** An element with these properties; children that are strings become text nodes. */
export const make = (tag, properties, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

/** Keep a `<details>` open where a media query matches, closed elsewhere, until somebody moves it. */
export const openWhere = (query, details) => {
  const media = matchMedia(query);
  const follow = () => (details.open = media.matches);
  media.addEventListener("change", follow);
  follow();
};
