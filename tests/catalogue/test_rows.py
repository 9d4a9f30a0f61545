"""What is quoted of a snapshot on a topic where no sentence of it answers by itself."""

import pytest

from policy_archive.catalogue.rows import quoted
from policy_archive.model import Passage


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "We keep some data for reasons of safety. For example:",
            "We keep some data for reasons of safety.",
        ),
        ("This may include:", "This may include:"),
        (
            "Purpose | Data\nCookies | Name\nPayment | Card",
            "Purpose Data Cookies Name Payment Card",
        ),
        ("* In addition to this, **anonymised** data", "In addition to this, anonymised data"),
    ],
)
def test_its_beginning_is_quoted_without_marks_and_without_what_only_announces(
    text: str, shown: str
) -> None:
    assert quoted([Passage("p", "retention", 0.9)], None, text)[1] == shown


def test_its_last_sentence_is_whole() -> None:
    text = "We keep some data. " + "And so on, " * 100
    assert quoted([Passage("p", "retention", 0.9)], None, text)[1] == "We keep some data."


def test_what_begins_in_the_middle_says_so() -> None:
    passage = Passage("p", "retention", 0.9, start=7)
    assert quoted([passage], None, "Before. We keep some data.")[1] == "… We keep some data."
