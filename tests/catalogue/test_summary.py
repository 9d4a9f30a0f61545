"""What listings and comparisons keep of a record."""

import pytest

from policy_archive.build.tasks import read_bytes
from policy_archive.catalogue.rows import quoted, rows_of
from policy_archive.catalogue.summary import summarise
from policy_archive.model import Passage
from policy_archive.settings import Settings

WALK = "The club was founded in 1904 by nine friends who liked long walks in the hills. "
SAID = "We use cookies to remember what is in your basket and to recognise your browser. "


@pytest.mark.parametrize("before", ["", WALK * 40], ids=["first", "far behind"])
def test_the_sentence_that_answers_is_quoted(before: str) -> None:
    record = read_bytes(f"# Privacy\n\n{before}{SAID}{WALK * 40}".encode(), "a.md", Settings())
    assert summarise(record).findings["cookies"].text == SAID.strip()
    (row,) = (it for it in rows_of(record).passages if it[0] == "cookies")
    assert row[-1] == SAID.strip()


@pytest.mark.parametrize(("start", "says"), [(0, "Rain fell"), (10, "… all day")])
def test_where_none_does_the_best_passage_is_quoted_from_where_it_speaks_of_it(
    start: int, says: str
) -> None:
    weak, strong = Passage("p-1", "sale", 0.6), Passage("p-2", "sale", 0.9, start=start)
    passage, words = quoted([weak, strong], None, "Rain fell all day. " * 60)
    assert passage is strong
    assert words.startswith(says)
    assert words.endswith(" …")
    assert len(words) < 610
