"""Feeds of hostile texts, as a feed reader reads them."""

import random

import feedparser
import pytest
from bs4 import BeautifulSoup

from .conftest import POLICY, BuildSite, archived

pytestmark = pytest.mark.build

_PIECES = (
    *("<script>alert(1)</script>", "<b>", "</p>", "<!--", "-->", "]]>", "<![CDATA[", "<?xml ?>"),
    *("&amp;", "&#0;", "&unknown;", "&", '"', "'", "<svg/onload=alert(1)>", "javascript:alert(1)"),
    *("\x0b", "\x1f", "\x7f", "\u202e", "\ufffe", "\ufdd0", "\U0001ffff", "word", "é", "漢"),
)
NAME = "A & <b>\"archive\"</b> ]]> 'of' <script>alert(1)</script>"


def hostile(chance: random.Random) -> str:
    return " ".join(f"{''.join(chance.choices(_PIECES, k=4))}w{n}" for n in range(8))


def test_feeds_are_well_formed_and_hold_text(build_site: BuildSite) -> None:
    chance = random.Random(13)
    policies = {}
    for number in range(40):
        name = f"s{number}.example"
        before = POLICY.format(name=f"Shop {number}")
        after = before.replace("## ", f"{hostile(chance)}\n\n## ", 3)
        policies[f"{name}-1.txt"] = archived(name, "20140521173313", before)
        policies[f"{name}-2.txt"] = archived(name, "20180522173313", after)
    site = build_site(policies, site_url="https://archive.example/", strict=False, site_name=NAME)
    feeds = site.files("**/feed.xml")
    assert len(feeds) > 40
    for name, data in feeds.items():
        found = feedparser.parse(data, sanitize_html=False)
        assert not found.bozo, (name, found.get("bozo_exception"))
        assert found.feed.author == NAME
        assert found.entries
        for entry in found.entries:
            body = BeautifulSoup(entry.content[0].value, "lxml")
            # Archived words stand there as text: the elements are ours alone.
            assert {it.name for it in body.find_all()} <= {
                "html", "body", "p", "blockquote", "br", "ins", "del",
            }  # fmt: skip
            shown = {word[-2:] for word in body.get_text().split()}
            assert shown & {f"w{number}" for number in range(8)}, name
