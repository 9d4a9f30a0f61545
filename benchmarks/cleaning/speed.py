"""CPU time of reading and cleaning, without labelling, per 13 kB of policy text.

    python -m benchmarks.cleaning.speed

One process, one thread. Plain text: DMOZ; Markdown: newest Open Terms versions; HTML: the saved
pages of OPP-115, per 13 kB of the text found in them. The best of three rounds counts.
"""

import time
from collections.abc import Callable, Iterable
from pathlib import Path

from markdown_it import MarkdownIt

from benchmarks import corpora
from policy_archive.cleaning import clean
from policy_archive.reading import html, plain
from policy_archive.reading.decode import decode
from policy_archive.reading.forms import READERS
from policy_archive.sources import provenance

RESULT = Path(__file__).with_name("speed.md")
_LIBRARY = MarkdownIt("commonmark").enable("table")
KILOBYTES = 13_000
Files = list[tuple[str, bytes]]


def read(name: str, data: bytes) -> int:
    """Everything from bytes to document; returns the document's size in bytes."""
    reader = READERS.get(Path(name).suffix, plain.read)
    decoded = decode(data, html=reader is html.read)
    found = provenance.read(decoded.text, name)
    document, _ = clean(reader(found.body), fallback_title="Privacy policy")
    return sum(len(text.encode()) for text in document.texts)


def parse_alone(_: str, data: bytes) -> int:
    """What the Markdown library takes by itself, to compare machines by."""
    text = data.decode("utf-8", "replace")
    _LIBRARY.parse(text)
    return len(data)


def milliseconds(files: Files, work: Callable[[str, bytes], int]) -> float:
    """CPU milliseconds per 13 kB of result, the best of three rounds."""
    rounds = []
    for _ in range(3):
        started = time.process_time()
        size = sum(work(name, data) for name, data in files)
        rounds.append(1000 * (time.process_time() - started) * KILOBYTES / size)
    return min(rounds)


def newest() -> Iterable[tuple[str, bytes]]:
    """The newest version of each Open Terms policy."""
    for path, versions in sorted(corpora.open_terms_versions().items()):
        yield path, versions[-1][1]


def main() -> None:
    """Write the table."""
    corpora_by_form: dict[str, tuple[Files, float]] = {
        "plain text": (list(corpora.dmoz())[::6], 4),
        "Markdown": (list(newest()), 4),
        "HTML": (list(corpora.opp115_pages()), 20),
    }
    rows = [
        f"| {form} | {len(files)} | {milliseconds(files, read):.1f} | ≤ {budget:.0f} |"
        for form, (files, budget) in corpora_by_form.items()
    ]
    yardstick = milliseconds(corpora_by_form["Markdown"][0], parse_alone)
    rows.append(f"| (yardstick: markdown-it-py alone) | 40 | {yardstick:.1f} | |")
    head = "| form | files | CPU ms per 13 kB | budget |\n|---|---|---|---|\n"
    table = "# Reading and cleaning, time\n\n`python -m benchmarks.cleaning.speed`\n\n" + head
    table += "\n".join(rows) + "\n"
    print(table)
    RESULT.write_text(table, encoding="utf-8")


if __name__ == "__main__":
    main()
