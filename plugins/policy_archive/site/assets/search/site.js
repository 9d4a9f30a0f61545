// What the page says of its site: where the index and the root are, and what topics are called.

export const settings = JSON.parse(document.getElementById("pa-search-settings").textContent);

const root = new URL(settings.root, location.href);

/** A kind of terms in words: those that the site has a name for, others by their own. */
export const kindName = (kind) => settings.kinds?.[kind] ?? kind.replaceAll("-", " ");

/** The address of `path` below the site's root; the root itself for what leads elsewhere. */
export const within = (path) => {
  const url = new URL(`./${path.replace(/^\/+/, "")}`, root);
  return url.href.startsWith(root.href) ? url : root;
};
