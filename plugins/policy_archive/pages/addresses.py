"""Where pages stand: their addresses below the site's root, relative and absolute.

A *place* is a path below the root: a page's ends in `/` (the home page is empty), a file's is its
name. Addresses are what browsers follow: percent-encoded, and with `index.html` where the site
does without directory URLs.
"""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from policy_archive.catalogue.published.addresses import policy_folder, segment
from policy_archive.model import Snapshot

ASSETS = "assets/policy_archive"
"""Where our style sheets, scripts and fonts are published."""
SEARCH_INDEX = "search/index"
"""Where the site has the index of its full texts."""


@lru_cache(maxsize=4096)
def _quoted(path: str) -> str:
    return quote(path)


@dataclass(frozen=True, slots=True)
class Addresses:
    """Turns places into addresses."""

    directory_urls: bool = True
    site_url: str = ""
    """Empty: absolute addresses are not known."""

    def of(self, place: str) -> str:
        """The address of `place` from the site's root."""
        if not self.directory_urls and (not place or place.endswith("/")):
            place += "index.html"
        return _quoted(place)

    def relative(self, place: str, here: str, fragment: str = "") -> str:
        """The address of `place` as seen from the page at `here`."""
        anchor = f"#{_quoted(fragment)}" if fragment else ""
        if place == here and anchor:
            return anchor
        target, base = self.of(place), _quoted(here[: here.rfind("/") + 1])
        shared = 0
        while (end := base.find("/", shared) + 1) and target.startswith(base[:end]):
            shared = end
        return ("../" * base.count("/", shared) + target[shared:] or "./") + anchor

    def absolute(self, place: str) -> str:
        """The whole URL of `place`; empty when the site's own is not known."""
        if not self.site_url:
            return ""
        # The canonical address of the home page is the root, as MkDocs has it.
        return self.site_url.rstrip("/") + "/" + self.of(place)


def snapshot_place(policy_url: str, segment: str) -> str:
    """Where the page of a snapshot stands."""
    return f"{policy_url}{segment}/"


def expected_place(snapshot: Snapshot, sha256: str) -> str:
    """Where the page of a snapshot stands unless others contend for the place."""
    folder = policy_folder(segment(snapshot.site), snapshot.kind)
    return f"policies/{folder}{snapshot.captured or f'undated-{sha256[:8]}'}/"


def policy_of(place: str) -> str:
    """The address of the policy whose snapshot stands at `place`."""
    return place[: place.rindex("/", 0, -1) + 1]


def topic_place(topic: str) -> str:
    """Where the comparison on a topic stands."""
    return f"topics/{topic}/"


def changes_place(topic: str = "") -> str:
    """Where the list of all changes stands, or of those that touch a topic."""
    return f"{topic_place(topic)}changes/" if topic else "changes/"


def row_id(policy_url: str) -> str:
    """The id of a policy's row on topic pages: its site, and its kind where that is another."""
    return policy_url.removeprefix("policies/").rstrip("/")


def paged(place: str, name: str) -> str:
    """Where the page called `name` of the listing at `place` stands; the first has no name."""
    return f"{place}page/{name}/" if name else place
