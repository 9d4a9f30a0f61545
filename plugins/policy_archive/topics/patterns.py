"""Finding phrases in text: the notation of `taxonomy.toml`, compiled and matched word by word.

All patterns of a taxonomy stand in one tree of words, so that a text is walked once however many
patterns there are, and no input makes matching slower than linear.
"""

import itertools
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

GAP = 5
"""How many other words `..` may stand for."""

STOP = "."
"""The token that ends a sentence or a line; no pattern reaches across it."""

_TOKEN = re.compile(r"[^\W_]+|[.!?](?=\s|$)|[\n|]")
_WORD = re.compile(r"[^\W_]+\*?")
_STOPS = frozenset(".!?\n|")


def tokens(text: str) -> list[str]:
    """The words of `text`, case-folded, with a `STOP` wherever a sentence or line ends."""
    text = text.casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return [STOP if token in _STOPS else token for token in _TOKEN.findall(text)]


class Match(NamedTuple):
    """Where a pattern matched, as positions in the list of tokens."""

    start: int
    end: int


def outside(found: Iterable[Match], counter: Iterable[Match]) -> list[Match]:
    """The matches that do not overlap one another and lie in none of `counter`, in order."""
    masks = list(counter)
    kept: list[Match] = []
    for match in sorted(found, key=lambda match: (match.end, -match.start)):
        if any(mask.start <= match.start and match.end <= mask.end for mask in masks):
            continue
        if kept and match.start < kept[-1].end:
            # Of two that overlap, the longer says more.
            if match.start <= kept[-1].start:
                kept[-1] = match
            continue
        kept.append(match)
    return kept


@dataclass(slots=True)
class _Node:
    """A place in the tree of words, with the pattern parts that are complete here."""

    next: dict[str, "_Node"] = field(default_factory=dict)
    parts: list[tuple[int, int]] = field(default_factory=list)
    """Number of the pattern, and of its part between gaps."""


class Patterns:
    """Patterns of several keys; `find` says which keys match where."""

    def __init__(self, patterns: Iterable[tuple[str, str]]) -> None:
        """Compile pairs of key and pattern."""
        self._root = _Node()
        self._keys: list[str] = []
        self._last: list[int] = []
        self._prefixes: dict[int, set[str]] = {}
        self._exact: set[str] = set()
        self._symbols: dict[str, tuple[str, ...]] = {STOP: ()}
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
                node.parts.append((number, stage))

    def find(self, words: Sequence[str]) -> dict[str, list[Match]]:
        """The matches of each key in a text's `tokens`; keys without one are left out."""
        found: dict[str, list[Match]] = {}
        reached: dict[tuple[int, int], Match] = {}
        known = self._symbols
        root = self._root.next
        symbols = [known[word] if word in known else self._learn(word) for word in words]
        for start, here in enumerate(symbols):
            for symbol in here:
                node = root.get(symbol)
                if node is not None:
                    self._walk(node, symbols, start, start + 1, reached, found)
            if not here and words[start] == STOP:
                reached.clear()
        return found

    def _walk(
        self,
        node: _Node,
        symbols: list[tuple[str, ...]],
        start: int,
        end: int,
        reached: dict[tuple[int, int], Match],
        found: dict[str, list[Match]],
    ) -> None:
        """Note what is complete at `node`, and go on with the next word."""
        for number, stage in node.parts:
            first = start
            if stage:
                before = reached.get((number, stage - 1))
                if before is None or not 0 <= start - before.end <= GAP:
                    continue
                first = before.start
            if stage == self._last[number]:
                found.setdefault(self._keys[number], []).append(Match(first, end))
            else:
                reached[number, stage] = Match(first, end)
        if node.next and end < len(symbols):
            for symbol in symbols[end]:
                following = node.next.get(symbol)
                if following is not None:
                    self._walk(following, symbols, start, end + 1, reached, found)

    def _learn(self, word: str) -> tuple[str, ...]:
        """How patterns may name `word`: itself, and its beginnings with an asterisk."""
        symbols = [word] if word in self._exact else []
        for length, prefixes in self._prefixes.items():
            if word[:length] in prefixes:
                symbols.append(word[:length] + "*")
        known = tuple(symbols)
        if len(self._symbols) < 100_000:  # bounded, whatever is thrown at it
            self._symbols[word] = known
        return known
