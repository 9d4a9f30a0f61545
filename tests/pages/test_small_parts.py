"""Addresses, capture times, the ledger's marks, citations and Memento."""

import json
import re

import pytest

from policy_archive.catalogue.archive import Entry, Policy
from policy_archive.catalogue.questions.listings import Figures
from policy_archive.model import Document, Record, Repair, Snapshot
from policy_archive.pages import capture_time
from policy_archive.pages.addresses import Addresses, row_id
from policy_archive.pages.data import citation, memento
from policy_archive.pages.html import ledger
from policy_archive.pages.script_json import script_json
from policy_archive.pages.types.topic import years_apart
from policy_archive.site.theme.page import theme_title
from policy_archive.sources.files import Source


def entry(captured: str = "20140521173313", **changes: object) -> Entry:
    snapshot = Snapshot(
        "policies/lamps.example.md",
        "lamps.example",
        captured=captured,
        original_url="http://lamps.example/privacy",
        memento_url=f"https://web.archive.org/web/{captured}/http://lamps.example/privacy",
    )
    values: dict[str, object] = {
        "snapshot": snapshot,
        "title": "Privacy & <Policy>",
        "language": "en",
        "words": 10,
        "blocks": 3,
        "sha256": "ab" * 32,
        "checked": True,
        "notices": (),
        "segment": captured or "undated-abababab",
        "source": Source("policies/lamps.example.md", None),  # type: ignore[arg-type]
        "key": "k",
    }
    return Entry(**(values | changes))  # type: ignore[arg-type]


def policy(*entries: Entry, site: str = "lamps.example", kind: str = "privacy-policy") -> Policy:
    return Policy(site, site, kind, entries)


def record(captured: str = "20140521173313", title: str = "Privacy & <Policy>") -> Record:
    return Record(
        snapshot=entry(captured).snapshot,
        document=Document(title, ()),
        repairs=(),
        passages=(),
        stated_dates=(),
        notices=(),
        language="en",
        encoding="utf-8",
        sha256="ab" * 32,
        words=10,
    )


@pytest.mark.parametrize(
    ("place", "here", "expected"),
    [
        ("policies/a/", "policies/a/2014/", "../"),
        ("policies/a/2014/", "policies/a/", "2014/"),
        ("topics/cookies/", "policies/a/2014/", "../../../topics/cookies/"),
        ("", "topics/", "../"),
        ("topics/", "", "topics/"),
        ("topics/", "topics/", "./"),
        ("policies/b/", "policies/a/", "../b/"),
        ("policies/ab/", "policies/a/", "../ab/"),
        ("policies/b\u00fcro.example/", "policies/", "b%C3%BCro.example/"),
    ],
)
def test_relative_addresses(place: str, here: str, expected: str) -> None:
    assert Addresses().relative(place, here) == expected


def test_addresses_without_directory_urls() -> None:
    addresses = Addresses(directory_urls=False, site_url="https://x.example/sub/")
    assert addresses.relative("policies/a/", "policies/a/2014/") == "../index.html"
    assert addresses.relative("policies/a/", "policies/a/", "p-1") == "#p-1"
    assert addresses.relative("x/source.txt", "x/") == "source.txt"
    assert addresses.absolute("policies/a/") == "https://x.example/sub/policies/a/index.html"


def test_rows_of_other_kinds_have_their_own_ids() -> None:
    assert row_id(policy(entry()).url) == "lamps.example"
    assert row_id(policy(entry(), kind="terms").url) == "lamps.example/terms"


@pytest.mark.parametrize(
    ("captured", "shown", "iso", "http"),
    [
        (
            "20140521173313",
            "21 May 2014, 17:33 UTC",
            "2014-05-21T17:33:13Z",
            "Wed, 21 May 2014 17:33:13 GMT",
        ),
        ("20190516", "16 May 2019", "2019-05-16", "Thu, 16 May 2019 00:00:00 GMT"),
        ("", "date unknown", "", ""),
    ],
)
def test_capture_times(captured: str, shown: str, iso: str, http: str) -> None:
    assert capture_time.shown(captured) == shown
    assert capture_time.iso(captured) == iso
    assert capture_time.http(captured) == http


def test_the_ledger_marks_the_words_that_differ() -> None:
    (group,) = ledger.grouped(
        [Repair("mojibake", (4, 6), "the <b> industryâ€™s", "the <b> industry’s")]
    )
    (repair,) = group.repairs
    assert repair.lines == "4–6"
    assert repair.before_html.startswith("the &lt;b&gt; ")
    assert "<del>" in repair.before_html
    assert "<ins>" in repair.after_html
    bare = re.sub(r"</?(del|ins)>", "", repair.after_html)
    assert bare == "the &lt;b&gt; industry’s"


def test_a_removal_has_no_after() -> None:
    (group,) = ledger.grouped([Repair("mojibake", (1, 1), "<script>", "")])
    assert group.repairs[0].before_html == "<del>&lt;script&gt;</del>"
    assert group.repairs[0].after_html == ""


@pytest.mark.parametrize("length", [3, 500])
def test_marks_lose_no_text(length: int) -> None:
    before = " ".join(f"a{n} b" for n in range(length))
    after = " ".join(f"c{n} b" for n in range(length))
    repair = ledger.grouped([Repair("mojibake", (1, 1), before, after)])[0].repairs[0]
    assert re.sub(r"</?del>", "", repair.before_html) == before
    assert re.sub(r"</?ins>", "", repair.after_html) == after


