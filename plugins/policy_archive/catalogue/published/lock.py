"""The list of addresses that an archive has given for good: `addresses.lock`, beside `mkdocs.yml`.

One line an address, as JSON:

    ["a-b", "A+B"]                                                   segment, site
    ["example.org/20190501", "5f0c2a9181d3e07c", "policies/one.md"]  capture, its bytes, its file
    ["page", "example.org/20190501120000", "5f0c…", "policies/two"]  page of a capture, the same

The first two are what cannot be told from a file alone: the segment of a site whose name is no
segment (and of every site that another contends with), and captures of which only the day is known
or that share their moment. The third are pages of all captures that lie in files, so that the
address of one that has moved leads on (`moved.py`). Entries are never removed: what is gone keeps
its address, so that no other text ever stands there.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import msgspec

from policy_archive.model import Notice

NAME = "addresses.lock"

_HEAD = """\
# Addresses that this archive has given, and to what. Keep this file with the archive's sources:
# with it no address ever moves. Written by builds; where two branches differ, take both.
"""


_SEGMENT = re.compile(r"[^\W_][\w.-]{0,254}")


class Capture(NamedTuple):
    """What a capture is known again by: its bytes, or else its file."""

    digest: str
    """The first 16 hex digits of the SHA-256 of its bytes."""
    path: str
    """Of its file as shown, without the ending that tells the form; with the commit, if any."""


@dataclass(frozen=True, slots=True)
class Published:
    """Addresses that are given."""

    sites: Mapping[str, str] = field(default_factory=dict)
    """Sites to their segments; no two have one."""
    captures: Mapping[str, Capture] = field(default_factory=dict)
    """Places below `policies/` (`example.org/20190501-2`) to what stands there."""
    pages: Mapping[str, Capture] = field(default_factory=dict)
    """Places below `policies/` of captures' pages to what stood there last, or stands now."""
    damaged: bool = False
    """Something could not be read, so it must not be written anew before a person has looked."""


NOTHING = Published()


def read(file: Path) -> tuple[Published, list[Notice]]:
    """The list that stands in `file`, and what is wrong with it; empty where there is no file."""
    try:
        text = file.read_text("utf-8")
    except FileNotFoundError:
        return Published(), []
    except (OSError, UnicodeDecodeError) as error:
        return Published(damaged=True), [_fault(f"It cannot be read: {error}.", 1)]
    sites: dict[str, str] = {}
    captures: dict[str, Capture] = {}
    pages: dict[str, Capture] = {}
    given: set[str] = set()
    faults = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        match _decoded(line):
            case ["page", place, digest, path] if place not in pages:
                pages[place] = Capture(digest, path)
            case [place, *_] if place in given:
                faults.append(_fault(f"{place!r} is given in a line above.", number))
            case [_, site] if site in sites:
                faults.append(_fault(f"{site!r} stands in a line above.", number))
            case [segment, site] if _SEGMENT.fullmatch(segment):
                sites[site] = segment
                given.add(segment)
            case [place, digest, path]:
                captures[place] = Capture(digest, path)
                given.add(place)
            case _:
                faults.append(_fault("This is no line of the list.", number))
    return Published(sites, captures, pages, damaged=bool(faults)), faults


def _decoded(line: str) -> list[str]:
    try:
        return msgspec.json.decode(line, type=list[str])
    except msgspec.MsgspecError:
        return []


def _fault(what: str, line: int) -> Notice:
    message = f"{what} The rest is used; mend or remove the line."
    return Notice("invalid-address", message, "problem", line)


def write(file: Path, published: Published) -> None:
    """Write the list to `file`, unless it stands there already, is empty, or was damaged.

    Raises:
        OSError: it cannot be written.
    """
    entries = [(segment, site) for site, segment in published.sites.items()]
    lines = [
        *entries,
        *((place, *owner) for place, owner in published.captures.items()),
        *(("page", place, *owner) for place, owner in published.pages.items()),
    ]
    if published.damaged or not lines:
        return
    text = _HEAD + "".join(sorted(f"{msgspec.json.encode(line).decode()}\n" for line in lines))
    if file.is_file() and file.read_text("utf-8") == text:
        return
    partial = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        partial.write_text(text, "utf-8", newline="\n")
        partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)
