-- The catalogue of an archive: what it was read from, what its texts say, and what became of them.
--
-- One SQLite file, `.cache/policy-archive/catalogue.sqlite`, kept from build to build; whoever
-- wants to may open it (`sqlite3`, Datasette, DuckDB). Whole texts are not in it: they lie beside
-- it, in `texts.sqlite`, under `sources.key`. Deleting both costs time only.
--
-- Every writing of this file is a *revision*, and has a number. What has a page of its own holds in
-- `shown` a digest of all that its page shows: a page that stands under another one is stale.
-- Ids are of this file alone and differ between catalogues of one archive: nothing that is
-- published holds one, or lies in their order.

-- Every file, and every version in a repository, that the last build found.
CREATE TABLE IF NOT EXISTS sources (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,          -- the path, and "@revision" for a version in a repository
    path TEXT NOT NULL,                 -- POSIX, as shown
    revision TEXT NOT NULL,             -- of the commit; empty for a file
    rank INTEGER NOT NULL,              -- decides between snapshots of one moment
    stamp TEXT NOT NULL,                -- while it is equal the bytes are; empty: read to find out
    key TEXT NOT NULL,                  -- digest of bytes, path, settings and program
    corrections TEXT NOT NULL,          -- digest of what people have corrected of its site
    made TEXT NOT NULL,                 -- digest of what else its visit was to make of it
    wanted INTEGER NOT NULL DEFAULT 1   -- 0: the maintainer's selection leaves it out
);

-- What was read of each source: one capture of one policy at one moment.
CREATE TABLE IF NOT EXISTS snapshots (
    id INTEGER PRIMARY KEY REFERENCES sources ON DELETE CASCADE,
    site TEXT NOT NULL,                 -- domain, or a service's name
    kind TEXT NOT NULL,                 -- "privacy-policy", "terms-of-service" ...
    captured TEXT NOT NULL,             -- YYYYMMDDhhmmss or YYYYMMDD, UTC; empty: unknown
    technical INTEGER NOT NULL,         -- recorded since an archive's tools had changed
    title TEXT NOT NULL,
    language TEXT NOT NULL,             -- BCP 47, "und" where it could not be told
    words INTEGER NOT NULL,
    blocks INTEGER NOT NULL,            -- that the labeller read
    checked INTEGER NOT NULL,           -- 0: that it found nothing says nothing
    sha256 TEXT NOT NULL,
    original_url TEXT NOT NULL,
    memento_url TEXT NOT NULL,
    raw_url TEXT NOT NULL,
    collection TEXT NOT NULL,
    digests BLOB NOT NULL,              -- of each block's words: four bytes a block, in order
    passage_keys BLOB NOT NULL,         -- of what is compared: six bytes a paragraph, item, row
    -- Its place among the others, once it is arranged; a capture that another form of it stands
    -- for has a policy and no position, one that is not wanted has neither.
    arranged INTEGER NOT NULL DEFAULT 0,
    policy INTEGER REFERENCES policies,
    position INTEGER,                   -- in its policy, from 0, in time order, undated ones last
    segment TEXT NOT NULL DEFAULT '',   -- the last segment of its address
    fault TEXT NOT NULL DEFAULT '',     -- why it cannot speak for its policy; empty: it could
    shown TEXT NOT NULL DEFAULT ''      -- digest of all that its page shows
);
CREATE UNIQUE INDEX IF NOT EXISTS snapshots_in_time ON snapshots (policy, position);
CREATE INDEX IF NOT EXISTS snapshots_by_identity ON snapshots (site, kind);
CREATE INDEX IF NOT EXISTS snapshots_to_arrange ON snapshots (arranged) WHERE arranged = 0;

