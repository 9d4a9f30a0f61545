"""The newest capture of each policy that a project has, and what to ask for those that followed."""

import base64
import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from policy_archive.model import Snapshot
from policy_archive.reading.decode import decode
from policy_archive.reading.unpack import NotTextError
from policy_archive.sources import provenance
from policy_archive.sources.files import Source
from policy_archive.sources.forms import HTML, form
from policy_archive.sources.provenance import sidecar


class Newest(NamedTuple):
    """The newest capture of a policy with an original address."""

    snapshot: Snapshot
    digest: str
    """Of its payload, as lists of captures have it: SHA-1 in Base32."""


def snapshots(sources: Iterable[Source]) -> Iterator[tuple[Source, Snapshot]]:
    """Each source with what is known of its origin; what cannot be read is passed over."""
    for source in sources:
        if source.problem:
            continue
        try:
            data, claims = source.read(), source.claims()
            charset = claims.encoding if claims else ""
            text = decode(data, html=form(source.path) in HTML, charset=charset).text
        except (OSError, NotTextError):
            continue
        yield source, provenance.read(text, source.path, claims).snapshot


def newest(sources: Iterable[Source]) -> list[Newest]:
    """Of every policy with an original address its newest capture, by site and kind."""
    found: dict[tuple[str, str], tuple[Source, Snapshot]] = {}
    for source, snapshot in snapshots(sources):
        key = (snapshot.site, snapshot.kind)
        if snapshot.original_url and snapshot.captured:
            known = found.get(key)
            if known is None or known[1].captured < snapshot.captured:
                found[key] = (source, snapshot)
    return [Newest(snapshot, _digest(source)) for _, (source, snapshot) in sorted(found.items())]


def _digest(source: Source) -> str:
    if source.sidecar:
        try:
            said = sidecar.parsed(source.sidecar.read_text("utf-8", "replace"))
        except (OSError, ValueError):
            said = {}
        if isinstance(known := said.get("digest"), str):
            return known.rpartition(":")[2].upper()
    return base64.b32encode(hashlib.sha1(source.read(), usedforsecurity=False).digest()).decode()


def following(captured: str, every: str) -> str:
    """The moment from which on a capture is new, as 14 digits.

    One a month or year is enough, so that the month or year of the newest is done with.
    """
    whole = datetime.strptime(captured.ljust(14, "0"), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    if every == "year":
        return f"{whole.year + 1}0101000000"
    if every == "month":
        after = whole.replace(day=28) + timedelta(days=4)
        return f"{after:%Y%m}01000000"
    step = timedelta(seconds=1) if len(captured) == 14 else timedelta(days=1)
    return f"{whole + step:%Y%m%d%H%M%S}"
