"""Saved files: pages and texts that somebody has downloaded, and documents."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from policy_archive.intake.capture import Capture, IntakeError
from policy_archive.intake.documents import LARGEST, extract
from policy_archive.intake.events import Event, LeftOut, Total
from policy_archive.model import PRIVACY_POLICY, Snapshot
from policy_archive.reading.decode import decode
from policy_archive.reading.unpack import NotTextError
from policy_archive.sources import provenance
from policy_archive.sources.forms import DOCUMENTS, HTML, form
from policy_archive.sources.kinds import kind_of
from policy_archive.sources.provenance import Claims, sidecar
from policy_archive.sources.provenance import path as path_claims
from policy_archive.sources.provenance.path import UNNAMED


@dataclass(frozen=True, slots=True)
class Said:
    """What the person at the keyboard says of all that is added; empty: nothing."""

    site: str = ""
    kind: str = ""
    captured: str = ""
    """14 or 8 digits."""
    original_url: str = ""


def events(path: Path, said: Said) -> Iterator[Event]:
    """What comes of the file at `path`, or of all files below it."""
    found = list(files(path))
    yield Total(len(found))
    for file in found:
        shown = file.relative_to(path.parent).as_posix() if path.is_dir() else _named(file)
        try:
            yield capture(file, said, shown)
        except IntakeError as error:
            yield LeftOut(shown, str(error), failed=True)


def _named(file: Path) -> str:
    """The file's name with that of its folder, which may name the site."""
    return "/".join(file.absolute().parts[-2:])


def files(path: Path) -> Iterator[Path]:
    """Every file at or below `path` that a text can be read from, in order of names."""
    if path.is_file():
        yield path
        return
    for file in sorted(path.rglob("*")):
        hidden = any(part.startswith(".") for part in file.relative_to(path).parts)
        if not hidden and file.is_file() and ending(file.name):
            yield file


def ending(name: str) -> str:
    """The ending of a file that can be added, in lower case; else empty."""
    suffix = Path(name).suffix.lower()
    return suffix if suffix in DOCUMENTS else form(name)


def capture(file: Path, said: Said, shown: str) -> Capture:
    """The capture in `file`; `shown` is its name to a person.

    Raises:
        IntakeError: it is of no form that is read, or nothing says whose text it is.
        OSError: it cannot be read.
    """
    suffix = ending(file.name)
    if not suffix:
        raise IntakeError("it is of no form that is read")
    if file.stat().st_size > LARGEST:
        raise IntakeError(f"it is larger than {LARGEST >> 20} MB")
    data = file.read_bytes()
    document = None
    if suffix in DOCUMENTS:
        data, suffix, document = extract(data, suffix)
    snapshot = _snapshot(data, f"{shown.removesuffix(Path(shown).suffix)}{suffix}", file, said)
    if snapshot.site == UNNAMED or _is_a_guess(snapshot.site, shown, said):
        raise IntakeError("nothing tells whose text it is; say so with --site")
    return Capture(
        data,
        suffix,
        snapshot.site,
        kind=_kind(snapshot, said),
        captured=snapshot.captured,
        original_url=snapshot.original_url,
        memento_url=snapshot.memento_url,
        source=file.name,
        document=document,
    )


def _is_a_guess(site: str, shown: str, said: Said) -> bool:
    """Whether the site is but a file's name that might be anything."""
    named = path_claims.read(shown)
    return not said.site and not named.firm and "." not in site and site == named.site


def _kind(snapshot: Snapshot, said: Said) -> str:
    if said.kind or snapshot.kind != PRIVACY_POLICY:
        return snapshot.kind
    return kind_of(snapshot.original_url)


def _snapshot(data: bytes, shown: str, file: Path, said: Said) -> Snapshot:
    """What the file says of itself, what its name does, and what we are told."""
    try:
        text = decode(data, html=form(shown) in HTML).text
    except NotTextError as error:
        raise IntakeError(str(error)) from error
    claims = _claims(file, said)
    found = provenance.read(text, shown, claims)
    return found.snapshot


def _claims(file: Path, said: Said) -> Claims | None:
    """What is said of the file from outside of it, on the command line before beside it."""
    beside = file.with_name(f"{file.name}{sidecar.SUFFIX}")
    claims = Claims("the command line", own=True)
    if beside.is_file():
        claims = sidecar.read(beside.read_text("utf-8", "replace"))
    elif said == Said():
        return None
    claims.site = said.site or claims.site
    claims.kind = said.kind or claims.kind
    claims.captured = said.captured or claims.captured
    if said.original_url:
        claims.say_original(said.original_url, 1)
    return claims
