// Our own words in the language of the site: English messages, and what its catalogue has for them.
import { direction, formOf, language, messages } from "./messages.js";

export { direction, language };

/** A whole number with its digits in groups. */
export const number = (value) => value.toLocaleString(language);

const filled = (message, values) =>
  message.replaceAll(/%\((\w+)\)s|%%/g, (place, name) => (name ? values[name] : "%"));

/** `message`, English and with places such as `%(site)s`, in the language of the site. */
export const gettext = (message, values = {}) => filled(messages[message] ?? message, values);

/** The form of a message that fits `count`, which stands in it as `%(num)s`. */
export const ngettext = (single, many, count, values = {}) => {
  const forms = messages[single] ?? [single, many];
  return filled(forms[formOf(count)], { num: number(count), ...values });
};
