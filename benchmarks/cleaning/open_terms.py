"""Policies of the Open Terms bundle as bare lines: all Markdown marks stripped."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

BUNDLE = "corpora/open-terms-contrib.bundle"
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


def repository(given: str | None) -> Path:
    """The clone at `given`, or a fresh one of the bundle below `POLICY_ARCHIVE_CORPORA`."""
    if given:
        return Path(given)
    bundle = Path(os.environ.get("POLICY_ARCHIVE_CORPORA", "../shared")) / BUNDLE
    if not bundle.exists():
        raise SystemExit(f"{bundle} is missing: set POLICY_ARCHIVE_CORPORA or give --open-terms")
    folder = Path(tempfile.mkdtemp(prefix="open-terms-"))
    subprocess.run(["git", "clone", "--quiet", str(bundle), str(folder)], check=True)
    return folder


def texts(clone: Path) -> Iterator[BareText]:
    """Up to four versions of every service's policy, by service, the newest first."""
    for path in sorted(clone.glob("*/*.md")):
        relative = path.relative_to(clone).as_posix()
        commits = _git(clone, "log", "--format=%H", "--", relative).split()
        last = len(commits) - 1
        places = sorted({round(last * step / (VERSIONS - 1)) for step in range(VERSIONS)})
        seen = set()
        for place in places:
            markdown = _git(clone, "show", f"{commits[place]}:{relative}")
            if markdown in seen or len(markdown) < 2000:
                continue
            seen.add(markdown)
            yield _bare(path.parent.name, "newest" if not place else commits[place][:8], markdown)


def _git(clone: Path, *arguments: str) -> str:
    command = ["git", "-C", str(clone), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


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
