// A page that has nothing on it: scripts that start themselves find nothing to start with.

const nothing = {
  querySelector: () => null,
  querySelectorAll: () => [],
  getElementById: () => null,
};

/** The exports of a script of the site; `elements` are those of the page, by id. */
export const script = async (name, elements = {}) => {
  globalThis.document = { ...nothing, getElementById: (id) => elements[id] ?? null };
  globalThis.location = new URL("http://archive.example/policies/");
  globalThis.addEventListener ??= () => {};
  return import(new URL(`../../plugins/policy_archive/site/assets/${name}`, import.meta.url));
};
