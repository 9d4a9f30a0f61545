"""What listings and comparisons keep of a record."""

from policy_archive.build.tasks import read_bytes
from policy_archive.catalogue.summary import summarise
from policy_archive.settings import Settings

WALK = "The club was founded in 1904 by nine friends who liked long walks in the hills. "
SAID = "We use cookies to remember what is in your basket and to recognise your browser. "


def test_a_giant_paragraph_is_quoted_from_where_it_speaks_to_the_topic() -> None:
    text = "# Privacy\n\n" + WALK * 40 + SAID + WALK * 40
    found = summarise(read_bytes(text.encode(), "policies/club.md", Settings())).findings["cookies"]
    assert found.text.startswith("… ")
    assert SAID.strip() in found.text


def test_other_paragraphs_are_quoted_from_their_beginning() -> None:
    text = "# Privacy\n\n" + SAID + WALK * 20
    found = summarise(read_bytes(text.encode(), "policies/club.md", Settings())).findings["cookies"]
    assert found.text.startswith(SAID)
