"""Time and memory of a whole build, beside bare MkDocs + Material on the same texts.

    python -m benchmarks.build.measure [COUNT]

Both sites are made of the DMOZ sample in one run: ours from the archived bytes, the bare one from
the same texts as ready Markdown (a title and one paragraph a line), with its search plugin on.
Builds run one after the other as processes of their own; memory is the largest single process.
"""

import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks import corpora
from policy_archive.reading.decode import decode

RESULT = Path(__file__).with_name("results.md")
BARE = "site_name: Bare\ntheme:\n  name: material\n  font: false\nplugins: [search]\n"
OURS = f"{BARE.replace('[search]', '[search, policy-archive]')}"


class Figures(NamedTuple):
    """What one build took."""

    wall: float
    cpu: float
    megabytes: float


def make(folder: Path, count: int, *, bare: bool) -> None:
    """Write a project with `count` policies."""
    target = folder / "docs" / ("" if bare else "policies")
    target.mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(BARE if bare else OURS)
    for number, (name, data) in enumerate(corpora.dmoz()):
        if number == count:
            break
        flat = name.replace("/", "-")
        if bare:
            lines = decode(data, html=False).text.split("\n")[1:]
            escaped = (line.replace("<", "&lt;").replace("[", "\\[") for line in lines)
            text = f"# {flat}\n\n" + "\n\n".join(escaped)
            (target / f"{flat}.md").write_text(text, encoding="utf-8")
        else:
            (target / flat).write_bytes(data)


def build(folder: Path) -> Figures:
    """Build the project in a process of its own."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
        _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit((folder / "log").read_text())
    return Figures(
        time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
    )


def rows(count: int) -> Iterator[str]:
    """The table's rows; the cold build of ours is followed by one with nothing changed."""
    with tempfile.TemporaryDirectory() as temporary:
        bare_folder, our_folder = Path(temporary, "bare"), Path(temporary, "ours")
        make(bare_folder, count, bare=True)
        make(our_folder, count, bare=False)
        bare = build(bare_folder)
        for name, figures in (
            ("bare MkDocs + Material", bare),
            ("policy-archive, cold", build(our_folder)),
            ("policy-archive, nothing changed", build(our_folder)),
        ):
            yield (
                f"| {name} | {figures.wall:.1f} | {figures.wall / bare.wall:.2f} "
                f"| {figures.cpu:.1f} | {figures.megabytes:.0f} |"
            )
            print(name, figures, file=sys.stderr)
        for name in ("bare", "ours"):
            index = Path(temporary, name, "site", "search", "search_index.json")
            print(name, "search index", index.stat().st_size, file=sys.stderr)
        shutil.rmtree(our_folder)


def main() -> None:
    """Write the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 3000
    head = (
        f"# Building {count} policies of the DMOZ sample\n\n"
        f"`python -m benchmarks.build.measure {count}` "
        f"(Python {platform.python_version()}, {os.cpu_count()} cores)\n\n"
        "| build | wall, s | ÷ bare | CPU, s | largest process, MB |\n|---|---|---|---|---|\n"
    )
    table = head + "\n".join(rows(count)) + "\n"
    print(table)
    if count == 3000:
        RESULT.write_text(table, encoding="utf-8")


if __name__ == "__main__":
    main()
