"""What a change comes to: figures, by topic too, and the passages that changed most."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from policy_archive.model import Change, Edit, Record, Span
from policy_archive.text.words import words
from policy_archive.topics.labeller import DECIDED

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
