"""Blocks with their headings from the two corpora that the model is trained on.

Open Terms Archive (Markdown in a git bundle) and DMOZ (plain text in a tar archive) are read from
the archives themselves, with a simple reader of their own: the model must come out the same
whatever becomes of the readers and cleaning rules of the package.
"""

import re
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_MARKED = re.compile(r"^#{1,6}\s+(.*?)\s*#*$")
_BOLD = re.compile(r"^(?:\*\*|__)(.{3,90}?)(?:\*\*|__):?$")
_UNDERLINE = re.compile(r"^(=+|-{3,})$")
_BULLET = re.compile(r"^\s*(?:[*+-]|\d{1,2}[.)])\s+")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"[*_`\\]+")
_PRIVACY = re.compile(r"\b(?:privacy|personal|cookies?|information|data)\b", re.I)
_ENGLISH = re.compile(r"\b(?:the|and|of|to|you|we|is|that|with|this)\b", re.I)
_VERSIONS = 4
"""Versions of one service's policy to read, spread evenly over its history."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One block of a policy and the heading that it stands under."""

    source: str
    heading: str
    text: str
    place: int
    """Number of the block in its document."""
    intro: str = ""
    """The block before, where that one introduces a list ("We share with:")."""


def samples(corpora: Path) -> Iterator[Sample]:
    """Every block of both corpora, in a fixed order; equal blocks under equal headings once."""
    seen: set[tuple[str, str]] = set()
    for source, text, markdown in _documents(corpora):
        if len(_PRIVACY.findall(text)) < 12 or len(_ENGLISH.findall(text)) < len(text) / 120:
            continue
        for sample in _split(source, _lines(text), markdown=markdown):
            key = (sample.heading.casefold(), sample.text.casefold())
            if key not in seen:
                seen.add(key)
                yield sample


def _documents(corpora: Path) -> Iterator[tuple[str, str, bool]]:
    yield from _open_terms(corpora / "open-terms-contrib.bundle")
    with tarfile.open(corpora / "dmoz-3000.tar.xz") as archive:
        # Read in the archive's own order (going back in xz means unpacking again), then sort.
        texts: dict[str, bytes] = {}
        for member in archive:
            file = archive.extractfile(member) if member.name.endswith(".txt") else None
            if file is not None:
                texts[member.name] = file.read()
    for name, text in sorted(texts.items()):
        yield name, text.decode("cp1252", "replace").partition("\n")[2], False


def _open_terms(bundle: Path) -> Iterator[tuple[str, str, bool]]:
    with tempfile.TemporaryDirectory() as folder:

        def git(*arguments: str) -> str:
            command = ["git", "-C", folder, *arguments]
            done = subprocess.run(command, check=True, capture_output=True)
            return done.stdout.decode("utf-8", "replace")

        git("clone", "-q", "--bare", "-b", "main", str(bundle.resolve()), ".")
        for path in git("ls-tree", "-r", "-z", "--name-only", "main").split("\0"):
            if path.endswith(".md"):
                commits = git("log", "--format=%H", "main", "--", path).split()
                step = max(1, len(commits) // _VERSIONS)
                for commit in commits[::step][:_VERSIONS]:
                    yield f"{path}@{commit[:10]}", git("show", f"{commit}:{path}"), True


def _lines(text: str) -> list[str]:
    """The lines of `text`, joined again where they were wrapped at a fixed width."""
    lines = [line.strip() for line in text.replace("\ufffd", "'").splitlines()]
    long = [len(line) for line in lines if len(line) > 100]
    if len(long) < 8 or max(long) > 150:
        return lines
    joined: list[str] = []
    open_line = False
    for line in lines:
        if open_line and line:
            joined[-1] += " " + line
        else:
            joined.append(line)
        open_line = len(line) > 110
    return joined


def _split(source: str, lines: list[str], *, markdown: bool) -> Iterator[Sample]:
    heading = intro = ""
    place = 0
    for number, line in enumerate(lines):
        following = next((other for other in lines[number + 1 : number + 4] if other), "")
        title = _heading(line, following, markdown=markdown)
        if title:
            heading, intro = title, ""
            continue
        item = bool(_BULLET.match(line))
        text = plain(_BULLET.sub("", line))
        if len(text.split()) >= 5 and len(text) <= 6000:
            place += 1
            yield Sample(source, heading, text, place, intro if item or not markdown else "")
        if text.endswith(":"):
            intro = text
        elif len(text.split()) > 40 or (markdown and text and not item):
            intro = ""


def _heading(line: str, following: str, *, markdown: bool) -> str:
    """The words of a heading, or nothing."""
    match = _MARKED.match(line) or _BOLD.match(line)
    if match:
        return plain(match[1])
    if markdown:
        return plain(line) if line and _UNDERLINE.match(following) else ""
    short = 0 < len(line.split()) <= 12 and len(line) <= 90 and not line.endswith((".", ",", ";"))
    return line.rstrip(":") if short and len(following.split()) >= 12 else ""


def plain(line: str) -> str:
    """A line of Markdown without its marks."""
    return " ".join(_MARKS.sub("", _LINK.sub(r"\1", line)).split())
