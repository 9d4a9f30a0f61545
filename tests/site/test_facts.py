"""Facts on pages: values with the sentences that state them, in the order of their size."""

import json
import re
from collections.abc import Callable

import pytest

from .conftest import POLICY, Site, archived, elements

pytestmark = pytest.mark.build

BUILD = Callable[..., Site]
_STATED = re.compile(r'<details class="pa-facts">.*?</details>', re.DOTALL)
KEEPING = "\n## Retention\n\nWe keep your personal information for {}.\n"
PERIODS = {"chairs": "two years", "doors": "90 days", "lamps": "as long as necessary"}


def policies() -> dict[str, str]:
    texts = {
        name: POLICY.format(name=name) + KEEPING.format(period) for name, period in PERIODS.items()
    }
    texts["rugs"] = POLICY.format(name="rugs") + KEEPING.format("our purposes")
    return {
        f"{name}.example.md": archived(f"{name}.example", "20190501060708", text)
        for name, text in texts.items()
    }


def test_the_comparison_can_be_sorted_by_what_is_stated(build_site: BUILD) -> None:
    site = build_site(policies())
    page = site["topics/retention/"]
    rows = {e.attributes["id"]: e.attributes for e in elements(page) if "data-site" in e.attributes}
    assert {row: found.get("data-periods") for row, found in rows.items()} == {
        "chairs.example": "730",
        "doors.example": "90",
        "lamps.example": "1000000",
        "rugs.example": None,
    }
    assert '<option value="periods">shortest period first</option>' in page
    assert "Periods named: <b>90 days</b>" in page
    assert page.count("Periods named") == 3
    assert '<option value="dnt">' not in page
    assert not site.broken_links()


def test_the_sentence_stands_beside_the_value_and_leads_to_its_place(build_site: BUILD) -> None:
    site = build_site(policies())
    found = json.loads(site["policies/doors.example/20190501060708/index.json"])["facts"]
    (fact,) = [it for it in found if it["fact"] == "periods"]
    assert fact["value"] == "90 days"
    assert fact["sentence"] == "We keep your personal information for 90 days."
    for page in ("topics/retention/", "policies/doors.example/"):
        stated = [it for it in _STATED.findall(site[page]) if "<b>90 days</b>" in it]
        assert len(stated) == 1
        assert f'20190501060708/#{fact["block"]}">{fact["sentence"]}</a>' in stated[0]


def test_rows_of_long_listings_say_what_they_are_sorted_by(build_site: BUILD) -> None:
    site = build_site(policies(), options={"rows_per_page": 2})
    periods = json.loads((site.folder / "topics/retention/rows/periods.json").read_text())
    assert periods == [730, 90, 1e6, None]
    assert "length possible periods" in site["topics/retention/"]
