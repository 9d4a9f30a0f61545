"""What tables cost: an export, what `data: true` adds to builds, and what it takes on disk.

    python -m benchmarks.data.measure [--sizes 1000] [--bare 1000] [--write]

Every build and export is a process of its own, one after the other. "Tables anew" are those of an
archive whose texts are known, whose tables are not.
"""

import argparse
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.scale import sites
from benchmarks.scale.measure import STEPS, Figures, numbers, run

RESULT = Path(__file__).with_name("results.md")
BUILD = (sys.executable, "-m", "mkdocs", "build", "-q")
EXPORT = (sys.executable, "-m", "policy_archive", "export", "-q", "out")
HEAD = """
| policies | what | wall, s | ÷ bare | CPU, s | ÷ bare | largest process, MB |
|---|---|---|---|---|---|---|"""


def builds(folder: Path, count: int, data: str) -> Iterator[tuple[str, Figures]]:
    """Cold, unchanged and after an edit, with the dataset or without."""
    sites.ours(folder, count, f"search, policy-archive: {{search: built-in, data: {data}}}")
    for name, change in STEPS[:3]:
        change(folder)
        yield f"build, `data: {data}`, {name}", run(folder, *BUILD)


def exports(folder: Path) -> Iterator[tuple[str, Figures]]:
    """Of the project whose archive has been built, and of one of which nothing is known."""
    yield "export, tables kept", run(folder, *EXPORT)
    shutil.rmtree(folder / ".cache/policy-archive/data")
    yield "export, tables anew", run(folder, *EXPORT)
    yield "export, SQLite", run(folder, *EXPORT, "--format", "sqlite")
    shutil.rmtree(folder / ".cache")
    yield "export, nothing known", run(folder, *EXPORT)


def size(folder: Path, pattern: str = "**/*") -> str:
    """Of the files in a folder, in MB."""
    found = sum(path.stat().st_size for path in folder.glob(pattern) if path.is_file())
    return f"{found / 1e6:.1f} MB"


def of_size(count: int, bare: bool) -> Iterator[str]:
    """The lines of a size."""
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary)
        measured: list[tuple[str, Figures]] = []
        if bare:
            sites.bare(place / "bare", count)
            measured.append(("bare MkDocs + Material", run(place / "bare", *BUILD)))
        measured += builds(place / "without", count, "false")
        measured += builds(place / "with", count, "true")
        sizes = {name: size(place / name / "site") for name in ("without", "with")}
        tables = size(place / "with/site/data")
        measured += exports(place / "with")
        first = measured[0][1]
        yield HEAD
        for name, (wall, cpu, megabytes, _) in measured:
            ratio = (f"{wall / first.wall:.2f}", f"{cpu / first.cpu:.2f}") if bare else ("", "")
            times = f"{wall:.1f} | {ratio[0]} | {cpu:.1f} | {ratio[1]}"
            yield f"| {count:,} | {name} | {times} | {megabytes:.0f} |"
        out = place / "with/out"
        yield (
            f"\n{count:,} policies: a site of {sizes['without']}, with the dataset of "
            f"{sizes['with']}, of which {tables} in `data/`. CSV {size(out, '*.csv.gz')}, Parquet "
            f"{size(out, '*.parquet')}, SQLite {size(out, '*.sqlite')}."
        )


def _load() -> str:
    """What else the machine did: where that is more than one process, only CPU can be compared."""
    return f"\nThe machine's load average over the last 15 minutes: {os.getloadavg()[2]:.1f}."


def main() -> None:
    """Print the table, and write it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", type=numbers, default=[1000])
    parser.add_argument("--bare", type=numbers, default=[1000])
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    text = (
        "# The archive as a dataset\n\n`python -m benchmarks.data.measure` "
        f"(Python {platform.python_version()}, {os.cpu_count()} cores)\n"
    )
    print(text, flush=True)
    for count in options.sizes:
        for line in (*of_size(count, count in options.bare), _load()):
            print(line, flush=True)
            text += f"{line}\n"
    if options.write:
        RESULT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
