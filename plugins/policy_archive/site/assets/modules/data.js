// Data files beside the page.

/** `load`, asked once for each key; what failed is asked for again. */
export const remembered = (load) => {
  const known = new Map();
  return (key) => {
    if (!known.has(key)) {
      const loading = load(key);
      loading.catch(() => known.delete(key));
      known.set(key, loading);
    }
    return known.get(key);
  };
};

/** `{url, value}` of a JSON file. Throws where there is none, or where `isWhole(value)` is false. */
export const fetchJson = async (address, isWhole, options = {}) => {
  const response = await fetch(address, options);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  const value = await response.json();
  if (!isWhole(value)) throw new TypeError(`${address} is not what it should be`);
  return { url: response.url, value };
};
