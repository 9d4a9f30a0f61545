"""A site is built aside and takes its place whole.

MkDocs empties `site_dir` before it reads anything, so that a build that fails or is stopped leaves
no site at all. Here it builds into a folder of its own; once that is complete, two renames put
it where the site was. Whatever happens before them leaves the last good site as it is.

Two trees take turns: the one that is published, and the one that it replaced, brought up to date,
with which the next build begins. `config.site_dir` names the real place throughout
(`site_build.py`).
"""

import contextlib
import logging
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from itertools import chain
from pathlib import Path

from filelock import FileLock, Timeout

from policy_archive.build import shares
from policy_archive.site.output import tree
from policy_archive.site.output.tree import Tree, Written

log = logging.getLogger("mkdocs.plugins.policy_archive")


_COPIES, _MUCH = 2, 1000
"""How many copy files at the same time; from how many files on they are processes."""
_OURS = frozenset({"policies", "topics", "changes", "compare"})
"""Folders of a site in which nobody but this plugin writes during a build."""


class Staging:
    """The folder that a site is built in, and the way from there into its place."""

    def __init__(
        self, site: Path, cache: Path | None, *, preview: bool = False, fresh: bool = False
    ) -> None:
        """Prepare to build `site`, in `cache` if that is on the same disk, else beside the site.

        A link as `site` stays one: what it leads to is replaced. While another build of the same
        site is under way, this one works on its own. A second tree is not left beside a site on
        another disk, but for a preview, which ends with its process (`forget`). A `fresh` build
        keeps nothing of the site that it replaces.
        """
        self.site = Path(os.path.realpath(site))
        self._fresh = fresh
        near = cache is not None and os.access(cache, os.W_OK) and _disk(cache) == _disk(self.site)
        self._home = cache if cache and near else self.site.parent
        self._keeps = near or preview
        name = "preview" if preview and near else sha256(str(self.site).encode()).hexdigest()[:8]
        self._stem = f"{'' if near else '.'}site-{name}"
        locks = cache if cache and near else Path(tempfile.gettempdir())
        self._lock = FileLock(locks / f"{self._stem}.lock", thread_local=False)
        try:
            self._lock.acquire(timeout=0)
        except (Timeout, OSError):
            self._stem = Path(tempfile.mkdtemp(prefix=f"{self._stem}-", dir=self._home)).name
            self._own = True
        else:
            self._own = False
            self._clear()
        self._begun = time.time_ns()
        self.folder = self._place("staged")
        self._index: dict[str, Written] | None = None

    def _place(self, role: str) -> Path:
        """Where the tree with this role lies: staged, replaced or spare."""
        return self._home / self._stem / role if self._own else self._home / f"{self._stem}-{role}"

    def _clear(self) -> None:
        """Finish what a stopped build began: a site that it moved away comes back."""
        replaced = self._place("replaced")
        if replaced.exists() and not self.site.exists():
            replaced.rename(self.site)
            log.info("%s: put back after a build that was stopped", self.site)
        for role in ("staged", "replaced"):
            shutil.rmtree(self._place(role), ignore_errors=True)

    def begin(self) -> Tree:
        """The tree to build in: what is still right of the last site."""
        known: dict[str, Written] = {}
        if not self.folder.exists():
            with contextlib.suppress(OSError):
                self._place("spare").rename(self.folder)
                known = tree.load(self._index_of("spare"))
            if not known:
                shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir(parents=True, exist_ok=True)
        return Tree(self.folder, known)

    def publish(self, index: dict[str, Written]) -> None:
        """Put the complete site in its place; files whose name begins with a dot stay there."""
        replaced = self._place("replaced")
        if self.site.is_dir():
            _carry(self.site, self.folder, self._begun)
        try:
            with contextlib.suppress(FileNotFoundError):
                self.site.rename(replaced)
            self.site.parent.mkdir(parents=True, exist_ok=True)
            self.folder.rename(self.site)
        except OSError:  # a mount, or somebody's open folder: piece by piece, then
            self._replace_children(replaced)
        if replaced.exists():
            _keep_hidden(replaced, self.site)
        self._index = index

    def withdraw(self) -> None:
        """Put the site before back, since the build has failed after all."""
        replaced = self._place("replaced")
        if self._index is not None and replaced.exists():
            with contextlib.suppress(OSError):
                self.site.rename(self.folder)
                replaced.rename(self.site)
                _keep_hidden(self.folder, self.site)
        self.discard()

    def commit(self) -> None:
        """The build is complete: what it replaced, brought up to date, serves the next one."""
        if self._own or self._index is None or not self._keeps:
            self.discard()
            return
        replaced, spare = self._place("replaced"), self._place("spare")
        shutil.rmtree(spare, ignore_errors=True)
        known: dict[str, Written] = {}
        if replaced.exists() and not self._fresh:
            known = tree.load(self._index_of("published"))
            replaced.rename(spare)
        tree.save(self._index_of("spare"), _updated(self.site, spare, known, self._index))
        tree.save(self._index_of("published"), self._index)
        self.discard()

    def discard(self) -> None:
        """Forget what was built and is not published."""
        for role in ("staged", "replaced"):
            shutil.rmtree(self._place(role), ignore_errors=True)
        if self._own:
            shutil.rmtree(self._home / self._stem, ignore_errors=True)
        self._lock.release()

    def forget(self) -> None:
        """Remove the second tree of a preview on another disk than the cache."""
        if self._home == self.site.parent:
            for path in self._home.glob(f"{self._stem}-*"):
                shutil.rmtree(path, ignore_errors=True)
                path.unlink(missing_ok=True)

    def _index_of(self, role: str) -> Path:
        return self._home / f"{self._stem}-{role}.index"

    def _replace_children(self, replaced: Path) -> None:
        replaced.mkdir(exist_ok=True)
        self.site.mkdir(parents=True, exist_ok=True)
        for child in list(self.site.iterdir()):
            if not child.name.startswith("."):
                shutil.move(child, replaced / child.name)
        for child in list(self.folder.iterdir()):
            shutil.move(child, self.site / child.name)


