"""Addresses that captures have left: where each of them stands now, or that it is gone.

A capture is known again by its bytes, or else by its file: whoever mends a date or a site in front
matter changes the bytes, whoever mends them beside it or moves the file does not.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from policy_archive.catalogue.catalogue import Catalogue
from policy_archive.catalogue.published.lock import Capture
from policy_archive.catalogue.published.withdrawn import NOTHING, Withdrawn
from policy_archive.model import Notice
from policy_archive.sources.forms import form

_PAGES = """
    SELECT p.url || s.segment, s.sha256, path
    FROM snapshots s JOIN policies p ON p.id = s.policy JOIN sources USING (id)
    WHERE s.position IS NOT NULL AND revision = ''
"""
_TOP = "policies/"


class Former(NamedTuple):
    """Places below the site's root where pages stood, each with a slash at its end."""

    leads: Mapping[str, str] = {}  # nobody writes to it
    """To where it leads now."""
    gone: tuple[str, ...] = ()
    """Captures that are in the archive no more."""

    def notices(self) -> Iterator[Notice]:
        """A doubt for each address that answers with nothing but that."""
        for place in self.gone:
            message = (
                f"The capture at {place} is gone, and its address only says so. Put its file back, "
                "or withdraw it and say why: `policy-archive withdraw`."
            )
            yield Notice("address-gone", message)


NOWHERE = Former()


def current(catalogue: Catalogue) -> dict[str, Capture]:
    """The page of every capture that lies in a file, by its place below `policies/`."""
    return {
        place.removeprefix(_TOP): capture(sha256, path)
        for place, sha256, path in catalogue.connection.execute(_PAGES)
    }


def capture(sha256: str, path: str) -> Capture:
    """What a capture in a file is known again by."""
    return Capture(sha256[:16], path.removesuffix(form(path)))


def former(
    known: Mapping[str, Capture],
    pages: Mapping[str, Capture],
    withdrawn: Withdrawn = NOTHING,
) -> Former:
    """What became of the `known` places, where `pages` are those of now.

    Of what was withdrawn other pages tell.
    """
    answered = {place for entry in withdrawn.entries for place in entry.places}
    by_digest = {owner.digest: place for place, owner in sorted(pages.items(), reverse=True)}
    by_path = {owner.path: place for place, owner in sorted(pages.items(), reverse=True)}
    leads: dict[str, str] = {}
    gone = []
    for place, owner in sorted(known.items()):
        if place in pages or _page(place) in answered:
            continue
        target = by_digest.get(owner.digest) or by_path.get(owner.path)
        if target:
            leads[place] = target
        else:
            gone.append(place)
    places = sorted({*known, *pages})
    whole = {
        **dict(_changes(places, leads)),
        **dict(_policies(leads, gone, pages)),
        **leads,
    }
    return Former(
        {_page(place): _page(target) for place, target in whole.items()},
        tuple(map(_page, gone)),
    )


def _page(place: str) -> str:
    return f"{_TOP}{place}/"


def _changes(places: Iterable[str], leads: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Where the pages of changes beside captures that have moved lead: to these."""
    for one, other in pairwise(places):
        folder, _, segment = other.rpartition("/")
        target = leads.get(one) or leads.get(other)
        if target and one.rpartition("/")[0] == folder:
            yield f"{one}..{segment}", target


def _policies(
    leads: Mapping[str, str], gone: Iterable[str], pages: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """Policies of which nothing is left, and all of which stands in one other."""
    left = {place.rpartition("/")[0] for place in (*gone, *pages)}
    targets: dict[str, set[str]] = {}
    for place, target in leads.items():
        targets.setdefault(place.rpartition("/")[0], set()).add(target.rpartition("/")[0])
    for folder, found in targets.items():
        if len(found) == 1 and folder not in left:
            (target,) = found
            yield folder, target
            yield f"{folder}/latest", f"{target}/latest"


def kept(known: Mapping[str, Capture], pages: Mapping[str, Capture]) -> dict[str, Capture]:
    """What the list is to hold: pages of now, and places that lead on, with what is there now."""
    found = dict(known)
    for place, target in former(known, pages).leads.items():
        short = place.removeprefix(_TOP).rstrip("/")
        now = target.removeprefix(_TOP).rstrip("/")
        if short in known and now in pages:
            found[short] = pages[now]
    return found | dict(pages)
