// What addresses say: an id in the hash, choices in the query. Anybody can write one.

/** The id that a hash such as `#caf%C3%A9` names; what cannot be decoded stays as it is. */
export const idIn = (hash) =>
  hash.slice(1).replace(/(?:%[\da-f]{2})+/gi, (bytes) => {
    try {
      return decodeURIComponent(bytes);
    } catch {
      return bytes;
    }
  });

/** `href` with these values in its query, by name; empty ones are taken out. */
export const withQuery = (href, values) => {
  const url = new URL(href);
  for (const [name, value] of Object.entries(values)) {
    if (value) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
  }
  url.search = url.search.replaceAll("%2C", ",");
  return url.href;
};

/** A link's properties where `address` is of this origin, none elsewhere: data cannot lead away. */
export const linkWithin = (origin, address, base) => {
  const url = URL.canParse(address, base) && new URL(address, base);
  // In a sandboxed frame the origin is "null", as that of `javascript:` is.
  const within = url && url.origin === origin && url.protocol.startsWith("http");
  return within ? { href: url.href } : {};
};

/** Show `href` as the page's address. The page goes on without where a browser refuses. */
export const showAddress = (href) => {
  try {
    history.replaceState(history.state, "", href);
  } catch (error) {
    // Some allow a hundred in half a minute.
    console.info(error);
  }
};

/** The element that the page's address points at, or null. */
export const target = () =>
  document.getElementById(location.hash.slice(1)) ?? document.getElementById(idIn(location.hash));
