"""What the archive publishes for programs: files beside its pages, and what leads to them."""

import json
from pathlib import Path

import pytest

from .conftest import POLICY, BuildSite, archived, elements

URL = "https://archive.example/a/"
PLACE = "policies/lamps.example/20140521173313/"
POLICIES: dict[str, str | bytes] = {
    "lamps.example.md": archived("lamps.example", "20140521173313", POLICY.format(name="Lamps"))
}


def links(html: str, rel: str) -> list[tuple[str, str]]:
    """Type and address of each link of a relation."""
    return [
        (it.attributes.get("type", ""), it.attributes["href"])
        for it in elements(html)
        if it.tag == "link" and it.attributes.get("rel") == rel
    ]


@pytest.mark.parametrize("directory_urls", [True, False])
def test_annotations_lie_beside_the_page_and_its_head_leads_to_them(
    build_site: BuildSite, directory_urls: bool
) -> None:
    site = build_site(POLICIES, site_url=URL, use_directory_urls=directory_urls)
    assert links(site[PLACE], "describedby") == [("application/ld+json", "annotations.jsonld")]
    page = json.loads(site[f"{PLACE}annotations.jsonld"])
    html = site[PLACE]
    for item in page["items"]:
        scope = item["target"]["scope"]
        file, _, block = scope.partition("#")
        assert (site.folder / PLACE / (file if file != "./" else "index.html")).is_file()
        assert f'id="{block}"' in html
        assert (site.folder / PLACE / item["target"]["source"]).is_file()


def test_without_data_there_are_none_and_nothing_leads_there(build_site: BuildSite) -> None:
    site = build_site(POLICIES, site_url=URL, options={"data": False})
    assert not Path(site.folder / PLACE / "annotations.jsonld").exists()
    assert links(site[PLACE], "describedby") == []
