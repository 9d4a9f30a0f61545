"""Lists of addresses: one a line, a CSV file, or declarations of Open Terms Archive."""

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from policy_archive.intake.capture import IntakeError
from policy_archive.sources.urls import clean
from policy_archive.text.dates import moment
from policy_archive.text.words import slug

_LONGEST = 16 << 20
_URL_COLUMNS = ("url", "address", "original_url")


class Entry(NamedTuple):
    """An address, and what the list says of it."""

    url: str
    moment: str = ""
    """14 or 8 digits: the capture nearest to it is meant."""
    kind: str = ""


class Fault(NamedTuple):
    """What cannot be used of a list."""

    place: str
    why: str


def read(text: str, name: str) -> Iterator[Entry | Fault]:
    """The addresses that a list names; `name` is what to call it to a person.

    Raises:
        IntakeError: it is longer than any list of addresses.
    """
    if len(text) > _LONGEST:
        raise IntakeError(f"{name} is longer than {_LONGEST >> 20} MB")
    text = text.removeprefix("\ufeff")
    if text.lstrip().startswith("{"):
        return _declared(text, name)
    first = text.lstrip().split("\n", 1)[0]
    columns = [it.strip().strip('"').lower() for it in re.split(r"[,;\t]", first)]
    return _rows(text, name) if set(columns) & set(_URL_COLUMNS) else _lines(text, name)


def is_list(path: Path) -> bool:
    """Whether the file is named as a list that need not be announced."""
    return path.suffix.lower() in (".csv", ".json") and path.is_file()


def declarations(path: Path) -> list[Path]:
    """The declarations in a folder of Open Terms Archive, by name; none where it is not its."""
    place = path / "declarations" if (path / "declarations").is_dir() else path
    found = sorted(it for it in place.glob("*.json") if not it.name.endswith(".history.json"))
    return [it for it in found if _is_declaration(it)]


def _is_declaration(file: Path) -> bool:
    try:
        said = json.loads(file.read_text("utf-8", "replace")[:_LONGEST])
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(said, dict) and isinstance(said.get("documents", said.get("terms")), dict)


def _lines(text: str, name: str) -> Iterator[Entry | Fault]:
    for number, line in enumerate(text.splitlines(), 1):
        if (url := line.strip()) and not url.startswith("#"):
            yield _entry(url, "", "", f"{name}:{number}")


def _rows(text: str, name: str) -> Iterator[Entry | Fault]:
    delimiter = max(",;\t", key=text.split("\n", 1)[0].count)
    rows = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    rows.fieldnames = [it.strip().lower() for it in rows.fieldnames or ()]
    try:
        for row in rows:
            values = {key: (value or "").strip() for key, value in row.items() if key}
            url = next((values[it] for it in _URL_COLUMNS if values.get(it)), "")
            if any(values.values()):
                place = f"{name}:{rows.line_num}"
                yield _entry(url, values.get("date", ""), values.get("kind", ""), place)
    except csv.Error as error:
        yield Fault(f"{name}:{rows.line_num}", f"it cannot be read as CSV: {error}")


def _declared(text: str, name: str) -> Iterator[Entry | Fault]:
    """Of a service, the terms that it declares and the page that each stands on."""
    try:
        said = json.loads(text)
        terms = said.get("documents", said.get("terms"))
        assert isinstance(terms, dict)
    except (ValueError, AttributeError, AssertionError, RecursionError):
        yield Fault(name, "it is no declaration of Open Terms Archive")
        return
    for kind, declared in sorted(terms.items()):
        place = f"{name}, {kind}"
        fetch = declared.get("fetch") if isinstance(declared, dict) else None
        if isinstance(fetch, str):
            yield _entry(fetch, "", kind, place)
        else:
            yield Fault(place, "it is put together from several pages; add these one by one")


def _entry(url: str, date: str, kind: str, place: str) -> Entry | Fault:
    if not clean(url).url:
        return Fault(place, f"{url[:120]!r} is no http or https address")
    found = moment(date) if date else ""
    if date and not found:
        return Fault(place, f"{date[:40]!r} is no date; write 2019-05-01")
    return Entry(url, found, slug(kind))
