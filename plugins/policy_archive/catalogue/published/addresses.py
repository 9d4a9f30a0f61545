"""The last parts of addresses: which segment of a URL a site, a kind and a capture have, for good.

A site whose name is a segment as it stands (most domains are) has that by right, whatever else the
archive holds. Other names are made into segments, and then two may want the same one: `A+B` and
`A B`. Who wants a segment that is taken gets it with a digest of the name, `a-b--1f6e2a9c`. So
that nobody who comes later takes the place of one who was there, what cannot be told from a name
alone is written down (`published.py`), and what is written goes before everything else.

Without such an entry order is by digest of what is claimed, not by path or time: it is the same in
every build of the same files, in whatever order they are found.
"""

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from operator import attrgetter

from policy_archive.catalogue.published.lock import Capture, Published
from policy_archive.model import PRIVACY_POLICY

_OURS = frozenset({
    "annotations.jsonld", "compare", "data", "feed.xml", "history", "index.html", "index.json",
    "index.md", "latest", "page", "rows", "source", "timemap", "timemap.json", "timemap.link",
    "topics",
})  # fmt: skip
"""What stands, or is to stand, beside a site, a kind or a capture."""

_TAKEN = re.compile(
    r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?"  # devices, to Windows
    r"|pa-[^.]*|p-[0-9a-f]{8}(?:-[0-9]+)?"  # elements' ids, as a site's segment is, too
)

_CAPTURE = re.compile(r"[0-9-]+|undated-.*")
"""What a kind must not look like, since captures stand beside it."""

_LONGEST = 140
"""Bytes of a segment. File systems take 255; encrypted ones (eCryptfs) 143."""


def collation_key(text: str) -> bytes:
    """The one order of everything that is listed by name: that of UTF-16 code units.

    It is the order of JavaScript's `<` and of `Array.prototype.sort` without a comparator, so that
    pages and their scripts count the same rows. Python's own order differs beyond U+FFFF.
    """
    return text.encode("utf-16-be", "surrogatepass")


def segment(name: str) -> str:
    """The segment that a site called `name` asks for; also the id of its row on topic pages.

    Letters and digits of any script in lower case, joined by hyphens, and dots; equal for names
    that a disk blind to case takes for one. Names of ours get `s--` before them, and long ones end
    in `--` and a digest: made of a name alone, no segment has two hyphens together.
    """
    folded = unicodedata.normalize("NFD", name).casefold()
    text = re.sub(r"[^\w.]+", "-", unicodedata.normalize("NFC", folded)).strip("-._") or "site"
    return _bounded(_unlike_ours(text), name)


def kind_segment(kind: str) -> str:
    """The segment of a kind of terms, by the same rules; a kind is a slug already."""
    text = f"s--{kind}" if _CAPTURE.fullmatch(kind) else _unlike_ours(kind)
    return _bounded(text, kind)


def policy_folder(site_segment: str, kind: str) -> str:
    """Where the policy stands below `policies/`, with a slash at its end."""
    own = "" if kind == PRIVACY_POLICY else f"{kind_segment(kind)}/"
    return f"{site_segment}/{own}"


def _unlike_ours(text: str) -> str:
    return f"s--{text}" if text in _OURS or _TAKEN.fullmatch(text) else text


def _bounded(text: str, name: str) -> str:
    data = text.encode()
    if len(data) <= _LONGEST:
        return text
    cut = data[: _LONGEST - 10].decode(errors="ignore")
    return f"{cut.rstrip('-._')}--{_digest(name)[:8]}"


def site_segments(sites: Iterable[str], published: Published) -> tuple[dict[str, str], set[str]]:
    """The segment of each site, no two the same; and the sites that are to be written down.

    These are all whose names alone do not tell: the segment differs, or another asks for it, too.
    """
    segments: dict[str, str] = {}
    asking: dict[str, list[str]] = defaultdict(list)
    for site in sorted(set(sites)):
        known = published.sites.get(site)
        if known and known == _unlike_ours(known):
            segments[site] = known
        else:
            asking[segment(site)].append(site)
    unsure = set(segments)
    taken = set(published.sites.values())
    for wanted, rivals in asking.items():
        contested = len(rivals) > 1 or wanted in taken
        for site in sorted(rivals, key=lambda site: (site != wanted, _digest(site))):
            segments[site] = next(it for it in _forms(wanted, site) if it not in taken)
            taken.add(segments[site])
            if contested or segments[site] != site:
                unsure.add(site)
    return segments, unsure


def _forms(wanted: str, name: str) -> Iterator[str]:
    yield wanted
    for length in (8, 16, 64):  # names can be made up that have eight digits in common
        yield f"{wanted}--{_digest(name)[:length]}"


def capture_segments(
    folder: str, moment: str, captures: Sequence[Capture], published: Published
) -> list[str]:
    """The segments of different captures of one moment, each in the place of its capture.

    `moment`, `moment-2`, `moment-3` …: one that is known keeps its own, others get what is free, in
    the order given. `folder` is the policy's place below `policies/`.
    """
    segments = _known(folder, moment, captures, published)
    free = (it for it in _numbered(moment) if f"{folder}{it}" not in published.captures)
    return [segments.get(at) or next(free) for at in range(len(captures))]


def _known(
    folder: str, moment: str, captures: Sequence[Capture], published: Published
) -> dict[int, str]:
    """Segments of the captures that are published, by bytes and file, then by one of them.

    By place among `captures`: two forms of one text may have the same bytes and the same name.
    """
    held = {}
    for number, text in enumerate(_numbered(moment)):
        if owner := published.captures.get(f"{folder}{text}"):
            held[text] = owner
        elif number >= len(captures):
            break
    found: dict[int, str] = {}
    for trait in (tuple, attrgetter("digest"), attrgetter("path")):
        strangers: dict[object, list[int]] = defaultdict(list)
        for at, capture in enumerate(captures):
            if at not in found:
                strangers[trait(capture)].append(at)
        for text, owner in list(held.items()):
            if waiting := strangers[trait(owner)]:
                found[waiting.pop(0)] = text
                del held[text]
    return found


def _numbered(moment: str) -> Iterator[str]:
    yield moment
    for number in count(2):
        yield f"{moment}-{number}"


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
