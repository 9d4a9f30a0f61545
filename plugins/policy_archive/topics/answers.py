"""The statement that answers a topic's question best, of all that a text has on the topic.

A passage is a block; what a reader is shown of it is the sentence, item or row that denies or
affirms the very practice, before one that names conditions, before one that only mentions it.
`answers.toml` says by which words; `benchmarks/topics/answers.py` measures the choice.
"""

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from policy_archive.model import Document, Passage
from policy_archive.topics.labeller import DECIDED
from policy_archive.topics.patterns import Patterns, tokens
from policy_archive.topics.prefilter import Prefilter
from policy_archive.topics.statements import Statement, statements

_PATTERNS = Path(__file__).with_name("answers.toml")
_MOST_PASSAGES = 4
"""So many of a topic's passages are read, those of the highest scores."""
_LEAST = 2.0
"""The worth below which a statement is rather about something else."""

# What a statement is worth, chosen on the pairs that `benchmarks/topics/answers.py` tunes on.
_AFFIRMS, _SAYS, _DETAIL, _AGAINST = 1.0, 1.6, 0.75, -0.5
_MOST_AFFIRMS, _MOST_DETAILS, _MOST_AGAINST = 2, 5, 2
_POINTER, _REFERRING, _SOME_PEOPLE = -1.0, -0.6, -0.8
_QUESTION, _BRIEF, _WITH_ITEMS, _ITEM, _FRAGMENT = -2.0, -0.6, 0.6, -0.25, -0.8
_FEW_WORDS = 8
_LATER, _LATEST = -0.15, 4
"""For each statement before it in its block, and how many of them count."""
_FIRST_PASSAGE, _OTHER_TOPIC, _MOST_TOPICS = 0.35, -0.2, 6
_ROUNDING = 1e-9
"""Sums of the same numbers in another order differ by less."""
_FOR_SOME = frozenset({"children", "international"})
"""Topics whose answers are about some people only."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is quoted of a text on a topic."""

    topic: str
    statement: Statement
    affirms: bool
    """Whether it denies or affirms the very practice, in so many words."""
    worth: float
    """How well it answers beside others of its text; it says nothing across texts."""


class _Candidate(NamedTuple):
    """A statement that may answer a topic's question."""

    most: float
    """What it is worth at most."""
    topic: str
    statement: Statement
    words: Sequence[str]
    passage: float
    """What it is worth for the passage in which it stands."""


def answers(document: Document, passages: Sequence[Passage]) -> Mapping[str, Answer]:
    """By topic: the statement of the document's `passages` that answers its question best.

    A topic is left out where its passages hold nothing that answers by itself.
    """
    by_topic: dict[str, list[_Candidate]] = defaultdict(list)
    for it in _candidates(document, passages):
        by_topic[it.topic].append(it)
    best = {topic: _best(found) for topic, found in by_topic.items()}
    return {topic: answer for topic, answer in best.items() if answer}


def _best(candidates: Sequence[_Candidate]) -> Answer | None:
    """The first of the candidates, which are in the document's order, that is worth most.

    What each is worth is found out only where its bound does not rule it out: of ten, two are read.
    """
    best, at = None, 0
    for number, it in sorted(enumerate(candidates), key=lambda item: -item[1].most):
        if it.most < (best.worth if best else _LEAST) - _ROUNDING:
            break
        answer = _answer(it)
        if answer.worth < (best.worth if best else _LEAST):
            continue
        if best is None or (-answer.worth, number) < (-best.worth, at):
            best, at = answer, number
    return best


def _candidates(document: Document, passages: Sequence[Passage]) -> Iterator[_Candidate]:
    read = _read(passages)
    prefilter, kinds = _prefilter()
    for section in document.sections:
        for statement in statements(section, read.keys()):
            words = tokens(statement.shown)
            possible = prefilter.possible(words)
            own = _own(statement, words)
            for passage, worth in read[statement.block]:
                most = worth + own + _most(kinds.get(passage.topic), possible)
                yield _Candidate(most, passage.topic, statement, words, worth)


