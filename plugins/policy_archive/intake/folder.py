"""The archive's folder, as captures are written into it: `<site>/<kind>/<moment>.<ending>`.

Nothing that stands there is ever changed. A file is written beside its place and then given its
name, so that an interrupted run leaves whole captures only, and the next one goes on behind them.
"""

import hashlib
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from policy_archive import __version__
from policy_archive.intake.capture import Capture, IntakeError
from policy_archive.sources import capture_urls
from policy_archive.sources.provenance import sidecar

_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
_LONGEST = 100


@dataclass
class Folder:
    """The folder of an archive's captures."""

    path: Path
    withdrawn: Callable[[Capture], bool] = lambda capture: False
    """Whether a capture was taken out of the archive, and must not come back."""
    _known: dict[Path, set[str]] = field(default_factory=dict)

    def put(self, capture: Capture) -> Path | None:
        """Write `capture` with its provenance file; None where it is there already.

        Raises:
            IntakeError: it was withdrawn.
            OSError: it cannot be written.
        """
        if self.withdrawn(capture):
            raise IntakeError("it was withdrawn from this archive; see withdrawn.jsonl")
        folder = self._of(capture.site, capture.kind)
        file = _place(folder, capture)
        if file is None:
            return None
        known = self._addresses(folder)
        folder.mkdir(parents=True, exist_ok=True)
        if capture.document:
            _write(file.with_suffix(capture.document.ending), capture.document.data)
        _write(file, capture.data)
        said = sidecar.written(file.name, _said(capture, file))
        _write(file.with_name(f"{file.name}{sidecar.SUFFIX}"), said.encode())
        known.update(map(_normal, (capture.memento_url, *capture.redirects)))
        return file

    def has(self, site: str, kind: str, memento_url: str) -> bool:
        """Whether the capture at this address is there, or what it led on to."""
        return _normal(memento_url) in self._addresses(self._of(site, kind))

    def _of(self, site: str, kind: str) -> Path:
        return self.path / _name(site) / _name(kind)

    def _addresses(self, folder: Path) -> set[str]:
        """Addresses of captures that are in `folder`, with those that led on to them."""
        if folder not in self._known:
            self._known[folder] = set(map(_normal, _addresses_in(folder)))
        return self._known[folder]


def _addresses_in(folder: Path) -> Iterator[str]:
    for file in folder.glob(f"*{sidecar.SUFFIX}"):
        if not file.with_name(file.name.removesuffix(sidecar.SUFFIX)).is_file():
            continue
        try:
            said = sidecar.parsed(file.read_text("utf-8", "replace"))
        except (OSError, ValueError):  # `check` says what is wrong with it
            continue
        redirects = said.get("redirects")
        for address in (
            said.get("memento_url"),
            *(redirects if isinstance(redirects, list) else ()),
        ):
            if isinstance(address, str):
                yield address


def _normal(memento_url: str) -> str:
    """One form of a capture's address, whichever flag it bears."""
    found = capture_urls.parse(memento_url) if memento_url else None
    return f"{found.digits} {found.original.url}" if found and found.digits else memento_url


def _place(folder: Path, capture: Capture) -> Path | None:
    """Where a capture is to stand; None where its bytes stand under its moment already."""
    stem = capture.captured or f"undated-{hashlib.sha256(capture.data).hexdigest()[:8]}"
    for number in count(1):
        name = stem if number == 1 else f"{stem}-{number}"
        file = folder / f"{name}{capture.ending}"
        if file.is_file() and file.read_bytes() == capture.data:
            # One without the file beside it was cut short, or is somebody's own.
            if file.with_name(f"{file.name}{sidecar.SUFFIX}").is_file():
                return None
            return file
        if not any(folder.glob(f"{name}.*")):
            return file
    return None


def _write(file: Path, data: bytes) -> None:
    partial = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with partial.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)


def _said(capture: Capture, file: Path) -> dict[str, str | tuple[str, ...]]:
    """What the provenance file is to say."""
    document = capture.document
    return {
        "site": capture.site,
        "captured": written(capture.captured),
        "original_url": capture.original_url,
        "memento_url": capture.memento_url,
        "kind": capture.kind,
        "encoding": capture.encoding,
        "status": capture.status,
        "content_type": capture.content_type,
        "digest": capture.digest,
        "redirects": capture.redirects,
        "source": capture.source,
        "fetched": now().strftime("%Y-%m-%dT%H:%M:%SZ"),
        "fetched_by": f"policy-archive {__version__}",
        "extracted_from": file.with_suffix(document.ending).name if document else "",
        "extracted_by": document.by if document else "",
        "doubt": capture.doubt,
    }


def written(captured: str) -> str:
    """14 or 8 digits in the form of ISO 8601; empty stays empty."""
    if not captured:
        return ""
    day = f"{captured[:4]}-{captured[4:6]}-{captured[6:8]}"
    if len(captured) == 8:
        return day
    return f"{day}T{captured[8:10]}:{captured[10:12]}:{captured[12:14]}Z"


def now() -> datetime:
    """This moment, or that which `SOURCE_DATE_EPOCH` names instead."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdecimal() else datetime.now(UTC)


def _name(text: str) -> str:
    """A name of a folder for a site or a kind, which never leads out of the one that it is in."""
    name = re.sub(r"[^\w.-]+", "-", text).strip(".-_")[:_LONGEST] or "unnamed"
    return f"{name}-" if _DEVICE.fullmatch(name) else name
