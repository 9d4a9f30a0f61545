"""The language that a document is written in."""

import heapq
from collections.abc import Iterable

from policy_archive.model import Document
from policy_archive.text.words import count, words

_SAMPLES = 4
_SAMPLE = 400
_FEWEST_WORDS = 20
_CLOSE = 1.0
"""Two languages are a tie when their scores differ by less, times the root of the length."""

_ENGLISH = frozenset({"the", "and", "you", "your", "our", "this", "that", "with"})
"""Frequent in English, and words of no other language that policies are written in."""


def identify(document: Document, declared: str) -> str:
    """The primary language tag of the running text, `und` when there is too little of it.

    What the markup declares is often a template's default: it decides only between languages that
    the text itself leaves open.
    """
    claimed = declared.replace("_", "-").split("-")[0].lower()
    claimed = claimed if claimed.isascii() and claimed.isalpha() and len(claimed) in (2, 3) else ""
    sample = _sample(block.text for block in document.blocks if not block.folded)
    found = words(sample)
    if count(sample) < _FEWEST_WORDS:  # not all languages part words by spaces
        return claimed or "und"
    if sum(word in _ENGLISH for word in found) > 0.04 * len(found):
        return "en"  # beyond doubt, so the model, which takes a second to load, is not needed
    return _identified(sample, claimed)


def _identified(sample: str, claimed: str) -> str:
    import py3langid  # noqa: PLC0415  # loads a large model, which most builds never need

    ranking = py3langid.rank(sample)
    best = ranking[0][1]
    margin = _CLOSE * len(sample.encode()) ** 0.5
    tied = [name for name, score in ranking if best - score < margin]
    name = claimed if claimed in tied else str(ranking[0][0])
    return "und" if name == "zxx" else name  # no language at all: codes, numbers, names


def _sample(texts: Iterable[str]) -> str:
    # The longest blocks are prose; short ones are menus, names and labels in any language. Four
    # stretches spread over them stand for the whole.
    longest = heapq.nlargest(_SAMPLES, enumerate(texts), key=lambda it: (len(it[1]), -it[0]))
    text = "\n".join(text for _, text in sorted(longest))
    if len(text) <= _SAMPLES * _SAMPLE:
        return text
    step = (len(text) - _SAMPLE) // (_SAMPLES - 1)
    return "\n".join(text[start : start + _SAMPLE] for start in range(0, len(text), step))
