"""Twice the text takes at most about twice the time, whatever is in it.

What is repeated is derived from the patterns of the package (`adversarial.py`), so that a new
pattern, or a new character in one, is tried without being listed: on the pattern itself, on each
rule and each question that is asked of blocks, and on whole texts in each form. `make test` tries
some, `make test-all` all of them. Coverage is not counted meanwhile: it takes half of the time, and
other tests run the same lines.
"""

import ast
import gc
import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from random import Random
from typing import Any

import pytest

from policy_archive.analysis import language, quality, stated_dates, subject
from policy_archive.build.tasks import read_bytes
from policy_archive.cleaning import RULES
from policy_archive.cleaning.outline import outline
from policy_archive.cleaning.rule import Ledger
from policy_archive.model import Block, Document, Item, Passage, Run
from policy_archive.reading.unpack import NotTextError
from policy_archive.settings import Settings
from policy_archive.topics import taxonomy
from policy_archive.topics.answers import answers
from policy_archive.topics.facts.reading import facts
from policy_archive.topics.labeller import Labeller

from .adversarial import (
    USES,
    Found,
    beginnings,
    characters,
    examples,
    modules,
    parsed,
    patterns,
    source,
)

pytestmark = pytest.mark.no_cover

THOROUGH = bool(os.environ.get("POLICY_ARCHIVE_THOROUGH"))
"""Set by `make test-all`: minutes of runs instead of one."""
MOST = 3.0
"""How much longer twice the text may take; caches and the machine have their part in it."""

Work = Callable[[Any], object]
Make = Callable[[int], Any]


def seconds(work: Work, given: Any) -> float:
    """Processor time, without that of collecting garbage, which comes when it likes."""
    gc.disable()
    started = time.process_time()
    work(given)
    taken = time.process_time() - started
    gc.enable()
    return taken


