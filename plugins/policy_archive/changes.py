"""What changed in each policy over time: from one good snapshot to the next, summed up.

Captures that look broken are bridged, and said so; a change that only an archive's own tools
caused is technical. Summaries are kept; the changes themselves are made anew where they are shown.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import nullcontext
from dataclasses import dataclass
from typing import NamedTuple

import msgspec

from policy_archive.archive import Archive, Entry, Policy
from policy_archive.executors import OpenExecutor
from policy_archive.history import HISTORY_VERSION, compare
from policy_archive.model import Change, Edit, Record, Span
from policy_archive.store import Store
from policy_archive.topics.labeller import DECIDED
from policy_archive.words import words

_BROKEN = frozenset({"empty", "error-page", "frameset", "login-page", "not-a-policy", "too-short"})
"""Doubts under which a capture is not the policy at all."""
_DIP = 0.4
"""A capture with less than this share of the words before and after it lost most of the text."""
_BACK = 0.75
_AHEAD = 4
"""How many captures a dip may last."""

_UNDER_WAY = 4
"""Policies whose changes are worked on at a time."""

_EXCERPTS = 3
_EXCERPT_CHARACTERS = 420


class TopicChange(NamedTuple):
    """What a change did to the passages on one topic."""

    topic: str
    passages: int
    added: int
    """Words."""
    removed: int


@dataclass(frozen=True, slots=True)
class ChangeSummary:
    """The figures of a change, and its first passages."""

    passages: int = 0
    """Passages with words added or removed."""
    added: int = 0
    """Words."""
    removed: int = 0
    moved: int = 0
    cosmetic: int = 0
    """Passages that only look different."""
    share: float = 0.0
    """Of the words of both texts, how many were added or removed."""
    topics: tuple[TopicChange, ...] = ()
    excerpts: tuple[tuple[Span, ...], ...] = ()

    @property
    def substantive(self) -> bool:
        """Whether words were added or removed."""
        return self.passages > 0


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


def summarise(change: Change, old: Record, new: Record) -> ChangeSummary:
    """The figures of `change`, by topic, and its first passages."""
    edits = change.substantive
    counts = [_counts(edit) for edit in edits]
    added, removed = sum(a for a, _ in counts), sum(r for _, r in counts)
    return ChangeSummary(
        passages=len(edits),
        added=added,
        removed=removed,
        moved=sum(edit.kind == "moved" for edit in change.edits),
        cosmetic=sum(edit.kind == "cosmetic" for edit in change.edits),
        share=round(min(1.0, (added + removed) / max(1, old.words + new.words)), 4),
        topics=_by_topic(zip(edits, counts, strict=True), old, new),
        excerpts=tuple(excerpt(edits[at]) for at in _largest(counts)),
    )


def _largest(counts: Sequence[tuple[int, int]]) -> list[int]:
    """The passages that changed most, largest first: a new date alone says little."""
    ranked = sorted(range(len(counts)), key=lambda at: (-sum(counts[at]), at))
    return ranked[:_EXCERPTS]


def _counts(edit: Edit) -> tuple[int, int]:
    """Words added and removed."""
    if edit.spans:
        return (
            sum(len(words(span.new)) for span in edit.spans if span.kind == "added"),
            sum(len(words(span.old)) for span in edit.spans if span.kind == "removed"),
        )
    return (
        sum(len(words(unit.printed)) for unit in edit.new),
        sum(len(words(unit.printed)) for unit in edit.old),
    )


def _topics_by_block(record: Record) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for passage in record.passages:
        if passage.score >= DECIDED:
            found[passage.block].append(passage.topic)
    return found


def topics_of(edit: Edit, old: Record, new: Record) -> tuple[str, ...]:
    """The topics that an edit's passages speak to, before or after it."""
    return _topics_of(edit, _topics_by_block(old), _topics_by_block(new))


def _topics_of(
    edit: Edit, old: Mapping[str, list[str]], new: Mapping[str, list[str]]
) -> tuple[str, ...]:
    before = [topic for unit in edit.old for topic in old.get(unit.block, ())]
    after = [topic for unit in edit.new for topic in new.get(unit.block, ())]
    return tuple(dict.fromkeys([*after, *before]))


def _by_topic(
    edits: Iterable[tuple[Edit, tuple[int, int]]], old: Record, new: Record
) -> tuple[TopicChange, ...]:
    before, after = _topics_by_block(old), _topics_by_block(new)
    figures: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for edit, (added, removed) in edits:
        for topic in _topics_of(edit, before, after):
            found = figures[topic]
            found[0] += 1
            found[1] += added
            found[2] += removed
    ordered = sorted(figures.items(), key=lambda item: (-item[1][1] - item[1][2], item[0]))
    return tuple(TopicChange(topic, *found) for topic, found in ordered)


def excerpt(edit: Edit) -> tuple[Span, ...]:
    """An edit's words around what changed, cut to a few lines."""
    spans = edit.spans or (
        *(Span("removed", unit.printed, "") for unit in edit.old),
        *(Span("added", "", unit.printed) for unit in edit.new),
    )
    first = next((n for n, s in enumerate(spans) if s.kind in ("added", "removed")), 0)
    found: list[Span] = []
    room = _EXCERPT_CHARACTERS
    for n, span in enumerate(spans[max(0, first - 1) :], max(0, first - 1)):
        old, new = _cut(span, room, last=n < first)
        found.append(Span(span.kind, old, new))
        room -= max(len(old), len(new))
        if room <= 0:
            break
    return tuple(found)


def _cut(span: Span, room: int, *, last: bool) -> tuple[str, str]:
    """A span's texts; of words in common only the nearest are kept."""
    if span.kind in ("same", "cosmetic"):
        return _short(span.old, 100, last), _short(span.new, 100, last)
    return _short(span.old, room, False), _short(span.new, room, False)


def _short(text: str, limit: int, last: bool) -> str:
    if len(text) <= limit:
        return text
    if last:
        return "… " + text[-limit:].partition(" ")[2]
    return text[:limit].rpartition(" ")[0] + " … "


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
    """Names both records, corrected labels included."""
    ends = (*archive.result(pair.before), *archive.result(pair.after))
    return ":".join((f"change-{HISTORY_VERSION}", *ends))


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
