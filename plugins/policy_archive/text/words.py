"""What counts as a word, and identifiers made of words."""

import hashlib
import re
import unicodedata

_WORD = re.compile(r"\w+")
_ASCII = bytes(
    ord(chr(b).lower()) if b < 0x80 and _WORD.match(chr(b)) else 0x20 for b in range(256)
)
"""Each ASCII character as it stands in a word, a space for those that part words."""
_OUTLINE = bytes(0x20 if char == 0x20 else ord("w") for char in _ASCII)
"""The same with a `w` for each character of a word."""
_BETWEEN = "’‘“”–—•©®\xa0"
"""Between words, and most often all that a text has beyond ASCII."""
_EACH = re.compile("[\u3041-\u309f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
"""Hiragana and Chinese characters."""
_SPACED = re.compile(
    "[^\u3041-\u309f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
)
_CHAINED = re.compile("[\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff]")
"""Thai, Lao, Burmese and Khmer."""
_CHAINED_LENGTH = 4
_SLUG_WORD = re.compile(r"[^\W_]+")
_SLUG_OF = 1000
"""Characters of a title that its id is made of; most of them have far fewer."""
_MARKS = re.compile(r"[^\w\s\x00-\x7f]{64}")
_JOINER = "\u034f"
"""A character that no mark is put in order across."""
_RESERVED = re.compile(r"p-[0-9a-f]{8}(-\d+)?$|pa-|undated-")


def compatible(text: str) -> str:
    """`text` in the form NFKC, in which characters that mean the same are the same.

    It puts marks that stand on one letter in order, in a time that is quadratic in their number;
    so long runs of them are broken by a joiner, as in Unicode's Stream-Safe Text Format (UAX #15).
    """
    if _MARKS.search(text):
        text = _MARKS.sub(rf"\g<0>{_JOINER}", text)
    return unicodedata.normalize("NFKC", text)


def words(text: str) -> list[str]:
    """The words of `text`, blind to case, spaces and typography (NFKC, case-folded)."""
    text = _parted(text)
    if not text.isascii():
        return _WORD.findall(compatible(text).casefold())
    # ASCII, which needs no pattern: a third of the time.
    return text.encode().translate(_ASCII).decode().split()


def _parted(text: str) -> str:
    """`text` with a space for what stands between words beyond ASCII."""
    if not text.isascii():
        for mark in _BETWEEN:
            text = text.replace(mark, " ")
    return text


def count(text: str) -> int:
    """How many words `text` has, as word processors count them.

    Chinese and Japanese put no space between words: each character that is no sign counts, but a
    stretch of katakana is one word (Unicode's default word boundaries, UAX #29). Thai, Lao, Khmer
    and Burmese have a word in every four characters or so.
    """
    parted = _parted(text)
    if parted.isascii():  # in half of the time
        return (b" " + parted.encode().translate(_OUTLINE)).count(b" w")
    return sum(map(_counted, words(parted)))


def _counted(word: str) -> int:
    if word.isascii():
        return 1
    unspaced = len(_EACH.findall(word))
    rest = len(_SPACED.findall(word)) if unspaced else 1
    chained = len(_CHAINED.findall(word))
    return unspaced + rest + max(0, -(-chained // _CHAINED_LENGTH) - 1)


def block_id(text: str) -> str:
    """`p-` and eight hex digits of the SHA-256 of the words of `text`.

    Equal words give equal ids whatever the punctuation, so permalinks, citations and corrections
    outlive a changed cleaning rule. Text without a word falls back to its characters.
    """
    key = " ".join(words(text)) or text.strip()
    return "p-" + hashlib.sha256(key.encode()).hexdigest()[:8]


def slug(text: str) -> str:
    """A heading's words as an id: letters and digits of any script, joined by hyphens.

    Never empty, never shaped like a block's id, never beginning with `pa-` (the page's own
    elements) or `_` (the theme's).
    """
    name = "-".join(_SLUG_WORD.findall(compatible(text[:_SLUG_OF]).casefold()))[:80]
    name = name.strip("-")
    if not name:
        name = "s-" + hashlib.sha256(text.encode()).hexdigest()[:8]
    return "s-" + name if _RESERVED.match(name) else name


class Distinct:
    """Gives each name once: the second equal one gets `-2`, the third `-3`."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._next: dict[str, int] = {}

    def __call__(self, name: str) -> str:
        """`name`, or `name` with the first free suffix."""
        candidate = name
        while candidate in self._taken:
            self._next[name] = self._next.get(name, 1) + 1
            candidate = f"{name}-{self._next[name]}"
        self._taken.add(candidate)
        return candidate
