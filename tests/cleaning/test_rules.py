"""Each cleaning rule on its own fixture file: before and after, as people would write them down.

A case is a name, the archived Markdown, what the rule makes of it, and its ledger, divided by lines
that hold one dot. `POLICY_ARCHIVE_ACCEPT=1 pytest` writes what the rules do now into the files.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_archive.cleaning import RULES, clean
from policy_archive.cleaning.rule import Ledger, Rule
from policy_archive.cleaning.rules import bold_heading, continued_list, repeated_title
from policy_archive.model import Block, Document, Item, Run
from policy_archive.reading import Reading, markdown
from policy_archive.text.words import words

FIXTURES = Path(__file__).parent / "fixtures"
READ_BEFORE = {"numbered-paragraph": ("semicolon-list",), "continued-list": ("semicolon-list",)}
"""Rules whose input is made by others."""


class Case(NamedTuple):
    name: str
    before: str
    after: str
    ledger: str


def cases(rule: Rule) -> list[Case]:
    parts = (FIXTURES / f"{rule.name}.txt").read_text(encoding="utf-8").split("\n.\n")
    return [
        Case(*(part.strip("\n") for part in parts[i : i + 4])) for i in range(0, len(parts) - 3, 4)
    ]


def show(blocks: list[Block] | tuple[Block, ...], indent: str = "") -> Iterator[str]:
    for block in blocks:
        if block.kind == "list":
            for item in block.items:
                yield from _item(item, indent)
        elif block.kind == "quote":
            yield from show(block.blocks, f"{indent}> ")
        elif block.kind == "table":
            yield from (f"{indent}| {row}" for row in block.text.split("\n"))
        else:
            mark = f"{'#' * block.level} " if block.kind == "heading" else ""
            mark = "(folded) " if block.folded else mark
            yield from (f"{indent}{mark}{line}" for line in block.text.split("\n"))
        if not indent:
            yield ""


def _item(item: Item, indent: str) -> Iterator[str]:
    mark = f"{indent}{item.number or '•'} "
    for line in show(item.blocks, " "):
        yield f"{mark}{line[1:]}"
        mark = f"{indent}  "


def applied(rule: Rule, text: str) -> tuple[str, str]:
    ledger = Ledger()
    blocks = list(markdown.read(text).blocks)
    before = READ_BEFORE.get(rule.name, ())
    for each in [other for other in RULES if other.name in before] + [rule]:
        ledger = Ledger(rule=each.name)
        blocks = each.apply(blocks, ledger)
    entries = [
        f"{repair.lines[0]}-{repair.lines[1]}: {repair.before!r} -> {repair.after!r}"
        for repair in ledger.repairs
    ]
    return "\n".join(show(blocks)).strip("\n"), "\n".join(entries)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_fixture(rule: Rule) -> None:
    found = [Case(c.name, c.before, *applied(rule, c.before)) for c in cases(rule)]
    if os.environ.get("POLICY_ARCHIVE_ACCEPT"):
        text = "".join(f"{c.name}\n.\n{c.before}\n.\n{c.after}\n.\n{c.ledger}\n.\n" for c in found)
        (FIXTURES / f"{rule.name}.txt").write_text(text, encoding="utf-8")
    assert found
    assert found == cases(rule)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rule_can_be_switched_off_by_name(rule: Rule) -> None:
    text = "\n\n".join(case.before for case in cases(rule))
    _, repairs = clean(markdown.read(text), fallback_title="Policy", disabled={rule.name})
    assert all(repair.rule != rule.name for repair in repairs)


def test_names_are_distinct_and_summaries_are_sentences() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(rule.summary.endswith(".") for rule in RULES)


def test_a_list_of_many_parts_is_one_and_its_ledger_is_no_longer_than_it() -> None:
    parts = [
        Block("list", (n, n), items=(Item(f"{n}.", (Block("paragraph", (n, n), (Run("word"),)),)),))
        for n in range(1, 400)
    ]
    ledger = Ledger(rule="continued-list")
    (joined,) = continued_list.apply(parts, ledger)
    assert [item.number for item in joined.items] == [f"{n}." for n in range(1, 400)]
    assert len(ledger.repairs) == 398
    assert ledger.repairs[1].before == "1. word\n2. word\n\n3. word"
    assert ledger.repairs[-1].before == "398. word\n\n399. word"
    assert ledger.repairs[-1].after == "398. word\n399. word"
    assert sum(len(repair.before) for repair in ledger.repairs) < 20 * len(joined.text)


def test_bold_space_is_no_heading_and_stops_no_rule() -> None:
    """Other rules take such blocks out, but they may be switched off."""
    blank = Block("paragraph", (1, 1), (Run(" ", bold=True),))
    assert bold_heading.apply([blank, blank], Ledger()) == [blank, blank]


def test_a_title_that_stands_many_times_is_left_once() -> None:
    titles = [Block("heading", (n, n), (Run("Privacy Policy"),), level=1) for n in range(1, 2000)]
    ledger = Ledger(rule="repeated-title")
    assert repeated_title.apply(titles, ledger) == titles[:1]
    assert [repair.lines for repair in ledger.repairs] == [(n, n) for n in range(2, 2000)]


LINES = st.sampled_from(
    [
        "# Privacy Policy",
        "#### Information we collect",
        "Privacy Policy",
        "  * ## Cookies",
        "  * We keep logs;",
        "1) We collect names.",
        "2) We collect addresses.",
        "(a) by post",
        "(b) by telephone",
        "3. We also share it.",
        "**Your choices**",
        "**Your choices.** You can opt out.  ",
        "We share data with partners;",
        "courts that ask for it;",
        "and our bank.",
        "Back to top",
        "---",
        "|  |",
        "| a | b |",
        "|---|---|",
        "> quoted words",
        "COOKIES",
        "What are cookies?",
        "the software industryâ€™s leader",
        "zero\u200bwidth",
        "Home | About | Contact",
        "",
    ]
)
TEXTS = st.lists(LINES, max_size=25).map("\n".join)


@given(TEXTS)
def test_no_word_is_lost_or_invented(text: str) -> None:
    """Words in = words out + words removed, once changed words are put back."""
    reading = markdown.read(text)
    document, repairs = clean(
        reading, fallback_title="Policy", disabled={"mojibake", "stray-character"}
    )
    before = sorted(word for block in reading.blocks for word in words(block.text))
    after = [word for text in document.texts for word in words(text)]
    removed = [word for repair in repairs if not repair.after for word in words(repair.before)]
    assert sorted(after + removed) == before


@given(TEXTS)
def test_order_of_words_is_kept(text: str) -> None:
    reading = markdown.read(text)
    document, _ = clean(reading, fallback_title="Policy", disabled={"mojibake", "stray-character"})
    source = iter(word for block in reading.blocks for word in words(block.text))
    assert all(word in source for text in document.texts for word in words(text))


@given(TEXTS)
def test_cleaning_its_own_output_changes_nothing(text: str) -> None:
    document, _ = clean(markdown.read(text), fallback_title="Policy")
    again, repairs = clean(Reading(tuple(_blocks(document))), fallback_title="Policy")
    assert again.texts == document.texts
    assert [s.level for s in again.sections] == [s.level for s in document.sections]
    assert not repairs


def _blocks(document: Document) -> Iterator[Block]:
    for section in document.sections:
        if section.title is not None:
            yield Block("heading", section.lines, runs=(Run(section.title),), level=section.level)
        yield from section.blocks


def test_glyphs_of_icon_fonts_are_no_part_of_a_heading() -> None:
    document, repairs = clean(
        markdown.read(
            "# \ue904 Acme Privacy Policy\n\n\uf0b7 We collect names.\n\n\uf0b7 We sell none."
        ),
        fallback_title="Policy",
    )
    (section,) = document.sections
    assert section.title == "Acme Privacy Policy"
    assert [block.text for block in section.blocks] == ["We collect names.\nWe sell none."]
    assert ("stray-character", "\ue904") in [(it.rule, it.before) for it in repairs]
