"""How to cite a snapshot: plain text, BibTeX, RIS and CSL-JSON."""

import json
import re

from policy_archive.model import Record
from policy_archive.pages import capture_time
from policy_archive.pages.html.links import original_url, replay_url
from policy_archive.pages.language import gettext

_TEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    # BibTeX counts braces even behind a backslash.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    **{character: f"\\{character}" for character in "#$%&_"},
}
_LIGATURE = re.compile(r"([-`'<>,])(?=\1)|[?!](?=`)")
"""Characters that TeX would join with the next: a dash of two hyphens."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def plain_text(record: Record, collection: str, url: str) -> str:
    """Site, title, moment, where to find it, and the digest that proves the text."""
    snapshot = record.snapshot
    moment = capture_time.shown(snapshot.captured)
    parts = [
        f"{snapshot.site}: {_line(record.document.title)}",
        gettext("Captured %(day)s", day=moment)
        if snapshot.captured
        else gettext("Date of capture unknown"),
        collection,
        gettext("From the collection %(name)s", name=_line(snapshot.collection))
        if snapshot.collection
        else "",
        url or replay_url(snapshot),
        gettext("Originally at %(address)s", address=original_url(snapshot))
        if original_url(snapshot)
        else "",
        f"SHA-256 {record.sha256}",
    ]
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def bibtex(record: Record, segment: str, collection: str, url: str) -> str:
    """The same as a BibTeX entry, known by the address's `segment`.

    Year and month are those of the capture.
    """
    snapshot = record.snapshot
    captured = snapshot.captured
    key = re.sub(r"[^A-Za-z0-9.-]+", "-", f"{snapshot.site}-{segment}").strip("-")
    fields = {
        "title": f"{{{_tex(_line(record.document.title))}}}",
        "author": f"{{{_tex(snapshot.site)}}}",
        "year": captured[:4],
        "publisher": _tex(_line(collection)),
        "url": re.sub(r"[{}\\]", "", url or replay_url(snapshot)),
        "note": _tex(_note(record)),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    if captured:
        # A month is a macro of BibTeX and stands without braces.
        lines.insert(3, f"  month = {_MONTHS[int(captured[4:6]) - 1]},")
    return "\n".join([f"@misc{{{key},", *lines, "}"])


def ris(record: Record, collection: str, url: str) -> str:
    """The same as a RIS entry, for reference managers."""
    snapshot = record.snapshot
    captured = snapshot.captured
    fields = [
        ("TY", "ELEC"),
        ("TI", _line(record.document.title)),
        ("AU", snapshot.site),
        ("PY", captured[:4]),
        ("DA", f"{captured[:4]}/{captured[4:6]}/{captured[6:8]}" if captured else ""),
        ("PB", _line(collection)),
        ("UR", url or replay_url(snapshot)),
        ("L2", replay_url(snapshot)),
        ("N1", _note(record)),
    ]
    # The last line ends with a space, as the format has it.
    return "\n".join(f"{tag}  - {value}" for tag, value in fields if value) + "\nER  - "


def csl_json(record: Record, segment: str, collection: str, url: str) -> str:
    """The same in the Citation Style Language's JSON, known by the address's `segment`."""
    snapshot = record.snapshot
    captured = snapshot.captured
    parts = [int(it) for it in (captured[:4], captured[4:6], captured[6:8]) if it]
    item = {
        "id": f"{snapshot.site}-{segment}",
        "type": "webpage",
        "title": _line(record.document.title),
        "author": [{"literal": snapshot.site}],
        "publisher": _line(collection),
        "issued": {"date-parts": [parts]} if parts else None,
        "URL": url or replay_url(snapshot),
        "archive_location": replay_url(snapshot),
        "note": _note(record),
    }
    return json.dumps([{k: v for k, v in item.items() if v}], ensure_ascii=False, indent=1)


def _note(record: Record) -> str:
    captured = record.snapshot.captured
    if captured:
        moment = gettext("captured %(day)s", day=capture_time.shown(captured))
    else:
        moment = gettext("date of capture unknown")
    return f"{moment}; SHA-256 {record.sha256}"


def _line(text: str) -> str:
    return " ".join(text.split())


def _tex(text: str) -> str:
    escaped = "".join(_TEX.get(character, character) for character in text)
    return _LIGATURE.sub(r"\g<0>{}", escaped)
