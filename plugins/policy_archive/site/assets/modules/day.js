// Days in addresses: #on=2019-06-01

/** The day that a hash such as `#on=2019-06-01` asks for; empty where the calendar has none. */
export const dayIn = (hash) => {
  const day = /^#on=(\d{4}-\d\d-\d\d)\b/.exec(hash)?.[1] ?? "";
  const date = new Date(day);
  return !isNaN(date) && date.toISOString().startsWith(day) ? day : "";
};
