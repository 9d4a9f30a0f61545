"""Wall time, CPU and memory of each kind of build at several sizes, beside other generators.

    python -m benchmarks.scale.measure [--sizes 1000,3000] [--bare 1000,3000] [--alone 1000,3000] \
        [--steps 5] [--zensical PROGRAM] [--write]

Every build is a process of its own, one after the other. Memory is that of the largest process; CPU
is that of the build's own process and, besides, of all processes that it started. The machine's
speed shows in the row of bare MkDocs + Material, which is what to compare with. Where others use
the machine, wall time says little: two cores cannot be faster than half of what all processes
took, which is the column to go by then. Full-text search has a benchmark of its own.
"""

import argparse
import ctypes
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.scale import sites

_BECOME_SUBREAPER = 36
"""PR_SET_CHILD_SUBREAPER of Linux' prctl(2): orphans of our children become ours."""
RESULT = Path(__file__).with_name("results.md")


class Figures(NamedTuple):
    """What one build took."""

    wall: float
    cpu: float
    megabytes: float
    all_cpu: float = 0.0
    """Of all processes."""


def run(folder: Path, *command: str) -> Figures:
    """Build the project in a process of its own."""
    started = time.perf_counter()
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
        _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit((folder / "log").read_text())
    wall = time.perf_counter() - started
    cpu = usage.ru_utime + usage.ru_stime
    left = list(_left())
    others = sum(it.ru_utime + it.ru_stime for it in left)
    most = max(it.ru_maxrss for it in (usage, *left))
    return Figures(wall, cpu, most / 1024, cpu + others)


def _left() -> Iterator[resource.struct_rusage]:
    """What processes took that the build has left behind: workers, whose parent is another."""
    while True:
        try:
            yield os.wait4(-1, 0)[2]
        except ChildProcessError:
            return


def edited(folder: Path) -> None:
    """Change a sentence of one policy."""
    path = folder / "docs/policies/n7.example.txt"
    path.write_bytes(path.read_bytes() + b"\n\nWe use cookies to count visits since today.\n")


def added(folder: Path) -> None:
    """Add one policy, which stands behind the others."""
    path = folder / "docs/policies/zz.example.txt"
    path.write_bytes((folder / "docs/policies/n5.example.txt").read_bytes().replace(b"n5.", b"zz."))


def template(folder: Path) -> None:
    """Change a template of the theme: every page is made anew."""
    (folder / "over/partials").mkdir(parents=True)
    (folder / "over/partials/copyright.html").write_text("<b>ours</b>")
    path = folder / "mkdocs.yml"
    path.write_text(path.read_text().replace("font: false", "font: false\n  custom_dir: over"))


STEPS: tuple[tuple[str, Callable[[Path], None]], ...] = (
    ("cold", lambda folder: None),
    ("nothing changed", lambda folder: None),
    ("one policy edited", edited),
    ("one policy added", added),
    ("a template changed", template),
)


def alone(folder: Path, count: int) -> Figures:
    """A cold build of our own site in one process."""
    sites.ours(folder, count, "search, policy-archive: {workers: 1, search: built-in}")
    figures = run(folder, sys.executable, "-m", "mkdocs", "build", "-q")
    shutil.rmtree(folder)
    return figures


def ours(folder: Path, count: int, steps: int) -> Iterator[tuple[str, Figures]]:
    """The first kinds of builds of our own site."""
    sites.ours(folder, count)
    for name, change in STEPS[:steps]:
        change(folder)
        yield f"policy-archive, {name}", run(folder, sys.executable, "-m", "mkdocs", "build", "-q")
    pages = [p.stat().st_size for p in folder.glob("site/policies/*/2*/index.html")]
    cache = sum(p.stat().st_size for p in folder.glob(".cache/**/*") if p.is_file())
    print(f"{count}: page {sum(pages) / len(pages) / 1000:.1f} kB, cache {cache / 1e6:.0f} MB")
    index = folder / "site/search/search_index.json"
    print(f"{count}: search index {index.stat().st_size / 1e6:.1f} MB", flush=True)


def rows(options: argparse.Namespace, folder: Path) -> Iterator[str]:
    """The table's rows, with each build's time as a part of the bare one's of that size."""
    for count in options.sizes:
        place = folder / str(count)
        measured: list[tuple[str, Figures]] = []
        if count in options.bare:
            sites.bare(place / "bare", count)
            bare = run(place / "bare", sys.executable, "-m", "mkdocs", "build", "-q")
            measured.append(("bare MkDocs + Material", bare))
        if options.zensical and count in options.bare[:1]:
            for name in ("cold", "nothing changed"):
                figures = run(place / "bare", options.zensical, "build")
                measured.append((f"Zensical, {name}", figures))
        if count in options.alone:
            measured.append(("policy-archive, cold, one process", alone(place / "one", count)))
        measured += ours(place / "ours", count, options.steps)
        shutil.rmtree(place)
        first = measured[0][1] if count in options.bare else None
        for name, (wall, cpu, megabytes, all_cpu) in measured:
            ratio = f"{wall / first.wall:.2f}" if first else ""
            of_all = f"{all_cpu / first.all_cpu:.2f}" if first else ""
            yield (
                f"| {count:,} | {name} | {wall:.1f} | {ratio} | {cpu:.1f} | {all_cpu:.1f} "
                f"| {of_all} | {1000 * all_cpu / count:.2f} | {megabytes:.0f} |"
            )


def numbers(text: str) -> list[int]:
    """`1000,3000` as a list."""
    return [int(part) for part in text.split(",") if part]


def main() -> None:
    """Print the table, and write it."""
    ctypes.CDLL(None).prctl(_BECOME_SUBREAPER, 1, 0, 0, 0)
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", type=numbers, default=[1000, 3000])
    parser.add_argument("--bare", type=numbers, default=[1000, 3000])
    parser.add_argument("--alone", type=numbers, default=[1000, 3000])
    parser.add_argument("--steps", type=int, default=len(STEPS), help="so many kinds of builds")
    parser.add_argument("--zensical", default="", help="a program of an environment of its own")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    head = (
        "# Builds of many policies\n\n`python -m benchmarks.scale.measure` "
        f"(Python {platform.python_version()}, {os.cpu_count()} cores)\n\n"
        "| policies | build | wall, s | ÷ bare | CPU of its process, s | CPU of all, s | ÷ bare "
        "| all a policy, ms | largest process, MB |\n|---|---|---|---|---|---|---|---|---|\n"
    )
    print(head, end="", flush=True)
    table = head
    with tempfile.TemporaryDirectory() as temporary:
        for row in rows(options, Path(temporary)):
            print(row, flush=True)
            table += f"{row}\n"
            if options.write:
                RESULT.write_text(table, encoding="utf-8")


if __name__ == "__main__":
    main()
