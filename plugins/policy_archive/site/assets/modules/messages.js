// The messages of scripts in the language of the site. A site in another language than English has
// that language's catalogue in this place.
export const language = "en";
export const direction = "ltr";
export const messages = {};
export const formOf = (n) => (n === 1 ? 0 : 1);
