// The order of rows: the one in which Python writes them, whatever the reader's language.

/** What a policy without a kind in its row's id is. */
const PRIVACY_POLICY = "privacy-policy";

/** Numbers by size; strings by their UTF-16 code units, as Python sorts sites. */
export const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/**
 * A row's id, "site" or "site/kind", as a string to compare: listings stand by site, then by kind.
 * "a.example/terms" comes before "a.example-b", though "-" comes before "/".
 */
export const rowKey = (id) => {
  const [site, kind = PRIVACY_POLICY] = id.split("/");
  return `${site}\0${kind}`;
};

/** Values of attributes as values to sort by: numbers where all are, null for none. */
export const sortable = (values) =>
  values.some(isNaN)
    ? values.map((value) => value || null)
    : values.map((value) => (value === "" ? null : Number(value)));

/** `rows` by their `values`. Those without one come last either way, equal ones as they stood. */
export const sorted = (rows, values, down) => {
  const sign = down ? -1 : 1;
  return rows
    .map((row, index) => ({ row, value: values[index] ?? null }))
    .toSorted((a, b) => {
      const none = (a.value === null) - (b.value === null);
      return none || sign * compare(a.value, b.value);
    })
    .map(({ row }) => row);
};

/** The index of the page that a row is on: the last of those whose first row is not after it. */
export const pageOfRow = (firstRows, id) =>
  firstRows.findLastIndex((first) => rowKey(first) <= rowKey(id));
