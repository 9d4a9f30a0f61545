"""Folders and files that the builder may not read or write, also where root builds.

Root may read and write everything; so builds run without that right (`setpriv` of util-linux).
"""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.faults.project import Project, Try, differences

POWERLESS = (
    ("setpriv", "--bounding-set=-dac_override,-dac_read_search")
    if hasattr(os, "geteuid") and os.geteuid() == 0
    else ()
)
"""What a command begins with that is not to read or write what its modes forbid."""


def tries(builds: int) -> Iterator[Try]:
    """Each hindrance: all that is sound is published, and what is in the way is named.

    As often as there are `builds` in a row, and once at least.
    """
    if POWERLESS and not shutil.which(POWERLESS[0]):
        return
    with tempfile.TemporaryDirectory() as temporary:
        good = Project(Path(temporary, "good"), search="pagefind")
        good.build()
        expected = good.state()
        for place, (title, (hinder, said)) in enumerate(HINDRANCES.items()):
            project = good.copied(Path(temporary, f"hindered-{place}"))
            touched = hinder(project)
            for number in range(max(1, builds)):
                outcome = project.build(before=POWERLESS)
                wrong = [f"status {outcome.status}"] if outcome.status else []
                wrong += differences(project.state(), expected)
                if said not in outcome.output:
                    wrong.append(f"nothing is said of it: {outcome.output.strip()[-300:]}")
                yield f"{title}, build {number + 1}", outcome, wrong, 0
            for path in touched:  # so that it can be removed again
                with contextlib.suppress(FileNotFoundError):  # builds have done so
                    path.chmod(0o755)


def _closed_folder(project: Project) -> list[Path]:
    return _shut(project.policies / "closed", 0o000)


def _listed_only(project: Project) -> list[Path]:
    """Its names can be read, and nothing in it."""
    return _shut(project.policies / "listed", 0o444)


def _shut(folder: Path, mode: int) -> list[Path]:
    folder.mkdir()
    (folder / "closed.example.md").write_text("# Privacy Policy\n", "utf-8")
    folder.chmod(mode)
    return [folder]


def _closed_file(project: Project) -> list[Path]:
    path = project.write("closed.example.md", "# Privacy Policy\n")
    path.chmod(0o000)
    return [path]


def _cache_cannot_be_written(project: Project) -> list[Path]:
    touched = [project.cache, *project.cache.rglob("*")]
    for path in touched:
        path.chmod(0o555 if path.is_dir() else 0o444)
    return touched


def _cache_cannot_be_read(project: Project) -> list[Path]:
    project.cache.chmod(0o000)
    return [project.cache]


def _cache_cannot_be_made(project: Project) -> list[Path]:
    """The folder of the project is writable, that of caches is not."""
    shutil.rmtree(project.cache)
    project.cache.parent.chmod(0o555)
    return [project.cache.parent]


def _records_cannot_be_read(project: Project) -> list[Path]:
    touched = [path for path in project.cache.rglob("*") if path.is_file()]
    for path in touched:
        path.chmod(0o000)
    return touched


HINDRANCES: dict[str, tuple[Callable[[Project], list[Path]], str]] = {
    "a folder without permission": (_closed_folder, "closed"),
    "a folder that can only be listed": (_listed_only, "listed"),
    "a file without permission": (_closed_file, "closed.example.md"),
    "a cache that cannot be written": (_cache_cannot_be_written, ""),
    "a cache that cannot be read": (_cache_cannot_be_read, ""),
    "a cache that cannot be made": (_cache_cannot_be_made, ""),
    "a cache whose files cannot be read": (_records_cannot_be_read, ""),
}
