// Asks Pagefind, shard by shard: from the newest captures on, and only as far as it takes.
import { fetchJson, remembered } from "../modules/data.js";

// Words that stand in every policy find nothing, and cost a download each.
const COMMON = new Set(
  ("a an and are as at be by do does for from has have how i if in is it its my of on or our " +
    "that the their they this to us was we what when which who will with you your").split(" "),
);

const day = (text) => `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`;

export class Archive {
  constructor(base) {
    this.base = base;
    this.shards = [];
    this.start = remembered(() => this.#load());
    this.merge = remembered((index) => this.#merge(index));
    this.facets = remembered((index) => this.#facets(index));
  }

  async open() {
    const isWhole = (value) => Array.isArray(value?.shards);
    const address = new URL("shards.json", this.base).href;
    const { value } = await fetchJson(address, isWhole, { cache: "no-cache" });
    this.engine = value.engine;
    this.shards = value.shards;
  }

  // The engine itself comes with the first question; its own index holds the topics' pages.
  async #load() {
    const pagefind = await import(new URL(`${this.engine}/pagefind.js`, this.base).href);
    await pagefind.options({
      baseUrl: "/",
      metaCacheTag: this.engine,
      mergeFilter: { shard: "topics" },
    });
    await pagefind.init();
    return pagefind;
  }

  async #merge(index) {
    const pagefind = await this.start();
    const { path } = this.shards[index];
    const options = { metaCacheTag: path, mergeFilter: { shard: path } };
    await pagefind.mergeIndex(new URL(`${path}/`, this.base).pathname, options);
  }

  // What each capture of a shard has of every facet.
  async #facets(index) {
    const address = new URL(`${this.shards[index].path}/facets.json`, this.base).href;
    const isWhole = (value) => Array.isArray(value?.policy?.of);
    return (await fetchJson(address, isWhole)).value;
  }

  // Results from as many shards as it takes to find `least`, at least from `reach` of them.
  async search({ words, chosen, sort }, { least, reach }) {
    const query = sought(words);
    const pagefind = await this.start();
    const order = [...this.shards.keys()];
    if (sort === "oldest") order.reverse();
    let results = [];
    let within = [];
    for (reach = Math.min(reach, order.length); reach <= order.length; reach += 1) {
      within = order.slice(0, reach);
      await Promise.all(within.map((index) => this.merge(index)));
      results = await this.ask(pagefind, query, chosen, sort, within);
      if (results.length >= least || reach === order.length) break;
    }
    const complete = reach >= order.length;
    const last = this.shards[within.at(-1)];
    return {
      query,
      chosen,
      within,
      results,
      reach,
      complete,
      since: complete || sort === "oldest" ? "" : day(last.from),
      until: complete || sort !== "oldest" ? "" : day(last.to),
      topics: query && sort === "" ? await this.topics(pagefind, query) : [],
    };
  }

  async ask(pagefind, query, chosen, sort, within) {
    const filters = filtersOf(chosen);
    const paths = within.map((index) => this.shards[index].path);
    if (!sort) {
      return (await pagefind.search(query, { filters: { ...filters, shard: { any: paths } } })).results;
    }
    // Shards follow one another in time, and Pagefind sorts within each. What has no date stands
    // at the end of the oldest, and comes last either way.
    const sorted = async (shard, more) => {
      const options = { filters: { ...filters, shard, ...more }, sort: { captured: "desc" } };
      return (await pagefind.search(query, options)).results;
    };
    let results = [];
    for (const shard of paths) {
      const found = await sorted(shard, { not: { year: "undated" } });
      results = results.concat(sort === "oldest" ? found.toReversed() : found);
    }
    if (paths.length === this.shards.length) {
      const undated = await sorted(this.shards.at(-1).path, { all: [{ year: "undated" }] });
      results = results.concat(undated);
    }
    return results;
  }

  async topics(pagefind, query) {
    const { results } = await pagefind.search(query, { filters: { shard: "topics" } });
    return Promise.all(results.slice(0, 3).map((result) => result.data()));
  }

  // How many policies each value of the facets `names` leads to: their captures are shown as one.
  // A facet's own choice does not count, since its values widen a search.
  async counts({ query, chosen, within }, names) {
    const pagefind = await this.start();
    const shards = await Promise.all(
      within.map(async (index) => [this.shards[index].path, await this.facets(index)]),
    );
    const ask = remembered(async (asked) => {
      const { results } = await pagefind.search(query, { filters: JSON.parse(asked) });
      return results.map(({ id }) => numberIn(id));
    });
    const found = {};
    for (const name of names) {
      const others = filtersOf(new Map([...chosen].filter(([other]) => other !== name)));
      const tallies = shards.map(async ([shard, facets]) =>
        tally(name, facets, await ask(JSON.stringify({ ...others, shard }))),
      );
      found[name] = sizes((await Promise.all(tallies)).flat());
    }
    return found;
  }
}

// The index numbers its pages, and names them so: `f0012`.
const numberIn = (id) => Number(/^f(\d+)$/.exec(id)?.[1]);

/** Pairs of value and policy, of captures by their numbers. */
const tally = (name, facets, numbers) =>
  numbers.flatMap((number) => {
    const own = (facet) => (facets[facet].of[number] ?? []).map((at) => facets[facet].values[at]);
    return own(name).map((value) => [value, own("policy")[0]]);
  });

/** Of each value, how many policies it stands beside. */
export const sizes = (pairs) => {
  const policies = new Map();
  for (const [value, policy] of pairs) {
    if (!policies.has(value)) policies.set(value, new Set());
    policies.get(value).add(policy);
  }
  return Object.fromEntries([...policies].map(([value, found]) => [value, found.size]));
};

/** What is chosen, sets of values by facet, as Pagefind has it. */
export const filtersOf = (chosen) =>
  Object.fromEntries(
    [...chosen].filter(([, values]) => values.size).map(([name, values]) => [name, { any: [...values] }]),
  );

// Kana and Chinese characters are words of their own in the index, which parts nothing else there.
const UNSPACED = /[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]/;
const BESIDE_ONE = new RegExp(`(?<=${UNSPACED.source})(?=[^\\s"])|(?<=[^\\s"])(?=${UNSPACED.source})`, "g");
const parted = (text) => text.replace(BESIDE_ONE, " ");

/** Whether two words of a result's text stand without a space between them. */
export const areJoined = (word, next) => UNSPACED.test(word.slice(-1)) && UNSPACED.test(next.slice(0, 1));

/** The words to look for; null for none, which finds everything that the facets leave. */
export const sought = (text) => {
  const words = text.trim();
  if (!words) return null;
  if (/^".*"$/.test(words)) return parted(words);
  if (UNSPACED.test(words)) return /\s/.test(words) ? parted(words) : `"${parted(words)}"`;
  const telling = words.split(/\s+/).filter((word) => !COMMON.has(word.toLowerCase()));
  return telling.length ? telling.join(" ") : words;
};
