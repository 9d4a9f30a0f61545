"""The index in shards: made by Pagefind where anything has changed, kept, and put into the site."""

import hashlib
import importlib.util
import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path
from typing import Any

from filelock import FileLock

from policy_archive.build.cache import SEARCH
from policy_archive.build.cache_key import code_digest
from policy_archive.build.progress import Progress
from policy_archive.pages.addresses import SEARCH_INDEX, snapshot_place, topic_place
from policy_archive.pages.publication import Publication
from policy_archive.site.output.tree import Tree
from policy_archive.site.search import documents
from policy_archive.site.search.shards import Shard, digest, divided

log = logging.getLogger("mkdocs.plugins.policy_archive")

CATALOGUE = "shards.json"
"""What there is in it: the engine's folder, and the shards, newest first."""
_NEEDED = ("pagefind", "pagefind_bin", "cbor2")


def missing() -> list[str]:
    """The packages that full-text search lacks here."""
    return [name for name in _NEEDED if importlib.util.find_spec(name) is None]


def build(publication: Publication, tree: Tree, cache: Path | None) -> None:
    """Index what has changed since the last build, and put all of it into the site."""
    try:
        with _home(cache) as folder:
            catalogue = _indexed(publication, folder)
            _publish(folder, catalogue, tree)
            used = {catalogue["engine"], *(shard["path"] for shard in catalogue["shards"])}
            for path in folder.iterdir():
                if path.is_dir() and path.name not in used:
                    shutil.rmtree(path, ignore_errors=True)
    except (OSError, subprocess.SubprocessError) as error:
        log.warning(
            "Pagefind could not index the archive, the search in the page's head serves: %s", error
        )


def reuse(tree: Tree, cache: Path | None) -> bool:
    """Put the index of the last build into the site, if there is one."""
    try:
        with _home(cache) as folder:
            catalogue = json.loads((folder / CATALOGUE).read_text("utf-8"))
            _publish(folder, catalogue, tree)
    except (OSError, ValueError, KeyError):
        return False
    return True


@contextmanager
def _home(cache: Path | None) -> Iterator[Path]:
    """The folder of indexes, each under its key; without a cache they are not kept."""
    if cache is None:
        with tempfile.TemporaryDirectory() as temporary:
            yield Path(temporary)
        return
    folder = cache / SEARCH
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / "lock"):  # a second build waits for what the first one makes
        yield folder


def _indexed(publication: Publication, folder: Path) -> dict[str, Any]:
    """See that there is an index for every shard in `folder`; the catalogue of them."""
    shared = {
        "pagefind": metadata.version("pagefind_bin"),
        "code": code_digest(),
        "addresses": str(publication.addresses.directory_urls),
    }
    shards = divided(publication.catalogue, shared)
    landing = digest((publication.taxonomy.version, sorted(shared.items())))
    total, done = sum(len(shard.members) for shard in shards), 0
    with Progress("Indexing for search") as progress:
        if not (folder / landing).is_dir():
            _make(folder, landing, _topics(publication), publication, engine=True)
        for shard in shards:
            if not (folder / shard.key).is_dir():
                _make(folder, shard.key, _snapshots(publication, shard), publication, engine=False)
            done += len(shard.members)
            progress(done, total)
    catalogue = {"engine": landing, "shards": [_entry(shard) for shard in reversed(shards)]}
    partial = folder / f"{CATALOGUE}.{os.getpid()}"
    partial.write_text(json.dumps(catalogue, separators=(",", ":")), "utf-8")
    partial.replace(folder / CATALOGUE)
    return catalogue


def _entry(shard: Shard) -> dict[str, object]:
    first, last = shard.span
    return {"path": shard.key, "from": first, "to": last, "snapshots": len(shard.members)}


def _topics(publication: Publication) -> Iterator[tuple[str, str]]:
    for topic in publication.taxonomy.topics:
        yield topic_place(topic.id), documents.of_topic(topic)


def _snapshots(publication: Publication, shard: Shard) -> Iterator[tuple[str, str]]:
    for it in shard.members:
        record = publication.record(publication.history(it.id).entries[it.position])
        yield snapshot_place(it.url, it.segment), documents.of_snapshot(it.url, record)


def _make(
    folder: Path,
    key: str,
    pages: Iterable[tuple[str, str]],
    publication: Publication,
    *,
    engine: bool,
) -> None:
    """Index `pages` (place and slim page) under `key`."""
    from policy_archive.site.search import bundle  # noqa: PLC0415  (needs the extra `search`)

    with tempfile.TemporaryDirectory(dir=folder, prefix="making-") as temporary:
        read, written = Path(temporary, "pages"), Path(temporary, "index")
        read.mkdir()
        for place, html in pages:
            path = read / place / "index.html"
            path.parent.mkdir(parents=True)
            path.write_text(html, "utf-8", errors="xmlcharrefreplace")
        _run_pagefind(read, written, keep_index=not publication.addresses.directory_urls)
        bundle.settle(written, engine=engine)
        written.rename(folder / key)


def _run_pagefind(read: Path, written: Path, *, keep_index: bool) -> None:
    command = [sys.executable, "-m", "pagefind", "--silent", "--site", str(read)]
    # One index for all languages: a browser would ask only that of the page it is on.
    command += ["--output-path", str(written), "--force-language", "en"]
    if keep_index:
        command.append("--keep-index-url")
    # In a folder without anybody's configuration.
    done = subprocess.run(command, cwd=read, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise OSError(said[-1] if said else f"exit status {done.returncode}")


def _publish(folder: Path, catalogue: dict[str, Any], tree: Tree) -> None:
    """Put the indexes that `catalogue` names into the site; a folder's name is its digest."""
    for key in (catalogue["engine"], *(shard["path"] for shard in catalogue["shards"])):
        for path in sorted((folder / key).rglob("*")):
            name = f"{key}/{path.relative_to(folder / key).as_posix()}"
            if path.is_file() and not tree.holds(f"{SEARCH_INDEX}/{name}", name):
                tree.write(f"{SEARCH_INDEX}/{name}", name, path.read_bytes())
    data = (folder / CATALOGUE).read_bytes()
    place, key = f"{SEARCH_INDEX}/{CATALOGUE}", hashlib.sha256(data).hexdigest()
    if not tree.holds(place, key):
        tree.write(place, key, data)