def grows(work: Work, make: Make, top: int, noise: float) -> str:
    """Why the time of `work` is too long on what `make` makes in sizes up to `top`; or nothing.

    A time that explodes shows long before `top`, and at `top` would take for ever. Below `noise`
    seconds a measurement says nothing.
    """
    size = 1600
    while True:
        twice = seconds(work, make(size))
        if twice > noise and (size >= top or twice > 10 * noise):
            once = seconds(work, make(size // 2))
            for _ in range(4):  # somebody else may have had the processor: the best of five
                if twice <= MOST * once:
                    break
                once = min(once, seconds(work, make(size // 2)))
                twice = min(twice, seconds(work, make(size)))
            if twice > MOST * once:
                return f"{size} characters: {twice:.3f} s, half of them: {once:.3f} s"
        if size >= top:
            return ""
        size = min(top, 4 * size)


def repeated(run: str, before: str = "", after: str = "") -> Make:
    return lambda size: before + (run * (size // len(run) + 1))[:size] + after


NAMED = sorted(
    c
    for c in {c for found in patterns() for c in characters(parsed(found.pattern))}
    if not "\ud800" <= c <= "\udfff"  # halves, which no decoded text holds and no digest takes
)
MARKS = [c for c in NAMED if not c.isalnum()] + ["a", "A", "1", "é", "漢"]


def some(found: list[str], every: int) -> list[str]:
    """All of `found` if the test is thorough, else one of `every` so many."""
    return found if THOROUGH else found[::every]


def test_patterns_are_found() -> None:
    found = {it.name.removeprefix("policy_archive."): it for it in patterns()}
    assert len(found) > 90
    assert found["cleaning.menu_vocabulary.MENU"].uses == ("match",)
    assert found["reading.html.vocabulary.TITLE"].uses == ("search",)
    assert found["analysis.stated_dates._FORMS"].uses == ("match",)
    assert found["analysis.quality._GONE"].uses == ("search",)
    assert found["cleaning.rules.leftover_mark._MARKS"].uses == ("sub",)
    assert set("[]()*_`<>#|&“©") <= set(MARKS)


def test_every_pattern_is_where_it_can_be_found() -> None:
    """Compiled by a module when it is imported, not on the way."""
    for path in map(source, modules()):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                late = node.value.id == "re" and node.attr in USES
                assert not late, f"{path}:{node.lineno}"


def attacks(found: Found) -> Iterator[tuple[str, str]]:
    """What may stand before a run, and what is repeated."""
    tree = parsed(found.pattern)
    named = [c for c in sorted(characters(tree)) if not (c.isalpha() and c.isascii())]
    marks = [*named, "a", "A"]
    for run in [*marks, *filter(None, examples(tree))]:
        yield "", run
        if len(run) > 1:
            yield "", f"{run} "
    for before in filter(None, beginnings(tree)):
        yield from ((before, mark) for mark in marks)


@pytest.mark.parametrize("found", patterns(), ids=lambda it: it.name)
def test_a_pattern_takes_no_more_than_its_share(found: Found) -> None:
    tried = list(attacks(found))
    for use in found.uses:
        method = getattr(found.pattern, use)
        work: Work = {
            "finditer": lambda text: sum(1 for _ in method(text)),  # noqa: B023
            "sub": lambda text: method("", text),  # noqa: B023
        }.get(use, method)
        # The last of these fail where a pattern must reach the end of its text or line.
        for before, run in tried if THOROUGH else tried[:: 1 + len(tried) // 150]:
            for after in ("", "q\nq"):
                slow = grows(work, repeated(run, before, after), 12_800, 0.01)
                assert not slow, f"{use}: {before!r} {run!r} {after!r}: {slow}"


def paragraphs(text: str) -> list[Block]:
    return [
        Block("paragraph", (n, n), (Run(it),)) for n, it in enumerate(text.split("\n"), 1) if it
    ]


def headings(text: str) -> list[Block]:
    return [Block("heading", it.lines, it.runs, level=2) for it in paragraphs(text)]


def items(blocks: list[Block]) -> tuple[Item, ...]:
    return tuple(Item(f"{number}.", (block,)) for number, block in enumerate(blocks, 1))


def as_policy(text: str) -> list[Block]:
    clause = paragraphs("We collect your personal information and share it with others. " * 3)
    return [*clause * 3, *paragraphs(text), *clause, *paragraphs(text)]


SHAPES: dict[str, Callable[[str], list[Block]]] = {
    "a paragraph": lambda text: [Block("paragraph", (1, 1 + text.count("\n")), (Run(text),))],
    "paragraphs": paragraphs,
    "headings": headings,
    "bold": lambda text: [Block("paragraph", (1, 1), (Run(text, bold=True),))],
    "a list": lambda text: [Block("list", (1, 1), items=items(paragraphs(text)))],
    "an item": lambda text: [Block("list", (1, 1), items=(Item("", (*headings(text),)),))],
    "lists": lambda text: [Block("list", it.lines, items=(item,)) for it in paragraphs(text)
                           for item in items([it])],
    "counting lists": lambda text: [Block("list", (1, 1), items=(item,))
                                    for item in items(paragraphs(text))],
    "a table": lambda text: [
        Block("table", (1, 1), rows=tuple(((Run(it),),) * 2 for it in text.split("\n")))
    ],
    "around a policy": as_policy,
}  # fmt: skip

LABELLER = Labeller(taxonomy.load())


def every_block(document: Document) -> list[Passage]:
    """Passages on two topics, whatever the blocks say."""
    return [Passage(it.id, topic, 0.9) for it in document.blocks for topic in ("sale", "use")]


def asked(document: Document) -> list[Passage]:
    """Passages where deadlines are sought."""
    return [Passage(it.id, "rights", 0.9) for it in document.blocks]


QUESTIONS: dict[str, Callable[[Document], object]] = {
    "dates": stated_dates.stated_dates,
    "doubts": lambda document: quality.doubts(document, "en"),
    "language": lambda document: language.identify(document, ""),
    "subject": lambda document: subject.doubts(document, ()),
    "topics": LABELLER.label,
    "answers": lambda document: answers(document, every_block(document)),
    "facts": lambda document: facts(document, (), asked(document)),
}
PHRASES = [
    "We keep it for 30 days to 2 years ", "respond to requests within ", "no DNT signal ",
    "1) word\n", "(a) i. word;\n", "• word\n", "Privacy Policy\n", "word;\n", "back to top\n",
    "Home\n", "updated 1 may ", "last updated: 1/1/2018\n", "last updated May 1, 2018 ", "_word_ ",
    "We sell your data. ", "opt out ", "Ã¢â‚¬â„¢", "a:\n", "cookies\n", "mail.\n", "\u0301\u0327",
    "do not sell information about you ", "©  \nx", "the\n", "E-mail us at:\nOur Street 5\n",
]  # fmt: skip


def lines() -> list[str]:
    """What is repeated in blocks: phrases that rules look for, and each mark."""
    # No text that was decoded has half of a character (surrogates).
    marks = [mark for mark in MARKS if not "\ud800" <= mark <= "\udfff"]
    return [*PHRASES, *some([form.format(c) for c in marks for form in ("{0} word\n", "{0}")], 12)]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_rule_takes_no_more_than_its_share(shape: str) -> None:
    for run in lines():
        make = cache(lambda size: SHAPES[shape](repeated(run)(size)))  # noqa: B023
        for rule in RULES:
            slow = grows(lambda blocks: rule.apply(list(blocks), Ledger()), make, 12_800, 0.02)  # noqa: B023
            assert not slow, f"{rule.name}: {run!r}: {slow}"


@pytest.mark.parametrize("shape", ["a paragraph", "paragraphs", "headings", "a list"])
def test_a_question_takes_no_more_than_its_share(shape: str) -> None:
    for run in lines():
        make = cache(lambda size: outline(SHAPES[shape](repeated(run)(size)), "Policy"))  # noqa: B023
        for name, question in QUESTIONS.items():
            slow = grows(question, make, 25_600, 0.02)
            assert not slow, f"{name}: {run!r}: {slow}"


def runs() -> list[str]:
    """What is repeated: each mark alone, on lines of its own and between words, and mixtures."""
    random = Random(7)
    forms = ("{0}", "{0}\n", "{0}a ", "a{0}  \n") if THOROUGH else ("{0}", "a{0}  \n")
    found = [form.format(c) for c in some(MARKS, 12) for form in forms]
    for _ in range(120 if THOROUGH else 4):
        found.append("".join(random.choice(MARKS) for _ in range(random.randint(2, 7))))
    found += [
        "mail.\n",
        "\n\n](a)",
        "- a\n  ---\n",
        "<b>",
        "<div>a",
        "<li>",
        "&nbsp;",
        "<ul><li><a href=x>a b</a>",
    ]
    return [*dict.fromkeys([*found, *some(PHRASES, 3)])]


@pytest.mark.parametrize("form", ["md", "txt", "html"])
def test_a_text_takes_no_more_than_its_share(form: str) -> None:
    """From bytes to record, at 50 and at 100 kB."""
    path = f"policies/a.example.{form}"

    def read(data: bytes) -> None:
        with suppress(NotTextError):
            read_bytes(data, path, Settings())

    read_bytes(b"We collect names.", path, Settings())
    for run in runs():
        slow = grows(
            read,
            lambda size: repeated(run)(size).encode("utf-8", "replace"),  # noqa: B023
            100_000,
            0.15,
        )
        assert not slow, f"{run!r}: {slow}"
