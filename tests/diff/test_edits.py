"""Changes between texts: exact both ways, quiet about looks, bounded in time."""

import random
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_archive.cleaning import clean
from policy_archive.diff import Change, Unit, compare
from policy_archive.diff.edits import compare_units
from policy_archive.diff.tokens import tokens
from policy_archive.diff.units import units
from policy_archive.model import Document
from policy_archive.reading import html, markdown

WORDS = [
    "we",
    "collect",
    "your",
    "data,",
    "share",
    "it.",
    "with",
    "“partners”",
    "and",
    "don't",
    "sell",
    "A.B.",
    "1.",
    "(a)",
    "—",
    "naïve\n",
]
text = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join) | st.text(max_size=12)
unit = st.builds(
    Unit,
    kind=st.sampled_from(["heading", "paragraph", "item"]),
    text=text,
    number=st.sampled_from(["", "", "1.", "(b)"]),
    markup=st.sampled_from(["", "00000000"]),
)
document = st.lists(unit, max_size=12)


def edited(draw: random.Random, old: list[Unit]) -> list[Unit]:
    new = list(old)
    for _ in range(draw.randrange(4)):
        at = draw.randrange(len(new) + 1)
        match draw.randrange(4):
            case 0:
                new.insert(at, draw.choice(old) if old else Unit("paragraph", "new words"))
            case 1 if new:
                new.pop(at - 1)
            case 2 if new:
                new.append(new.pop(at - 1))
            case 3 if new:
                split = new[at - 1].text.split(" ")
                draw.shuffle(split)
                new[at - 1] = replace(new[at - 1], text=" ".join(split))
    return new


@settings(max_examples=400, deadline=None)
@given(document, document, st.randoms(use_true_random=False), st.booleans())
def test_a_change_is_exact_both_ways(
    old: list[Unit], new: list[Unit], draw: random.Random, near: bool
) -> None:
    if near:
        new = edited(draw, old)
    change = compare_units(old, new)
    assert change.apply(old) == tuple(new)
    assert change.reversed().apply(new) == tuple(old)
    assert change.reversed().reversed() == change
    assert change.empty == (old == new)
    for edit in change.edits:
        if edit.spans:  # the words side by side are all the words of both
            assert "".join(s.old for s in edit.spans) == "\n".join(u.printed for u in edit.old)
            assert "".join(s.new for s in edit.spans) == "\n".join(u.printed for u in edit.new)
        for span in edit.spans:
            assert (span.kind == "same") <= (span.old == span.new)
            assert (span.kind == "added") <= (not span.old)
            assert (span.kind == "removed") <= (not span.new)


@given(unit)
def test_tokens_are_all_of_a_text(one: Unit) -> None:
    assert "".join(token.text for token in tokens(one)) == one.printed


def read(text: str) -> Document:
    return clean(markdown.read(text), fallback_title="Policy")[0]


def kinds(old: str, new: str) -> list[str]:
    change = compare(read(old), read(new))
    assert change.apply(units(read(old))) == units(read(new))
    return [edit.kind for edit in change.edits if edit.kind != "same"]


def test_a_change_for_another_text_is_refused() -> None:
    with pytest.raises(ValueError, match="another text"):
        compare(read("We sell."), read("We buy.")).apply(units(read("We rent.")))


LONG = (
    "We collect your name and your e-mail address when you order lamps from our shop, and we keep "
    "them for two years.\n\nWe share information with the carrier who brings the parcel to you, and "
    "with nobody else in the world."
)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('We call this "personal data" here.', "We call this “personal data” here."),
        ("We don't sell data.", "We don’t sell data."),
        ("1. We collect data.\n2. We keep data.", "1) We collect data.\n2) We keep data."),
        ("# 1. Data we collect\n\nWe collect.", "# 2. DATA WE COLLECT\n\nWe collect."),
        ("We **collect** [data](http://a.example/).", "We collect [data](http://b.example/)."),
        ("- first thing;\n- second thing;", "- first thing,\n- second thing."),
        ("We keep it — safe…", "We keep it - safe..."),
        ("# Cookies we set here\n\nWe set some.", "COOKIES we set here.\n\nWe set some."),
        ("We use data.  And logs.", "We use data.\n\nAnd logs."),
    ],
)
def test_looks_are_cosmetic(old: str, new: str) -> None:
    found = kinds(old, new)
    assert set(found) == {"cosmetic"}
    assert not compare(read(old), read(new)).substantive


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (LONG, LONG.replace("lamps from", "lamps\nfrom").replace("and we", "\nand we")),
        ("We use\u00a0da\u00adta.", "We use data."),
    ],
)
def test_what_cleaning_mends_is_no_difference(old: str, new: str) -> None:
    assert kinds(old, new) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("We sell your data.", "We do not sell your data."),
        ("We keep logs for 30 days in all.", "We keep logs for 90 days in all."),
        ("We share data with partners, if you agree.", "We share data with partners if you agree."),
        ("The Services are ours alone.", "The services are ours alone."),
    ],
)
def test_words_and_marks_are_not(old: str, new: str) -> None:
    assert kinds(old, new) == ["changed"]


