"""Finding phrases in text: the notation of `taxonomy.toml`, compiled and matched word by word.

All patterns of a taxonomy stand in one tree of words, so that a text is walked once however many
patterns there are, and no input makes matching slower than linear.
"""

import itertools
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

GAP = 5
"""How many other words `..` may stand for."""

STOP = "."
"""The token that ends a sentence or a line; no pattern reaches across it."""

_WORD = re.compile(r"[^\W_]+\*?")
_OTHER = re.compile(r"[^\w.\n]|_")
_ASCII = "".join(
    char
    if char.isalnum() or char in ".\n"
    else "."
    if char in "!?"
    else "\n"
    if char == "|"
    else " "
    for char in map(chr, range(128))
)
_TYPOGRAPHY = tuple(
    zip("\u2019\u2018\u201c\u201d\u2013\u2014\u2022\xae\xa9", "''\"\"--   ", strict=True)
)


def tokens(text: str) -> list[str]:
    """The words of `text`, case-folded, with a `STOP` wherever a sentence or line ends."""
    text = text.casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        for fancy, plain in _TYPOGRAPHY:
            text = text.replace(fancy, plain)
    if text.isascii():
        text = text.translate(_ASCII)  # for ASCII alone, far faster than an expression
    else:
        text = text.replace("!", ".").replace("?", ".").replace("|", "\n")
        text = _OTHER.sub(" ", text)
    # A full stop counts before a space or at the end, not inside of "example.com".
    text = f"{text} ".replace(".\n", " \n").replace(". ", " \n ").replace(".", " ")
    return text.replace("\n", f" {STOP} ").split()


Match = tuple[int, int]
"""Where a pattern matched: its first token, and the one after its last."""


def outside(found: Iterable[Match], counter: Iterable[Match]) -> list[Match]:
    """The matches that do not overlap one another and lie in none of `counter`, in order."""
    masks = list(counter)
    kept: list[Match] = []
    for start, end in sorted(found, key=lambda match: (match[1], -match[0])):
        if any(first <= start and end <= last for first, last in masks):
            continue
        if kept and start < kept[-1][1]:
            # Of two that overlap, the longer says more.
            if start <= kept[-1][0]:
                kept[-1] = start, end
            continue
        kept.append((start, end))
    return kept


@dataclass(slots=True)
class _Node:
    """A place in the tree of words, with the pattern parts that are complete here."""

    next: dict[str, "_Node"] = field(default_factory=dict)
    keys: list[str] = field(default_factory=list)
    """Keys of the patterns that are complete here."""
    parts: list[tuple[int, int]] = field(default_factory=list)
    """Of patterns with gaps: the pattern's number, and that of its part which ends here."""


_ENDS = (STOP,)
"""Stands for the end of a sentence among the names of words."""

_REMEMBERED = 50_000
"""Words remembered at most, whatever is thrown at it."""


class Patterns:
    """Patterns of several keys; `find` says which keys match where."""

    def __init__(self, patterns: Iterable[tuple[str, str]]) -> None:
        """Compile pairs of key and pattern."""
        self._root = _Node()
        self._keys: list[str] = []
        self._last: list[int] = []
        self._prefixes: dict[int, set[str]] = {}
        self._exact: set[str] = set()
        self._symbols: dict[str, tuple[str, ...]] = {STOP: _ENDS}
        for key, pattern in patterns:
            self._add(key, pattern)

    def _add(self, key: str, pattern: str) -> None:
        number = len(self._keys)
        parts = [part for part in re.split(r"\s*\.\.+\s*", pattern.strip()) if part]
        self._keys.append(key)
        self._last.append(len(parts) - 1)
        for stage, part in enumerate(parts):
            alternatives = [_WORD.findall(word.casefold()) for word in part.split()]
            for phrase in itertools.product(*(words for words in alternatives if words)):
                node = self._root
                for word in phrase:
                    if word.endswith("*"):
                        self._prefixes.setdefault(len(word) - 1, set()).add(word[:-1])
                    else:
                        self._exact.add(word)
                    node = node.next.setdefault(word, _Node())
                if len(parts) == 1:
                    node.keys.append(key)
                else:
                    node.parts.append((number, stage))

    def find(self, words: Sequence[str]) -> dict[str, list[Match]]:
        """The matches of each key in a text's `tokens`; keys without one are left out."""
        found: dict[str, list[Match]] = {}
        reached: dict[tuple[int, int], Match] = {}
        try:
            symbols = [*map(self._symbols.__getitem__, words), ()]
        except KeyError:
            symbols = [*map(self._learn, words), ()]
        root = self._root.next
        for start, here in enumerate(symbols):
            if not here:
                continue
            if here is _ENDS:
                reached.clear()
                continue
            for symbol in here:
                if symbol in root:
                    pending = [(root[symbol], start + 1)]
                    for node, end in pending:
                        for key in node.keys:
                            found.setdefault(key, []).append((start, end))
                        if node.parts:
                            self._join(node.parts, (start, end), reached, found)
                        if node.next:
                            following = node.next
                            for word in symbols[end]:
                                if word in following:
                                    pending.append((following[word], end + 1))
        return found

    def _join(
        self,
        parts: list[tuple[int, int]],
        match: Match,
        reached: dict[tuple[int, int], Match],
        found: dict[str, list[Match]],
    ) -> None:
        """Note parts of patterns with gaps, and the patterns that are complete with them."""
        for number, stage in parts:
            whole = match
            if stage:
                # Where the part before it matched last, in this sentence.
                before = reached.get((number, stage - 1))
                if before is None or not 0 <= match[0] - before[1] <= GAP:
                    continue
                whole = before[0], match[1]
            if stage == self._last[number]:
                found.setdefault(self._keys[number], []).append(whole)
            else:
                reached[number, stage] = whole

    def _learn(self, word: str) -> tuple[str, ...]:
        """How patterns may name `word`: itself, and its beginnings with an asterisk."""
        known = self._symbols.get(word)
        if known is None:
            symbols = [word] if word in self._exact else []
            for length, prefixes in self._prefixes.items():
                if word[:length] in prefixes:
                    symbols.append(word[:length] + "*")
            known = tuple(symbols)
            if len(self._symbols) < _REMEMBERED:
                self._symbols[word] = known
        return known
