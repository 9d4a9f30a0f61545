"""Files beside the pages: archived bytes, data, TimeMaps, stable addresses of the newest.

They are made when MkDocs copies static files, one at a time, and are never held in memory.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from html import escape
from pathlib import Path
from typing import Self

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel

from policy_archive.archive import Policy
from policy_archive.site import memento
from policy_archive.site.addresses import snapshot_place
from policy_archive.site.edition import Edition
from policy_archive.site.policy_view import passages_json

_ASSETS = Path(__file__).parent / "assets"
_PUBLISHED = "assets/policy_archive"


class MadeFile(File):
    """A static file whose bytes are made when it is written."""

    make: Callable[[], bytes]

    @classmethod
    def of(cls, made: "Made", config: MkDocsConfig) -> Self:
        """`made` as MkDocs knows files."""
        file = cls(
            made.place,
            src_dir=None,
            dest_dir=config.site_dir,
            use_directory_urls=config.use_directory_urls,
            inclusion=InclusionLevel.NOT_IN_NAV,
        )
        file.generated_by = "policy-archive"
        file.make = made.make
        return file

    @property
    def content_bytes(self) -> bytes:
        """The bytes, made anew."""
        return self.make()

    @content_bytes.setter
    def content_bytes(self, value: bytes) -> None:
        self.make = lambda: value

    @property
    def content_string(self) -> str:
        """The bytes as text."""
        return self.make().decode("utf-8", "replace")

    @content_string.setter
    def content_string(self, value: str) -> None:
        self.make = value.encode

    def copy_file(self, dirty: bool = False) -> None:
        """Write the bytes where the site wants them."""
        path = Path(self.abs_dest_path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(self.make())

    def is_modified(self) -> bool:
        """Made anew every time."""
        return True


@dataclass(frozen=True, slots=True)
class Made:
    """A file beside the pages: where it stands, how it is made, what it depends on."""

    place: str
    make: Callable[[], bytes]
    depends: tuple[str, ...] | None = None
    """None: it is small, and made every time."""


def files_of(policy: Policy, edition: Edition) -> Iterator[Made]:
    """Every static file that belongs to `policy`."""
    for entry in policy.entries:
        source = f"{snapshot_place(policy, entry)}source.txt"
        yield Made(source, partial(edition.archive.source_bytes, entry), (entry.sha256,))
    newest = policy.newest
    passages = f"{snapshot_place(policy, newest)}passages.json"
    yield Made(
        passages,
        partial(_passages, edition, policy),
        (policy.site, *edition.archive.result(newest)),
    )
    # HTML and no page of MkDocs, so that it stays out of sitemap and search.
    latest = f"{policy.url}latest/index.html"
    yield Made(latest, partial(_latest, edition, policy), (policy.site, newest.segment))
    if memento.has_timemap(policy, edition.addresses):
        entries = (v for e in policy.entries for v in (*edition.archive.result(e), e.segment))
        yield Made(policy.url + memento.TIMEMAP, partial(_timemap, edition, policy), (*entries,))


def _passages(edition: Edition, policy: Policy) -> bytes:
    newest = policy.newest
    return passages_json(edition, policy, newest, edition.archive.record(newest)).encode()


def _timemap(edition: Edition, policy: Policy) -> bytes:
    return memento.timemap(policy, edition.addresses).encode()


def _latest(edition: Edition, policy: Policy) -> bytes:
    """A page that leads to the newest snapshot, without a server's help."""
    here, target = f"{policy.url}latest/", snapshot_place(policy, policy.newest)
    url = escape(edition.addresses.relative(target, here))
    canonical = edition.addresses.absolute(target)
    link = f'<link rel="canonical" href="{escape(canonical)}">\n' if canonical else ""
    site = escape(policy.site)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{site}: newest snapshot</title>
<meta name="robots" content="noindex">
<meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="0; url={url}">
{link}</head>
<body>
<p><a href="{url}">The newest snapshot of {site}</a></p>
</body>
</html>
""".encode()


def asset_names(suffix: str) -> list[str]:
    """Where our style sheets or scripts are published."""
    return [f"{_PUBLISHED}/{path.name}" for path in sorted(_ASSETS.glob(f"*{suffix}"))]


def asset_address(name: str) -> str:
    """Where an asset that only some pages need is published."""
    return f"{_PUBLISHED}/{name}"


def assets(config: MkDocsConfig) -> Iterator[File]:
    """Our style sheets, scripts and fonts."""
    for path in sorted(path for path in _ASSETS.rglob("*") if path.is_file()):
        name = f"{_PUBLISHED}/{path.relative_to(_ASSETS).as_posix()}"
        yield File.generated(
            config, name, abs_src_path=str(path), inclusion=InclusionLevel.NOT_IN_NAV
        )
