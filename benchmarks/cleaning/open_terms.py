"""Policies of the Open Terms bundle as bare lines: all Markdown marks stripped."""

import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from markdown_it import MarkdownIt
from markdown_it.token import Token

from benchmarks import corpora
from policy_archive.text.words import words

_BREAK = re.compile(r"<br ?/?>")
_ENGLISH = re.compile(r"\b(?:the|of|and|to)\b")
_NEAR = 0.5
VERSIONS = 4
"""Versions taken of each service: the newest, the oldest, and two between."""


@dataclass(frozen=True, slots=True)
class BareText:
    """A policy without marks, and the numbers of the lines that its Markdown calls headings."""

    service: str
    version: str
    text: str
    headings: frozenset[int]
    emphasised: frozenset[int]
    """Lines all in bold or italics, heads of tables and first cells of their rows: many are
    headings to the eye, none in the Markdown."""

    @property
    def newest(self) -> bool:
        """Whether this is the current version."""
        return self.version == "newest"


def texts() -> Iterator[BareText]:
    """Up to four versions of every service's policy, by service, the newest first."""
    for path, versions in sorted(corpora.open_terms_versions().items()):
        last = len(versions) - 1
        seen = set()
        for place in sorted({round(last * step / (VERSIONS - 1)) for step in range(VERSIONS)}):
            commit, data = versions[last - place]
            markdown = data.decode("utf-8")
            if markdown in seen or len(markdown) < 2000:
                continue
            seen.add(markdown)
            service = PurePosixPath(path).parent.name
            yield _bare(service, commit[:8] if place else "newest", markdown)


def further() -> Iterator[BareText]:
    """The newest policy of further services, those in English, by service."""
    for name, data in corpora.open_terms_more():
        markdown = data.decode("utf-8", "replace")
        text = _bare(name.removesuffix(".md"), "newest", markdown)
        if len(_ENGLISH.findall(text.text)) > 0.06 * len(text.text.split()) > 20:
            yield text


def votes(texts: Sequence[BareText]) -> list[float]:
    """What each text counts: near copies of a policy share one vote."""
    found = [_shingles(text.text) for text in texts]
    group = list(range(len(texts)))
    for later, one in enumerate(found):
        for earlier, other in enumerate(found[:later]):
            if len(one & other) >= _NEAR * min(len(one), len(other)):
                group[later] = group[earlier]
                break
    sizes = Counter(group)
    return [1 / sizes[place] for place in group]


def _shingles(text: str) -> set[int]:
    """Every eighth or so of the digests of six words in a row."""
    found = words(text)
    digests = (zlib.crc32(" ".join(found[n : n + 6]).encode()) for n in range(len(found) - 5))
    return {digest for digest in digests if digest % 8 == 0}


def _bare(service: str, version: str, markdown: str) -> BareText:
    lines: list[str] = []
    headings: set[int] = set()
    emphasised: set[int] = set()
    first_cell = False
    before = ""
    for token in MarkdownIt("commonmark").enable("table").parse(markdown):
        if token.type in ("fence", "code_block"):
            lines += [line.strip() for line in token.content.splitlines() if line.strip()]
        elif token.type == "tr_open":
            first_cell = True
        elif token.type == "inline":
            in_table = before in ("th_open", "td_open")
            texts = _BREAK.split(_text(token)) if in_table else [_text(token)]
            for text in filter(None, map(str.strip, texts)):
                lines.append(text)
                if before == "heading_open":
                    headings.add(len(lines))
                elif before == "th_open" or (in_table and first_cell) or _all_emphasised(token):
                    emphasised.add(len(lines))
            first_cell = first_cell and not in_table
        before = token.type
    text = "\n".join(lines)
    return BareText(service, version, text, frozenset(headings), frozenset(emphasised))


def _text(inline: Token) -> str:
    parts = []
    for token in inline.children or []:
        if token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif token.type in ("text", "code_inline"):
            parts.append(token.content)
    return " ".join("".join(parts).split())


def _all_emphasised(inline: Token) -> bool:
    depth = 0
    for token in inline.children or []:
        if token.type.startswith(("strong_", "em_")):
            depth += token.nesting
        if token.type in ("text", "code_inline") and token.content.strip(" :.") and not depth:
            return False
    return True
