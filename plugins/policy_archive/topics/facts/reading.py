"""The facts of a text, read sentence by sentence."""

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from policy_archive.model import Document, Fact, Passage, Section, StatedDate
from policy_archive.topics.facts.deadlines import deadlines
from policy_archive.topics.facts.do_not_track import speaks, stances
from policy_archive.topics.facts.durations import durations
from policy_archive.topics.facts.fact import FACTS, Value
from policy_archive.topics.facts.retention import periods
from policy_archive.topics.labeller import DECIDED
from policy_archive.topics.statements import Statement, statements

_PERIODS = ("day", "month", "year", "hour", "week")
_OPEN_ENDED = (
    *("long as", "nger than ", "more than ", "until you"),
    *("for the period", "for the time", "for the length", "for the duration", "for the amount"),
)
_SIGNALS = ("ot track", "ot Track", "ot-track", "ot-Track", "OT TRACK", "OT-TRACK", "DNT")
"""What a text has that states a fact.

Most have none of these, which is seen far faster than that no pattern matches.
"""
_OTHERS = (*_OPEN_ENDED, *_SIGNALS)
_CALLED = ("signal", "setting", "header")
"""What a signal is called under a heading that names it."""
_ASKED = frozenset(["rights", "choices"])
_MOST = 4
"""Values of one fact that are kept of a text, the first that it states."""


def facts(
    document: Document, dates: Sequence[StatedDate], passages: Sequence[Passage]
) -> tuple[Fact, ...]:
    """What the document states: by fact in the order of `FACTS`, then in its own.

    `dates` are those that it states for itself, of which the latest counts. Deadlines are sought in
    `passages` on what readers can ask for: others are of orders and refunds.
    """
    asked = {it.block for it in passages if it.topic in _ASKED and it.score >= DECIDED}
    found: dict[str, dict[str, Fact]] = {name: {} for name in FACTS}
    for section in document.sections:
        for name, (value, order), it in _of_section(section, asked):
            values = found[name]
            if len(values) < _MOST:
                values.setdefault(value, Fact(name, value, order, it.block, it.shown))
    if dates:
        latest = max(dates, key=lambda it: it.date)
        order = float(latest.date.replace("-", "").ljust(8, "0"))
        fact = Fact("dated", latest.date, order, latest.block, latest.evidence)
        found["dated"][latest.date] = fact
    return tuple(fact for values in found.values() for fact in values.values())


def _of_section(section: Section, asked: Collection[str]) -> Iterator[tuple[str, Value, Statement]]:
    title = section.title or ""
    heading = _has(_SIGNALS, title) and speaks(title, before=False)
    texts = {it.id: it.text for it in section.blocks if not it.folded}
    whole = "\n".join(texts.values())
    timed = [it for it in _PERIODS if it in whole]
    others = [it for it in (*_OTHERS, *(_CALLED if heading else ())) if it in whole]
    wanted = {
        id
        for id, text in texts.items()
        if _has(others, text) or (_has(timed, text) and any(durations(text)))
    }
    if not wanted:
        return
    for _, block in groupby(statements(section, wanted), key=lambda it: it.block):
        spoken_of = heading
        for it in block:
            text = it.shown
            spoken_of = speaks(text, spoken_of) if spoken_of or _has(_SIGNALS, text) else False
            for name, value in _of_sentence(text, it.block in asked, spoken_of):
                yield name, value, it


def _has(hints: Sequence[str], text: str) -> bool:
    return any(map(text.__contains__, hints))


def _of_sentence(text: str, asked: bool, spoken_of: bool) -> Iterator[tuple[str, Value]]:
    named = list(durations(text)) if _has(_PERIODS, text) else []
    if named or _has(_OPEN_ENDED, text):
        for value in periods(text, named):
            yield "periods", value
    if named and asked:
        for value in deadlines(text, named):
            yield "deadline", value
    if spoken_of:
        for value in stances(text, spoken_of):
            yield "dnt", value