def _read(passages: Sequence[Passage]) -> Mapping[str, list[tuple[Passage, float]]]:
    """By block, the passages that are read, with what they add to their statements' worth."""
    by_topic: dict[str, list[Passage]] = defaultdict(list)
    for passage in passages:
        by_topic[passage.topic].append(passage)
    topics = Counter(passage.block for passage in passages if passage.score >= DECIDED)
    read: dict[str, list[tuple[Passage, float]]] = defaultdict(list)
    for found in by_topic.values():
        ranked = sorted(found, key=lambda it: -it.score)[:_MOST_PASSAGES]
        for passage in ranked:
            if passage.score < min(DECIDED, ranked[0].score):
                break
            others = max(0, min(topics[passage.block], _MOST_TOPICS) - 1)
            worth = passage.score + _OTHER_TOPIC * others + _FIRST_PASSAGE * (passage is ranked[0])
            read[passage.block].append((passage, worth))
    return read


def _own(statement: Statement, words: Sequence[str]) -> float:
    """What a statement is worth by its form."""
    return (
        _QUESTION * statement.text.endswith("?")
        + _BRIEF * (len(words) < _FEW_WORDS)
        + _WITH_ITEMS * bool(statement.items)
        + _ITEM * bool(statement.lead)
        + _FRAGMENT * (not statement.lead and statement.text[:1].islower())
        + _LATER * min(statement.place, _LATEST)
    )


def _most(kinds: Mapping[str, int] | None, possible: int) -> float:
    """What the `possible` patterns may add to a statement's worth; `kinds` are the topic's."""
    if kinds is None:
        return _LEAST
    affirms = (possible & kinds["affirms"]).bit_count()
    says = affirms or possible & kinds["says"]
    details = (possible & kinds["details"]).bit_count()
    return (
        _AFFIRMS * min(affirms, _MOST_AFFIRMS)
        + _SAYS * bool(says)
        + _DETAIL * min(details, _MOST_DETAILS)
    )


def _general(statement: Statement, words: Sequence[str]) -> tuple[float, float]:
    """What a statement is worth whatever the topic; and for being about some people only."""
    found = _patterns()["any"].find(words)
    worth = (
        _POINTER * ("pointer" in found)
        + _REFERRING * (not statement.lead and any(at == 0 for at, _ in found.get("referring", ())))
        + _own(statement, words)
    )
    return worth, _SOME_PEOPLE * ("some" in found)


def _answer(candidate: _Candidate) -> Answer:
    """A candidate with what it is worth."""
    _, topic, statement, words, passage = candidate
    general, some_people = _general(statement, words)
    worth = passage + general + (0.0 if topic in _FOR_SOME else some_people)
    patterns = _patterns().get(topic)
    if patterns is None:  # a project's own topic: its best passage, from its beginning
        return Answer(topic, statement, affirms=False, worth=worth + _LEAST)
    counts = Counter(key.partition(" ")[0] for key in patterns.find(words))
    worth += (
        _AFFIRMS * min(counts["affirms"], _MOST_AFFIRMS)
        + _SAYS * bool(counts["affirms"] or counts["says"])
        + _DETAIL * min(counts["details"], _MOST_DETAILS)
        + _AGAINST * min(counts["against"], _MOST_AGAINST)
    )
    return Answer(topic, statement, counts["affirms"] > 0, worth)


@cache
def _patterns() -> Mapping[str, Patterns]:
    """By topic: its patterns, keyed by kind; where they are counted, each with its number."""
    return {
        topic: Patterns(
            (kind if topic == "any" else f"{kind} {number}", pattern)
            for kind, patterns in kinds.items()
            for number, pattern in enumerate(patterns)
        )
        for topic, kinds in _written().items()
    }


@cache
def _prefilter() -> tuple[Prefilter, Mapping[str, Mapping[str, int]]]:
    """All topics' patterns at once, and by topic and kind a mask of those."""
    every: list[str] = []
    masks: dict[str, dict[str, int]] = {}
    for topic, kinds in _written().items():
        for kind, patterns in kinds.items():
            mask = ((1 << len(patterns)) - 1) << len(every)
            masks.setdefault(topic, defaultdict(int))[kind] = mask
            every += patterns
    return Prefilter(every), masks


@cache
def _written() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """By topic and kind, the patterns of `answers.toml`."""
    return tomllib.loads(_PATTERNS.read_text("utf-8"))
