"""The words of the archive as frozen dataclasses; no I/O, no engine.

A snapshot (one capture of one policy) is read to blocks, cleaned to a document, annotated with
dates, language and passages, and kept as one `Record`. Every other module speaks in these types.
Blocks, of which a text has hundreds, are made by msgspec, in a sixteenth of the time.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from msgspec import Struct

Lines = tuple[int, int]
"""First and last line of the source file, 1-based and inclusive."""

PRIVACY_POLICY = "privacy-policy"
"""The kind of terms that a text is where nothing says another."""

BlockKind = Literal["heading", "paragraph", "list", "table", "quote", "preformatted"]


class Run(NamedTuple):
    """A stretch of text under one set of marks; a newline in it is a printed line break."""

    text: str
    href: str = ""
    bold: bool = False
    italic: bool = False
    struck: str = ""
    """What the page had struck out right behind `text`: shown so, and no part of any text."""


Runs = tuple[Run, ...]


class Item(Struct, frozen=True):
    """One list item: its printed number (`"1."`, `"a)"`; empty for a bullet) and its blocks."""

    number: str
    blocks: tuple["Block", ...]

    @property
    def text(self) -> str:
        """The item's words, one block a line, the printed number first."""
        body = "\n".join([block.text for block in self.blocks])
        return f"{self.number} {body}".strip() if self.number else body


class Block(Struct, frozen=True):
    """A paragraph, list, table, quote or preformatted text, with the lines it came from.

    Headings are blocks until the cleaned text is divided into sections. `runs` holds the text of
    headings, paragraphs and preformatted text; `items` that of lists; `rows` of cells that of
    tables; `blocks` that of quotes.
    """

    kind: BlockKind
    lines: Lines
    runs: Runs = ()
    items: tuple[Item, ...] = ()
    rows: tuple[tuple[Runs, ...], ...] = ()
    blocks: tuple["Block", ...] = ()
    level: int = 0
    """Headings: 1 to 6."""
    has_header: bool = False
    """Tables: the first row names the columns."""
    folded: bool = False
    """The archived site's own menus and footers: kept in place, shown folded, never labelled."""
    id: str = ""
    """`p-` and eight hex digits of the words' digest (see `words.block_id`); set by cleaning."""

    @property
    def text(self) -> str:
        """The block's words: list items, table rows and quoted blocks one a line."""
        runs = self.runs
        if runs:
            return runs[0].text if len(runs) == 1 else plain(runs)
        if self.kind == "list":
            return "\n".join([item.text for item in self.items])
        if self.kind == "table":
            return "\n".join(" | ".join(plain(cell) for cell in row).strip() for row in self.rows)
        if self.kind == "quote":
            return "\n".join(block.text for block in self.blocks)
        return ""


def plain(runs: Runs) -> str:
    """The text of `runs` without marks."""
    return runs[0].text if len(runs) == 1 else "".join([run.text for run in runs])


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the blocks up to the next one; `title` is None for text before the first."""

    id: str
    title: str | None
    level: int
    lines: Lines
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """The cleaned text: flat sections in document order."""

    title: str
    sections: tuple[Section, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Every block of every section, in order."""
        return tuple(block for section in self.sections for block in section.blocks)

    @property
    def own_texts(self) -> tuple[str, ...]:
        """Titles and block texts without the archived site's own menus, in document order."""
        return tuple(
            text
            for section in self.sections
            for text in (
                *(() if section.title is None else (section.title,)),
                *(block.text for block in section.blocks if not block.folded),
            )
        )

    @property
    def texts(self) -> tuple[str, ...]:
        """Titles and block texts in document order: every word of the document once."""
        return tuple(
            text
            for section in self.sections
            for text in (
                *(() if section.title is None else (section.title,)),
                *(block.text for block in section.blocks),
            )
        )


@dataclass(frozen=True, slots=True)
class Repair:
    """One entry of the ledger: a rule changed `before` to `after` (empty: removed)."""

    rule: str
    lines: Lines
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a reader or maintainer should know of a snapshot.

    A *doubt* is a fact about the archive (no provenance, looks truncated); a *problem* is a fault
    of the archive's upkeep (invalid front matter, two files claiming one identity).
    """

    code: str
    message: str
    severity: Literal["doubt", "problem"] = "doubt"
    line: int = 1


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One capture of one policy at one moment, and how we know (Memento: a URI-M)."""

    path: str
    """POSIX path of the source file below the docs folder (or inside its repository)."""
    site: str
    """Domain in lower case, or the service's name where an archive gives no domain."""
    kind: str = PRIVACY_POLICY
    captured: str = ""
    """`YYYYMMDDhhmmss` (UTC), `YYYYMMDD` at day precision, empty when unknown."""
    original_url: str = ""
    memento_url: str = ""
    """Replay form, decoded: `https://web.archive.org/web/<timestamp>/<original URL>`."""
    raw_url: str = ""
    """The same capture with the `id_` flag, which replays the bytes as they were archived."""
    collection: str = ""
    revision: str = ""
    """The commit that recorded it, in an archive kept as a git repository."""
    record_url: str = ""
    """The page of the archive that it comes from, about what it took the text from."""
    licence: str = ""
    """Of that archive: `ODC-BY 1.0`."""
    technical: bool = False
    """The archive it comes from extracted an older record anew: what differs is not the site's."""
    document: str = ""
    """The ending of the document that lies beside it and that the text was taken out of: `.pdf`."""


@dataclass(frozen=True, slots=True)
class StatedDate:
    """A date that the text itself claims ("last updated …"); `date` is ISO 8601."""

    date: str
    evidence: str
    block: str


@dataclass(frozen=True, slots=True)
class Fact:
    """What a sentence of a text states in so many words, told in few."""

    name: str
    """Of what: one of `topics.facts.FACTS`."""
    value: str
    """As readers see it: "90 days", "not honoured"."""
    order: float
    """By which its values are sorted: of a period, its days."""
    block: str
    """The id of the block that says it (of a stated date, perhaps of a section)."""
    sentence: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A block that speaks to a topic: score in 0…1 (0.5 decides) and why."""

    block: str
    topic: str
    score: float
    evidence: tuple[str, ...] = ()
    human: bool = False
    """Said by a person (`topics/corrections.py`), not found by the labeller."""
    start: int = 0
    """Where in a long block's text it begins to say so, in characters."""


@dataclass(frozen=True, slots=True)
class Record:
    """Everything known of one snapshot; what the store keeps and the site shows."""

    snapshot: Snapshot
    document: Document
    repairs: tuple[Repair, ...]
    passages: tuple[Passage, ...]
    stated_dates: tuple[StatedDate, ...]
    notices: tuple[Notice, ...]
    language: str
    """BCP 47 primary tag, `und` when it could not be told."""
    encoding: str
    sha256: str
    words: int
    checked: bool = True
    """False where labelling says nothing: another language, too short, an error page."""
    facts: tuple[Fact, ...] = ()
