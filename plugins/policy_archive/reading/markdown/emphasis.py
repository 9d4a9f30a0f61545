"""Emphasis as converters write it, where CommonMark would print the marks: `**Ad data:**This`.

CommonMark asks what stands beside a mark, since people type asterisks for other things too.
Converters escape those, so that a bare mark begins or ends emphasis, and marks of one kind take
turns. Only text in which CommonMark leaves a mark over is read this way.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

_LEFT_OVER = re.compile(r"\*|(?<!\w)_|_(?!\w)")
_KINDS = {
    "*": "*", "**": "**", "***": "** *", "****": "** **", "_": "_", "__": "__", "___": "__ _",
}  # fmt: skip
"""A run of marks as the marks it is made of; longer ones are drawn lines."""
_NAMES = {"*": "em", "_": "em", "**": "strong", "__": "strong"}


class Resolved(NamedTuple):
    """Inline tokens without marks, and what became of the marks that have no partner."""

    tokens: list[Token]
    dropped: list[str]
    """Marks that close nothing, or that nothing closes."""
    parted: list[tuple[str, str]]
    """Characters that two stretches of bold had grown together at, and the same apart."""


def left_over(tokens: Iterable[Token]) -> bool:
    """Whether CommonMark took a mark for text; escaped ones are other tokens."""
    return any(token.type == "text" and _LEFT_OVER.search(token.content) for token in tokens)


def tokenize(state: StateInline, silent: bool) -> bool:
    """The rule for `*` and `_` in place of CommonMark's: marks, to be paired by `resolve`."""
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    end = state.pos
    while end < state.posMax and state.src[end] == marker:
        end += 1
    before = state.src[state.pos - 1] if state.pos else " "
    after = state.src[end] if end < state.posMax else " "
    kinds = _KINDS.get(state.src[state.pos : end])
    if kinds is None or (marker == "_" and before.isalnum() and after.isalnum()):
        state.pending += state.src[state.pos : end]
    else:
        for kind in kinds.split(" "):
            token = state.push("mark", "", 0)
            token.content = kind
            token.meta = {
                "before": before, "after": after, "span": (state.pos, end),
                "last": end == state.posMax,
            }  # fmt: skip
    state.pos = end
    return True


def resolve(tokens: Sequence[Token]) -> Resolved:
    """Make of each pair of marks the tokens that open and close an element."""
    marks: dict[str, list[Token]] = {}
    for token in tokens:
        if token.type == "mark":
            marks.setdefault(token.content, []).append(token)
    for kind, found in marks.items():
        for opening, closing in _by_turns(found) if kind == "**" else _by_place(found):
            opening.type, opening.nesting = f"{_NAMES[kind]}_open", 1
            closing.type, closing.nesting = f"{_NAMES[kind]}_close", -1
    result = Resolved([], [], [])
    for before, token in zip((None, *tokens), tokens, strict=False):
        if token.type == "mark":
            if _means_nothing(token):
                result.dropped.append(token.content)
                continue
            token.type = "text"
        elif before and (before.type, token.type) == ("strong_close", "strong_open"):
            ends, begins = token.meta["before"], token.meta["after"]
            if ends.islower() and begins.isupper():
                result.parted.append((f"{ends}{begins}", f"{ends} {begins}"))
                result.tokens.append(Token("text", "", 0, content=" "))
        result.tokens.append(token)
    return result


def _by_turns(marks: Sequence[Token]) -> list[tuple[Token, Token]]:
    """Marks take turns, but where one is missing: the space beside a mark tells which."""
    pairs: list[tuple[Token, Token]] = []
    opening: Token | None = None
    for place, mark in enumerate(marks):
        before, after = _spaces(mark)
        one_missing = (len(marks) - place) % 2 == (opening is None)
        if opening is None:
            opening = None if one_missing and after else mark
        elif one_missing and before and not after:
            opening = mark
        elif not (all(_spaces(opening)) and before and after):
            pairs.append((opening, mark))
            opening = None
    return pairs


def _by_place(marks: Sequence[Token]) -> list[tuple[Token, Token]]:
    """A mark that may close the one before it does; names of cookies hold underscores."""
    pairs: list[tuple[Token, Token]] = []
    opening: Token | None = None
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        before, after = _spaces(mark)
        if mark.content[0] == "*":
            opens, closes = not after, not before
        else:
            opens = not mark.meta["before"].isalnum() and (not after or not mark.meta["span"][0])
            opens = opens or (following is not None and _around_punctuation(mark, following))
            closes = not mark.meta["after"].isalnum()
        if opening is not None and closes:
            pairs.append((opening, mark))
            opening = None
        elif opens:
            opening = mark
    return pairs


def _around_punctuation(mark: Token, following: Token) -> bool:
    """Whether two marks stand around a full stop, or some such, alone: `2024_._`."""
    apart = following.meta["span"][0] - mark.meta["span"][1]
    return 0 < apart <= 2 and not (
        mark.meta["after"].isalnum() or following.meta["before"].isalnum()
    )


def _spaces(mark: Token) -> tuple[bool, bool]:
    """Whether there is space, or nothing, before and after `mark`."""
    return mark.meta["before"].isspace(), mark.meta["after"].isspace()


def _means_nothing(mark: Token) -> bool:
    """Whether a mark without a partner may go: it is no footnote's, and no part of a name."""
    if mark.content == "**":
        return not all(_spaces(mark)) or mark.meta["last"]
    if mark.content == "__":
        return not mark.meta["after"].isalnum()
    return mark.meta["before"] in "*_" and mark.meta["after"] in "*_"
