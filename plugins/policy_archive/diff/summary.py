"""What a change comes to: figures, by topic too, and the passages that changed most."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from policy_archive.diff.change import Change, Edit, Span
from policy_archive.diff.returns import latest
from policy_archive.model import Record
from policy_archive.text.words import words
from policy_archive.topics.labeller import DECIDED

_EXCERPTS = 3
_EXCERPT_CHARACTERS = 420
_CONTEXT_CHARACTERS = 100
"""Of the words that both texts have, on either side of a change."""


class TopicChange(NamedTuple):
    """What a change did to the passages on one topic."""

    topic: str
    """Its id."""
    passages: int
    added: int
    """Words."""
    removed: int
    """Words."""
    excerpt: tuple[Span, ...] = ()
    """Of the passage on it that changed most, the words around what changed."""


@dataclass(frozen=True, slots=True)
class ChangeSummary:
    """The figures of a change, and its first passages."""

    passages: int = 0
    """Passages with words added or removed."""
    added: int = 0
    """Words."""
    removed: int = 0
    """Words."""
    moved: int = 0
    """Passages that stand elsewhere now."""
    cosmetic: int = 0
    """Passages that only look different."""
    returned: int = 0
    """Passages whose text stood before, and stands again."""
    returns: str = ""
    """The capture that had most of these last."""
    share: float = 0.0
    """Of the words of both texts, how many were added or removed: 0 to 1."""
    topics: tuple[TopicChange, ...] = ()
    """Most words first."""
    excerpts: tuple[tuple[Span, ...], ...] = ()
    """Of the passages that changed most, the words around what changed."""

    @property
    def substantive(self) -> bool:
        """Whether words were added or removed."""
        return self.passages > 0


def summarise(change: Change, old: Record, new: Record) -> ChangeSummary:
    """The figures of `change`, which makes `new` of `old`, by topic, and its first passages."""
    edits = change.substantive
    counts = [_counts(edit) for edit in edits]
    added, removed = sum(it.added for it in counts), sum(it.removed for it in counts)
    return ChangeSummary(
        passages=len(edits),
        added=added,
        removed=removed,
        moved=sum(edit.kind == "moved" for edit in change.edits),
        cosmetic=sum(edit.kind == "cosmetic" for edit in change.edits),
        returned=len(change.returning),
        returns=latest(edit.returns for edit in change.returning),
        share=round(min(1.0, (added + removed) / max(1, old.words + new.words)), 4),
        topics=_by_topic(zip(edits, counts, strict=True), old, new),
        excerpts=tuple(_excerpt(edits[at]) for at in _largest(counts)),
    )


class _Counts(NamedTuple):
    """How many words an edit adds and removes."""

    added: int
    removed: int


def _counts(edit: Edit) -> _Counts:
    if not edit.spans:
        added, removed = ((unit.printed for unit in side) for side in (edit.new, edit.old))
    else:
        added = (span.new for span in edit.spans if span.kind == "added")
        removed = (span.old for span in edit.spans if span.kind == "removed")
    return _Counts(sum(len(words(it)) for it in added), sum(len(words(it)) for it in removed))


def _largest(counts: Sequence[_Counts]) -> list[int]:
    """The passages that changed most, largest first: a new date alone says little."""
    ranked = sorted(range(len(counts)), key=lambda at: (-sum(counts[at]), at))
    return ranked[:_EXCERPTS]


def leading(change: Change, old: Record, new: Record) -> Mapping[str, int]:
    """By topic, which of `change.edits` changed most of what is said on it, as an index."""
    counted = {at: _counts(edit) for at, edit in enumerate(change.edits) if edit.substantive}
    edits = ((change.edits[at], counts) for at, counts in counted.items())
    places = {id(change.edits[at]): at for at in counted}
    return {
        topic: places[id(_most(touched))] for topic, touched in _touched(edits, old, new).items()
    }


def _by_topic(
    edits: Iterable[tuple[Edit, _Counts]], old: Record, new: Record
) -> tuple[TopicChange, ...]:
    found = _touched(edits, old, new)
    changes = (_of_topic(topic, touched) for topic, touched in found.items())
    return tuple(sorted(changes, key=lambda it: (-it.added - it.removed, it.topic)))


def _touched(
    edits: Iterable[tuple[Edit, _Counts]], old: Record, new: Record
) -> Mapping[str, list[tuple[Edit, _Counts]]]:
    """By topic, the edits of passages that speak to it on either side."""
    before, after = _topics_by_block(old), _topics_by_block(new)
    found: dict[str, list[tuple[Edit, _Counts]]] = defaultdict(list)
    for edit, counts in edits:
        topics = {topic for unit in edit.new for topic in after.get(unit.block, ())}
        topics |= {topic for unit in edit.old for topic in before.get(unit.block, ())}
        for topic in topics:
            found[topic].append((edit, counts))
    return found


def _most(touched: Sequence[tuple[Edit, _Counts]]) -> Edit:
    return touched[_largest([counts for _, counts in touched])[0]][0]


def _of_topic(topic: str, touched: Sequence[tuple[Edit, _Counts]]) -> TopicChange:
    counts = [it for _, it in touched]
    added, removed = sum(it.added for it in counts), sum(it.removed for it in counts)
    return TopicChange(topic, len(touched), added, removed, _excerpt(_most(touched)))


def _topics_by_block(record: Record) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for passage in record.passages:
        if passage.score >= DECIDED:
            found[passage.block].append(passage.topic)
    return found


def _excerpt(edit: Edit) -> tuple[Span, ...]:
    """An edit's words around what changed, cut to a few lines."""
    spans = edit.spans or (
        *(Span("removed", unit.printed, "") for unit in edit.old),
        *(Span("added", "", unit.printed) for unit in edit.new),
    )
    first = next((n for n, span in enumerate(spans) if span.substantive), 0)
    found: list[Span] = []
    room = _EXCERPT_CHARACTERS
    for n, span in enumerate(spans[max(0, first - 1) :], max(0, first - 1)):
        if span.substantive:
            cut = Span(span.kind, _beginning(span.old, room), _beginning(span.new, room))
        else:
            part = _end if n < first else _beginning
            old, new = (part(text, _CONTEXT_CHARACTERS) for text in (span.old, span.new))
            cut = Span(span.kind, old, new)
        found.append(cut)
        room -= max(len(cut.old), len(cut.new))
        if room <= 0:
            break
    return tuple(found)


def _beginning(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[:limit].rpartition(" ")[0] + " … "


def _end(text: str, limit: int) -> str:
    return text if len(text) <= limit else "… " + text[-limit:].partition(" ")[2]