-- Doubts and problems of a source.
CREATE TABLE IF NOT EXISTS diagnostics (
    source INTEGER NOT NULL REFERENCES sources ON DELETE CASCADE,
    about TEXT NOT NULL,                -- "text", "place" (among others) or "change"
    number INTEGER NOT NULL,
    code TEXT NOT NULL,                 -- see diagnostics.py
    severity TEXT NOT NULL,             -- "doubt" or "problem"
    message TEXT NOT NULL,
    line INTEGER NOT NULL,              -- of the file, from 1
    PRIMARY KEY (source, about, number)
) WITHOUT ROWID;

-- What a snapshot says on a topic: its best passage, and how much there is.
CREATE TABLE IF NOT EXISTS findings (
    snapshot INTEGER NOT NULL REFERENCES snapshots ON DELETE CASCADE,
    topic TEXT NOT NULL,                -- id, as in taxonomy.toml
    place INTEGER NOT NULL,             -- of the best passage, among the blocks of the text
    block TEXT NOT NULL,                -- its id: equal where the words are
    heading TEXT NOT NULL,              -- of the section it stands in
    score REAL NOT NULL,                -- of the best passage, 0 to 1; 0.5 decides
    passages INTEGER NOT NULL,
    words INTEGER NOT NULL,             -- in all of them
    sketch BLOB,                        -- of the best one's words, four bytes a hash; null: unsure
    PRIMARY KEY (snapshot, topic)
) WITHOUT ROWID;

-- Every passage that possibly speaks to a topic.
CREATE TABLE IF NOT EXISTS passages (
    snapshot INTEGER NOT NULL REFERENCES snapshots ON DELETE CASCADE,
    topic TEXT NOT NULL,
    place INTEGER NOT NULL,             -- among the blocks of the text, from 0
    block TEXT NOT NULL,
    score REAL NOT NULL,
    start INTEGER NOT NULL,             -- where in the block it begins to speak of it, characters
    human INTEGER NOT NULL,             -- said by a person
    evidence TEXT NOT NULL,             -- JSON list
    excerpt TEXT,                       -- of those that listings show: the best, and five more
    PRIMARY KEY (snapshot, topic, place)
) WITHOUT ROWID;

-- What a snapshot states in so many words (topics/facts/): periods, deadlines, its own date.
CREATE TABLE IF NOT EXISTS facts (
    snapshot INTEGER NOT NULL REFERENCES snapshots ON DELETE CASCADE,
    number INTEGER NOT NULL,            -- in the order in which they are shown
    name TEXT NOT NULL,                 -- "periods", "dnt", "deadline", "dated"
    value TEXT NOT NULL,                -- as readers see it
    sort REAL NOT NULL,                 -- by which its values are sorted: of a period, its days
    block TEXT NOT NULL,                -- that says it
    sentence TEXT NOT NULL,
    PRIMARY KEY (snapshot, number)
) WITHOUT ROWID;

-- All snapshots of one document of one site.
CREATE TABLE IF NOT EXISTS policies (
    id INTEGER PRIMARY KEY,
    site TEXT NOT NULL,
    kind TEXT NOT NULL,
    segment TEXT NOT NULL,              -- the site as a segment of an address
    url TEXT NOT NULL UNIQUE,           -- below the site's root: "policies/example.org/"
    collation BLOB NOT NULL,            -- in whose order policies are listed
    newest INTEGER NOT NULL,            -- snapshot: the last dated one, or the last
    speaking INTEGER NOT NULL,          -- snapshot: the newest that is sound, by which it is listed
    snapshots INTEGER NOT NULL,
    arranged INTEGER NOT NULL,          -- 0: snapshots of it came or went since
    shown TEXT NOT NULL,                -- digest of all that its page shows, and its rows
    UNIQUE (site, kind)
);
CREATE UNIQUE INDEX IF NOT EXISTS policies_in_order ON policies (collation);
CREATE INDEX IF NOT EXISTS policies_to_arrange ON policies (arranged) WHERE arranged = 0;

