"""Two texts in one: what is not marked reads as either does, down to its spaces."""

import re

import pytest

from policy_archive.diff.change import Unit
from policy_archive.diff.tokens import tokens
from policy_archive.diff.words import compare_words
from policy_archive.pages.html.changed_sentences import sentence
from policy_archive.pages.html.diff_html import inline_html


def inline(old: str, new: str) -> str:
    before, after = (tokens(Unit("paragraph", text), ends=False) for text in (old, new))
    return inline_html(compare_words(before, after))


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("data and more, and", "data, and", "data<del> and more</del>, and"),
        ("data, and", "data and more, and", "data<ins> and more</ins>, and"),
        ("cookies (and) we", "cookies, we", "cookies<del> (and) </del><ins>,</ins> we"),
        ("data, we", "data we", "data<del>,</del> we"),
        ("data we", "data, we", "data<ins>,</ins> we"),
        ("for two years.", "for three years.", "for <del>two</del> <ins>three</ins> years."),
        ("we keep it", "we keep it.", "we keep it<ins>.</ins>"),
        ("it stays here.", "it stays.", "it stays<del> here</del>."),
    ],
)
def test_spaces_stand_where_each_text_has_them(old: str, new: str, shown: str) -> None:
    made = inline(old, new)
    assert made == shown
    for mark, text in (("ins", old), ("del", new)):
        left = re.sub(rf"<{mark}>.*?</{mark}>", "", made)
        assert " ".join(re.sub("<[^>]+>", "", left).split()) == text


def test_a_changed_sentence_is_told_without_those_around_it() -> None:
    old, new = (
        f"We sell lamps. We keep data for {it} years. You may ask." for it in ("two", "ten")
    )
    before, after = (tokens(Unit("paragraph", text)) for text in (old, new))
    told = sentence(compare_words(before, after))
    assert "".join(span.old for span in told).strip() == "We keep data for two years."
    assert "".join(span.new for span in told).strip() == "We keep data for ten years."
