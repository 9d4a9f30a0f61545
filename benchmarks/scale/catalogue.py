"""What the catalogue costs: a visit, its rows, and the questions that pages put to it.

    python -m benchmarks.scale.catalogue [POLICIES]

Visits 300 of the DMOZ policies in one process, puts their rows under POLICIES names (default
30,000) as a first build does, and then asks what pages ask. Times are CPU of this process; texts
are kept for the visited ones only.
"""

import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from benchmarks.corpora import dmoz
from policy_archive.build.tasks import read_source
from policy_archive.build.texts import packed
from policy_archive.build.visit import CarriedSource, Order, Text, TextBatch, visit
from policy_archive.catalogue.arrangement import arrange_changed
from policy_archive.catalogue.catalogue import Catalogue, Visited
from policy_archive.catalogue.published.lock import NOTHING
from policy_archive.catalogue.questions import answers, contents, listings, similar, timeline
from policy_archive.catalogue.rows import SnapshotRows, quotes, rows_of
from policy_archive.settings import Settings
from policy_archive.sources.files import Source
from policy_archive.topics import taxonomy

_TOPICS = [topic.id for topic in taxonomy.load().topics]
_BATCH = 16


@contextmanager
def timed(what: str, times: int = 1) -> Iterator[None]:
    """Prints what something took, in milliseconds of CPU for each of `times`."""
    started = time.process_time()
    yield
    print(f"{what}: {(time.process_time() - started) * 1000 / times:,.3f} ms")


def visits() -> list[SnapshotRows]:
    """Rows of real texts."""
    texts = [
        Text(name, CarriedSource(name, Path(name), data=data))
        for name, data in islice(dmoz(), 0, 3000, 10)
    ]
    order = Order(Settings())
    visit(TextBatch(order, texts[:5]))  # what is loaded once
    with timed("a whole visit", len(texts)):
        found = visit(TextBatch(order, texts))
    with timed("  of it reading", len(texts)):
        records = [read_source(text.source, Settings()) for text in texts]
    with timed("  of it rows", len(texts)):
        rows = [rows_of(record, quotes(record)) for record in records]
    kept = sum(len(data) for it in found for _, _, data in it.parts) / len(found)
    with timed("  of it packing", len(texts)):
        for text, record in zip(texts, records, strict=True):
            packed(text.key, "record", repr(record).encode())
    print(f"kept of each text: {kept:,.0f} bytes")
    return rows


def put(catalogue: Catalogue, rows: list[SnapshotRows], count: int) -> None:
    """The rows under so many names, in batches as they come from workers."""
    for first in range(0, count, _BATCH):
        with catalogue.writing():
            catalogue.put(
                named(number, rows) for number in range(first, min(first + _BATCH, count))
            )


def named(number: int, rows: list[SnapshotRows]) -> Visited:
    site = f"site-{number * 7919 % 1_000_003}.example"
    found = rows[number % len(rows)]
    own = found._replace(snapshot=(site, *found.snapshot[1:]))
    source = Source(f"policies/{site}.txt", Path(f"policies/{site}.txt"))
    return Visited(source.name, source, "1 2 3 4", f"{number:064x}", "", "", True, own)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 30_000
    rows = visits()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with tempfile.TemporaryDirectory() as folder:
        catalogue = Catalogue(Path(folder, "catalogue.sqlite"))
        with timed("putting a snapshot's rows", count):
            put(catalogue, rows, count)
        with timed("arranging its policy", count):
            arrange_changed(catalogue, NOTHING)
        with timed("seeking similar passages, a policy", count):
            seek(catalogue)
        used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        size = sum(path.stat().st_size for path in Path(folder).iterdir())
        print(
            f"{size / count:,.0f} bytes of disk and {used * 1024 / count:,.0f} of memory a snapshot"
        )
        ask(catalogue)
        edit(catalogue, rows)


def seek(catalogue: Catalogue) -> None:
    """Similar passages, in this process."""
    for question in similar.questions(catalogue):
        with catalogue.writing():
            similar.put(catalogue, similar.answer(question))


def ask(catalogue: Catalogue) -> None:
    """What pages ask."""
    pages = listings.pages(catalogue)
    print(f"{len(pages)} pages a listing")
    questions: dict[str, Callable[[], object]] = {
        "every source, to see what has changed": catalogue.known,
        "a page of all policies": lambda: list(listings.policies(catalogue, pages[1])),
        "a page of one topic": lambda: list(answers.answers(catalogue, "cookies", pages[1])),
        "a page of the matrix": lambda: listings.matrix(catalogue, pages[1]),
        "the figures of all topics": lambda: listings.tallies(catalogue, _TOPICS),
        "captures by year": lambda: listings.captures_by_year(catalogue),
        "figures of all topics by year": lambda: timeline.year_figures(catalogue, _TOPICS),
        "the ten captured last": lambda: listings.latest(catalogue, 10),
        "what every page shows": lambda: everything_shown(catalogue),
    }
    for what, question in questions.items():
        with timed(what):
            question()


def everything_shown(catalogue: Catalogue) -> dict[str, str]:
    """A digest of what each page of a policy shows: by it a build knows which to make."""
    found: dict[str, str] = {}
    for row in contents.policies(catalogue):
        found |= {f"{row.url}{it.segment}": it.shown for it in row.snapshots}
        found |= {f"{row.url}{it.segment}": it.shown for it in row.changes}
    return found


def edit(catalogue: Catalogue, rows: list[SnapshotRows]) -> None:
    """One text becomes another; one is added."""
    for what, name, number in (("edited", 100, 3), ("added", 999_999, 4)):
        before = everything_shown(catalogue)
        with timed(f"all of it, one {what}"):
            with catalogue.writing():
                it = named(name, rows)
                snapshot = (it.rows.snapshot[0], *rows[number].snapshot[1:]) if it.rows else ()
                own = rows[number]._replace(snapshot=snapshot)
                catalogue.put([it._replace(rows=own, key="another")])
            arrange_changed(catalogue, NOTHING)
            seek(catalogue)
            after = everything_shown(catalogue)
        print(f"  {len(after.items() - before.items())} pages show something else")


if __name__ == "__main__":
    main()
