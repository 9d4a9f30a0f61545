"""Policies of the Open Terms bundle as bare lines: all Markdown marks stripped."""

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from markdown_it import MarkdownIt
from markdown_it.token import Token

from benchmarks import corpora
from policy_archive.text.words import words

_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
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
    further: bool = False
    """Of a service beyond the bundle's forty."""

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
        text = replace(_bare(name.removesuffix(".md"), "newest", markdown), further=True)
        if len(_ENGLISH.findall(text.text)) > 0.06 * len(text.text.split()) > 20:
            yield text


def policies(texts: Sequence[BareText]) -> list[list[BareText]]:
    """The texts by policy: versions of one service and near copies under other names together."""
    found = [_shingles(text.text) for text in texts]
    groups: list[list[int]] = []
    for place, (text, one) in enumerate(zip(texts, found, strict=True)):
        alike = [
            group
            for group in groups
            if any(
                texts[other].service == text.service
                or len(one & found[other]) >= _NEAR * min(len(one), len(found[other]))
                for other in group
            )
        ]
        groups = [group for group in groups if group not in alike]
        groups.append([*(other for group in alike for other in group), place])
    return [[texts[place] for place in group] for group in groups]


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
            texts = _text(token).split("\n") if in_table else [" ".join(_text(token).split())]
            for text in filter(None, map(_item, texts)):
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
    """What is printed; the breaks of a cell are line breaks."""
    parts = []
    for token in inline.children or []:
        if token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif token.type == "html_inline" and _BREAK.fullmatch(token.content):
            parts.append("\n")
        elif token.type in ("text", "code_inline"):
            parts.append(token.content)
    return "".join(parts)


def _item(line: str) -> str:
    """A line without the bullet that a cell's list has."""
    return " ".join(line.split()).removeprefix("* ")


def _all_emphasised(inline: Token) -> bool:
    depth = 0
    for token in inline.children or []:
        if token.type.startswith(("strong_", "em_")):
            depth += token.nesting
        if token.type in ("text", "code_inline") and token.content.strip(" :.") and not depth:
            return False
    return True
