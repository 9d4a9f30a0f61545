"""Data files of the rows of long listings."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from .conftest import POLICY, Site, archived

pytestmark = pytest.mark.build

BUILD = Callable[..., Site]
NAMES = ("chairs", "doors", "lamps", "rugs")


def policies() -> dict[str, str]:
    texts = {
        f"{name}.example.md": archived(
            f"{name}.example", f"2019050{day}060708", POLICY.format(name=name)
        )
        for day, name in enumerate(NAMES, 1)
    }
    texts["lamps-new.md"] = archived(
        "lamps.example", "20200101000000", POLICY.format(name="lamps").replace("basket", "cart")
    )
    texts["rugs-new.md"] = archived(
        "rugs.example", "20200202000000", POLICY.format(name="rugs") + "\n\nWe sell nothing else."
    )
    texts["silent.example.txt"] = "Rain fell. " * 40
    return texts


def values(site: Site, name: str) -> Any:
    return json.loads((site.folder / name).read_text())


def test_values_of_all_rows_in_the_listing_s_order(build_site: BUILD) -> None:
    site = build_site(policies(), options={"rows_per_page": 1})
    assert values(site, "policies/rows/site.json") == [
        *(f"{name}.example" for name in NAMES),
        "silent.example",
    ]
    captured = values(site, "policies/rows/captured.json")
    assert captured == [20190501, 20190502, 20200101, 20200202, None]
    assert values(site, "policies/rows/snapshots.json") == [1, 1, 2, 2, 1]
    spoken = values(site, "topics/cookies/rows/length.json")
    assert [bool(words) for words in spoken] == [True, True, True, True, False]
    assert values(site, "changes/rows/site.json") == ["rugs.example", "lamps.example"]


def test_scripts_know_the_row_of_every_policy_and_change(build_site: BUILD) -> None:
    """By its id, which is its site alone for a privacy policy of a domain."""
    terms = "---\nsite: Acme Inc\nkind: terms-of-service\ncaptured: {}\n---\n" + POLICY
    texts = {
        "acme-2018.md": terms.format("2018-05-22", name="Acme"),
        "acme-2019.md": terms.format("2019-05-22", name="Acme").replace("basket", "cart"),
        "zoom.md": f"---\nsite: Zoom\ncaptured: 2019-05-22\n---\n{POLICY.format(name='Zoom')}",
    }
    acme, zoom = ["Acme Inc", "acme-inc/terms-of-service"], ["Zoom", "zoom"]
    site = build_site(texts, options={"rows_per_page": 1})
    assert values(site, "policies/rows/site.json") == [acme, zoom]
    for place, ids in (("policies/", [acme[1]]), ("policies/page/zoom/", [zoom[1]])):
        assert re.findall(r'<tr data-site="[^"]*" data-id="([^"]*)"', site[place]) == ids
    whole = build_site(texts)
    assert re.findall(r'<li [^>]* data-id="([^"]*)"', whole["changes/"]) == [acme[1]]


def parts(site: Site, place: str) -> list[list[Any]]:
    """What is shown of a listing's rows, part by part."""
    named = values(
        site, f"{place.split('/', maxsplit=1)[0].replace('topics', 'policies')}/rows/parts.json"
    )
    found = [values(site, f"{place}parts/{name}.json") for name, _ in named]
    assert [len(part) for part in found] == [count for _, count in named]
    return found


def test_what_is_shown_of_a_row_leads_to_it(build_site: BUILD) -> None:
    site = build_site(policies(), options={"rows_per_page": 1})
    (rows,) = parts(site, "topics/cookies/rows/")
    assert rows[-1] is None
    captured, text, url, language = rows[2]
    assert (captured, language) == ("1 January 2020, 00:00 UTC", "en")
    assert "cookies" in text
    assert url.startswith("../../../../policies/lamps.example/20200101000000/#p-")
    assert parts(site, "policies/rows/")[0][0][2] == "../../chairs.example/"
    assert parts(site, "changes/rows/")[0][0][2].startswith("../../../policies/rugs.example/")


def test_rows_come_in_parts_of_bounded_size(
    build_site: BUILD, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("policy_archive.pages.data.row_files.PART", 2)
    site = build_site(policies(), options={"rows_per_page": 1})
    sizes = [len(part) for part in parts(site, "topics/cookies/rows/")]
    assert sum(sizes) == 5
    assert max(sizes) <= 2
    names = {path.stem for path in (site.folder / "topics/cookies/rows/parts").iterdir()}
    assert names == {name for name, _ in values(site, "policies/rows/parts.json")}


def test_short_listings_have_none(build_site: BUILD) -> None:
    assert not list(build_site(policies()).folder.rglob("rows/*.json"))