def test_citations() -> None:
    text = citation.plain_text(record(), "Archive", "https://x.example/p/")
    assert text == (
        "lamps.example: Privacy & <Policy>. Captured 21 May 2014, 17:33 UTC. Archive. "
        "https://x.example/p/. Originally at http://lamps.example/privacy. SHA-256 "
        + "ab" * 32
        + "."
    )
    undated = citation.plain_text(record(""), "Archive", "")
    assert "Date of capture unknown" in undated


def test_citations_for_reference_managers() -> None:
    url = "https://x.example/p/"
    lines = citation.ris(record(), "Archive", url).split("\n")
    assert lines[0] == "TY  - ELEC"
    assert lines[-1] == "ER  - "
    assert {"TI  - Privacy & <Policy>", "AU  - lamps.example", "DA  - 2014/05/21"} < set(lines)
    assert f"UR  - {url}" in lines
    # No title can begin a line, and so another field, of its own.
    hostile = citation.ris(record(title="a\nER  - \nTY  - BOOK"), "Archive", url)
    assert hostile.count("\nTY  - ") == 0
    (item,) = json.loads(citation.csl_json(record(), "20140521173313", "Archive", url))
    assert item["id"] == "lamps.example-20140521173313"
    assert item["issued"] == {"date-parts": [[2014, 5, 21]]}
    assert item["URL"] == url
    assert "ab" * 32 in item["note"]
    (undated,) = json.loads(citation.csl_json(record(""), "undated", "Archive", ""))
    assert "issued" not in undated


def test_bibtex_escapes_what_tex_reads() -> None:
    hostile = record(title="50% {of} \\input{x} $a_b$ #1 & ~^")
    found = citation.bibtex(hostile, "20140521173313", "Archive", "")
    assert (
        r"50\% \textbraceleft{}of\textbraceright{} \textbackslash{}input\textbraceleft{}x" in found
    )
    assert "  month = may," in found
    assert found.startswith("@misc{lamps.example-20140521173313,")


def test_timemap() -> None:
    both = policy(entry("20140521173313"), entry("20190516"), entry(""))
    found = memento.timemap(both, Addresses(site_url="https://x.example/"))
    assert found == (
        '<http://lamps.example/privacy>; rel="original",\n'
        '<https://x.example/policies/lamps.example/timemap.link>; rel="self"; '
        'type="application/link-format"; from="Wed, 21 May 2014 17:33:13 GMT"; '
        'until="Thu, 16 May 2019 00:00:00 GMT",\n'
        "<https://x.example/policies/lamps.example/20140521173313/>; "
        'rel="first memento"; datetime="Wed, 21 May 2014 17:33:13 GMT",\n'
        "<https://x.example/policies/lamps.example/20190516/>; "
        'rel="last memento"; datetime="Thu, 16 May 2019 00:00:00 GMT"\n'
    )


def test_json_timemap() -> None:
    both = policy(entry("20140521173313"), entry("20190516"), entry(""))
    found = json.loads(memento.json_timemap(both, Addresses(site_url="https://x.example/")))
    own = "https://x.example/policies/lamps.example/"
    first = {"datetime": "2014-05-21T17:33:13Z", "uri": f"{own}20140521173313/"}
    last = {"datetime": "2019-05-16T00:00:00Z", "uri": f"{own}20190516/"}
    assert found == {
        "original_uri": "http://lamps.example/privacy",
        "self": f"{own}timemap.json",
        "mementos": {"list": [first, last], "first": first, "last": last},
        "timemap_uri": {
            "link_format": f"{own}timemap.link",
            "json_format": f"{own}timemap.json",
        },
    }


def test_no_timemap_without_dates_or_site_url() -> None:
    named = Addresses(site_url="https://x.example/")
    assert memento.has_timemap(policy(entry()), named)
    assert not memento.has_timemap(policy(entry()), Addresses())
    assert not memento.has_timemap(policy(entry("")), named)


def test_neighbours_are_dated() -> None:
    first, last, undated = entry("20140521173313"), entry("20190516"), entry("")
    all_three = policy(first, last, undated)
    assert [memento.neighbours(all_three, at) for at in range(3)] == [
        (None, last),
        (first, None),
        (None, None),
    ]


def test_years_apart() -> None:
    assert years_apart(Figures(2, 2, "20140521", "20190516")) == "2014 to 2019"
    assert years_apart(Figures(2, 2, "20170517", "20190516")) == ""
    assert years_apart(Figures(1, 1, "", "")) == ""


def test_script_json_cannot_leave_its_script() -> None:
    value = {"a": "</script><!-- & \u2028"}
    found = script_json(value)
    assert json.loads(found) == value
    assert not set("<>&\u2028") & set(found)


def test_titles_are_inert_however_a_theme_prints_them() -> None:
    jinja = pytest.importorskip("markupsafe")
    title = theme_title("</title><script>alert('1')</script> &lt;/title&gt; \"x\" & y")
    for printed in (title, str(jinja.Markup(title).striptags()), str(jinja.escape(title))):
        assert "script" in printed
        assert not set("<>\"'") & set(printed)
