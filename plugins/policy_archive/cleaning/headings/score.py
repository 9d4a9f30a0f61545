"""Is this line a heading? What speaks for and against it, weighed.

A line is judged by its own words, by the lines above and below it, and by what its text does with
other lines of the same style: an author who writes headings in capitals, or numbers them, puts
text under each. The weights were fitted on the services of the Open Terms bundle
(`benchmarks/cleaning/headings.py`).
"""

import math
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from policy_archive.cleaning.headings.features import (
    LONGEST,
    MIDDLING,
    LineFeatures,
    TextLine,
    own_features,
)
from policy_archive.cleaning.headings.weights import WEIGHTS

_DEEP_IN_MENU = 3
_OPENING = re.compile(
    r"(?:we|you|if|when|our|this|the|as|in|to|your|by|for|at|please|some|under|these|it|any|from|"
    r"depending|subject|personal|all|most|while|except|with|on|information|cookies)\b",
    re.IGNORECASE,
)
_Habits = dict[tuple[str, str], tuple[int, int]]


def heading_scores(lines: Sequence[TextLine]) -> list[float]:
    """For each of `lines`, how likely it is a heading, from 0 to 1."""
    weight = WEIGHTS.get
    return [
        _probability(sum([weight(feature, 0.0) for feature in features])) if features else 0.0
        for features in heading_features(lines)
    ]


def heading_features(lines: Sequence[TextLine]) -> list[list[str]]:
    """For each of `lines`, what there is to weigh; nothing where it cannot be a heading."""
    seen = [LineFeatures(line) for line in lines]
    places: dict[str, list[int]] = {}
    for position, line in enumerate(seen):
        if line.brief:
            places.setdefault(line.key, []).append(position)
    runs, habits = _runs(seen), _habits(seen)
    result: list[list[str]] = []
    for position, line in enumerate(seen):
        run = runs[position]
        above = seen[position - 1].end if position else ""
        if not line.brief or above == "," or run.within_list or not line.possible:
            result.append([])
            continue
        features = ["any", *own_features(line), *_neighbours(seen, position)]
        features += _among_brief(run, places[line.key], position)
        features += _style(line, habits)
        result.append(features)
    return result


def _neighbours(seen: Sequence[LineFeatures], position: int) -> Iterator[str]:
    line = seen[position]
    if position:
        above = seen[position - 1]
        yield f"above {above.size}"
        yield f"above ends {above.end}"
        if above.brief:
            if above.styles == line.styles:
                yield "above of the same style"
            if above.lower[0] == line.lower[0]:
                yield "above begins alike"
            if len(above.lower) < 6 and above.reference:
                yield "above a reference"
    else:
        yield "first"
    if position + 1 == len(seen):
        yield "last"
        return
    below = seen[position + 1]
    yield f"below {below.size}"
    yield f"below ends {below.end}"
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


class _BriefLines(NamedTuple):
    """Where a line stands among adjacent brief lines, and whether a colon announced them."""

    before: int
    after: int
    announced: bool
    to_the_end: bool
    """Nothing but brief lines follow."""

    @property
    def within_list(self) -> bool:
        """Inside a menu, an address at the end, or a list after a colon: never a heading."""
        if min(self.before, self.after) >= _DEEP_IN_MENU:
            return True
        return bool((self.announced and self.after) or (self.to_the_end and self.before))


def _runs(seen: Sequence[LineFeatures]) -> list[_BriefLines]:
    listable = [line.listable for line in seen]
    after = [0] * (len(seen) + 1)
    for position in range(len(seen) - 2, -1, -1):
        after[position] = after[position + 1] + 1 if listable[position + 1] else 0
    runs: list[_BriefLines] = []
    before, announced = 0, False
    for position, line in enumerate(seen):
        to_the_end = position + after[position] + 1 == len(seen)
        runs.append(_BriefLines(before, after[position], announced, to_the_end))
        before = before + 1 if listable[position] else 0
        if line.end == ":" and (len(line.text) > 30 or not line.brief):
            announced = True
        elif line.end == "." or len(line.text) > LONGEST:
            announced = False
    return runs


def _among_brief(run: _BriefLines, places: Sequence[int], position: int) -> Iterator[str]:
    yield f"brief lines before {min(run.before, 3)}"
    yield f"brief lines after {min(run.after, 3)}"
    if run.announced:
        yield "below a colon"
        if run.after or run.before:
            yield "brief lines below a colon"
    if len(places) > 1:
        yield "repeats an earlier line" if position > places[0] else "repeated further down"


def _habits(seen: Sequence[LineFeatures]) -> _Habits:
    """For each style of brief lines, how many there are and how many stand right above text."""
    counts: _Habits = {}
    below: LineFeatures | None = None
    for line in reversed(seen):
        if line.brief:
            text = below is not None and below.end in (".", ":") and len(below.text) > MIDDLING
            for key in line.styles:
                number, above_text = counts.get(key, (0, 0))
                counts[key] = (number + 1, above_text + text)
        below = None if line.size == "list" else line
    return counts


def _style(line: LineFeatures, habits: _Habits) -> Iterator[str]:
    for key in line.styles:
        number, above_text = habits[key]
        if number < 3:
            yield f"{key[0]} rare"
        else:
            yield f"{key[0]} above text {int(4.999 * above_text / number)}/4"


def _probability(logit: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))
