"""Finding the topics that a policy's blocks speak to, from their words and headings.

A linear model scores every topic that it was trained on, and names the words that decide. The
patterns of the taxonomy helped to train it; here they say which headings speak for a topic, decide
alone on topics that `mkdocs.yml` adds, and vote where it changes them or where the model saw few
examples.
"""

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from math import log, tanh
from pathlib import Path
from typing import NamedTuple

import numpy as np

from policy_archive.model import Document, Passage
from policy_archive.topics import linear, taxonomy
from policy_archive.topics.context import Part, in_context
from policy_archive.topics.linear import Places
from policy_archive.topics.patterns import STOP, Patterns, outside, tokens
from policy_archive.topics.taxonomy import Taxonomy, Topic

POSSIBLE = 0.35
"""Passages are shown as "possibly" from here."""
DECIDED = 0.5
"""Passages count from here."""
SURE = 0.9
"""Good enough for links across policies and for the comparison: nine in ten are right."""

Score = tuple[float, tuple[str, ...]]
"""A score in 0…1, and what speaks for it in words."""

Answer = tuple[dict[str, float], dict[str, float]]
"""Scores in 0…1 of topics, by id, and of the categories of OPP-115, by name."""

_SHORTEST = 4
"""Blocks of fewer words say nothing by themselves."""
_BRIEF = 25
"""Words up to which a single piece of wording counts double."""
_EVIDENCE = 4
"""Pieces of wording that are named, at most."""
_LEAST = log(POSSIBLE / (1 - POSSIBLE)) - 1e-6
"""Log-odds below which no score reaches `POSSIBLE`."""
_ALONE = -1.4
_ALONE_HEADED = 1.3
_ALONE_WORDED = (0.0, 1.0, 1.6, 2.2)
"""What patterns that the model does not know are worth, as log-odds: nothing found, a heading,
and no, one, two, more pieces of wording."""


class _Rules:
    """One topic's patterns, and its place in the model."""

    def __init__(self, topic: Topic, model: linear.Model) -> None:
        self.id = topic.id
        names = (topic.id, *topic.aliases)
        known = [name for name in names if name in model.topics]
        self.column = model.topics.index(known[0]) if known else None
        self.voting = not known or known[0] in model.seldom or topic.patterns not in _shipped()
        pairs = [("for", pattern) for pattern in topic.wording]
        self.wording = Patterns(pairs + [("against", pattern) for pattern in topic.counter])

    def matches(self, words: list[str]) -> list[str]:
        """The wording that speaks for the topic, each once."""
        found = self.wording.find(words)
        spans = outside(found["for"], found.get("against", ())) if "for" in found else []
        return list(dict.fromkeys(" ".join(words[start:end]) for start, end in spans))

    def score(self, matches: list[str], size: int, headed: bool) -> float:
        """What the patterns alone make of a text, from their matches and its size."""
        # In a few words, one piece of wording says as much as two in many.
        weight = len(matches) + (bool(matches) and size < _BRIEF)
        worded = _ALONE_WORDED[min(weight, len(_ALONE_WORDED) - 1)]
        return _probability(_ALONE + _ALONE_HEADED * headed + worded)


class _Read(NamedTuple):
    """A text as the model reads it."""

    words: list[str]
    heading: str
    grams: Places
    logits: list[float]
    """The model's log-odds, of its topics and then of its categories."""


