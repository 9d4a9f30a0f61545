"""Faults of every kind against whole builds: the table of what came of it.

    python -m benchmarks.faults.measure [--quick] [--write] [NAME…]

Nothing may be executed, no site may be wrong, no build may end in a traceback or never. Wrong is a
site that is not, to the byte, what a build from nothing makes of the same files; where something
bad was added, one that lacks anything sound. `--quick` tries a few of each (as `make test` does),
`--write` puts the table into `results.md`. The crawl needs a Chromium (CHROMIUM names it).
"""

import argparse
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.faults import crawl, kills, names, permissions, races, repositories, stores
from benchmarks.faults.project import Result, Try, counted

RESULT = Path(__file__).with_name("results.md")
HEAD = """| faults | tries | executed | wrong sites | tracebacks | hung | seconds |
|---|---|---|---|---|---|---|"""

KINDS: dict[str, tuple[Callable[[int], Iterator[Try]], int, int]] = {
    "crawl": (crawl.tries, 1, 0),
    "kills": (kills.tries, 100, 3),
    "stores": (stores.tries, 100, 2),
    "races": (races.tries, 10, 0),
    "names": (names.tries, 1, 0),
    "permissions": (permissions.tries, 2, 0),
    "repositories": (repositories.tries, 1, 0),
}
"""By name: the tries, and how many there are, in full and of the quick half."""


def measured(name: str, *, quick: bool = False) -> Result:
    """A row of the table."""
    tries, full, few = KINDS[name]
    return counted(name, tries(few if quick else full), lambda line: print(line, flush=True))


def main() -> int:
    """Print the table; 1 if anything went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*KINDS, []], default=list(KINDS))
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    rows, good = [HEAD], True
    for name in options.names:
        started = time.monotonic()
        found = measured(name, quick=options.quick)
        good &= found.good
        figures = (found.tries, found.executed, found.wrong, found.tracebacks, found.hung)
        seconds = f"{time.monotonic() - started:.0f}"
        rows.append(f"| {' | '.join([name, *map(str, figures), seconds])} |")
    print("\n".join(rows))
    if options.write:
        RESULT.write_text(_page("\n".join(rows)), "utf-8")
    return not good


def _page(table: str) -> str:
    return f"# Faults against whole builds\n\n`python -m benchmarks.faults.measure`\n\n{table}\n"


if __name__ == "__main__":
    raise SystemExit(main())
