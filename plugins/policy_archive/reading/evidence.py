"""Which encoding bytes are in that say nothing of it, by the language that they give.

chardet has statistics of languages in their encodings (docs/decisions/0017); what most archives
hold, English with a few curly quotes, is told here without it.
"""

import re
from collections import Counter
from typing import NamedTuple

from policy_archive.text.encodings import codec

_SAMPLE = 65_536
"""Bytes that are looked at."""

_CANDIDATES = (
    *(f"windows-{number}" for number in range(1250, 1259)),
    *(f"iso-8859-{number}" for number in (2, 4, 5, 6, 7, 8, 13, 15)),
    *("koi8-r", "koi8-u", "cp850", "cp852", "cp866", "cp874", "tis-620"),
    *("mac-roman", "mac-latin2", "mac-cyrillic", "mac-greek", "mac-turkish", "mac-iceland"),
    *("cp932", "euc-jp", "iso-2022-jp", "cp949", "euc-kr", "gb18030", "big5hkscs"),
)
"""Those that pages and editors have written in; more of them would only be more to mistake."""

_SURE = 0.2
"""chardet's confidence from which on it was right with all of the benchmark's texts."""

_SURE_OF_FEW = 0.4
"""The same where only single letters speak for it."""

_FEW = 0.01
"""Letters beyond ASCII to each ASCII letter, below which a text is mostly English."""

_ENOUGH = 500
"""ASCII letters from which on that is no chance."""

_TAGS = re.compile(
    rb"<(?:(?:script|style)\b[^<]*|/?[A-Za-z][^<>]{0,2000}>|!--[^<>]*>)", re.IGNORECASE
)
"""Of a page, and what scripts and styles say before their first `<`."""

_FEWEST_NULS = 4
_MOSTLY = 0.8
"""Share of letters in three blocks of Unicode."""

_NOT_LETTERS = bytes(b for b in range(256) if not chr(b).isalpha() or b >= 0x80)
_NOT_CAPITALS = bytes(b for b in range(256) if not 65 <= b <= 90)

_MARKS = bytes.fromhex("85 91 92 93 94 95 96 97 99 a0 a6 a7 a9 ab ac ad ae b0 b1 b6 b7 bb")
"""Quotes, dashes, spaces and signs, at the same places in all of windows-1250 to 1258."""
_MISPLACED = re.compile(
    # Between letters they would be letters, in MS-DOS' and the Macintosh's encodings.
    rb"[\x82-\x9b](?<=[A-Za-z].)(?=[A-Za-z])(?!(?<=\x92)(?:s|t|re|ve|ll|d|m)\b)"
)
_WESTERN = bytes.fromhex("80 a1 a2 a3 b2 b3 b4 b5 b9 ba bc bd be bf") + bytes(range(0xC0, 0x100))
"""Signs and letters of windows-1252, where the Macintosh and MS-DOS have other signs."""

_EURO_OR_LIGATURE = re.compile(
    rb"[A-Za-z][\xa6\xa8\xb4\xb8\xbc\xbd\xbe][a-z]|[0-9][ \xa0]?\xa4|\xa4 ?[0-9]"
)


_SYLLABLES = {
    **dict.fromkeys(("cp932", "euc_jp"), re.compile("[\u3041-\u30f6]")),
    **dict.fromkeys(("cp949", "euc_kr"), re.compile("[\uac00-\ud7a3]")),
}
_WIDE = re.compile(r"[^\x00-\x7f]")
_FEWEST_SYLLABLES = 20


class Guess(NamedTuple):
    """An encoding, by Python's name, and whether it is more than a guess."""

    codec: str
    sure: bool


WINDOWS_1252 = Guess("cp1252", sure=True)


def utf_16(data: bytes) -> str:
    """UTF-16 without a mark, by Python's name; empty for anything else.

    Of an alphabet's letters one half is always the same, and of spaces and line ends it is NUL.
    Chinese and Japanese are not told so.
    """
    sample = data[: _SAMPLE & ~1]
    sides = sample[1::2], sample[::2]
    nuls = [side.count(0) for side in sides]
    if len(data) % 2 or max(nuls) < _FEWEST_NULS or min(nuls) * 20 > max(nuls):
        return ""
    name, side = ("utf-16-le", sides[0]) if nuls[0] > nuls[1] else ("utf-16-be", sides[1])
    alphabets = sum(count for _, count in Counter(side).most_common(3))
    return name if alphabets > _MOSTLY * len(side) else ""


def guess(data: bytes) -> Guess:
    """The encoding of `data`, which is no valid UTF-8 and has no NULs."""
    sample = _TAGS.sub(b" ", data[:_SAMPLE])
    high = sample.translate(None, bytes(range(128)))
    others, misplaced = high.translate(None, _MARKS), len(_MISPLACED.findall(sample))
    odd = len(others) + misplaced
    letters = len(sample.translate(None, _NOT_LETTERS))
    few = letters > _ENOUGH and odd < _FEW * letters
    if not odd or (few and not misplaced and not others.translate(None, _WESTERN)):
        return WINDOWS_1252
    found, confidence = _detected(sample)
    if few and confidence < _SURE_OF_FEW:
        return WINDOWS_1252
    shouted = len(sample.translate(None, _NOT_CAPITALS)) > letters / 2
    sure = few or (confidence >= _SURE and not shouted) or _is_syllabic(sample, found)
    return Guess(found, sure)


def _is_syllabic(sample: bytes, found: str) -> bool:
    """Whether it is Japanese or Korean throughout, which no other encoding gives by chance."""
    letters = _SYLLABLES.get(found)
    if letters is None:
        return False
    text = sample.decode(found, "ignore")
    syllables = len(letters.findall(text))
    return syllables >= _FEWEST_SYLLABLES and syllables > len(_WIDE.findall(text)) / 5


def _detected(sample: bytes) -> tuple[str, float]:
    import chardet  # noqa: PLC0415  # loads large tables, which most builds never need

    found = chardet.detect(sample, compat_names=False, include_encodings=_CANDIDATES)
    name = codec(found["encoding"] or "")
    if name == "iso8859-15" and not _EURO_OR_LIGATURE.search(sample):
        name = "cp1252"  # the same otherwise, and older
    return (name, found["confidence"]) if name else ("cp1252", 0.0)
