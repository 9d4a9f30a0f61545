"""Is this line a heading? What speaks for and against it, weighed.

A line is judged by its own words, by the lines above and below it, and by what its text does with
other lines of the same style: an author who writes headings in capitals, or numbers them, puts
text under each. The weights were fitted on half of the services of the Open Terms bundle
(`benchmarks/cleaning/headings.py`).
"""

import math
import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from policy_archive.cleaning.heading_weights import WEIGHTS
from policy_archive.cleaning.heading_words import (
    ASKING,
    CONDITIONS,
    PRONOUNS,
    SMALL,
    VOCABULARY,
)

_LONGEST = 130
_MOST_WORDS = 20
_LONG, _MIDDLING = 150, 70

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_NUMBER = re.compile(
    r"(?:(?P<part>(?:article|section|part|chapter|clause)\s+[\divxa-z]{1,4}\b[.:)–—-]*)"
    r"|(?P<deep>\d{1,2}(?:\.\d{1,2})+)[.):]?"
    r"|(?P<plain>(?!19|20)\d{1,2})[.):]?"
    r"|(?P<roman>[IVX]{1,5}|[ivx]{2,5})[.):]"
    r"|(?P<letter>[A-Z])[.)]"
    r"|(?P<item>\(?[a-z]\)|\([a-z\d]{1,3}\)|[a-z]\.))\s+(?=\S)",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!][\"'”’)\]]+$")
_FINITE = re.compile(
    r"\b(?:is|are|was|were|will|may|can|must|shall|should|has|have|does|did|cannot|don[’']t|"
    r"includes?|agree|applies|allows?|please|becomes?|explains?|means?)\b",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"\b(?:updated|modified|revised|effective|dated?|version|posted)\b|\b(?:19|20)\d\d\b|©",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"https?:|www\.|\S@\S|\.(?:com|org|net|co|io|eu|gov|edu)\b|"
    r"\b(?:click|skip|sign|log ?in|read more|learn more|go to|view|back|top|menu|home|expand|"
    r"collapse|download|print)\b",
    re.IGNORECASE,
)
_POSTAL = re.compile(
    r"\b(?:street|st\.|road|avenue|ave|suite|floor|drive|lane|blvd|p\.? ?o\.? box|attn|inc|llc|ltd|"
    r"gmbh|tel|fax|phone|team|department|dept|corporation|limited)\b|\d{3}",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"(?:we|you|if|when|our|this|the|as|in|to|your|by|for|at|please|some|under|these|it|any|from|"
    r"depending|subject|personal|all|most|while|except|with|on|information|cookies)\b",
    re.IGNORECASE,
)
_POLICY = re.compile(
    r"\b(?:privacy|cookies?)\b.{0,20}\b(?:policy|notice|statement)$", re.IGNORECASE
)
_CONTENTS = re.compile(r"(?:table of )?contents:?$", re.IGNORECASE)


class TextLine(NamedTuple):
    """A line of the document, and whether it belongs to a list, a table or a quotation."""

    text: str
    enclosed: bool = False


def heading_scores(lines: Sequence[TextLine]) -> list[float]:
    """For each of `lines`, how likely it is a heading, from 0 to 1."""
    return [
        _probability(sum(WEIGHTS.get(feature, 0.0) for feature in features)) if features else 0.0
        for features in heading_features(lines)
    ]


def heading_features(lines: Sequence[TextLine]) -> list[list[str]]:
    """For each of `lines`, what there is to weigh; nothing where it cannot be a heading."""
    seen = [_Seen(line) for line in lines]
    places: dict[str, list[int]] = {}
    for position, line in enumerate(seen):
        if line.brief:
            places.setdefault(line.key, []).append(position)
    runs, habits = _runs(seen), _habits(seen)
    return [
        [
            *_own(line),
            *_neighbours(seen, position),
            *_among_brief(runs[position], places[line.key], position),
            *_style(line, habits),
        ]
        if line.brief
        else []
        for position, line in enumerate(seen)
    ]


class _Seen:
    """A line with what is asked of it more than once."""

    __slots__ = ("bare", "brief", "case", "end", "key", "number", "size", "styles", "text", "words")

    def __init__(self, line: TextLine) -> None:
        self.text = text = line.text
        last = text[-1:]
        self.end = last if last in _ENDS else "." if _SENTENCE_END.search(text) else "open"
        length = len(text)
        self.size = (
            "list" if line.enclosed else "long" if length > _LONG
            else "middling" if length > _MIDDLING else "short"
        )  # fmt: skip
        self.words: list[str] = []
        self.case = self.number = self.key = ""
        self.bare = text
        self.styles: tuple[tuple[str, str], ...] = ()
        self.brief = 0 < length <= _LONGEST and last not in (";", ",") and not line.enclosed
        if self.brief:
            self._look()

    def _look(self) -> None:
        found = _NUMBER.match(self.text)
        if found:
            self.number = found.lastgroup or ""
            self.bare = self.text[found.end() :]
        self.words = _WORD.findall(self.bare)
        self.brief = 0 < len(self.words) <= _MOST_WORDS
        if self.brief:
            self.key = " ".join(self.words).lower()
            self.case = _case(self.bare, self.words)
            style = f"{self.case} {self.number} {self.end}"
            self.styles = (("style", style), ("case", self.case))
            if self.number:
                self.styles += (("number", self.number),)

    @property
    def listable(self) -> bool:
        """Whether it may be one of a run of brief lines, as menus and bare lists are."""
        return self.brief and self.end in ("open", "?")


