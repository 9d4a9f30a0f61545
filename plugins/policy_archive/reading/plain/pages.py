"""The pages of a PDF in its text: numbers and running heads stand between the lines of a sentence.

A number alone on its line may be anything. It is a page's where such numbers count up and something
else shows a page's end: the word for it, a form feed, a line that repeats beside it, or a sentence
that goes on behind it. A number at the end of a line that else repeats (`Acme Privacy Policy 3`) is
one only where a sentence goes on: so may `Article 3`.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from policy_archive.text.numerals import roman_value

_NUMBER = re.compile(
    r"(?P<said>(?:.{0,80}[\s|–—-])?(?:page|seite|pagina|página|sida|side|strona|p\.|ページ)\s?\|?\s?"
    r"(?P<a>\d{1,4})(?:\s?(?:of|von|de|di|sur|av|/)\s?\d{1,4})?)"
    r"|(?P<roman>[ivx]{1,6})|(?P<b>\d{1,4})\s?(?:/|of|von|de|di|sur)\s?\d{1,4}|[-–—|]{0,2}\s?(?P<c>\d{1,4})\s?[-–—|]{0,2}",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_ENDS = re.compile(r"[.!?:;][\"'”’)\]]*$")
_HEAD = 100
"""Characters of a running head at most."""
_LETTERS = 8
"""Letters of a running head at least: `Dec` and `1:30 pm` repeat as well."""
_LINE = 40
"""Characters from which a line is one of a page's text."""
_HEADED = re.compile(r"(?P<a>\d{1,4})\s+(?P<after>[^\d\s].*)|(?P<before>.*\D)(?P<b>\d{1,4})")
_LAST = frozenset("0123456789-–—|ivx")
_HEAD_LINES = 2
"""Lines that a page's head and its foot may have beside the number."""


def page_furniture(lines: Sequence[str]) -> set[int]:
    """The places of `lines` that are numbers, heads and feet of pages; lines are as in the file."""
    if sum(map(_may_be_number, lines)) < 2 and not any(line[:1] == "\f" for line in lines):
        return set()
    shown = [place for place, line in enumerate(lines) if line.strip()]
    texts = [" ".join(lines[place].split()) for place in shown]
    numbers = _numbers(texts) or _in_heads(texts)
    fed = {at for at, place in enumerate(shown) if lines[place].startswith("\f")}
    if not numbers and not fed:
        return set()
    heads = _running_heads(texts, numbers, fed)
    marked = any(said for said in numbers.values()) or heads or fed
    if not marked and not any(_goes_on(texts, at) for at in numbers):
        return set()
    return {shown[at] for at in {*numbers, *heads}}


def goes_on(before: str, after: str) -> bool:
    """Whether a sentence that a page's end broke goes on."""
    return bool(before) and not _ENDS.search(before[-8:]) and after[:1].islower()


def _numbers(texts: Sequence[str]) -> dict[int, bool]:
    """The lines that are numbers of pages, for they count up, and whether they say so.

    A page may bear two, such as `Page 3 of 12` at its head and `3` at its foot.
    """
    every = {
        at: match
        for at, text in enumerate(texts)
        if _may_be_number(text) and (match := _NUMBER.fullmatch(text))
    }
    said = {at: match for at, match in every.items() if match["said"]}
    bare = {at: match for at, match in every.items() if not match["said"]}
    best = max((_counting_up(texts, it) for it in (every, said, bare)), key=len)
    if not best.keys() - said.keys() or not best.keys() - bare.keys():
        best = _counting_up(texts, said) | _counting_up(texts, bare)
    return best


def _counting_up(texts: Sequence[str], numbers: Mapping[int, re.Match[str]]) -> dict[int, bool]:
    """The longest series of `numbers` that count up, each with whether it says what it is."""
    best: dict[int, bool] = {}
    found: dict[int, bool] = {}
    last = latest = -1
    for at, match in numbers.items():
        value = _value(match)
        if found and (value != last + 1 or not _prose(texts, latest, at)):
            best = max(best, found, key=len)
            found = {}
        found[at] = match["said"] is not None
        last, latest = value, at
    best = max(best, found, key=len)
    return best if len(best) > 1 else {}


def _value(match: re.Match[str]) -> int:
    if numeral := match["roman"]:
        return roman_value(numeral)
    return int(match["a"] or match["b"] or match["c"])


def _in_heads(texts: Sequence[str]) -> dict[int, bool]:
    """The lines that repeat but for a number at their end which counts up from page to page."""
    alike: dict[str, list[tuple[int, int]]] = {}
    for at, text in enumerate(texts):
        if len(text) <= _HEAD and (match := _HEADED.fullmatch(text)):
            head = match["after"] or match["before"].strip(" |–—-")
            alike.setdefault(head, []).append((at, int(match["a"] or match["b"])))
    return {
        at: False
        for head, found in alike.items()
        if sum(map(str.isalpha, head)) >= _LETTERS
        and len(found) > 1
        and all(
            two[1] == one[1] + 1 and _prose(texts, one[0], two[0]) for one, two in pairwise(found)
        )
        and 2 * sum(_goes_on(texts, at) for at, _ in found) >= len(found)
        for at, _ in found
    }


def _prose(texts: Sequence[str], start: int, end: int) -> bool:
    """Whether lines of a page's text stand between two numbers."""
    return any(len(texts[at]) >= _LINE for at in range(start + 1, end))


def _may_be_number(line: str) -> bool:
    """Whether `line` is as brief, and begins or ends, as a page's number does: few lines are."""
    if len(line) > _HEAD:
        return False
    return line.rstrip()[-1:] in _LAST or line[:1].isdigit()


def _running_heads(texts: Sequence[str], numbers: dict[int, bool], fed: set[int]) -> set[int]:
    """The lines beside the ends of pages that stand there again and again, digits aside."""
    beside: dict[str, list[int]] = {}
    near: set[int] = set()
    for at in numbers:
        near.update(range(at - _HEAD_LINES, at + _HEAD_LINES + 1))
    for at in fed:
        near.update(range(at - _HEAD_LINES, at + _HEAD_LINES))
    for at in sorted(near - set(numbers)):
        if 0 <= at < len(texts) and len(texts[at]) <= _HEAD and not _ENDS.search(texts[at]):
            beside.setdefault(_DIGITS.sub("#", texts[at].casefold()), []).append(at)
    return {
        at
        for text, places in beside.items()
        if len(places) > 1 and sum(map(str.isalpha, text)) >= _LETTERS
        for at in places
    }


def _goes_on(texts: Sequence[str], at: int) -> bool:
    return 0 < at < len(texts) - 1 and goes_on(texts[at - 1], texts[at + 1])