def test_a_passage_that_moved_is_pointed_to() -> None:
    first, second = LONG.split("\n\n")
    third = "Cookies remember your basket until you close the browser window."
    old, new = f"{first}\n\n{second}\n\n{third}", f"{second}\n\n{third}\n\n{first}"
    change = compare(read(old), read(new))
    assert sorted(e.kind for e in change.edits) == ["moved", "moved-away", "same", "same"]
    assert not change.substantive
    edited = new.replace("two years", "ten years")
    change = compare(read(old), read(edited))
    (moved,) = [edit for edit in change.edits if edit.kind == "moved"]
    assert [(s.old, s.new) for s in moved.spans if s.kind in ("removed", "added")] == [
        ("two ", ""), ("", "ten "),
    ]  # fmt: skip
    assert change.substantive == (moved,)


def test_words_inside_a_sentence() -> None:
    change = compare(read(LONG), read(LONG.replace("two years", "ten long years")))
    (edit,) = change.substantive
    assert [s.new or s.old for s in edit.spans if s.kind != "same"] == ["two ", "ten long "]


def test_divided_and_rewritten_paragraphs_meet() -> None:
    new = LONG.replace("when you order", "whenever it is that you order").replace("two", "ten")
    new = new.replace("our shop, and", "our shop.\n\nOf course")
    change = compare(read(LONG), read(new))
    (edit,) = change.substantive
    assert (len(edit.old), len(edit.new)) == (1, 2)
    assert sum(len(s.new.split()) for s in edit.spans if s.kind == "added") <= 9


def test_a_long_text_is_not_lost_behind_a_short_one_that_stayed() -> None:
    long = " ".join(words_of(3, 80))
    short = "We keep your personal information safe, and put you in control."
    old = f"{LONG}\n\n{short}\n\nRead more here.\n\n{long}"
    new = f"{LONG}\n\n{long} And more. {short}\n\nRead more here."
    change = compare(read(old), read(new))
    assert change.apply(units(read(old))) == units(read(new))
    counted = sum(len((s.old + s.new).split()) for e in change.substantive for s in e.spans
                  if s.kind in ("added", "removed"))  # fmt: skip
    counted += sum(len(u.text.split()) for e in change.substantive if not e.spans for u in e.old)
    assert counted <= 30
    (moved,) = [edit for edit in change.edits if edit.kind == "moved"]
    assert moved.old[0].text == long
    back = change.reversed()
    assert back.apply(units(read(new))) == units(read(old))


def test_equal_texts_have_no_change() -> None:
    assert compare(read(LONG), read(LONG)).empty
    assert Change(()).empty


def test_markup_of_another_form_is_cosmetic() -> None:
    page = "<h1>Policy</h1><p>We <b>collect</b> data.</p><ul><li>names</li></ul>"
    old = clean(html.read(page), fallback_title="P")[0]
    new = read("# Policy\n\nWe collect data.\n\n- names")
    assert [e.kind for e in compare(old, new).edits if e.kind != "same"] == ["cosmetic"]


def words_of(seed: int, count: int) -> list[str]:
    draw = random.Random(seed)
    return [f"w{draw.randrange(4000)}" for _ in range(count)]


@pytest.mark.no_cover
@pytest.mark.parametrize("per_unit", [1, 20, 80_000])
@pytest.mark.parametrize("seed", [1, 2])
def test_long_texts_and_rewrites_end(per_unit: int, seed: int) -> None:
    """500 kB against an edit of it, and against another text altogether."""
    old, other = words_of(1, 80_000), words_of(2, 80_000)
    new = other if seed == 2 else [w if n % 400 else "edited" for n, w in enumerate(old)]

    def divided(found: list[str]) -> list[Unit]:
        parts = (found[n : n + per_unit] for n in range(0, len(found), per_unit))
        return [Unit("paragraph", " ".join(part)) for part in parts]

    started = time.process_time()
    change = compare_units(divided(old), divided(new))
    assert change.apply(divided(old)) == tuple(divided(new))
    assert time.process_time() - started < 60  # far above what it takes, far below quadratic