_ENDS = frozenset(".!?:;,")


def _case(text: str, words: Sequence[str]) -> str:
    if words[0][0].islower():
        return "lower"
    if text.isupper():
        return "capitals"
    rest = words[1:]
    countable = sum(1 for word in rest if word.lower() not in SMALL)
    if not countable:
        return "one"
    large = sum(1 for word in rest if word[0].isupper())
    return "title" if large >= 0.75 * countable else "sentence" if large <= 1 else "mixed"


def _own(line: _Seen) -> Iterator[str]:
    first = line.words[0].lower()
    count = len(line.words)
    yield "any"
    yield f"words {count if count < 4 else '4-6' if count < 7 else '7-10' if count < 11 else '11+'}"
    yield f"case {line.case}"
    yield f"end {line.end}"
    if line.number:
        yield f"number {line.number}"
    known = sum(1 for word in line.words if word.lower() in VOCABULARY)
    yield f"known words {min(known, 3)}"
    if known and known >= sum(1 for word in line.words if word.lower() not in SMALL):
        yield "all words known"
    if first in ASKING:
        yield "asks" if line.end == "?" else "begins like a question"
    else:
        if _FINITE.search(line.bare):
            yield "states"
        if kind := _FIRST_WORDS.get(first) or (first.endswith("ing") and "begins with -ing"):
            yield kind
    for feature, test in _TESTS:
        if test(line.bare):
            yield feature


_FIRST_WORDS = {
    **dict.fromkeys(PRONOUNS, "begins with a pronoun"),
    **dict.fromkeys(CONDITIONS, "begins with a condition"),
    **dict.fromkeys(("your", "our", "my"), "begins with a possessive"),
}
_TESTS: tuple[tuple[str, Callable[[str], object]], ...] = (
    ("date", _DATED.search),
    ("reference", _REFERENCE.search),
    ("postal", _POSTAL.search),
    ("names a policy", _POLICY.search),
    ("contents", _CONTENTS.match),
    ("comma", re.compile(",").search),
    ("parenthesis", re.compile(r"[(\[]").search),
    ("divided", re.compile(r":.| - |\|").search),
    ("quotes", re.compile('["“”]').search),
)


def _neighbours(seen: Sequence[_Seen], position: int) -> Iterator[str]:
    line = seen[position]
    if position:
        above = seen[position - 1]
        yield f"above {above.size}"
        yield f"above ends {above.end}"
        if above.brief and above.styles == line.styles:
            yield "above of the same style"
        if above.brief and above.words[0] == line.words[0]:
            yield "above begins alike"
        if above.brief and len(above.words) < 6 and _REFERENCE.search(above.bare):
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
    if below.brief and below.styles == line.styles:
        yield "below of the same style"
    if below.brief and below.words[0] == line.words[0]:
        yield "below begins alike"
    start = below.text[:250].lower()
    if any(len(word) > 4 and word.lower()[:-1] in start for word in line.words):
        yield "below takes up a word"
    if position + 2 < len(seen):
        yield f"second below {seen[position + 2].size}"


class _Run(NamedTuple):
    """Where a line stands among adjacent brief lines, and whether a colon announced them."""

    before: int
    after: int
    announced: bool


def _runs(seen: Sequence[_Seen]) -> list[_Run]:
    after = [0] * (len(seen) + 1)
    for position in range(len(seen) - 2, -1, -1):
        after[position] = after[position + 1] + 1 if seen[position + 1].listable else 0
    runs: list[_Run] = []
    before, announced = 0, False
    for position, line in enumerate(seen):
        runs.append(_Run(before, after[position], announced))
        before = before + 1 if line.listable else 0
        if line.end == ":" and (len(line.text) > 40 or not line.brief):
            announced = True
        elif line.end == "." or len(line.text) > _LONGEST:
            announced = False
    return runs


def _among_brief(run: _Run, places: Sequence[int], position: int) -> Iterator[str]:
    yield f"brief lines before {min(run.before, 3)}"
    yield f"brief lines after {min(run.after, 3)}"
    if run.announced:
        yield "below a colon"
        if run.after or run.before:
            yield "brief lines below a colon"
    if len(places) > 1:
        yield "repeats an earlier line" if position > places[0] else "repeated further down"


def _habits(seen: Sequence[_Seen]) -> dict[tuple[str, str], tuple[int, int]]:
    """For each style of brief lines, how many there are and how many stand right above text."""
    counts: dict[tuple[str, str], tuple[int, int]] = {}
    below = None
    for line in reversed(seen):
        if line.brief:
            above_text = (
                below is not None and below.end in (".", ":") and len(below.text) > _MIDDLING
            )
            for key in line.styles:
                number, text = counts.get(key, (0, 0))
                counts[key] = (number + 1, text + above_text)
        below = None if line.size == "list" else line
    return counts


def _style(line: _Seen, habits: dict[tuple[str, str], tuple[int, int]]) -> Iterator[str]:
    for key in line.styles:
        number, text = habits[key]
        if number < 3:
            yield f"{key[0]} rare"
        else:
            yield f"{key[0]} above text {int(4.999 * text / number)}/4"


def _probability(logit: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))
