"""Has pairs of texts compared that nobody has compared yet."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

import msgspec

from policy_archive.build.parallel import OpenWorkers, run
from policy_archive.build.tasks import read_source
from policy_archive.build.texts import RECORD, Texts, packed
from policy_archive.build.visit import Order, PairBatch, PairOfTexts, compare_pairs
from policy_archive.catalogue import history_rows
from policy_archive.catalogue.catalogue import Catalogue
from policy_archive.catalogue.history_rows import ToCompare
from policy_archive.sources.files import Source

_BATCH_BYTES = 1_000_000
"""From how many bytes of packed records on a task takes no further pair of a policy."""


def update_changes(
    catalogue: Catalogue,
    texts: Texts,
    sources: Mapping[str, Source],
    order: Order,
    workers: OpenWorkers,
) -> None:
    """Compare what is to be compared, and have the catalogue hold what that showed.

    `sources` by name stand in for texts that could not be kept.
    """
    waiting = history_rows.to_compare(
        catalogue, order.made_of_changes if order.change_extras else None
    )
    with workers(len(waiting)) as at_work:
        batches = _batches(catalogue, texts, sources, order, waiting)
        for found in run(batches, compare_pairs, at_work):
            texts.put(part for it in found for part in it.parts)
            with catalogue.writing():
                history_rows.put_summaries(
                    catalogue, ((it.id, it.summary) for it in found), order.made_of_changes
                )
                history_rows.put_failures(catalogue, [(it.id, it.failure) for it in found])


def _batches(
    catalogue: Catalogue,
    texts: Texts,
    sources: Mapping[str, Source],
    order: Order,
    waiting: Sequence[ToCompare],
) -> Iterator[PairBatch]:
    """The pairs of each policy as tasks: a policy's texts may be many, and long."""
    for _, group in groupby(waiting, key=lambda it: it.policy):
        pairs = list(group)
        records: dict[int, bytes] = {}
        batch: list[PairOfTexts] = []
        pasts = history_rows.pasts(catalogue, [pair.id for pair in pairs])
        for pair, past in zip(pairs, pasts, strict=True):
            for snapshot in (pair.before, pair.after):
                if snapshot not in records:
                    records[snapshot] = _record(catalogue, texts, sources, order, snapshot)
            batch.append(PairOfTexts(pair.id, pair.key, pair.before, pair.after, past))
            if sum(map(len, records.values())) >= _BATCH_BYTES:
                yield PairBatch(order, records, batch)
                records, batch = {}, []
        if batch:
            yield PairBatch(order, records, batch)


def _record(
    catalogue: Catalogue, texts: Texts, sources: Mapping[str, Source], order: Order, snapshot: int
) -> bytes:
    query = "SELECT name, key FROM sources WHERE id = ?"
    name, key = catalogue.connection.execute(query, (snapshot,)).fetchone()
    if data := texts.get(key, RECORD):
        return data
    record = read_source(sources[name], order.settings)
    return packed(key, RECORD, msgspec.msgpack.encode(record))
