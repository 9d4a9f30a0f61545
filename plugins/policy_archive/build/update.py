"""Brings a catalogue up to date with its sources, at the cost of what has changed.

A source whose stamp is as it was is not read. One that was only touched is read, and found equal.
All others are visited, their policies arranged anew, and pairs of texts that are new compared.
"""

import sqlite3
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from policy_archive.build.cache_key import SHOWING, code_digest
from policy_archive.build.parallel import OpenWorkers, Workers, kept, run
from policy_archive.build.tasks import cache_key
from policy_archive.build.texts import RECORD, Texts
from policy_archive.build.update_changes import update_changes
from policy_archive.build.visit import CarriedSource, Order, Text, TextBatch, Visit, visit
from policy_archive.catalogue.arrangement import arrange_changed
from policy_archive.catalogue.catalogue import Catalogue, Known, Visited
from policy_archive.catalogue.database import FAULTS
from policy_archive.catalogue.digests import digest
from policy_archive.catalogue.published.lock import NOTHING, Published
from policy_archive.catalogue.questions import similar
from policy_archive.catalogue.questions.ranges import ROWS
from policy_archive.model import Notice
from policy_archive.sources.files import Source

_BATCH = 16
"""The most texts in a task."""
_BATCH_BYTES = 1_000_000
"""From how many bytes on a task takes no further text: long ones must not pile up in memory."""

Progress = Callable[[int, int], None]
"""Told how many of how many texts are done."""


class _Found(NamedTuple):
    """A source that is there now."""

    name: str
    source: Source
    stamp: str
    known: Known | None
    wanted: bool

    def visited(self, key: str, visit: Visit, made: str) -> Visited:
        """What the catalogue is to hold of it."""
        failure = _unreadable(visit.failure) if visit.failure else None
        # What failed is tried again next time.
        stamp = "" if failure else self.stamp
        return Visited(
            *(self.name, self.source, stamp, key, visit.corrections, made, self.wanted),
            *(visit.rows, failure),
        )


@dataclass
class _Work:
    """What differs from the last build, as it is found out."""

    order: Order
    program: str
    """Digest of the program and the settings."""
    names: set[str] = field(default_factory=set)
    suspects: list[_Found] = field(default_factory=list)
    """Those of which something may have to be made."""
    touched: dict[int, str] = field(default_factory=dict)
    """New stamps, by id, of those whose bytes are as they were."""
    wanted: dict[int, bool] = field(default_factory=dict)
    """Those that the maintainer's selection takes, or leaves out, other than before."""
    failed: list[Visited] = field(default_factory=list)
    under_way: deque[tuple[_Found, str]] = field(default_factory=deque)
    """Those that are being visited, with their keys, in the order of results."""


def update(
    catalogue: Catalogue,
    texts: Texts,
    sources: Iterable[Source] | Mapping[str, Source],
    order: Order,
    *,
    published: Published = NOTHING,
    workers: Workers | OpenWorkers | None = None,
    progress: Progress | None = None,
    rows: int = ROWS,
    digest_all: bool = False,
) -> Published:
    """Have catalogue and texts hold what `sources` say now; the addresses that are given with it.

    `sources` may be `named` already.

    A catalogue that turns out to be damaged, or cannot be written to, is made anew.

    What is `published` keeps its address. `workers` may be what starts them, told for how many
    texts. Long listings are divided into pages of `rows` at most. `digest_all` reads every file,
    for disks whose times are not to be trusted.
    """
    found = sources if isinstance(sources, Mapping) else named(sources)
    with kept(workers) as all_along:
        options = _Options(published, all_along, progress, rows, digest_all)
        try:
            return _update(catalogue, texts, found, order, options)
        except FAULTS as error:
            if isinstance(error, sqlite3.ProgrammingError):
                raise
            catalogue.renew(error)
            return _update(catalogue, texts, found, order, options)


class _Options(NamedTuple):
    """How an update is done."""

    published: Published
    workers: OpenWorkers
    progress: Progress | None
    rows: int
    digest_all: bool


def _update(
    catalogue: Catalogue,
    texts: Texts,
    sources: Mapping[str, Source],
    order: Order,
    options: _Options,
) -> Published:
    before = catalogue.revision
    known = catalogue.known()
    work = _Work(order, digest((code_digest(SHOWING), order.settings.digest)))
    trusted = work.program == catalogue.state("program") and not options.digest_all
    for name, source in sources.items():
        _look(work, name, source, known.get(name), trusted)
    with options.workers(len(work.suspects)) as at_work:
        batches = _batches(_texts(work, texts, trusted), order)
        done = 0
        for found in run(batches, visit, at_work):
            texts.put(part for it in found for part in it.parts)
            with catalogue.writing():
                catalogue.put(_results(work, found))
            done += len(found)
            if options.progress:
                options.progress(done, len(work.suspects))
    with catalogue.writing():
        catalogue.put(work.failed)
        catalogue.touch(work.touched)
        catalogue.want(work.wanted)
        catalogue.forget(it.id for name, it in known.items() if name not in work.names)
        if work.program != catalogue.state("program"):
            catalogue.set_state("program", work.program)
    given = arrange_changed(catalogue, options.published, options.rows)
    update_changes(catalogue, texts, sources, order, options.workers)
    _seek_similar(catalogue, options.workers)
    if catalogue.revision != before:
        texts.keep_only(catalogue.keys())
    return given


