"""Archived policies kept as files in a folder, whatever its layout."""

import errno
import os
import re
import time
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from pathlib import Path

from policy_archive.model import Notice
from policy_archive.sources.forms import DOCUMENTS, FORMS, form
from policy_archive.sources.provenance import Claims, sidecar

_JUST_NOW = 2.0
"""Seconds that a coarse file system may take for one moment."""

_RESOURCES = re.compile(
    r"(.+)(?:[_-](?:files|file|dateien|fichiers|archivos|arquivos|ficheiros|bestanden|filer|pliki"
    r"|soubory|tiedostot|fajlok|elemei|dosyalar|файлы)|\.files|\.fld)",
    re.IGNORECASE,
)
"""What browsers and word processors call the folder of what a saved page shows."""

_REMEDY = "take it out of the archive, or name it under `exclude_docs`"


@dataclass(frozen=True, slots=True)
class Source:
    """The untouched bytes of one snapshot, and where they are."""

    path: str
    """POSIX path as shown, e.g. `policies/softorino.com.md`."""
    file: Path
    """Where the bytes are."""
    revision: str = ""
    """The commit, for a version in a repository."""
    order: int = 0
    """Decides between snapshots of one moment, before anything else does."""
    technical: bool = False
    """Recorded because the archive's own tools had changed, not the site."""
    sidecar: Path | None = None
    """The file beside it that says where it comes from."""
    document: Path | None = None
    """The document beside it that the text was taken out of."""
    problem: Notice | None = None
    """Why it is not read, be it as a doubt; it then stands among the sources to be named alone."""

    @property
    def name(self) -> str:
        """Tells this source from all others of the archive."""
        return f"{self.path}@{self.revision[:12]}" if self.revision else self.path

    def read(self) -> bytes:
        """The bytes as archived.

        Raises:
            OSError: they cannot be read.
        """
        return self.file.read_bytes()

    def fingerprint(self) -> bytes:
        """All that a result depends on, with the path and the settings.

        Raises:
            OSError: it cannot be told.
        """
        data, said = self.read(), self.claims()
        return data + repr(said).encode("utf-8", "surrogatepass") if said else data

    def stamp(self) -> str:
        """What tells without reading whether the bytes are as they were: size, times, inode.

        Empty where the file was written just now: it may be again, and bear the same time.

        Raises:
            OSError: it cannot be told.
        """
        files = (self.file, self.sidecar) if self.sidecar else (self.file,)
        found = [file.stat() for file in files]
        if any(abs(time.time() - it.st_mtime) < _JUST_NOW for it in found):
            return ""
        return " ".join(
            f"{it.st_size} {it.st_mtime_ns} {it.st_ctime_ns} {it.st_ino}" for it in found
        )

    def claims(self) -> Claims | None:
        """What is known of the text's provenance from outside of it.

        Raises:
            OSError: it cannot be read.
        """
        if self.sidecar is None:
            return None
        return sidecar.read(self.sidecar.read_text("utf-8", "replace"))

    def keeps(self, kind: str, captured: str, language: str) -> bool:
        """Whether the maintainer wants a snapshot of this kind, moment and language."""
        return True


def find(
    folder: Path, root: Path, excluded: Callable[[str], bool] = lambda path: False
) -> list[Source]:
    """Every archived text below `folder`, by path; `root` is what paths are shown relative to.

    Hidden files and folders are left out, and files whose shown path is `excluded`. What cannot be
    walked, and every file that is not read, is a source with a problem: one of them never hides
    the others. A file named itself is taken whatever its ending.
    """
    if folder.is_file():
        beside = folder.with_name(f"{folder.name}{sidecar.SUFFIX}")
        said = beside if beside.is_file() else None
        return [Source(_shown(folder, root), folder, sidecar=said)]
    found = []
    places = dict(_walk(str(folder), os.path.realpath(folder)))
    for place, problem in places.items():
        path = _shown(Path(place), root)
        # What cannot be opened may be a folder, which patterns such as `drafts/` name.
        if excluded(path) or (problem and excluded(f"{path}/")) or _is_original(place, places):
            continue
        own = f"{place}{sidecar.SUFFIX}"
        if not place.endswith(sidecar.SUFFIX) or problem:
            said = Path(own) if own in places and not places[own] else None
            document = _document(place, places) if said else None
            found.append(
                Source(path, Path(place), sidecar=said, document=document, problem=problem)
            )
        elif place.removesuffix(sidecar.SUFFIX) not in places:
            found.append(Source(path, Path(place), problem=_alone(place)))
    return sorted(found, key=lambda source: source.path)


