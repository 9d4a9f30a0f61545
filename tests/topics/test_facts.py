"""What sentences state: for how long data are kept, how signals are taken, when requests are answered."""

import pytest

from policy_archive.model import Block, Document, Item, Passage, Run, Section, StatedDate
from policy_archive.topics.facts.durations import durations
from policy_archive.topics.facts.fact import FACTS
from policy_archive.topics.facts.reading import facts


def stated(*texts: str, title: str | None = None) -> list[tuple[str, str]]:
    """Names and values of the facts of paragraphs in one section."""
    blocks = tuple(
        Block("paragraph", (1, 1), (Run(text),), id=f"p{number}")
        for number, text in enumerate(texts)
    )
    asked = [Passage(block.id, "rights", 0.9) for block in blocks]
    found = facts(Document("", (Section("s", title, 1, (1, 1), blocks),)), (), asked)
    return [(it.name, it.value) for it in found]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("thirty (30) days", ["30 days"]),
        ("30 (thirty) days", ["30 days"]),
        ("forty-five (45) days", ["45 days"]),
        ("five (5) to twenty (20) years", ["5 to 20 years"]),
        ("6-12 months", ["6 to 12 months"]),
        ("a month, one year", ["1 month", "1 year"]),
        ("a 24-hour period", ["24 hours"]),
        ("10 business days", ["10 business days"]),
        ("today, 1.5 years, $30 days, 2019 Day", []),
    ],
)
def test_periods_are_read_in_digits_and_in_words(text: str, values: list[str]) -> None:
    assert [it.value for it in durations(text)] == values


def test_periods_are_sorted_by_their_length() -> None:
    assert [round(it.days, 2) for it in durations("36 hours, 2 weeks, one month, a year")] == [
        *(1.5, 14, 30, 365)
    ]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Log files are stored for a maximum of 30 days.", ["30 days"]),
        ("We keep messages for up to 90 days and invoices for ten years.", ["90 days", "10 years"]),
        ("Recordings are automatically deleted after seven days.", ["7 days"]),
        ("After two years of inactivity we anonymise your account.", ["2 years"]),
        ("We retain data only as long as necessary for our purposes.", ["as long as needed"]),
        ("We keep it for as long as we need to.", ["as long as needed"]),
        (
            "We keep your profile for as long as your account is active.",
            ["as long as the account exists"],
        ),
        ("Cookies are stored on your device for 30 days.", []),
        ("We store no data of children under 13 years of age.", []),
        ("You may request what we held in the last 12 months.", []),
        ("You have the right to a copy of data collected during the past 12 months we kept.", []),
        ("Keep in mind that it may take up to four weeks to process your request.", []),
        ("We have held true to our values for more than 130 years.", []),
        ("You can choose to delete a message within 48 hours after sending.", []),
        ("We provide a copy of the data retained within 30 days.", []),
    ],
)
def test_for_how_long_data_are_kept(text: str, values: list[str]) -> None:
    found = [it for it in stated(text) if it[0] == "periods"]
    assert found == [("periods", value) for value in values]