class Labeller:
    """Scores texts on the topics of a taxonomy and on the categories of OPP-115."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._model = linear.load()
        self._rules = tuple(_Rules(topic, self._model) for topic in taxonomy.topics)
        self._shifts = {
            together: np.array(
                [0.0] * len(self._model.topics)
                + [_thresholds(together)[name] for name in self._model.categories]
            )
            for together in (False, True)
        }
        self._headings = Patterns(
            (topic.id, it) for topic in taxonomy.topics for it in topic.headings
        )
        self._headed = lru_cache(maxsize=4096)(self._read_heading)

    def label(self, document: Document) -> tuple[Passage, ...]:
        """Every passage that possibly speaks to a topic, in document and taxonomy order."""
        blocks = [
            (it.block, it.heading or "", _read_parts(it.parts)) for it in in_context(document)
        ]
        texts = [(words, heading) for _, heading, parts in blocks for words, _ in parts]
        reads = iter(self._read(texts, together=True) if texts else ())
        return tuple(
            passage
            for block, _, parts in blocks
            for passage in self._passages(block, [(next(reads), start) for _, start in parts])
        )

    def scores(self, text: str, heading: str | None) -> dict[str, Score]:
        """The score of `text` on each topic, with evidence where it is at least possible."""
        (read,) = self._read([(tokens(text), heading or "")])
        return {rules.id: self._score(rules, read) for rules in self._rules}

    def opp115(self, text: str, heading: str | None) -> dict[str, float]:
        """The score of `text` on all twelve categories of OPP-115."""
        (read,) = self._read([(tokens(text), heading or "")])
        return self._categories(read)

    def answer(self, text: str, heading: str | None) -> Answer:
        """The scores of `text` on topics and on categories, in one reading without evidence."""
        (read,) = self._read([(tokens(text), heading or "")])
        return self._answer(read)

    def answer_document(self, texts: Sequence[tuple[str, str | None]]) -> list[Answer]:
        """As `answer`, of all texts of one document, in order, each with its heading.

        What stands around a text has a say in its scores.
        """
        read = [(tokens(text), heading or "") for text, heading in texts]
        return [self._answer(it) for it in (self._read(read, together=True) if read else ())]

    def _answer(self, read: _Read) -> Answer:
        topics = {rules.id: self._heard(rules, read)[0] for rules in self._rules}
        return topics, self._categories(read)

    def _categories(self, read: _Read) -> dict[str, float]:
        logits = read.logits[len(self._model.topics) :]
        return dict(zip(self._model.categories, map(_probability, logits), strict=True))

    def _read(
        self, texts: Sequence[tuple[list[str], str]], *, together: bool = False
    ) -> list[_Read]:
        """Texts, each with its heading, as the model reads them: all at once, at least one.

        Of one document's texts, read `together`, each has a say in its neighbours' scores.
        """
        found, logits = self._model.answer(texts, together=together)
        shifted = (logits - self._shifts[together]).tolist()
        return [
            _Read(words, heading, grams, own)
            for (words, heading), grams, own in zip(texts, found.by_text(), shifted, strict=True)
        ]

    def _score(self, rules: _Rules, read: _Read) -> Score:
        """A text's score on one topic, and why."""
        score, matches = self._heard(rules, read)
        return score, self._evidence(rules, read, matches) if score >= POSSIBLE else ()

    def _evidence(self, rules: _Rules, read: _Read, matches: list[str]) -> tuple[str, ...]:
        """What speaks for a topic: a heading, and the wording that matched or weighs most."""
        wording = matches[:_EVIDENCE]
        if not wording and rules.column is not None:
            wording = self._model.strongest(read.grams, rules.column, _EVIDENCE)
        headed = rules.id in self._headed(read.heading)
        return (*([f"heading “{read.heading}”"] if headed else []), *wording)

    def _heard(self, rules: _Rules, read: _Read) -> tuple[float, list[str]]:
        """A text's score on one topic, and the wording that had a say in it."""
        score = 0.0 if rules.column is None else _probability(read.logits[rules.column])
        if not rules.voting:
            return score, []
        matches = rules.matches(read.words)
        headed = rules.id in self._headed(read.heading)
        return max(score, rules.score(matches, len(read.words), headed)), matches

    def _read_heading(self, heading: str) -> frozenset[str]:
        """The topics whose patterns match a heading."""
        return frozenset(self._headings.find(tokens(heading)))

    def _passages(self, block: str, parts: Iterable[tuple[_Read, int]]) -> Iterator[Passage]:
        """The passages of one block: each topic by the part of the block that says it best."""
        best: dict[str, tuple[float, list[str], _Read, int]] = {}
        for read, start in parts:
            for rules in self._rules:
                column = rules.column
                if column is not None and read.logits[column] < _LEAST and not rules.voting:
                    continue  # most are: nothing more to do
                score, matches = self._heard(rules, read)
                if score >= POSSIBLE and (rules.id not in best or score > best[rules.id][0]):
                    best[rules.id] = score, matches, read, start
        for rules in self._rules:
            if rules.id in best:
                score, matches, read, start = best[rules.id]
                evidence = self._evidence(rules, read, matches)
                yield Passage(block, rules.id, round(score, 3), evidence, start=start)


def _read_parts(parts: Iterable[Part]) -> list[tuple[list[str], int]]:
    """The words of those that say something, and where each begins."""
    read = ((tokens(text), start) for text, start in parts)
    return [it for it in read if len(it[0]) - it[0].count(STOP) >= _SHORTEST]


def _probability(logit: float) -> float:
    """Log-odds as a probability, safe for any size."""
    return 0.5 + 0.5 * tanh(logit / 2)


@cache
def _shipped() -> frozenset[tuple[tuple[str, ...], ...]]:
    """The patterns of the shipped topics, which the model was trained beside."""
    return frozenset(topic.patterns for topic in taxonomy.load().topics)


@cache
def _thresholds(together: bool) -> dict[str, float]:
    """Where each OPP-115 category begins, as log-odds, of texts read alone or of a document's."""
    data = tomllib.loads(Path(__file__).with_name("categories.toml").read_text("utf-8"))
    return dict(data["together" if together else "alone"])
