"""One line of text as the search for headings sees it: its words, its style, how it ends."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from policy_archive.cleaning.headings.numbers import Number, printed_number
from policy_archive.cleaning.headings.vocabulary import (
    ASKING,
    COLUMNS,
    CONDITIONS,
    DANGLING,
    DATED,
    DIRECTIONS,
    FINITE,
    OPEN_QUESTIONS,
    POSSESSIVES,
    POSTAL,
    PRONOUNS,
    SMALL,
    VOCABULARY,
)

LONGEST = 130
_MOST_WORDS = 20
_LONG, MIDDLING = 150, 70
_ENDS = frozenset(".!?:;,")

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!][\"'”’)\]]+$")
_CLOSING = frozenset("\"'”’)]")
_LINK = re.compile(r"https?:|www\.|\S@\S|\.(?:com|org|net|co|io|eu|gov|edu)\b", re.IGNORECASE)
_DIGITS = re.compile(r"(?P<year>(?:19|20)\d\d\b)|\d{3}")
_NEVER = re.compile(
    r"\d+ (?:seconds|minutes?|hours?|days?|weeks?|months?|years?) ago\b|"
    r"\d+ \S+(?: \S+)? (?:st|street|ave|avenue|road|rd|way|drive|dr|lane|blvd|floor|suite)\b|"
    r"https?://|"
    r"\W*(?:(?:read|learn|see|show|find out) (?:more|less)|click here|go to|back to|return to|"
    r"skip to|view (?:all|previous|on)|submit)\b|"
    r"\W*(?:united (?:states|kingdom)|u\.?s\.?a?|uk|canada)\W*$",
    re.IGNORECASE,
)
_ZIP_CODE = re.compile(r"[A-Z]{2}[,.]? \d{5}(?:-\d{4})?$")
_POLICY = re.compile(
    r"\b(?:privacy|cookies?|data protection)\b.{0,30}\b(?:polic(?:y|ies)|notices?|statements?)$",
    re.IGNORECASE,
)
_CONTENTS = re.compile(r"(?:table of )?contents:?$", re.IGNORECASE)


class TextLine(NamedTuple):
    """A line of the document, and whether it belongs to a list, a table or a quotation."""

    text: str
    enclosed: bool = False


class LineFeatures:
    """A line with what is asked of it more than once."""

    bare = case = key = ""
    number: Number | None = None
    lower: Sequence[str] = ()
    styles: tuple[tuple[str, str], ...] = ()

    def __init__(self, line: TextLine) -> None:
        self.text, enclosed = line
        self.length = length = len(self.text)
        last = self.text[-1:]
        if last in _ENDS:
            self.end = last
        else:
            closed = last in _CLOSING and _SENTENCE_END.search(self.text)
            self.end = "." if closed else "open"
        if enclosed:
            self.size = "list"
        else:
            self.size = "long" if length > _LONG else "middling" if length > MIDDLING else "short"
        self.number = printed_number(self.text)
        self.brief = 0 < length <= LONGEST and last not in (";", ",") and not enclosed
        if self.brief:
            self._look()

    def _look(self) -> None:
        """Find the words and the style of a line that may be a heading."""
        self.bare = self.text[self.number.end :] if self.number else self.text
        words = _WORD.findall(self.bare)
        self.brief = 0 < len(words) <= _MOST_WORDS
        if not self.brief:
            return
        self.key = " ".join(words).lower()
        self.lower = self.key.split(" ")
        self.case = _case(self.bare, words, self.lower)
        number = self.number.kind if self.number else ""
        styles = ("style", f"{self.case} {number} {self.end}"), ("case", self.case)
        self.styles = (*styles, ("number", number)) if number else styles

    @property
    def listable(self) -> bool:
        """Whether it may be one of a run of brief lines, as menus and bare lists are."""
        return self.brief and self.end in ("open", "?")

    @property
    def possible(self) -> bool:
        """Whether it may be a heading: not a place, not a link, not broken off in a sentence."""
        if not self.brief or _NEVER.match(self.text):
            return False
        last = self.lower[-1]
        if last in DANGLING and self.lower[0] not in OPEN_QUESTIONS and self.text[-1].isalpha():
            return False
        return not (self.text[-1].isdigit() and _ZIP_CODE.search(self.text))

    @property
    def reference(self) -> bool:
        """Whether it sends the reader elsewhere ("Click here", "www.example.org")."""
        if self.lower[0] in DIRECTIONS:
            return True
        # No link is without one of these, and hardly a line has one.
        text = self.bare
        return ("." in text or "@" in text or ":" in text) and _LINK.search(text) is not None


def _case(text: str, words: Sequence[str], lower: Sequence[str]) -> str:
    if words[0][0].islower():
        return "lower"
    if text.isupper():
        return "capitals"
    countable = sum([word not in SMALL for word in lower[1:]])
    if not countable:
        return "one"
    large = sum([word[0].isupper() for word in words[1:]])
    return "title" if large >= 0.75 * countable else "sentence" if large <= 1 else "mixed"


def own_features(line: LineFeatures) -> Iterator[str]:
    """What a line says by itself."""
    count = len(line.lower)
    size = count if count < 4 else "4-6" if count < 7 else "7-10" if count < 11 else "11+"
    yield f"words {size}"
    yield f"words {size}, ends {line.end}"
    yield f"case {line.case}"
    yield f"end {line.end}"
    yield f"{line.case}, ends {line.end}"
    if line.number:
        yield f"number {line.number.kind}"
        yield f"words {size}, numbered"
    known = sum([word in VOCABULARY for word in line.lower])
    yield f"known words {min(known, 3)}"
    if known and known >= sum([word not in SMALL for word in line.lower]):
        yield "all words known"
    yield from _wording(line)
    yield from _characters(line.bare)


def _wording(line: LineFeatures) -> Iterator[str]:
    first = line.lower[0]
    if first in ASKING:
        yield "asks" if line.end == "?" else "begins like a question"
    elif not FINITE.isdisjoint(line.lower):
        yield "states"
    if first in PRONOUNS:
        yield "begins with a pronoun"
    elif first in CONDITIONS:
        yield "begins with a condition"
    elif first in POSSESSIVES:
        yield "begins with a possessive"
    elif first.endswith("ing"):
        yield "begins with -ing"
    names_policy = " " in line.bare and _POLICY.search(line.bare)
    if line.reference and not names_policy:
        yield "reference"
    elif not DIRECTIONS.isdisjoint(line.lower):
        yield "direction inside"
    if not POSTAL.isdisjoint(line.lower):
        yield "postal"
    if not DATED.isdisjoint(line.lower):
        yield "date"
    if names_policy:
        yield "names a policy"
    if _CONTENTS.match(line.bare):
        yield "contents"
    if len(line.lower) > 1 and COLUMNS.issuperset(line.lower):
        yield "columns"


def _characters(text: str) -> Iterator[str]:
    if found := _DIGITS.search(text):
        yield "year" if found["year"] else "number inside"
    if "," in text:
        yield "comma"
    if "(" in text:
        yield "parenthesis"
    if ":" in text[:-1] or " - " in text or "|" in text:
        yield "divided"
    if '"' in text or "“" in text:
        yield "quotes"
