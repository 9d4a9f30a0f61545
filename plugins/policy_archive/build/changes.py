"""What changed in each policy over time: from one good snapshot to the next, summed up.

Captures that look broken are bridged, and said so; a change that only an archive's own tools
caused is technical. Summaries are kept; the changes themselves are made anew where they are shown.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import NamedTuple

import msgspec

from policy_archive.build.parallel import OpenWorkers, Workers, run
from policy_archive.build.store import Store
from policy_archive.catalogue.archive import Archive, Entry, Policy
from policy_archive.diff.compare import compare
from policy_archive.diff.summary import ChangeSummary, summarise
from policy_archive.model import Record

_BROKEN = frozenset({"empty", "error-page", "frameset", "login-page", "not-a-policy", "too-short"})
"""Doubts under which a capture is not the policy at all."""
_DIP = 0.4
"""A capture with less than this share of the words before and after it lost most of the text."""
_BACK = 0.75
_AHEAD = 4
"""How many captures a dip may last."""

_BATCH_BYTES = 1_000_000
"""From how many bytes of packed records on a task takes no further pair of a policy."""


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
    archive: Archive, store: Store, workers: Workers | OpenWorkers | None = None
) -> Mapping[str, tuple[Step, ...]]:
    """The steps of every policy, by its URL; only pairs that are new are compared."""
    known = store.changes()
    found = {policy.url: pairs(policy) for policy in archive.policies}
    keys = {id(pair): _key(archive, pair) for listed in found.values() for pair in listed}
    missing = [
        [pair for pair in listed if keys[id(pair)] not in known and not _equal(pair)]
        for listed in found.values()
    ]
    started = workers(sum(map(len, missing))) if callable(workers) else nullcontext(workers)
    batches = (batch for listed in missing for batch in _batches(archive, store, listed))
    with started as at_work:
        for made in run(batches, _compare, at_work):
            store.put_changes(made)
            known |= made
    store.keep_only_changes(keys.values())
    return {
        url: tuple(Step(*pair, _summary(known.get(keys[id(pair)]))) for pair in listed)
        for url, listed in found.items()
    }


def _key(archive: Archive, pair: Pair) -> str:
    """Names both records, corrected labels included, and through them the code."""
    return ":".join((*archive.result(pair.before), *archive.result(pair.after)))


def _equal(pair: Pair) -> bool:
    return pair.before.sha256 == pair.after.sha256


def _summary(data: bytes | None) -> ChangeSummary:
    return msgspec.msgpack.decode(data, type=ChangeSummary) if data else ChangeSummary()


class _Batch(NamedTuple):
    """Pairs of one policy with the records that they need, each once."""

    records: dict[str, bytes]
    pairs: list[tuple[str, str, str]]
    """Name of the result, key of the old record, of the new one."""


def _batches(archive: Archive, store: Store, listed: Sequence[Pair]) -> Iterator[_Batch]:
    """The pairs of a policy as tasks: a policy's texts may be many, and long."""
    batch, size = _Batch({}, []), 0
    for pair in listed:
        for entry in (pair.before, pair.after):
            if entry.key not in batch.records:
                batch.records[entry.key] = _packed(archive, store, entry)
                size += len(batch.records[entry.key])
        batch.pairs.append((_key(archive, pair), pair.before.key, pair.after.key))
        if size >= _BATCH_BYTES:
            yield batch
            batch, size = _Batch({}, []), 0
    if batch.pairs:
        yield batch


def _packed(archive: Archive, store: Store, entry: Entry) -> bytes:
    kept = None if archive.result(entry)[1] else store.record(entry.key)
    return kept or msgspec.msgpack.encode(archive.record(entry))


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
