"""What the lines around a line say of it, and what its text does with lines of its style."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from policy_archive.cleaning.headings.features import LONGEST, MIDDLING, LineFeatures
from policy_archive.cleaning.headings.numbers import Counting

_DEEP_IN_MENU = 5
_SHORT = 100
_OPENING = re.compile(
    r"(?:we|you|if|when|our|this|the|as|in|to|your|by|for|at|please|some|under|these|it|any|from|"
    r"depending|subject|personal|all|most|while|except|with|on|information|cookies)\b",
    re.IGNORECASE,
)
Habits = dict[tuple[str, str], tuple[int, int]]


def neighbours(seen: Sequence[LineFeatures], position: int) -> Iterator[str]:
    """What speaks from the lines above and below."""
    line = seen[position]
    if position:
        above = seen[position - 1]
        yield f"above {above.size}"
        yield f"above {above.size} ends {above.end}"
        if above.brief:
            if above.styles == line.styles:
                yield "above of the same style"
            if above.lower[0] == line.lower[0]:
                yield "above begins alike"
            if len(above.lower) < 6 and above.reference:
                yield "above a reference"
    else:
        yield "first"
    if position < 3:
        yield "near the top"
    if position + 1 == len(seen):
        yield "last"
        return
    below = seen[position + 1]
    yield f"below {below.size}"
    yield f"{line.case}, below {below.size}"
    yield f"below {below.size} ends {below.end}"
    if below.text[:1].islower():
        yield "below in lower case"
    if _OPENING.match(below.text):
        yield "below opens a sentence"
    if below.brief:
        if below.styles == line.styles:
            yield "below of the same style"
        if below.lower[0] == line.lower[0]:
            yield "below begins alike"
    start = below.text[:250].lower()
    if any(len(word) > 4 and word[:-1] in start for word in line.lower):
        yield "below takes up a word"
    if position + 2 < len(seen):
        yield f"second below {seen[position + 2].size}"


class BriefLines(NamedTuple):
    """Where a line stands among adjacent brief lines, and whether a colon announced them."""

    before: int
    after: int
    announced: bool
    to_the_end: bool
    """Nothing but brief lines follow."""

    @property
    def deep(self) -> bool:
        """Whether it is deep in a menu: never a heading."""
        return min(self.before, self.after) >= _DEEP_IN_MENU


def runs_of_brief_lines(seen: Sequence[LineFeatures]) -> list[BriefLines]:
    """For each line, how it stands among adjacent brief lines."""
    listable = [line.listable for line in seen]
    after = [0] * (len(seen) + 1)
    for position in range(len(seen) - 2, -1, -1):
        after[position] = after[position + 1] + 1 if listable[position + 1] else 0
    runs: list[BriefLines] = []
    before, announced = 0, False
    for position, line in enumerate(seen):
        to_the_end = position + after[position] + 1 == len(seen)
        runs.append(BriefLines(before, after[position], announced, to_the_end))
        before = before + 1 if listable[position] else 0
        if line.end == ":" and (len(line.text) > 30 or not line.brief):
            announced = True
        elif line.end == "." or len(line.text) > LONGEST:
            announced = False
    return runs


def among_brief(run: BriefLines, short: tuple[int, int]) -> Iterator[str]:
    """What speaks from the run of brief lines, and of `short` ones, that a line stands in."""
    yield f"brief lines before {min(run.before, 3)}"
    yield f"brief lines after {min(run.after, 3)}"
    for side, count in zip(("before", "after"), short, strict=True):
        yield f"short lines {side} {count if count < 3 else '3-5' if count < 6 else '6+'}"
    if run.to_the_end and run.before:
        yield "brief lines to the end"
    if run.announced:
        yield "below a colon"
        if run.after:
            yield "brief lines below a colon, more follow"
        elif run.before:
            yield "brief lines below a colon, the last"


def habits_of(seen: Sequence[LineFeatures]) -> Habits:
    """For each style of brief lines, how many there are and how many stand right above text."""
    counts: Habits = {}
    below: LineFeatures | None = None
    for line in reversed(seen):
        if line.brief:
            text = below is not None and below.length > MIDDLING
            for key in line.styles:
                number, above_text = counts.get(key, (0, 0))
                counts[key] = (number + 1, above_text + text)
        below = None if line.size == "list" else line
    return counts


def by_style(line: LineFeatures, habits: Habits) -> Iterator[str]:
    """What speaks from the lines of the same style."""
    for key in line.styles:
        number, above_text = habits[key]
        if number < 3:
            yield f"{key[0]} rare"
        else:
            yield f"{key[0]} above text {int(4.999 * above_text / number)}/4"


def repeats(seen: Sequence[LineFeatures]) -> list[str]:
    """For each line, whether another says the same, as a table of contents does."""
    places: dict[str, list[int]] = {}
    for position, line in enumerate(seen):
        if line.brief:
            places.setdefault(line.key, []).append(position)
    found = [""] * len(seen)
    for same in places.values():
        for position in same if len(same) > 1 else ():
            found[position] = "repeated" if position < same[-1] else "repeats"
    for position, kind in enumerate(found):
        if kind == "repeated":
            beside = found[max(0, position - 1)], found[min(position + 1, len(seen) - 1)]
            if (position and beside[0] in ("repeated", "contents")) or beside[1] == "repeated":
                found[position] = "contents"
    return found


def by_number(seen: Sequence[LineFeatures], position: int, count: Counting) -> Iterator[str]:
    """What speaks from the lines that count before and after a numbered line."""
    if count.before >= 0:
        yield f"number counts on {_between(seen, count.before, position)}"
        yield f"number counts on from {_clause(seen[count.before])}"
    else:
        yield "number begins" if count.first else "number out of turn"
    if count.after >= 0:
        yield f"number is followed {_between(seen, position, count.after)}"
        yield f"number is followed by {_clause(seen[count.after])}"
    else:
        yield "number ends"


def _between(seen: Sequence[LineFeatures], start: int, end: int) -> str:
    if end - start == 1:
        return "at once"
    return "over text" if any(line.length > MIDDLING for line in seen[start + 1 : end]) else "soon"


def _clause(line: LineFeatures) -> str:
    return "a brief line" if line.brief and line.length <= MIDDLING else "a clause"


def short_lines(seen: Sequence[LineFeatures]) -> list[tuple[int, int]]:
    """For each line, how many short ones stand right above and below, whatever they end with."""
    short = [line.length <= _SHORT for line in seen]
    after = [0] * (len(seen) + 1)
    for position in range(len(seen) - 2, -1, -1):
        after[position] = after[position + 1] + 1 if short[position + 1] else 0
    result, before = [], 0
    for position, it in enumerate(short):
        result.append((before, after[position]))
        before = before + 1 if it else 0
    return result
