"""What changed in each policy over time: from one good snapshot to the next, summed up.

Captures that look broken are bridged, and said so; a change that only an archive's own tools
caused is technical. Summaries are kept; the changes themselves are made anew where they are shown.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import nullcontext
from dataclasses import dataclass
from typing import NamedTuple

import msgspec

from policy_archive.build.executors import OpenExecutor
from policy_archive.build.store import Store
from policy_archive.catalogue.archive import Archive, Entry, Policy
from policy_archive.diff import ChangeSummary, compare, summarise
from policy_archive.model import Record

_BROKEN = frozenset({"empty", "error-page", "frameset", "login-page", "not-a-policy", "too-short"})
"""Doubts under which a capture is not the policy at all."""
_DIP = 0.4
"""A capture with less than this share of the words before and after it lost most of the text."""
_BACK = 0.75
_AHEAD = 4
"""How many captures a dip may last."""

_UNDER_WAY = 4
"""Policies whose changes are worked on at a time."""


@dataclass(frozen=True, slots=True)
class Step:
    """From one snapshot of a policy to the next that can be compared with it."""

    before: Entry
    after: Entry
    bridged: tuple[Entry, ...]
    """Captures in between that look broken."""
    since: Entry
    """When the old words were last seen: a technical record is an old capture extracted anew."""
    summary: ChangeSummary

    @property
    def technical(self) -> bool:
        """Whether only the tools of the archive that recorded it caused the change."""
        return self.after.snapshot.technical

    @property
    def counts(self) -> bool:
        """Whether it is a change of the site's own words."""
        return self.summary.substantive and not self.technical

    @property
    def segment(self) -> str:
        """The last segment of its URL."""
        return f"{self.before.segment}..{self.after.segment}"


class Pair(NamedTuple):
    """Two entries to compare, and those left out between them."""

    before: Entry
    after: Entry
    bridged: tuple[Entry, ...]
    since: Entry


def pairs(policy: Policy) -> tuple[Pair, ...]:
    """Consecutive dated snapshots; what looks broken between two good ones is bridged."""
    entries = [entry for entry in policy.entries if entry.snapshot.captured]
    good = [not broken for broken in _broken(entries)]
    if not any(good):  # then nothing tells which of them is
        good = [True] * len(entries)
    found: list[Pair] = []
    last = -1
    for at, entry in enumerate(entries):
        if good[at]:
            if last >= 0:
                between = tuple(entries[last + 1 : at])
                found.append(Pair(entries[last], entry, between, _seen(entries, last)))
            last = at
    return tuple(found)


def _seen(entries: Sequence[Entry], at: int) -> Entry:
    """The capture whose text a technical record at `at` holds; any other record's is its own."""
    own = (k for k in range(at, -1, -1) if not entries[k].snapshot.technical)
    return entries[next(own, at)]


def _broken(entries: Sequence[Entry]) -> list[bool]:
    broken = [any(n.code in _BROKEN for n in entry.notices) for entry in entries]
    for at in range(1, len(entries)):
        before = next((k for k in range(at - 1, -1, -1) if not broken[k]), None)
        if not broken[at] and before is not None:
            ahead = (k for k in range(at + 1, min(at + _AHEAD, len(entries))) if not broken[k])
            one = entries[before]
            broken[at] = any(_dips(one, entries[at], entries[after]) for after in ahead)
    return broken


def _dips(before: Entry, entry: Entry, after: Entry) -> bool:
    """Whether an entry lacks most of what stood before and stands there again after it."""
    if before.language == after.language not in ("und", entry.language) and entry.language != "und":
        return True
    least = min(before.words, after.words)
    return entry.words < _DIP * least and after.words > _BACK * before.words


def steps(
    archive: Archive, store: Store, executor: Executor | OpenExecutor | None = None
) -> Mapping[str, tuple[Step, ...]]:
    """The steps of every policy, by its URL; only pairs that are new are compared."""
    known = store.notes()
    found = {policy.url: pairs(policy) for policy in archive.policies}
    keys = {id(pair): _key(archive, pair) for listed in found.values() for pair in listed}
    wanted = set(keys.values())
    lists = (
        [pair for pair in listed if keys[id(pair)] not in known and not _equal(pair)]
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
        url: tuple(Step(*pair, _summary(known.get(keys[id(pair)]))) for pair in listed)
        for url, listed in found.items()
    }


def _key(archive: Archive, pair: Pair) -> str:
    """Of both records, corrected labels included, and through them the version of the code."""
    return ":".join((*archive.result(pair.before), *archive.result(pair.after)))


def _equal(pair: Pair) -> bool:
    return pair.before.sha256 == pair.after.sha256


def _summary(data: bytes | None) -> ChangeSummary:
    return msgspec.msgpack.decode(data, type=ChangeSummary) if data else ChangeSummary()


class _Batch(NamedTuple):
    """Pairs of one policy with the records that they need, each once."""

    records: Mapping[str, bytes]
    pairs: Sequence[tuple[str, str, str]]
    """Name of the result, key of the old record, of the new one."""


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
