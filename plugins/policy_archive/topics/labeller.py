"""Finding the topics that a policy's blocks speak to, from headings and wording.

A block's score on a topic adds up three voices: a linear model over the block's words, the same
over its heading's words, and the patterns of the taxonomy, which also give the evidence. Topics
that `mkdocs.yml` adds have patterns alone.
"""

import math
import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources

from policy_archive.model import Document, Passage
from policy_archive.topics import linear
from policy_archive.topics.context import Piece, pieces
from policy_archive.topics.patterns import STOP, Match, Patterns, outside, tokens
from policy_archive.topics.taxonomy import OPP115, Taxonomy, Topic

POSSIBLE = 0.35
"""Passages are shown as "possibly" from here."""
DECIDED = 0.5
"""Passages count from here."""

Score = tuple[float, tuple[str, ...]]
"""A score in 0…1, and what speaks for it in words."""

_SHORTEST = 4
"""Blocks of fewer words say nothing by themselves."""
_BRIEF = 25
"""Words up to which a single piece of wording counts double."""
_EVIDENCE = 4
"""Pieces of wording that are named, at most."""
_HEADING_SHARE = 0.3
"""How much the model's reading of the heading counts beside that of the block."""
_HEADED = 1.2
_WORDED = (-0.6, 0.3, 1.0, 1.3)
"""What no, one, two, more matches of wording are worth, as log-odds."""
_ALONE = -1.4
_ALONE_HEADED = 1.3
_ALONE_WORDED = (0.0, 1.0, 1.6, 2.2)
"""The same for topics that the model does not know."""
_HOPELESS = math.log(POSSIBLE / (1 - POSSIBLE)) - _WORDED[-1]
"""Below this no wording lifts a score to "possibly", so it is not looked for."""


class _Rules:
    """One topic's patterns, and its place in the model."""

    def __init__(self, topic: Topic, labels: tuple[str, ...]) -> None:
        self.id = topic.id
        names = (topic.id, *topic.aliases)
        self.lane = next((labels.index(name) for name in names if name in labels), None)
        pairs = [("for", pattern) for pattern in topic.wording]
        self.wording = Patterns(pairs + [("against", pattern) for pattern in topic.counter])
        self.headings = Patterns(("for", pattern) for pattern in topic.headings)

    def matches(self, words: list[str]) -> list[Match]:
        """Where the wording speaks for the topic."""
        found = self.wording.find(words)
        return outside(found["for"], found.get("against", ())) if "for" in found else []


class Labeller:
    """Scores texts on the topics of a taxonomy and on the categories of OPP-115."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._model = linear.load()
        self._rules = tuple(_Rules(topic, self._model.labels) for topic in taxonomy.topics)
        self._categories = tuple(self._model.labels.index(name) for name in OPP115)
        self._thresholds = tuple(_thresholds()[name] for name in OPP115)
        self._heading = lru_cache(maxsize=4096)(self._read_heading)

    def label(self, document: Document) -> tuple[Passage, ...]:
        """Every passage that possibly speaks to a topic, in document and taxonomy order."""
        return tuple(passage for piece in pieces(document) for passage in self._passages(piece))

    def scores(self, text: str, heading: str | None) -> dict[str, Score]:
        """The score of `text` on each topic, with evidence where it is at least possible."""
        return self._scores(tokens(text), heading)

    def opp115(self, text: str, heading: str | None) -> dict[str, float]:
        """The score of `text` on all twelve categories of OPP-115."""
        read, _ = self._heading(heading or "")
        lanes = self._model.body.logits(tokens(text))
        return {
            name: _probability(lanes[lane] + _HEADING_SHARE * read[lane] - threshold)
            for name, lane, threshold in zip(
                OPP115, self._categories, self._thresholds, strict=True
            )
        }

    def _scores(self, words: list[str], heading: str | None) -> dict[str, Score]:
        """The score of a tokenised text on each topic."""
        read, headed = self._heading(heading or "")
        lanes = self._model.body.logits(words)
        scores: dict[str, Score] = {}
        for rules in self._rules:
            under = rules.id in headed
            if rules.lane is None:
                base, worth = _ALONE + _ALONE_HEADED * under, _ALONE_WORDED
            else:
                base = lanes[rules.lane] + _HEADING_SHARE * read[rules.lane] + _HEADED * under
                worth = _WORDED
                if base < _HOPELESS:
                    scores[rules.id] = _probability(base + worth[0]), ()
                    continue
            matches = rules.matches(words)
            texts = list(dict.fromkeys(" ".join(words[start:end]) for start, end in matches))
            # In a few words, one piece of wording says as much as two in many.
            weight = len(texts) + (bool(texts) and len(words) < _BRIEF)
            score = _probability(base + worth[min(weight, len(worth) - 1)])
            if score < POSSIBLE:
                scores[rules.id] = score, ()
                continue
            evidence = [f"heading “{heading}”"] if under else []
            evidence += texts[:_EVIDENCE]
            if not evidence and rules.lane is not None:
                evidence = self._model.body.strongest(words, rules.lane, _EVIDENCE - 1)
            scores[rules.id] = score, tuple(evidence)
        return scores

    def _read_heading(self, heading: str) -> tuple[list[float], frozenset[str]]:
        """What the model makes of a heading, and the topics whose patterns match it."""
        words = tokens(heading)
        matching = (rules.id for rules in self._rules if rules.headings.find(words))
        return self._model.heading.logits(words), frozenset(matching)

    def _passages(self, piece: Piece) -> Iterator[Passage]:
        """The passages of one block: each topic by the part of the block that says it best."""
        best: dict[str, Score] = {}
        for text in piece.parts:
            words = tokens(text)
            if len(words) - words.count(STOP) < _SHORTEST:
                continue
            for topic, found in self._scores(words, piece.heading).items():
                if topic not in best or found[0] > best[topic][0]:
                    best[topic] = found
        for topic, (score, evidence) in best.items():
            if score >= POSSIBLE:
                yield Passage(piece.block, topic, round(score, 3), evidence)


def _probability(logit: float) -> float:
    """Log-odds as a probability, safe for any size."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


@cache
def _thresholds() -> dict[str, float]:
    """Where each OPP-115 category begins, as log-odds."""
    source = resources.files(__package__).joinpath("categories.toml").read_text("utf-8")
    return dict(tomllib.loads(source)["thresholds"])
