"""Policies of the Open Terms bundle as bare lines: all Markdown marks stripped."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from markdown_it import MarkdownIt
from markdown_it.token import Token

from benchmarks import corpora

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
    """Lines all in bold or italics: many are headings to the eye, none in the Markdown."""

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


def _bare(service: str, version: str, markdown: str) -> BareText:
    lines: list[str] = []
    headings: set[int] = set()
    emphasised: set[int] = set()
    row: list[str] = []
    before = ""
    for token in MarkdownIt("commonmark").enable("table").parse(markdown):
        if token.type in ("fence", "code_block"):
            lines += [line.strip() for line in token.content.splitlines() if line.strip()]
        elif token.type == "tr_close":
            lines += [" ".join(row)] if any(row) else []
            row = []
        elif token.type == "inline":
            text = _text(token)
            if before in ("th_open", "td_open"):
                row.append(text)
            elif text:
                lines.append(text)
                if before == "heading_open":
                    headings.add(len(lines))
                elif _all_emphasised(token):
                    emphasised.add(len(lines))
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
