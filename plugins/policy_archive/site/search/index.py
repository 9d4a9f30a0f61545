"""The index in shards: made by Pagefind where anything has changed, kept, and put into the site."""

import hashlib
import importlib.util
import json
import logging
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from filelock import FileLock

from policy_archive.build.cache import SEARCH
from policy_archive.build.cache_key import code_digest
from policy_archive.build.progress import Progress
from policy_archive.pages.addresses import SEARCH_INDEX, snapshot_place, topic_place
from policy_archive.pages.publication import Publication
from policy_archive.site.search import documents, facets, kept, pagefind
from policy_archive.site.search.shards import Shard, digest, divided

log = logging.getLogger("mkdocs.plugins.policy_archive")

CATALOGUE = "shards.json"
"""What there is in it: the engine's folder, and the shards, newest first."""
_NEEDED = ("pagefind", "pagefind_bin", "cbor2")


class Target(Protocol):
    """The site that an index is put into."""

    def held(self, place: str, key: str) -> object:
        """Something true, if the file that was written under `key` stands at `place`."""

    def write(self, place: str, key: str, data: bytes) -> object:
        """Write a file, and remember under which key."""


def missing() -> list[str]:
    """The packages that full-text search lacks here."""
    return [name for name in _NEEDED if importlib.util.find_spec(name) is None]


def build(publication: Publication, tree: Target, cache: Path | None) -> None:
    """Index what has changed since the last build, and put all of it into the site."""
    try:
        with _home(cache) as folder:
            catalogue = _indexed(publication, folder, tree)
            _publish_catalogue(catalogue, tree)
            used = {catalogue["engine"], *(shard["path"] for shard in catalogue["shards"])}
            for path in folder.iterdir():
                if path.is_dir() and path.name not in used:
                    shutil.rmtree(path, ignore_errors=True)
    except (OSError, subprocess.SubprocessError) as error:
        log.warning(
            "Pagefind could not index the archive, the search in the page's head serves: %s", error
        )


def reuse(tree: Target, cache: Path | None) -> bool:
    """Put the index of the last build into the site, if there is one."""
    try:
        with _home(cache) as folder:
            catalogue = kept.read(folder / CATALOGUE)
            for key in (catalogue["engine"], *(shard["path"] for shard in catalogue["shards"])):
                _publish(folder / key, tree)
            _publish_catalogue(catalogue, tree)
    except (OSError, kept.DamagedError):
        return False
    return True


@contextmanager
def _home(cache: Path | None) -> Iterator[Path]:
    """The folder of indexes, each under its key; without a cache they are not kept."""
    with ExitStack() as stack:
        try:
            if cache is None:
                raise FileNotFoundError("there is no cache")
            folder = cache / SEARCH
            folder.mkdir(parents=True, exist_ok=True)
            # A second build waits for what the first one makes.
            stack.enter_context(FileLock(folder / "lock"))
        except OSError as error:
            log.debug("%s: the search index is not kept", error)
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        yield folder


def _indexed(publication: Publication, folder: Path, tree: Target) -> dict[str, Any]:
    """See that there is an index for every shard, and put them into the site; their catalogue."""
    shared = {
        "pagefind": metadata.version("pagefind_bin"),
        "cbor2": metadata.version("cbor2"),
        "code": code_digest(),
        "addresses": str(publication.addresses.directory_urls),
        "language": publication.context.language,
    }
    shards = divided(publication.catalogue, shared)
    landing = digest((publication.taxonomy.version, sorted(shared.items())))
    total, done = sum(len(shard.members) for shard in shards), 0
    with Progress("Indexing for search") as progress:
        topics = partial(_topics, publication)
        _see_to(folder / landing, topics, publication, tree, engine=True)
        for shard in shards:
            pages = partial(_snapshots, publication, shard)
            _see_to(folder / shard.key, pages, publication, tree, engine=False)
            done += len(shard.members)
            progress(done, total)
    catalogue = {"engine": landing, "shards": [_entry(shard) for shard in reversed(shards)]}
    written = folder / f"{CATALOGUE}.{os.getpid()}"
    kept.write(written, catalogue)
    kept.remove(folder / CATALOGUE)
    written.replace(folder / CATALOGUE)
    return catalogue


def _entry(shard: Shard) -> dict[str, object]:
    first, last = shard.span
    return {"path": shard.key, "from": first, "to": last, "snapshots": len(shard.members)}


class _Slim(NamedTuple):
    """A page as it is indexed."""

    place: str
    html: str
    facets: Mapping[str, Sequence[str]] = {}


def _topics(publication: Publication) -> Iterator[_Slim]:
    for topic in publication.taxonomy.topics:
        yield _Slim(topic_place(topic.id), documents.of_topic(topic))


def _snapshots(publication: Publication, shard: Shard) -> Iterator[_Slim]:
    for it in shard.members:
        record = publication.record(publication.history(it.id).entries[it.position])
        place, html = snapshot_place(it.url, it.segment), documents.of_snapshot(it.url, record)
        yield _Slim(place, html, documents.facets(it.url, record))


def _see_to(
    index: Path,
    pages: Callable[[], Iterable[_Slim]],
    publication: Publication,
    tree: Target,
    *,
    engine: bool,
) -> None:
    """Put `index` into the site, made of `pages` where it is not kept."""
    if index.is_dir():
        try:
            _publish(index, tree)
        except kept.DamagedError as error:
            log.warning("The search index is damaged (%s) and is made anew", error)
        else:
            return
    _make(index, pages(), keep_index=not publication.addresses.directory_urls, engine=engine)
    _publish(index, tree)


def _make(index: Path, pages: Iterable[_Slim], *, keep_index: bool, engine: bool) -> None:
    from policy_archive.site.search import bundle  # noqa: PLC0415  (needs the extra `search`)

    found: list[Mapping[str, Sequence[str]]] = []

    def told() -> Iterator[tuple[str, str]]:
        for page in pages:
            found.append(page.facets)
            yield page.place, page.html

    with tempfile.TemporaryDirectory(dir=index.parent, prefix="making-") as temporary:
        written = Path(temporary, "index")
        pagefind.write_index(told(), written, keep_index=keep_index)
        bundle.settle(written, engine=engine)
        if not engine:
            facets.write(written, found)
        kept.seal(written)
        kept.remove(index)
        written.rename(index)


def _publish(index: Path, tree: Target) -> None:
    """Put an index into the site.

    Raises:
        DamagedError: it is not as it was made.
    """
    for name, sha256 in kept.digests(index).items():
        place = f"{SEARCH_INDEX}/{index.name}/{name}"
        if not tree.held(place, sha256):
            tree.write(place, sha256, kept.content(index, name, sha256))


def _publish_catalogue(catalogue: dict[str, Any], tree: Target) -> None:
    data = json.dumps(catalogue, separators=(",", ":")).encode()
    place, key = f"{SEARCH_INDEX}/{CATALOGUE}", hashlib.sha256(data).hexdigest()
    if not tree.held(place, key):
        tree.write(place, key, data)
