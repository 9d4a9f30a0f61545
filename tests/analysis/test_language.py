"""The language of a text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_archive.analysis.language import identify

from .documents import ENGLISH, GERMAN, document

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
        (["我们重视您的隐私。我们会收集您的姓名和电话号码，并在法律允许的范围内使用。"], "", "zh"),
        (
            ["当社は、お客様の個人情報を適切に取り扱い、氏名、住所などの情報を収集します。"],
            "",
            "ja",
        ),
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


@settings(deadline=None)
@given(st.lists(st.text(max_size=60), max_size=8), st.sampled_from(["", "en", "de-AT", "§"]))
def test_no_text_stops_it(texts: list[str], declared: str) -> None:
    assert 2 <= len(identify(document(*texts), declared)) <= 3
