"""A site is built aside and takes its place whole.

MkDocs empties `site_dir` before it reads anything, so that a build that fails or is stopped leaves
no site at all. Here it builds into a folder of its own; once that is complete, two renames put
it where the site was. Whatever happens before them leaves the last good site as it is.
"""

import contextlib
import hashlib
import logging
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

SPARE = "policies"
"""The folder of a site that is kept when the site is replaced: nearly all of it."""
_ATTEMPTS = 5
_LEFT = re.compile(r"\.?site-[0-9a-f]{8}-(?:replaced|staged|spare)-(\d+)")

log = logging.getLogger("mkdocs.plugins.policy_archive")


class Staging:
    """The folder that a site is built in, and the way from there into its place."""

    def __init__(self, site: Path, cache: Path | None, *, passing: bool = False) -> None:
        """A folder on the same disk as `site`: in `cache` if possible, else beside the site.

        A `passing` site ends with this process, and so does what is kept of it.
        """
        self._site = site
        near = cache is not None and _disk(cache) == _disk(site)
        home = cache if near and cache else site.parent
        # The preview and a build may share the cache, and have a site each.
        name = hashlib.sha256(str(site).encode()).hexdigest()[:8]
        stem = f"{'' if near else '.'}site-{name}"
        self._old = home / f"{stem}-replaced-{os.getpid()}"
        self.folder = home / f"{stem}-staged-{os.getpid()}"
        self._spare = home / f"{stem}-spare{f'-{os.getpid()}' if passing else ''}" if near else None
        for left in _left(home):
            if left.name.startswith(f"{stem}-replaced-"):
                _restore(left, site)
            shutil.rmtree(left, ignore_errors=True)
        self.folder.mkdir(parents=True)

    def take_spare(self) -> str:
        """Begin with what the site before last had; its folder, or nothing where there is none.

        Nor where a hand-written page stands in it already.
        """
        if self._spare and not (self.folder / SPARE).exists():
            with contextlib.suppress(OSError):  # there is none, or another build has taken it
                self._spare.rename(self.folder / SPARE)
                return SPARE
        return ""

    def publish(self) -> None:
        """Put the complete site in its place; files whose name begins with a dot stay there."""
        site, old = self._site, self._old
        for attempt in range(_ATTEMPTS):
            try:
                site.rename(old)
            except FileNotFoundError:
                site.parent.mkdir(parents=True, exist_ok=True)
            except OSError:  # a mount, or somebody's open folder: piece by piece, then
                self._replace_children()
                return
            try:
                self.folder.rename(site)
            except OSError:  # another build was faster; the later one holds
                if attempt == _ATTEMPTS - 1 or not site.exists():
                    raise
            if old.exists():
                _keep_hidden(old, site)
                if self._spare and not self._spare.exists():
                    with contextlib.suppress(OSError):
                        (old / SPARE).rename(self._spare)
                shutil.rmtree(old, ignore_errors=True)
            if not self.folder.exists():
                return

    def discard(self) -> None:
        """Forget what was built."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _replace_children(self) -> None:
        self._old.mkdir()
        for child in list(self._site.iterdir()):
            if not child.name.startswith("."):
                shutil.move(child, self._old / child.name)
        for child in list(self.folder.iterdir()):
            shutil.move(child, self._site / child.name)
        shutil.rmtree(self._old, ignore_errors=True)
        self.discard()


def _keep_hidden(old: Path, site: Path) -> None:
    for child in list(old.iterdir()):
        if child.name.startswith(".") and not (site / child.name).exists():
            child.rename(site / child.name)


def _left(home: Path) -> Iterator[Path]:
    """Folders of builds that were stopped; those of builds under way are theirs."""
    if not home.is_dir():
        return
    for path in sorted(home.iterdir()):
        left = _LEFT.fullmatch(path.name)
        if left and not alive(left[1]):
            yield path


def alive(process: str) -> bool:
    """Whether there is a process of that number other than this one."""
    if os.name == "nt":  # where asking whether a process lives would end it
        return True
    try:
        os.kill(int(process), 0)
    except (ProcessLookupError, ValueError, OverflowError):
        return False
    except OSError:
        return True
    return int(process) != os.getpid()


def _restore(left: Path, site: Path) -> None:
    """Finish what a stopped build began: the site it moved away comes back if there is no other."""
    with contextlib.suppress(OSError):
        if site.is_dir():
            _keep_hidden(left, site)
        else:
            left.rename(site)
            log.info("%s: put back after a build that was stopped", site)


def _disk(path: Path) -> int:
    """The device that `path` is on, or will be."""
    while not path.exists():
        path = path.parent
    return path.stat().st_dev