def _updated(
    site: Path, spare: Path, known: dict[str, Written], index: dict[str, Written]
) -> dict[str, Written]:
    """Make `spare`, of which the files in `known` are, like `site`; the index of all its files.

    Whether they are as they were left is looked at when the next build begins.
    """
    kept = {
        place: it for place, it in known.items() if place in index and index[place].key == it.key
    }
    copies = Tree(spare, {})

    def copied(place: str) -> tuple[str, Written]:
        written = index[place]
        data = (site / place).read_bytes()
        return place, copies.write(place, written.key, data, written.search)

    missing = [place for place in index if place not in kept]

    def share(number: int) -> Iterator[tuple[str, Written]]:
        return map(copied, missing[number::_COPIES])

    try:
        if len(missing) >= _MUCH and shares.possible():
            found = shares.in_shares(_COPIES, share, lambda done: None)
            if found is not None:
                return kept | dict(chain(*found))
        with ThreadPoolExecutor(_COPIES) as threads:
            return kept | dict(threads.map(copied, missing))
    except OSError as error:
        log.info("%s: the next build writes pages anew (%s)", spare, error)
        return kept


def _carry(site: Path, folder: Path, since: int) -> None:
    """Take along what other plugins have written into the published site since the build began."""
    for path in site.iterdir():
        if path.name.startswith(".") or path.name in _OURS:
            continue
        for file in [path] if path.is_file() else path.rglob("*"):
            target = folder / file.relative_to(site)
            if file.is_file() and file.stat().st_ctime_ns >= since and not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(file, target)


def _keep_hidden(old: Path, new: Path) -> None:
    for child in list(old.iterdir()):
        if child.name.startswith(".") and not (new / child.name).exists():
            child.rename(new / child.name)


def _disk(path: Path) -> int:
    """The device that `path` is on, or will be."""
    while not path.exists():
        path = path.parent
    return path.stat().st_dev
