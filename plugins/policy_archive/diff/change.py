"""What a change is made of: units of text, edits of units, spans of words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

UnitKind = Literal["heading", "paragraph", "item", "row", "preformatted"]
SpanKind = Literal["same", "cosmetic", "removed", "added"]
EditKind = Literal["same", "cosmetic", "changed", "added", "removed", "moved", "moved-away"]

_SPAN_REVERSED: Mapping[SpanKind, SpanKind] = {"removed": "added", "added": "removed"}
_EDIT_REVERSED: Mapping[EditKind, EditKind] = {
    "removed": "added",
    "added": "removed",
    "moved": "moved-away",
    "moved-away": "moved",
}


@dataclass(frozen=True, slots=True)
class Unit:
    """What is compared as one: a heading, a paragraph, a list's item, a table's row."""

    kind: UnitKind
    text: str
    number: str = ""
    """An item's printed number."""
    depth: int = 0
    """A heading's level, or how deep a list or quotation is nested."""
    block: str = ""
    """The id that it, or the block it is in, has on its page."""
    markup: str = ""
    """A digest of links and marks; equal where these are."""
    folded: bool = False
    """Whether it is of the site's own menus and footers."""

    @property
    def printed(self) -> str:
        """Number and text, as they are read."""
        return f"{self.number} {self.text}".strip() if self.number else self.text


class Span(NamedTuple):
    """A stretch of two texts: `same` in both, `cosmetic`ally different, or in one of them only."""

    kind: SpanKind
    old: str
    new: str

    @property
    def substantive(self) -> bool:
        """Whether its words are in one of the texts only."""
        return self.kind in ("removed", "added")

    def reversed(self) -> "Span":
        """The span of the change that undoes this one's."""
        return Span(_SPAN_REVERSED.get(self.kind, self.kind), self.new, self.old)


@dataclass(frozen=True, slots=True)
class Edit:
    """What became of neighbouring units; usually one of each side.

    `moved` stands where the text is now and `moved-away` where it was; both name both sides.
    """

    kind: EditKind
    old: tuple[Unit, ...] = ()
    new: tuple[Unit, ...] = ()
    spans: tuple[Span, ...] = ()
    """Of `changed`, `cosmetic` and `moved`: the words; units are parted by a line break."""
    returns: str = ""
    """The capture whose text stands here again (see `returns`); empty where the text is new."""

    @property
    def substantive(self) -> bool:
        """Whether it adds or removes words for the first time; a moved text may do so too."""
        if self.returns:
            return False
        if self.kind == "moved":
            return any(span.substantive for span in self.spans)
        return self.kind in ("changed", "added", "removed")

    def reversed(self) -> "Edit":
        """The edit that undoes this one."""
        spans = tuple(span.reversed() for span in self.spans)
        return Edit(_EDIT_REVERSED.get(self.kind, self.kind), self.new, self.old, spans)


@dataclass(frozen=True, slots=True)
class Change:
    """The difference between two texts: every unit of both, in order.

    So it can be applied and reversed, which is how it is known to be right.
    """

    edits: tuple[Edit, ...]

    @property
    def empty(self) -> bool:
        """Whether the texts are equal, down to markup."""
        return all(edit.kind == "same" for edit in self.edits)

    @property
    def substantive(self) -> tuple[Edit, ...]:
        """What changes words, not only their look or place, and is no return."""
        return tuple(edit for edit in self.edits if edit.substantive)

    @property
    def returning(self) -> tuple[Edit, ...]:
        """What only brings back an earlier text."""
        return tuple(edit for edit in self.edits if edit.returns)

    def apply(self, old: Sequence[Unit]) -> tuple[Unit, ...]:
        """The new text that this change makes of `old`.

        Raises:
            ValueError: it was made for another text.
        """
        before = (unit for edit in self.edits if edit.kind != "moved" for unit in edit.old)
        if tuple(before) != tuple(old):
            raise ValueError("this change was made for another text")
        return tuple(unit for edit in self.edits if edit.kind != "moved-away" for unit in edit.new)

    def reversed(self) -> "Change":
        """The change that undoes this one."""
        return Change(tuple(edit.reversed() for edit in self.edits))