def _document(place: str, places: Container[str]) -> Path | None:
    """The document that the text at `place` was taken out of."""
    stem = place.rpartition(".")[0]
    found = (f"{stem}{ending}" for ending in DOCUMENTS)
    return next((Path(it) for it in found if it in places), None)


def _is_original(place: str, places: Container[str]) -> bool:
    """Whether the text of the document at `place` lies beside it."""
    stem, _, ending = place.rpartition(".")
    texts = (f"{stem}{it}{sidecar.SUFFIX}" for it in (".txt", ".html"))
    return f".{ending.lower()}" in DOCUMENTS and any(it in places for it in texts)


def _alone(place: str) -> Notice:
    name = _readable(Path(place).name).removesuffix(sidecar.SUFFIX)
    message = f"The text that it speaks of, {name}, is not beside it. Put it back, or {_REMEDY}."
    return Notice("not-read", message, "problem")


def _walk(folder: str, inside: str) -> Iterator[tuple[str, Notice | None]]:
    """Every file below `folder`, and every folder that cannot be opened, each with its problem.

    Links to folders are not followed: what they lead to is found where it lies. So the walk ends,
    however folders are linked to each other; and it takes a tree of any depth that the system does.
    """
    waiting = [folder]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as found:
                entries = [entry for entry in found if not entry.name.startswith(".")]
        except OSError as error:
            yield folder, _unreadable(f"the folder cannot be opened: {_said(error)}")
            continue
        names = {entry.name for entry in entries}
        for entry in entries:
            try:
                if entry.is_dir(follow_symlinks=False):
                    if page := _page_of(entry.name, names):
                        yield entry.path, _resources(page)
                    else:
                        waiting.append(entry.path)
                elif not (entry.is_symlink() and entry.is_dir() and _stays(entry, inside)):
                    yield entry.path, _problem(entry, inside)
            except OSError as error:
                yield entry.path, _unreadable(_said(error))


def _page_of(folder: str, names: Container[str]) -> str:
    """The page beside a folder with its pictures and styles, as browsers save it; else nothing."""
    found = _RESOURCES.fullmatch(folder)
    pages = (f"{found[1]}{ending}" for ending in (".html", ".htm")) if found else ()
    return next((page for page in pages if page in names), "")


def _resources(page: str) -> Notice:
    message = f"It is not read, since it holds what the page {_readable(page)} beside it shows."
    return Notice("not-read", message)


def _problem(entry: os.DirEntry[str], inside: str) -> Notice | None:
    """Why the file, or the link, is not read; None if it is."""
    if entry.is_symlink():
        try:
            os.path.realpath(entry.path, strict=True)
        except FileNotFoundError:
            target = _readable(str(Path(entry.path).readlink()))
            return _unreadable(f"the link leads to {target}, which does not exist")
        if not _stays(entry, inside):
            # An archive is foreign material: a link in it must not publish a private file.
            return _unreadable("the link leads out of the archive")
    if entry.is_file() and (form(entry.name) or entry.name.endswith(sidecar.SUFFIX)):
        return None
    endings = f"{', '.join(FORMS[:-1])} or {FORMS[-1]}"
    message = f"It is not read, since its name does not end in {endings}. Convert it, {_REMEDY}."
    return Notice("not-read", message, "problem")


def _stays(entry: os.DirEntry[str], inside: str) -> bool:
    target = os.path.realpath(entry.path)
    return target == inside or target.startswith(inside.rstrip(os.sep) + os.sep)


def _unreadable(reason: str) -> Notice:
    message = f"It could not be read ({reason}). See that it can be, {_REMEDY}."
    return Notice("unreadable", message, "problem")


def _said(error: OSError) -> str:
    if error.errno == errno.ELOOP:
        return "its links lead to each other"
    return error.strerror or type(error).__name__


def _shown(file: Path, root: Path) -> str:
    try:
        path = file.relative_to(root)
    except ValueError:
        path = file
    return _readable(path.as_posix())


def _readable(name: str) -> str:
    r"""A file's name as text: they are bytes on POSIX, and what is not UTF-8 is shown as `\xe9`."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
