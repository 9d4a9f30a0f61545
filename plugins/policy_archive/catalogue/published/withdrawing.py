"""What a person means by the name of a capture or a policy, and where it stands on the site."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from policy_archive.catalogue.published.addresses import policy_folder, segment
from policy_archive.catalogue.published.lock import Published
from policy_archive.catalogue.published.withdrawn import Withdrawal
from policy_archive.errors import ProjectError
from policy_archive.model import Snapshot
from policy_archive.sources import capture_urls
from policy_archive.sources.files import Source


class Held(NamedTuple):
    """A capture that the project has."""

    source: Source
    snapshot: Snapshot
    digest: str
    """Of its bytes, in hex."""
    place: str
    """Of its page."""


def held(source: Source, snapshot: Snapshot, digest: str, published: Published) -> Held:
    """A capture with its place on the site."""
    named = published.sites.get(snapshot.site) or segment(snapshot.site)
    folder = policy_folder(named, snapshot.kind)
    given = {owner.digest: place for place, owner in published.captures.items()}
    known = given.get(digest[:16], "")
    own = f"{folder}{snapshot.captured or f'undated-{digest[:8]}'}"
    place = known if known.startswith(own) else own
    return Held(source, snapshot, digest, f"policies/{place}/")


def meant(what: str, captures: Sequence[Held]) -> tuple[list[Held], bool]:
    """The captures that `what` names, and whether it is a whole policy.

    It is a file, the address of a page of the site (or the end of it), or that of a capture in a
    web archive; or a site's name, where it has one policy.

    Raises:
        ProjectError: it names nothing, or several policies.
    """
    file = Path(what)
    if file.exists():
        whole = file.resolve()
        if found := [it for it in captures if it.source.file.resolve() == whole]:
            return _forms(found, captures), False
    memento = capture_urls.parse(what)
    address = memento.memento_url if memento else ""
    if found := [it for it in captures if address and it.snapshot.memento_url == address]:
        return _forms(found, captures), False
    path = unquote(urlsplit(what).path).strip("/").removesuffix("/index.html")
    place = f"policies/{path.rpartition('policies/')[2]}/"
    if found := [it for it in captures if it.place == place]:
        return _forms(found, captures), False
    if found := [it for it in captures if _policy(it) == place]:
        return found, True
    of_site = [it for it in captures if it.snapshot.site == what]
    policies = sorted({_policy(it) for it in of_site})
    if len(policies) == 1:
        return of_site, True
    if policies:
        raise ProjectError(f"{what}: has several policies; name one of {', '.join(policies)}")
    raise ProjectError(
        f"{what}: is no capture and no policy of this archive; name a file, or the address of its "
        "page, such as policies/example.com/20190501120000/"
    )


def _forms(found: Sequence[Held], captures: Iterable[Held]) -> list[Held]:
    """A capture in all its forms: beside each other, or under one full moment."""
    first = found[0]
    stems = {it.source.file.with_suffix("") for it in found}
    digests = {it.digest for it in found}
    return [
        it
        for it in captures
        if (it.source.file.with_suffix("") in stems and it.place == first.place)
        or it.digest in digests
        or (it.place == first.place and len(it.snapshot.captured) == 14)
    ]


def _policy(capture: Held) -> str:
    return f"{capture.place.rstrip('/').rpartition('/')[0]}/"


def withdrawal(
    found: Sequence[Held], whole: bool, captures: Iterable[Held], reason: str, day: str
) -> Withdrawal:
    """The entry for the list; `captures` are all that there are."""
    first = found[0]
    policy = _policy(first)
    segments = sorted({_segment(it) for it in captures if _policy(it) == policy})
    gone = {_segment(it) for it in found}
    changes = [f"{policy}{a}..{b}/" for a, b in pairwise(segments) if a in gone or b in gone]
    beside = [f"{policy}{it}/" for it in sorted(gone)]
    if whole:
        beside += [f"{policy}{name}/" for name in ("latest", "history", "compare")]
    place = policy if whole else first.place
    return Withdrawal(
        site=first.snapshot.site,
        kind=first.snapshot.kind,
        place=place,
        reason=" ".join(reason.split()),
        day=day,
        whole=whole,
        captured="" if whole else first.snapshot.captured,
        digests=tuple(sorted({it.digest[:16] for it in found})),
        addresses=tuple(it for it in (*beside, *changes) if it != place),
    )


def _segment(capture: Held) -> str:
    return capture.place.rstrip("/").rpartition("/")[2]
