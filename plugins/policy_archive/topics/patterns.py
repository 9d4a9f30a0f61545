"""Finding phrases in text: the notation of `taxonomy.toml`, compiled and matched word by word.

All patterns of a taxonomy stand in one tree of words, so that a text is walked once however many
patterns there are, and no input makes matching slower than linear.
"""

import itertools
import re
from bisect import bisect
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from policy_archive.text.words import compatible

GAP = 5
"""How many other words `..` may stand for."""

STOP = "."
"""The token that ends a sentence or a line; no pattern reaches across it."""

_WORD = re.compile(r"[^\W_]+\*?")
_GAP = re.compile(r"\.\.+")
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
    # Typography is most often all that a text has beyond ASCII, which is read far faster.
    text = _plain(text).casefold()
    if not text.isascii():
        text = _plain(compatible(text))
    if text.isascii():
        text = text.translate(_ASCII)
    else:
        text = text.replace("!", ".").replace("?", ".").replace("|", "\n")
        text = _OTHER.sub(" ", text)
    # A full stop counts before a space or at the end, not inside of "example.com".
    text = f"{text} ".replace(".\n", " \n").replace(". ", " \n ").replace(".", " ")
    return text.replace("\n", f" {STOP} ").split()


def _plain(text: str) -> str:
    """`text` with quotation marks, dashes and the like as ASCII writes them."""
    if not text.isascii():
        for fancy, plain in _TYPOGRAPHY:
            text = text.replace(fancy, plain)
    return text


Match = tuple[int, int]
"""Where a pattern matched: its first token, and the one after its last."""


def outside(found: Iterable[Match], counter: Iterable[Match]) -> list[Match]:
    """The matches that do not overlap one another and lie in none of `counter`, in order."""
    masks = sorted(counter)
    # How far the masks reach that begin no later than each of them.
    reach = [*itertools.accumulate((last for _, last in masks), max)]
    kept: list[Match] = []
    for start, end in sorted(found, key=lambda match: (match[1], -match[0])):
        before = bisect(masks, start, key=itemgetter(0))
        if before and end <= reach[before - 1]:
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
    """Of patterns with gaps that are complete up to here: the number of the beginning which must
    stand before (-1 for none), and that of the whole."""


REMEMBERED = 20_000
"""Words remembered at each place at most, whatever is thrown at it."""


class _State(dict[str, "_State | None"]):
    """All places that some words lead to, and where each next word leads from there.

    Built as texts ask for it: reading a known word again is one look-up, however many patterns
    begin so.
    """

    __slots__ = ("beginnings", "complete", "names", "nodes", "parts")

    def __init__(self, nodes: Sequence[_Node], beginnings: Mapping[int, Collection[str]]) -> None:
        self.nodes = nodes
        self.beginnings = beginnings
        self.names = [key for node in nodes for key in node.keys]
        self.parts = [part for node in nodes for part in node.parts]
        self.complete = bool(self.names or self.parts)

    def __missing__(self, word: str) -> "_State | None":
        symbols = [word]
        for length, beginnings in self.beginnings.items():
            if word[:length] in beginnings:
                symbols.append(word[:length] + "*")
        nodes = [
            node.next[symbol] for node in self.nodes for symbol in symbols if symbol in node.next
        ]
        state = _State(nodes, self.beginnings) if nodes else None
        if len(self) < REMEMBERED:
            self[word] = state
        return state


_END = _State([], {})
"""Where the end of a sentence leads."""


class Patterns:
    """Patterns of several keys; `find` says which keys match where."""

    def __init__(self, patterns: Iterable[tuple[str, str]]) -> None:
        """Compile pairs of key and pattern."""
        tree = _Node()
        self._beginnings: dict[tuple[str, ...], int] = {}
        """Numbers of patterns with gaps, and of what they begin with, which many have in common."""
        self._whole: dict[int, list[str]] = {}
        """By number: the keys of patterns that are complete."""
        prefixes: dict[int, set[str]] = {}
        for key, pattern in patterns:
            self._add(tree, key, pattern, prefixes)
        self._root = _State([tree], prefixes)
        self._root[STOP] = _END
        exact = not any(word.endswith("*") for word in tree.next)
        self._first_words = frozenset(tree.next) if exact else None
        """What every match begins with; None where that may be any of many words."""

    def _add(self, tree: _Node, key: str, pattern: str, prefixes: dict[int, set[str]]) -> None:
        parts = parts_of(pattern)
        before = -1
        for stage, part in enumerate(parts, 1):
            number = self._beginnings.setdefault(parts[:stage], len(self._beginnings))
            for node in _nodes(tree, part, prefixes):
                if len(parts) == 1:
                    node.keys.append(key)
                elif (before, number) not in node.parts:
                    node.parts.append((before, number))
            before = number
        if len(parts) > 1:
            self._whole.setdefault(before, []).append(key)

    def find(self, words: Sequence[str]) -> dict[str, list[Match]]:
        """The matches of each key in a text's `tokens`; keys without one are left out."""
        if self._first_words is not None and self._first_words.isdisjoint(words):
            return {}  # as most texts are
        found: dict[str, list[Match]] = {}
        reached: dict[int, Match] = {}
        last = len(words)
        for start, state in enumerate(map(self._root.__getitem__, words)):
            if state is None:
                continue
            if state is _END:
                reached.clear()
                continue
            end = start + 1
            here: _State | None = state
            while here is not None:
                if here.complete:
                    for key in here.names:
                        found.setdefault(key, []).append((start, end))
                    if here.parts:
                        self._join(here.parts, (start, end), reached, found)
                if end == last:
                    break
                here = here[words[end]]
                end += 1
        return found

    def _join(
        self,
        parts: list[tuple[int, int]],
        match: Match,
        reached: dict[int, Match],
        found: dict[str, list[Match]],
    ) -> None:
        """Note parts of patterns with gaps, and the patterns that are complete with them."""
        for before, number in parts:
            whole = match
            if before >= 0:
                # Where what stands before it matched last, in this sentence.
                earlier = reached.get(before)
                if earlier is None or not 0 <= match[0] - earlier[1] <= GAP:
                    continue
                whole = earlier[0], match[1]
                for key in self._whole.get(number, ()):
                    found.setdefault(key, []).append(whole)
            reached[number] = whole


def parts_of(pattern: str) -> tuple[str, ...]:
    """What stands between the gaps of a pattern."""
    return tuple(filter(None, map(str.strip, _GAP.split(pattern))))


def phrases_of(part: str) -> Iterator[tuple[str, ...]]:
    """The phrases that a part of a pattern stands for, as words."""
    alternatives = [_WORD.findall(word.casefold()) for word in part.split()]
    return itertools.product(*(words for words in alternatives if words))


def _nodes(tree: _Node, part: str, prefixes: dict[int, set[str]]) -> Iterator[_Node]:
    """Where the alternatives of a phrase end in the tree; makes them as needed."""
    for phrase in phrases_of(part):
        node = tree
        for word in phrase:
            if word.endswith("*"):
                prefixes.setdefault(len(word) - 1, set()).add(word[:-1])
            node = node.next.setdefault(word, _Node())
        yield node
