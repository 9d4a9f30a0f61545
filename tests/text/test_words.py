import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_archive.text.words import Distinct, block_id, compatible, count, slug, words


def test_words_are_blind_to_case_spaces_and_typography() -> None:
    assert words("The  industry’s “BEST”") == words("the industry's\n'best'")
    assert block_id("Don’t  panic!") == block_id("don't PANIC")
    assert block_id("Do panic") != block_id("Do not panic")


def test_words_are_counted_as_they_are_found() -> None:
    assert count("") == count(" … ") == 0
    assert count("we_use 2 cookies; don’t—you?") == 6
    assert count("Sur l’été, and after™") == 5


@given(st.text(st.characters(max_codepoint=0x3FF)) | st.text(alphabet="aZ_1é .,’—\xa0\u0301ﬁ™\n"))
def test_counting_where_words_are_spaced_is_the_length_of_finding(text: str) -> None:
    assert count(text) == len(words(text))


@given(st.text(alphabet="aé\u0301\u0327\u0f71カ\u3099ﬁ ", max_size=60))
def test_texts_are_normalised_as_unicode_says(text: str) -> None:
    assert compatible(text) == unicodedata.normalize("NFKC", text)


def test_marks_without_end_are_put_in_order_in_bounded_time() -> None:
    """Twice as many took four times as long: 100,000 some eight seconds."""
    text = "word a" + "\u0301\u0327" * 200_000 + " word"
    started = time.process_time()
    assert words(text)[0] == words(text)[-1] == "word"
    assert slug(text).startswith("word-")
    assert time.process_time() - started < 5


def test_block_id_of_text_without_words() -> None:
    assert block_id("***") != block_id("---")


def test_slugs() -> None:
    assert slug("Use of cookies") == "use-of-cookies"
    assert slug("Children’s Privacy") == "children-s-privacy"
    assert slug("Политика") == "политика"
    assert slug("§ ***").startswith("s-")


@given(st.text())
def test_slugs_never_meet_reserved_ids(text: str) -> None:
    name = slug(text)
    assert name
    assert not name.startswith(("_", "pa-", "-"))
    assert slug("p 5f0c2a91") == "s-p-5f0c2a91"
    assert slug("__search") == "search"


@given(st.lists(st.sampled_from(["a", "a-2", "b", "a-2-2"])))
def test_distinct_names(names: list[str]) -> None:
    distinct = Distinct()
    given_names = [distinct(name) for name in names]
    assert len(set(given_names)) == len(names)
    if names:
        assert given_names[0] == names[0]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("We collect’s it", 4),
        ("ünï code", 2),
        ("当社は、個人情報を収集します。", 13),
        ("クッキーを使用", 4),
        ("我们收集您的 IP 地址", 9),
        ("개인정보 처리방침", 2),
        ("ສະບາຍດີ", 2),
        ("", 0),
    ],
)
def test_words_are_counted_where_no_space_parts_them(text: str, number: int) -> None:
    assert count(text) == number