def _seek_similar(catalogue: Catalogue, workers: OpenWorkers) -> None:
    """Find similar passages, topic by topic, where that may have become another answer."""
    with workers(similar.waiting(catalogue)) as at_work:
        for found in run(similar.questions(catalogue), similar.answer, at_work):
            with catalogue.writing():
                similar.put(catalogue, found)


def named(sources: Iterable[Source]) -> dict[str, Source]:
    """Sources by the names that the catalogue has for them; the order they came in is nothing."""
    found: dict[str, Source] = {}
    for source in sorted(sources, key=lambda it: (it.path, it.order, str(it.file))):
        name, number = source.name, 1
        while name in found:  # files of one path below two roots
            number += 1
            name = f"{source.name}#{number}"
        found[name] = source
    return found


def _look(work: _Work, name: str, source: Source, known: Known | None, trusted: bool) -> None:
    """Look at a source without reading it, and note what may have to be done."""
    if known and work.order.withdrawn.hides(known.site, known.kind, known.captured):
        return  # it is forgotten, with all that was made of it
    work.names.add(name)
    problem = source.problem
    try:
        stamp = digest(("problem", problem.message)) if problem else source.stamp()
    except OSError as error:
        stamp, problem = "", _unreadable(str(error))
    if problem:
        if not (known and stamp and known.stamp == stamp):
            work.failed.append(Visited(name, source, stamp, "", "", "", True, None, problem))
        return
    wanted = True
    if known and known.site:
        wanted = source.keeps(known.kind, known.captured, known.language)
        if wanted != bool(known.wanted):
            work.wanted[known.id] = wanted
    found = _Found(name, source, stamp, known, wanted)
    as_it_was = trusted and known and stamp and known.stamp == stamp
    if not (as_it_was and known and _is_made(work.order, known)):
        work.suspects.append(found)


def _is_made(order: Order, known: Known) -> bool:
    """Whether all that is to be made of a text was made of it, with its labels of today."""
    return (not order.extras or known.made == order.made) and (
        known.corrections == order.corrections.digest(known.site)
    )


def _texts(work: _Work, texts: Texts, trusted: bool) -> Iterator[Text]:
    """What has to be visited, found out by reading what may have changed."""
    for found in work.suspects:
        known = found.known
        as_it_was = trusted and known and found.stamp and known.stamp == found.stamp
        record = texts.get(known.key, RECORD) if known and as_it_was else None
        if known and record:
            work.under_way.append((found, known.key))
            yield Text(known.key, found.source, record)
            continue
        try:
            source = carried(found.source)
            # A version is known by its commit, a file by its bytes.
            key = cache_key(found.source if found.source.revision else source, work.order.settings)
        except OSError as error:
            failed = Visit("", failure=str(error))
            work.failed.append(found.visited("", failed, work.order.made))
            continue
        if known and known.key == key and known.site and _is_made(work.order, known):
            if known.stamp != found.stamp:
                work.touched[known.id] = found.stamp
            continue
        work.under_way.append((found, key))
        yield Text(key, source, texts.get(key, RECORD))


def carried(source: Source) -> CarriedSource:
    """`source` with its bytes.

    Raises:
        OSError: they cannot be read.
    """
    return CarriedSource(
        source.path,
        source.file,
        revision=source.revision,
        order=source.order,
        technical=source.technical,
        data=source.read(),
        said=source.claims(),
    )


def _batches(texts: Iterable[Text], order: Order) -> Iterator[TextBatch]:
    batch: list[Text] = []
    size = 0
    for text in texts:
        batch.append(text)
        data = text.source.data if isinstance(text.source, CarriedSource) else b""
        size += len(data) + len(text.record or b"")
        if len(batch) == _BATCH or size >= _BATCH_BYTES:
            yield TextBatch(order, batch)
            batch, size = [], 0
    if batch:
        yield TextBatch(order, batch)


def _results(work: _Work, visits: Iterable[Visit]) -> Iterator[Visited]:
    for result in visits:
        found, key = work.under_way.popleft()
        if result.withdrawn:
            work.names.discard(found.name)
            continue
        wanted = found.wanted
        if result.rows:
            wanted = found.source.keeps(*result.asked)
        yield found._replace(wanted=wanted).visited(key, result, work.order.made)


def _unreadable(reason: str) -> Notice:
    return Notice(
        "unreadable",
        f"It could not be read ({reason}). Check the file, or take it out of the archive.",
        "problem",
    )
