"""What changed in each policy over time: every pair of its snapshots compared, and summed up.

Summaries are kept, under both records' keys; only pairs that are new are compared.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import nullcontext
from typing import NamedTuple

import msgspec

from policy_archive.build.executors import OpenExecutor
from policy_archive.build.store import Store
from policy_archive.catalogue.archive import Archive
from policy_archive.catalogue.history import Pair, Step, pairs
from policy_archive.diff import ChangeSummary, compare, summarise
from policy_archive.model import Record

_UNDER_WAY = 4
"""Policies whose changes are worked on at a time."""


def steps(
    archive: Archive, store: Store, executor: Executor | OpenExecutor | None = None
) -> Mapping[str, tuple[Step, ...]]:
    """The steps of every policy, by its URL; only pairs that are new are compared."""
    known = store.notes()
    found = {policy.url: pairs(policy) for policy in archive.policies}
    wanted = {_key(archive, pair) for listed in found.values() for pair in listed}
    lists = (
        [pair for pair in listed if _key(archive, pair) not in known and not _equal(pair)]
        for listed in found.values()
    )
    missing = [listed for listed in lists if listed]
    made: dict[str, bytes] = {}
    opened = executor(sum(map(len, missing))) if callable(executor) else nullcontext(executor)
    with opened as at_work:
        for result in _compare_all((_batch(archive, store, it) for it in missing), at_work):
            made |= result
    if made or known.keys() - wanted:
        store.set_notes(made, wanted)
    known |= made
    return {
        url: tuple(_step(pair, known.get(_key(archive, pair))) for pair in listed)
        for url, listed in found.items()
    }


def _key(archive: Archive, pair: Pair) -> str:
    """Of both records, corrected labels included, and through them the version of the code."""
    return ":".join((*archive.result(pair.before), *archive.result(pair.after)))


def _equal(pair: Pair) -> bool:
    return pair.before.sha256 == pair.after.sha256


def _step(pair: Pair, kept: bytes | None) -> Step:
    """The pair with its summary; equal bytes have none, and no change."""
    summary = msgspec.msgpack.decode(kept, type=ChangeSummary) if kept else ChangeSummary()
    return Step(pair.before, pair.after, pair.bridged, pair.since, summary)


class _Batch(NamedTuple):
    """Pairs of one policy with the records that they need, each once."""

    records: Mapping[str, bytes]
    pairs: Sequence[tuple[str, str, str]]
    """Keys of the summary, of the old record, of the new one."""


def _compare_all(
    batches: Iterable[_Batch], executor: Executor | None
) -> Iterator[Mapping[str, bytes]]:
    """The results of all batches, one a policy; what a lost worker had is done here."""
    under_way: deque[tuple[_Batch, Future[dict[str, bytes]] | None]] = deque()
    for batch in batches:
        try:
            under_way.append((batch, executor.submit(_compare, batch) if executor else None))
        except BrokenExecutor:
            executor = None
            under_way.append((batch, None))
        # A policy's texts may be many: few at a time keep memory flat.
        if executor is None or len(under_way) >= _UNDER_WAY:
            yield _result(*under_way.popleft())
    while under_way:
        yield _result(*under_way.popleft())


def _result(batch: _Batch, future: Future[dict[str, bytes]] | None) -> Mapping[str, bytes]:
    try:
        return future.result() if future else _compare(batch)
    except BrokenExecutor:
        return _compare(batch)


def _batch(archive: Archive, store: Store, listed: Sequence[Pair]) -> _Batch:
    entries = {e.key: e for pair in listed for e in (pair.before, pair.after)}
    records = {
        key: (not archive.result(entry)[1] and store.record(key))
        or msgspec.msgpack.encode(archive.record(entry))
        for key, entry in entries.items()
    }
    return _Batch(
        records, [(_key(archive, pair), pair.before.key, pair.after.key) for pair in listed]
    )


def _compare(batch: _Batch) -> dict[str, bytes]:
    return dict(_compared(batch))


def _compared(batch: _Batch) -> Iterator[tuple[str, bytes]]:
    last: tuple[str, Record] | None = None
    for name, before, after in batch.pairs:
        old = last[1] if last and last[0] == before else _record(batch.records[before])
        new = _record(batch.records[after])
        summary = summarise(compare(old.document, new.document), old, new)
        yield name, msgspec.msgpack.encode(summary)
        last = after, new


def _record(data: bytes) -> Record:
    return msgspec.msgpack.decode(data, type=Record)