-- From one snapshot of a policy to the next that can be compared with it.
CREATE TABLE IF NOT EXISTS changes (
    id INTEGER PRIMARY KEY,
    policy INTEGER NOT NULL REFERENCES policies ON DELETE CASCADE,
    before INTEGER NOT NULL REFERENCES snapshots ON DELETE CASCADE,
    after INTEGER NOT NULL REFERENCES snapshots ON DELETE CASCADE,
    since INTEGER NOT NULL REFERENCES snapshots ON DELETE CASCADE,  -- has the old words last
    bridged TEXT NOT NULL,              -- JSON list of snapshots between that look broken
    segment TEXT NOT NULL,              -- the last segment of its address
    captured TEXT NOT NULL,             -- when the new words were first seen
    technical INTEGER NOT NULL,         -- only an archive's tools caused it
    key TEXT NOT NULL,                  -- digest of both texts, and of those that stood before
    made TEXT NOT NULL DEFAULT '',      -- as of a source; empty: not compared, no figures below
    passages INTEGER NOT NULL DEFAULT 0,    -- with words added or removed
    added INTEGER NOT NULL DEFAULT 0,       -- words
    removed INTEGER NOT NULL DEFAULT 0,
    moved INTEGER NOT NULL DEFAULT 0,       -- passages
    cosmetic INTEGER NOT NULL DEFAULT 0,    -- passages that only look different
    returned INTEGER NOT NULL DEFAULT 0,    -- passages that stood before, and stand again
    returns TEXT NOT NULL DEFAULT '',       -- segment of the capture that had most of these last
    share REAL NOT NULL DEFAULT 0,          -- of the words of both, how many came or went
    excerpts TEXT NOT NULL DEFAULT '[]',    -- JSON: up to three passages, each a list of spans
    shown TEXT NOT NULL,
    UNIQUE (policy, segment)
);
CREATE INDEX IF NOT EXISTS changes_in_time ON changes (captured);

CREATE TABLE IF NOT EXISTS change_topics (
    change INTEGER NOT NULL REFERENCES changes ON DELETE CASCADE,
    topic TEXT NOT NULL,
    passages INTEGER NOT NULL,
    added INTEGER NOT NULL,
    removed INTEGER NOT NULL,
    excerpt TEXT NOT NULL,              -- JSON: spans of the passage on it that changed most
    PRIMARY KEY (change, topic)
) WITHOUT ROWID;

-- Who says the same as the snapshot that speaks for a policy on a topic, or nearly.
CREATE TABLE IF NOT EXISTS similar (
    topic TEXT NOT NULL,
    policy INTEGER NOT NULL REFERENCES policies ON DELETE CASCADE,
    block TEXT NOT NULL,                -- as in its finding
    sketch BLOB,
    same INTEGER NOT NULL,              -- others whose best passage has the same words
    alike TEXT NOT NULL,                -- JSON: policies, the likest first, each with the segment of
                                        -- the capture that speaks for it, and the block there;
                                        -- empty: not sought yet
    changed INTEGER NOT NULL,           -- the revision in which that became another
    PRIMARY KEY (topic, policy)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS similar_of_policy ON similar (policy);
CREATE INDEX IF NOT EXISTS similar_changed ON similar (changed);

-- How long listings are divided into pages, each of which begins with a policy.
CREATE TABLE IF NOT EXISTS ranges (
    first BLOB PRIMARY KEY              -- its collation
) WITHOUT ROWID;

-- Addresses that are given and not yet in `addresses.lock` (see published.py).
CREATE TABLE IF NOT EXISTS addresses (
    place TEXT PRIMARY KEY,             -- a site's segment, or a capture's below `policies/`
    digest TEXT,                        -- of the capture's bytes; null for a site
    owner TEXT NOT NULL                 -- the site, or the capture's file
) WITHOUT ROWID;

-- "revision": the last one; "similar": JSON, by topic the hashes that came or went since similar
-- passages were sought, in hex digits, or "*" for many; "rows": how many a page of a listing has;
-- "sites", "addresses": digests of the sites and of the given addresses last arranged by; "token":
-- another one for every file.
CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
INSERT OR IGNORE INTO state VALUES ('token', hex(randomblob(16)));
