"""Dates that a text claims for itself."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_archive.analysis.stated_dates import stated_dates

from .documents import document


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Last updated: May 25, 2018", "2018-05-25"),
        ("LAST UPDATED ON MAY 25TH 2018", "2018-05-25"),
        ("This policy is effective as of 25 May 2018.", "2018-05-25"),
        ("Effective as of the 25th day of May, 2018", "2018-05-25"),
        ("These terms were last modified on 05/25/2018.", "2018-05-25"),
        ("Last revised 25.05.2018", "2018-05-25"),
        ("Last updated 5/5/2018", "2018-05-05"),
        ("Last updated 5/25/18", "2018-05-25"),
        ("Effective Date: January 1, 2015", "2015-01-01"),
        ("Effective date January 1,2015Welcome to our site", "2015-01-01"),
        ("Revised 2019-03-01", "2019-03-01"),
        ("Last Updated: 2026.08.07", "2026-08-07"),
        ("Version of 24-May-2018", "2018-05-24"),
        ("Last revised APRIL-2024", "2024-04"),
        ("Our privacy notice was updated in May 2018.", "2018-05"),
        ("Privacy Policy (updated May 2018)", "2018-05"),
        ("Privacy PolicyLast updated: July 26, 20191. General", "2019-07-26"),
        ("Rights reserved.Effective: Monday, June 4, 2012", "2012-06-04"),
        ("Updated: 11:35 PM PDT Mar 26, 2020", "2020-03-26"),
        ("Effective Date and Last Updated: Feb. 6, 2020", "2020-02-06"),
        ("We updated our privacy policy on 1 June 2020 to say more.", "2020-06-01"),
        ("This notice applies from April 4, 2026.", "2026-04-04"),
        ("Last changed | 3 June 2031", "2031-06-03"),
        ("Stand: Mai 2018", "2018-05"),
        ("Stand Mai 2018", "2018-05"),
        ("Zuletzt aktualisiert am 25. März 2018", "2018-03-25"),
        ("Letzte Änderung: 25.03.2018", "2018-03-25"),
        ("Dernière mise à jour : 1er août 2018", "2018-08-01"),
        ("Date d’entrée en vigueur : le 25 mai 2018", "2018-05-25"),
        ("Última actualización: 25 de mayo de 2018", "2018-05-25"),
        ("Fecha de entrada en vigor: mayo de 2018", "2018-05"),
        ("Ultimo aggiornamento: 25 maggio 2018", "2018-05-25"),
        ("Laatst bijgewerkt op 25 mei 2018", "2018-05-25"),
    ],
)
def test_dates_are_read_as_people_write_them(text: str, date: str) -> None:
    (stated,) = stated_dates(document(text))
    assert (stated.date, stated.block) == (date, "p-1")


@pytest.mark.parametrize(
    "text",
    [
        "Last updated: 04/05/2018",
        "Last updated: 10/3/22",
        "Last updated: February 30, 2018",
        "Last updated 2018",
        "Copyright 1999-2018 Example. All rights reserved.",
        "On May 25, 2018 we moved to a new office.",
        "Effective January 1, 2020, residents of California have these rights.",
        "The General Data Protection Regulation, effective May 25, 2018, applies.",
        "See the previous version of this policy, effective May 2016.",
        "The notes, dated November 2, 2001 and May 6, 2004, were lost.",
        "The standing Directive 2002/58/EC as amended.",
        "This page has been updated to address the 2019 season.",
        "The outdated January 5, 2001 rules",
        "May may 2018",
        "updated 99/99/2018 12:00 31.31.2018",
    ],
)
def test_other_dates_are_left_alone(text: str) -> None:
    assert stated_dates(document(text)) == ()


def test_a_date_may_stand_under_its_label() -> None:
    (stated,) = stated_dates(document("May 25, 2018", title="Last updated:"))
    assert (stated.date, stated.block) == ("2018-05-25", "p-1")
    assert stated.evidence == "Last updated: May 25, 2018"
    assert not stated_dates(document("Updates", "May 25, 2018"))


def test_a_date_in_a_heading_names_its_section() -> None:
    (stated,) = stated_dates(document("We care.", title="Policy, effective May 1, 2018"))
    assert stated.block == "top"


def test_several_dates_come_in_order_and_once() -> None:
    text = "Effective: 1 May 2018. Last updated: 2 May 2018. Last updated: 2 May 2018."
    stated = stated_dates(document(text, "Last updated: 2 May 2018."))
    assert [(it.date, it.block) for it in stated] == [
        ("2018-05-01", "p-1"),
        ("2018-05-02", "p-1"),
        ("2018-05-02", "p-2"),
    ]


def test_evidence_is_the_sentence_and_never_long() -> None:
    text = "We care. This policy was last updated on May 1, 2018. Write to us."
    (stated,) = stated_dates(document(text))
    assert stated.evidence == "This policy was last updated on May 1, 2018."
    (stated,) = stated_dates(document("word " * 99 + "last updated May 1, 2018 " + "word " * 99))
    assert len(stated.evidence) <= 200
    assert "last updated May 1, 2018" in stated.evidence


def test_menus_claim_little() -> None:
    assert not stated_dates(document("Updated: May 1, 2018", folded=[1]))
    assert stated_dates(document("Last updated: May 1, 2018", folded=[1]))


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "updated",
                "effective",
                "May",
                "25",
                "2018",
                "05/25/2018",
                ".",
                ",",
                ":",
                "on",
                "as",
                "of",
            ]
        ),
        max_size=40,
    )
)
def test_any_date_found_is_real(pieces: list[str]) -> None:
    for stated in stated_dates(document(" ".join(pieces))):
        assert re.fullmatch(r"2018-05(-25)?", stated.date)
        assert stated.evidence


def test_many_dates_in_one_sentence_take_no_longer_each() -> None:
    """The end of the sentence that is shown was sought to the end of the text, for each of them."""
    text = "last updated May 1, 2018 " * 30_000
    started = time.process_time()
    (stated,) = stated_dates(document(text))
    assert time.process_time() - started < 8
    assert len(stated.evidence) <= 200


@settings(deadline=None)
@given(st.lists(st.text(max_size=60), max_size=8))
def test_no_text_stops_it(texts: list[str]) -> None:
    for stated in stated_dates(document(*texts)):
        assert stated.evidence