def test_the_items_of_a_list_stand_with_the_line_that_introduces_them() -> None:
    items = tuple(
        Item("", (Block("paragraph", (1, 1), (Run(text),)),))
        for text in ("Voiceprints for 24 hours", "Scans until you close your account")
    )
    blocks = (
        Block("paragraph", (1, 1), (Run("We retain biometric data as follows:"),), id="p0"),
        Block("list", (2, 3), items=items, id="p1"),
    )
    found = facts(Document("", (Section("s", None, 1, (1, 3), blocks),)), (), ())
    assert [(it.value, it.block, it.sentence) for it in found] == [
        ("24 hours", "p1", "We retain biometric data as follows: Voiceprints for 24 hours"),
        (
            "as long as the account exists",
            "p1",
            "We retain biometric data as follows: Scans until you close your account",
        ),
    ]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("We do not respond to “Do Not Track” signals.", ["not honoured"]),
        ("Our servers currently don’t respond to do-not-track requests.", ["not honoured"]),
        ("We honor Do Not Track signals and plant no cookies then.", ["honoured"]),
        ("Do Not Track We support the Do Not Track setting of browsers.", ["honoured"]),
        (
            "We do not respond to Do Not Track; however, we treat Global Privacy Control as opt-out.",
            ["not honoured"],
        ),
        ("We respond to Do Not Track in certain territories.", ["honoured in some cases"]),
        ("Where required by law, we honor Do Not Track.", ["honoured in some cases"]),
        ("We honor Global Privacy Control signals.", []),
        ("We treat all data by this policy, whatever their Do Not Track setting.", []),
        ("We do not guarantee that we will honor DNT signals.", []),
        ("Not all of our sites respond to Do Not Track signals.", []),
        ("Third parties may not honor Do Not Track signals.", []),
        ("Third parties do not respond to Do Not Track signals.", []),
        ("Do you honor Do Not Track signals?", []),
        ("This section says how we respond to Do Not Track signals.", []),
        ("We may not be able to respond to all Do Not Track signals.", []),
        ("We do not track the websites that you visit and respect you.", []),
        ("We will not honor the earlier choice if you disable DNT in your browser.", []),
        ("To have your choices respected, we recommend that you enable DNT.", []),
        ("Do Not Track is a preference that you can set in your browser.", []),
    ],
)
def test_what_is_done_with_the_signals_of_browsers(text: str, values: list[str]) -> None:
    assert stated(text) == [("dnt", value) for value in values]


def test_a_sentence_that_speaks_of_the_signal_before_it() -> None:
    assert stated("Browsers can send a DNT header. We do not respond to such signals.") == [
        ("dnt", "not honoured")
    ]
    assert stated("We do not act on these signals.", title="Do Not Track") == [
        ("dnt", "not honoured")
    ]
    assert stated("We do not act on these signals.", title="Traffic") == []
    assert (
        stated("Browsers can send DNT, or GPC. We honor GPC in all browsers. We honor this signal.")
        == []
    )


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("We will respond to your request within 30 days of its receipt.", ["30 days"]),
        ("Please allow up to thirty (30) days for a response.", ["30 days"]),
        ("Your requests will be answered within the prescribed 45-day period.", ["45 days"]),
        (
            "We confirm your request within 10 days and fulfil it within 45 days.",
            ["45 days"],
        ),
        (
            "We respond to requests within one month, which may be extended by two months.",
            ["1 month"],
        ),
        ("We will respond to an appeal of your request within 60 days.", []),
        ("You may only make two access requests within a 12-month period.", []),
        ("We process your deletion request unless you log in within 7 days of the request.", []),
        ("In answer to requests we list what was sold in the preceding 12 months.", []),
    ],
)
def test_within_which_time_requests_are_answered(text: str, values: list[str]) -> None:
    assert [it for it in stated(text) if it[0] == "deadline"] == [
        ("deadline", value) for value in values
    ]


def test_of_the_dates_that_a_text_states_for_itself_the_latest_counts() -> None:
    dates = (
        StatedDate("2019-05", "Version of May 2019", "p1"),
        StatedDate("2021-03-01", "Last updated March 1, 2021", "p2"),
    )
    (found,) = facts(Document("", ()), dates, ())
    assert (found.name, found.value, found.order, found.block, found.sentence) == (
        *("dated", "2021-03-01", 20210301, "p2", "Last updated March 1, 2021"),
    )


def test_each_value_is_stated_once_and_the_first_ones_are_kept() -> None:
    texts = [f"We store logs for {days} days." for days in (3, 3, 4, 5, 6, 7)]
    assert [value for _, value in stated(*texts)] == ["3 days", "4 days", "5 days", "6 days"]


def test_names_can_be_those_of_attributes() -> None:
    assert all(name.isalpha() and name.islower() for name in FACTS)
