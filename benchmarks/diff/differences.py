"""How large our changes are beside `git diff --word-diff` and GNU wdiff, in words.

    python -m benchmarks.diff.differences [PAIRS]

Two texts of one policy that follow each other, cleaned, one paragraph a line; and the same with
the older text wrapped at 100 columns and the newer at 72. Counted are the words added and removed.
Our figure leaves out what only moved or looks different, as the pages do; wdiff is asked only
where it is installed.
"""

import random
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from benchmarks.corpora import open_terms_versions
from policy_archive.build.tasks import read_bytes
from policy_archive.diff import compare, summarise
from policy_archive.diff.units import units
from policy_archive.model import Record
from policy_archive.settings import Settings
from policy_archive.text.words import words


def plain(record: Record) -> str:
    """The text as paragraphs."""
    return "\n\n".join(
        " ".join(unit.printed.split()) for unit in units(record.document) if unit.printed.strip()
    )


def wrapped(text: str, width: int) -> str:
    return "\n\n".join(textwrap.fill(part, width) for part in text.split("\n\n"))


def ours(old: str, new: str) -> int:
    """Words added and removed, read as plain Markdown text."""
    records = [read_bytes(text.encode(), "a/b.md", Settings()) for text in (old, new)]
    return of_records(*records)


def of_records(old: Record, new: Record) -> int:
    summary = summarise(compare(old.document, new.document), old, new)
    return summary.added + summary.removed


def by_git(folder: Path) -> int:
    out = subprocess.run(
        ["git", "diff", "--no-index", "--no-color", "--word-diff=porcelain", "-U0", "old", "new"],
        capture_output=True, check=False, cwd=folder,
    ).stdout.decode("utf-8", "replace")  # fmt: skip
    body = [line for line in out.splitlines() if not line.startswith(("+++", "---", ""))]
    return sum(len(words(line[1:])) for line in body if line[:1] in ("+", "-"))


def by_wdiff(folder: Path) -> int:
    out = subprocess.run(
        ["wdiff", "-3", "-n", "old", "new"], capture_output=True, check=False, cwd=folder
    ).stdout.decode("utf-8", "replace")
    marked = re.findall(r"\[-(.*?)-\]|\{\+(.*?)\+\}", out, re.DOTALL)
    return sum(len(words(one or other)) for one, other in marked)


def row(name: str, mine: Sequence[int], theirs: Sequence[int]) -> str:
    larger = [(a, b) for a, b in zip(mine, theirs, strict=True) if a > b]
    smaller = sum(a < b for a, b in zip(mine, theirs, strict=True))
    worst = max((a - b for a, b in larger), default=0)
    return (
        f"| {name} | {sum(mine):,} | {sum(theirs):,} | {sum(mine) / max(1, sum(theirs)):.2f} "
        f"| {smaller} | {len(mine) - smaller - len(larger)} | {len(larger)} | {worst} |"
    )


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    pairs = [
        (path, one, other)
        for path, listed in open_terms_versions().items()
        for (_, one), (_, other) in pairwise(listed)
        if one != other
    ]
    pairs = random.Random(6).sample(pairs, min(count, len(pairs)))
    tools = {"git --word-diff": by_git} | ({"wdiff": by_wdiff} if shutil.which("wdiff") else {})
    figures: dict[tuple[str, str], list[int]] = {}
    spent = 0.0
    for path, one, other in pairs:
        old, new = (read_bytes(d, path, Settings()) for d in (one, other))
        started = time.process_time()
        compare(old.document, new.document)
        spent += time.process_time() - started
        texts = plain(old), plain(new)
        forms = {
            "a line a paragraph": texts,
            "wrapped anew": (wrapped(texts[0], 100), wrapped(texts[1], 72)),
        }
        for form, (a, b) in forms.items():
            mine = of_records(old, new) if form == "a line a paragraph" else ours(a, b)
            figures.setdefault((form, "ours"), []).append(mine)
            with tempfile.TemporaryDirectory() as name:
                folder = Path(name)
                (folder / "old").write_text(a + "\n", "utf-8")
                (folder / "new").write_text(b + "\n", "utf-8")
                for tool, measure in tools.items():
                    figures.setdefault((form, tool), []).append(measure(folder))
    print(f"{len(pairs)} pairs; comparing took {1000 * spent / len(pairs):.1f} ms of CPU a pair\n")
    print("| text, beside | ours | theirs | ratio | smaller | equal | larger | by at most |")
    print("|---|---|---|---|---|---|---|---|")
    for (form, tool), theirs in figures.items():
        if tool != "ours":
            print(row(f"{form}, {tool}", figures[form, "ours"], theirs))


if __name__ == "__main__":
    main()
