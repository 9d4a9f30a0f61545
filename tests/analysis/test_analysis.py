import re
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_archive.analysis.language import identify
from policy_archive.analysis.quality import doubts
from policy_archive.analysis.stated_dates import stated_dates
from policy_archive.diagnostics import NOTICES
from policy_archive.model import Block, Document, Run, Section


def document(*texts: str, title: str | None = None, folded: Sequence[int] = ()) -> Document:
    blocks = tuple(
        Block("paragraph", (n, n), (Run(text),), folded=n in folded, id=f"p-{n}")
        for n, text in enumerate(texts, 1)
    )
    return Document("Privacy", (Section("top", title, 1, (1, len(texts) or 1), blocks),))


# Dates that the text claims


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


# Language

ENGLISH = (
    "We collect the information that you give us when you open an account, such as your name and "
    "your address, and we keep it for as long as the account is open. We never sell it."
)
GERMAN = (
    "Wir erheben die Angaben, die Sie uns bei der Anmeldung machen, zum Beispiel Ihren Namen und "
    "Ihre Anschrift, und bewahren sie auf, solange das Konto besteht. Wir verkaufen sie niemals."
)
FRENCH = (
    "Nous recueillons les renseignements que vous nous donnez à l’ouverture du compte, comme votre "
    "nom et votre adresse, et les conservons tant que le compte existe. Nous ne les vendons jamais."
)


@pytest.mark.parametrize(
    ("texts", "declared", "found"),
    [
        ([ENGLISH], "", "en"),
        ([GERMAN], "", "de"),
        ([GERMAN], "en-US", "de"),
        ([FRENCH], "en", "fr"),
        (["Home", "Kontakt", ENGLISH, "Impressum"], "de", "en"),
        (["Privacy"], "", "und"),
        (["Privacy"], "en-GB", "en"),
        (["Privacy"], "x-klingon", "und"),
        (["Privacy"], "<script>", "und"),
        ([], "", "und"),
    ],
)
def test_language(texts: list[str], declared: str, found: str) -> None:
    assert identify(document(*texts), declared) == found


def test_language_is_that_of_the_prose_not_of_the_menu() -> None:
    assert identify(document(GERMAN * 3, ENGLISH * 9, folded=[2]), "") == "de"


# Doubts

POLICY = [ENGLISH, "We use cookies to remember your choices. You may refuse them.", "Write to us."]


def codes(*texts: str, language: str = "en") -> list[str]:
    return [notice.code for notice in doubts(document(*texts), language)]


def test_a_policy_raises_no_doubt() -> None:
    assert codes(*POLICY) == []


def test_nothing_and_next_to_nothing() -> None:
    assert codes() == ["empty"]
    assert codes("", " \n") == ["empty"]
    assert codes("Privacy Policy", "Please check back.", language="und") == ["too-short"]


@pytest.mark.parametrize(
    "text",
    [
        "404 Not Found",
        "Sorry, the page you are looking for could not be found.",
        "This document no longer exists.",
        "Access Denied",
        "Please enable JavaScript to view this page.",
        "Checking your browser before accessing example.com.",
        "Please verify that you are a human",
        "This domain is for sale!",
        "Index of /privacy",
        "503 Service Unavailable",
    ],
)
def test_error_pages_and_stand_ins(text: str) -> None:
    found = doubts(document("Example Shop", "Home", text, "Search our catalogue"), "en")
    assert [notice.code for notice in found] == ["error-page"]
    assert text[:40] in found[0].message


def test_a_policy_that_speaks_of_errors_is_no_error_page() -> None:
    assert codes("Please enable JavaScript to view this page.", *POLICY) == []
    assert codes(*POLICY, "We log the page that was not found (error 404).") == []


def test_login_pages() -> None:
    assert codes("Example", "Log in", "User name:", "Password:", "Forgot your password?") == [
        "login-page"
    ]
    assert codes(*POLICY, "Log in", "Password") == []


def test_pages_of_another_kind() -> None:
    recipe = "Peel the apples, cut them in four and let them simmer with sugar and some cinnamon. "
    assert codes("Apple sauce", *[recipe] * 5) == ["not-a-policy"]
    promise = "Your personal information will not be given to anyone. Period."
    assert codes("Apple sauce", promise, *[recipe] * 5) == []


def test_other_languages_cannot_be_checked() -> None:
    assert codes(GERMAN * 3, language="de") == ["other-language"]
    assert codes(*POLICY, language="und") == []


@pytest.mark.parametrize(
    "end",
    [
        "We may share what we know of you with partners who help us to run the site and",
        "We may share what we know of you with partners who help us to run this site, for the",
        "We may share what we know of you with partners, hosts, carriers, and with banks,",
        "If you ask us to, we delete what we know of you within a month or tell you why it must",
    ],
)
def test_truncated_captures(end: str) -> None:
    found = doubts(document(*POLICY, end), "en")
    assert [notice.code for notice in found] == ["truncated"]
    assert found[0].line == len(POLICY) + 1
    assert end[-20:] in found[0].message


@pytest.mark.parametrize(
    "end",
    [
        "For questions about this policy, please write to our data protection officer at any time",
        "Example Inc, 12 Example Street, Example Town, EX1 2AM, phone 555 0100, info@example.com",
        "Copyright 2020 Example Inc and partners, all rights reserved, Example Theme, log in",
        "Home | About | Terms and",
        "To be continued with",
    ],
)
def test_ends_without_a_full_stop_are_not_all_truncated(end: str) -> None:
    assert codes(*POLICY, end) == []


@settings(deadline=None)
@given(st.lists(st.text(max_size=60), max_size=8), st.sampled_from(["en", "de", "und"]))
def test_metadata_never_fails_and_every_code_is_known(texts: list[str], language: str) -> None:
    made = document(*texts)
    assert {notice.code for notice in doubts(made, language)} <= set(NOTICES)
    stated_dates(made)
    identify(made, language)
