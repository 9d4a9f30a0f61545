"""Builds that others get in the way of: other builds, editors, and whoever made the folders."""

import hashlib
import os
import random
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.faults.project import Outcome, Project, Try, archived, differences, finished, text

_AT_ONCE = 6


def tries(times: int) -> Iterator[Try]:
    """Each race `times` times (0: only that of builds, once), and each surrounding."""
    chance = random.Random(13)
    with tempfile.TemporaryDirectory() as temporary:
        good = Project(Path(temporary, "good"), search="pagefind")
        good.build()
        usual, expected = good.build().seconds, good.state()
        for number in range(max(1, times)):
            builds = _AT_ONCE if times else _AT_ONCE // 2
            yield from _at_once(Path(temporary, f"once-{number}"), builds, expected)
        for number in range(times):
            yield from _edited(Path(temporary, f"edited-{number}"), chance, usual)
        for title, surround in SURROUNDINGS.items():
            project = Project(Path(temporary, title), search="pagefind")
            surround(project)
            for number in range(2 if times else 1):
                outcome = project.build()
                wrong = differences(project.state(), expected)
                yield f"{title}, build {number + 1}", outcome, _with_status(wrong, outcome), 0
        yield from _site_is_a_file(Path(temporary, "file"))


def _site_is_a_file(folder: Path) -> Iterator[Try]:
    """Whose it is nobody knows: it stays, and the build says so."""
    project = Project(folder)
    project.site.write_text("somebody's", "utf-8")
    outcome = project.build()
    right = outcome.status == 1 and f"{project.site} is a file" in outcome.output
    kept = project.site.is_file() and project.site.read_text("utf-8") == "somebody's"
    yield "the site is a file", outcome, [] if right and kept else [outcome.output[-300:]], 0


def _with_status(wrong: list[str], outcome: Outcome) -> list[str]:
    failed = [f"status {outcome.status}: {outcome.output.strip()[-300:]}"] if outcome.status else []
    return [*wrong, *failed]


def _at_once(folder: Path, builds: int, expected: dict[str, str]) -> Iterator[Try]:
    """Builds of one project from an empty cache."""
    project = Project(folder, search="pagefind")
    started = time.monotonic()
    processes = [project.start() for _ in range(builds)]
    for number, process in enumerate(processes):
        outcome = finished(process, started)
        wrong = differences(project.state(), expected) if number == builds - 1 else []
        yield f"{number + 1} of {builds} at once", outcome, _with_status(wrong, outcome), 0
    outcome = project.build()
    wrong = differences(project.state(), expected)
    yield "the build after them", outcome, _with_status(wrong, outcome), 0


def _edited(folder: Path, chance: random.Random, usual: float) -> Iterator[Try]:
    """A file that is written again and again while a build reads, and then no more."""
    project = Project(folder, search="pagefind")
    path = project.policies / "lamps-2018.md"
    # The same size and time: nothing but the bytes tells one from the other.
    stat = path.stat()
    versions = [
        archived("lamps.example", "20180521173313", text("lamps", f"## News\n\nEdit {number:05}."))
        for number in range(10_000)
    ]
    started = time.monotonic()
    process = project.start()
    written = 0
    until = started + chance.uniform(0.5, 1.5) * usual
    while time.monotonic() < until and process.poll() is None:
        path.write_text(versions[written], "utf-8")
        os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
        written += 1
        time.sleep(chance.uniform(0, 0.02))
    outcome = finished(process, started)
    yield "edited while it is read", outcome, _with_status(_torn(project), outcome), 0
    again = project.build()
    clean = Project(folder.with_name(f"{folder.name}-clean"), search="pagefind")
    shutil.copytree(project.policies, clean.policies, dirs_exist_ok=True)
    clean.build()
    wrong = differences(project.state(), clean.state())
    yield "the build after the edits", again, _with_status(wrong, again), 0


def _torn(project: Project) -> list[str]:
    """Pages that do not belong to the bytes which they publish."""
    wrong = []
    for source in project.site.glob("policies/*/*/source.txt"):
        data = source.read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        page = (source.parent / "index.html").read_text("utf-8")
        name = source.parent.relative_to(project.site).as_posix()
        if digest not in page:
            wrong.append(f"{name}: another digest than that of source.txt")
        edit = data.decode().partition("Edit ")[2][:5]
        if edit and f"Edit {edit}" not in page:
            wrong.append(f"{name}: another text than source.txt")
    return wrong


def _cache_is_a_file(project: Project) -> None:
    project.cache.parent.mkdir()
    project.cache.write_text("in the way", "utf-8")


def _cache_is_a_link_to_nowhere(project: Project) -> None:
    project.cache.parent.mkdir()
    project.cache.symlink_to("/nowhere/at/all")


def _cache_is_read_only(project: Project) -> None:
    project.build()
    shutil.rmtree(project.site)
    for path in (project.cache, *project.cache.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)


def _site_is_compressed(project: Project) -> None:
    """As `gzip -k` and `touch -r` leave it, and a minifier that keeps times."""
    project.build()
    for path in sorted(project.site.rglob("*.html")):
        stat = path.stat()
        path.with_name(f"{path.name}.gz").write_bytes(b"compressed")
        path.write_bytes(path.read_bytes().replace(b"Cookies", b"cookies"))
        os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


SURROUNDINGS: dict[str, Callable[[Project], None]] = {
    "the cache is a file": _cache_is_a_file,
    "the cache is a link to nowhere": _cache_is_a_link_to_nowhere,
    "the cache is read-only": _cache_is_read_only,
    "the site is compressed and minified": _site_is_compressed,
}
