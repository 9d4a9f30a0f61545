"""Which of many patterns may match a text, told from its set of words alone.

Finding where patterns match takes far longer than seeing that most of them cannot: a pattern needs
a word that begins its first part, and one that ends its last.
"""

from collections.abc import Iterable, Sequence

from policy_archive.topics.patterns import REMEMBERED, parts_of, phrases_of


class Prefilter:
    """Patterns by number, each a bit of a mask."""

    def __init__(self, patterns: Sequence[str]) -> None:
        """`patterns` in the notation of `taxonomy.toml`."""
        self._begin, self._end = _Masks(), _Masks()
        for number, pattern in enumerate(patterns):
            parts = parts_of(pattern)
            for phrase in phrases_of(parts[0]):
                self._begin.add(phrase[0], 1 << number)
            for phrase in phrases_of(parts[-1]):
                self._end.add(phrase[-1], 1 << number)

    def possible(self, words: Iterable[str]) -> int:
        """A mask of the patterns that may match a text of these `tokens`; no other does."""
        begin = end = 0
        begins, ends = self._begin, self._end
        for word in set(words):
            begin |= begins[word]
            end |= ends[word]
        return begin & end


class _Masks(dict[str, int]):
    """The patterns that a word may begin, or end; worked out as texts ask for it."""

    def __init__(self) -> None:
        super().__init__()
        self._words: dict[str, int] = {}
        self._prefixes: dict[str, int] = {}

    def add(self, word: str, mask: int) -> None:
        """Note a word of a pattern, which may end in `*`."""
        known = self._prefixes if word.endswith("*") else self._words
        key = word.rstrip("*")
        known[key] = known.get(key, 0) | mask

    def __missing__(self, word: str) -> int:
        found = self._words.get(word, 0)
        for prefix, mask in self._prefixes.items():
            if word.startswith(prefix):
                found |= mask
        if len(self) < REMEMBERED:
            self[word] = found
        return found
