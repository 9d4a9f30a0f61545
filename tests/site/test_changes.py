"""Pages of changes, their lists and feeds, in sites made from own texts."""

import re
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest

from policy_archive.pages import publication
from policy_archive.pages.types import topic
from policy_archive.text.words import block_id

from ..repositories import LAMPS, open_terms, repository, text
from .conftest import Site, archived, run, write_project

pytestmark = [
    pytest.mark.build,
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed"),
]
ATOM = "{http://www.w3.org/2005/Atom}"
ORDER = "\n\n".join(
    f"Paragraph number {n} speaks of a matter of its own that stays as it is." for n in range(9)
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("changes")
    open_terms(folder / "versions")
    made = repository(folder / "other")
    hostile = '<script>alert(1)</script> & "quoted" \x0b words of ours that are new here'
    last = "\n\n".join(["This paragraph moves to another place in the text."])
    for year, content in enumerate(
        [
            text("two", f"\n{ORDER}\n\n{last}"),
            text("two", f"\n{last}\n\n{ORDER} {hostile}"),
            "# 404\n\nThe page you were looking for was not found.\n",
            text("two", f"\n{last}\n\n{ORDER.replace('own', 'own, and of another')} {hostile}"),
            text("two", f"\n{last}\n\n{ORDER.replace('own', '“own”, and of another')} {hostile}"),
        ],
        2011,
    ):
        made.commit(f"{year}-03-04T05:06:07Z", "Update", **{LAMPS.replace("Lamp", "Desk"): content})
    config = write_project(
        folder / "project",
        {"one.example.md": archived("one.example", "20190102030405", text())},
        options={"sources": ["../versions", "../other"]},
        site_url="https://archive.example/terms/",
    )
    return run(config)


DESK = "policies/desk-shop/"


def test_every_link_leads_somewhere(site: Site) -> None:
    assert not site.broken_links()


def test_a_change_page(site: Site) -> None:
    page = site[f"{DESK}20110304050607..20120304050607"]
    assert "Moved here: " in page
    assert page.count("This paragraph moves to another place in the text.</p></div>") == 1
    assert "stands elsewhere now" in page
    assert "unchanged paragraphs" in page
    assert "is. <ins>&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page
    assert "<b>1 passage changed, +12 words</b>" in page
    assert 'rel="next"' in page
    assert 'rel="prev"' not in page


def test_a_change_page_opens_with_what_came_on_a_topic(tmp_path: Path) -> None:
    added = "We sell your personal information to advertisers and share it with third parties."
    files = {
        "20110304.md": archived("a.example", "20110304050607", text()),
        "20120304.md": archived("a.example", "20120304050607", text(more=f"\n{added}")),
    }
    site = run(write_project(tmp_path, files))
    page = site["policies/a.example/20110304050607..20120304050607"]
    opening, body = page.split('id="pa-diff"')
    assert '<h2 id="pa-changed">What changed, by topic</h2>' in opening
    assert re.search(rf"<dt>Added</dt><dd [^>]*><ins>{added}</ins></dd>", opening)
    assert "<dt>Before</dt>" not in opening
    assert f'href="#{block_id(added)}"' in opening
    assert f'<div class="pa-edit pa-added" id="{block_id(added)}"><h3' in body
    assert not site.broken_links()


def test_both_sides_of_a_changed_sentence_stand_without_the_sentences_around_it(
    tmp_path: Path,
) -> None:
    files = {
        f"{day}.md": archived("a.example", f"{day}050607", text(years))
        for day, years in {"20110304": "two", "20120304": "three"}.items()
    }
    page = run(write_project(tmp_path, files))["policies/a.example/20110304050607..20120304050607"]
    before, after = (
        f"We share information with the carrier who brings the parcel, and we keep it for {it} years."
        for it in ("<del>two</del>", "<ins>three</ins>")
    )
    assert f'dir="auto">{before}</dd>' in page
    assert f'dir="auto">{after}</dd>' in page
    assert page.count("<dt>Before</dt>") == 1  # topics with one sentence are told together


def test_each_changed_passage_has_a_heading_and_a_permalink_of_its_words(site: Site) -> None:
    page = site[f"{DESK}20120304050607..20140304050607"]
    passages = re.findall(r'<div class="pa-edit pa-changed" id="([^"]+)"><h3', page)
    assert len(set(passages)) == 9
    assert passages[0] == block_id(
        "Paragraph number 0 speaks of a matter of its own, and of another that stays as it is."
    )
    for name in passages:
        assert f'<a href="#{name}" title="Permalink" aria-label="Permalink: “Paragraph' in page


def test_items_added_in_a_row_are_one_addition_on_the_page(tmp_path: Path) -> None:
    items = "\n".join(f"- the {it} of the lamp that you have bought" for it in ("oil", "wick"))
    files = {
        "20110304.md": archived("a.example", "20110304050607", text(more=ORDER)),
        "20120304.md": archived("a.example", "20120304050607", text(more=f"{ORDER}\n\n{items}")),
    }
    page = run(write_project(tmp_path, files))["policies/a.example/20110304050607..20120304050607"]
    assert "<b>1 passage changed, +18 words</b>" in page
    assert page.count('<div class="pa-edit pa-added"') == 1


def test_a_broken_capture_is_bridged_and_said_so(site: Site) -> None:
    page = site[f"{DESK}20120304050607..20140304050607"]
    assert "1 capture in between looks broken and was passed over" in page
    assert "../20130304050607/" in page
    # The words around the gap are compared, once in line and once side by side; those in it are not.
    assert "<b>9 passages changed, +27 words</b>" in page
    body = page.partition('<div class="pa-edits')[2]
    assert body.count("<ins>, and of another</ins>") == 2 * 9
    assert "<del>" not in body
    assert "The page you were looking for" not in page
    assert f"{DESK}20120304050607..20130304050607/index.html" not in site.files()


def test_looks_fold_into_one_line(site: Site) -> None:
    page = site[f"{DESK}20140304050607..20150304050607"]
    assert "9 passages only look different" in page
    assert "Not a word changed." in page


def test_technical_changes_are_named_and_not_counted(site: Site) -> None:
    page = site["policies/lamps.com/20200201100000-2..20200901100000"]
    assert "<b>Technical</b>" in page
    after = site["policies/lamps.com/20200901100000..20210301100000"]
    assert re.search(r"between <a href=\"../20200201100000-2/\">", after)
    assert 'href="../20200901100000/">extracted it anew</a> on' in after
    listing = site["changes"]
    assert "1 technical one left out" in listing
    rows = listing.split('class="pa-row"')[1:]
    assert len(rows) == 5
    led = [re.findall(r'href="\.\./(policies/[^"]+\.\.[\d-]+/)"', row)[0] for row in rows]
    assert led == [
        "policies/lamps.com/20200901100000..20210301100000/",
        "policies/lamps.com/20200201100000..20200201100000-2/",
        "policies/lamps.com/20190516100000..20200201100000/",
        f"{DESK}20120304050607..20140304050607/",
        f"{DESK}20110304050607..20120304050607/",
    ]


def test_the_policy_page_lists_its_changes(site: Site) -> None:
    page = site["policies/lamps.com"]
    assert page.count('class="pa-size"') == 4
    assert "1 capture without a change of the site’s words" in page
    assert 'type="application/atom+xml"' in page
    radii = {float(r) for r in re.findall(r'class="pa-pic-dot"[^>]* r="([\d.]+)"', page)}
    assert len(radii) > 2
    assert "What did it say on" in page


def test_snapshot_pages_lead_to_changes(site: Site) -> None:
    page = site["policies/lamps.com/20200201100000"]
    assert 'href="../20190516100000..20200201100000/"' in page
    assert 'href="../20200201100000..20200201100000-2/"' in page


def test_a_snapshot_says_whose_it_is_and_from_when_to_when_it_stood(site: Site) -> None:
    page = site[f"{DESK}20140304050607"]
    assert "<title>Desk Shop — Privacy Policy, 4 March 2014, 05:06 UTC - " in page
    description = "Archived copy of the privacy policy of Desk Shop as captured on 4 March 2014"
    assert f'<meta name="description" content="{description}' in page
    assert f'<meta property="og:description" content="{description}' in page
    assert '<span class="pa-whose">Desk Shop — </span>' in page
    stood = r"stood from <time[^>]*>4 March 2014</time> to <time[^>]*>4 March 2015</time>"
    assert re.search(stood, page)
    assert "the newest capture here" in page
    older = site[f"{DESK}20120304050607"]
    assert re.search(r'replaced by <a href="../20140304050607/">', older)
    alone = site["policies/one.example/20190102030405"]
    assert "pa-stood" not in alone


def test_each_paragraph_says_from_when_to_when_it_stood(site: Site) -> None:
    page = site[f"{DESK}20110304050607"]
    lives = re.findall(r'aria-label="Permalink: ([^"]*)"></a><i class="pa-life"[^>]*>([^<]*)', page)
    assert lives
    assert {said for _, said in lives} >= {"stands since 4 March 2011"}
    ended = dict(lives)["Paragraph number 8 speaks of a matter …"]
    assert ended == "stood from 4 March 2011 to 4 March 2011"
    assert "pa-life" not in site["policies/one.example/20190102030405"]
    # The broken capture ends nothing, and has no lives of its own.
    assert "pa-life" not in site[f"{DESK}20130304050607"]


def test_a_policy_has_its_wordings_through_the_years(site: Site) -> None:
    page = site["policies/lamps.com/history"]
    assert 'href="../20160101100000/' in page or "stands since" in page
    assert re.search(r'<section class="pa-through" id="cookies"', page)
    assert 'href="history/#cookies"' in site["policies/lamps.com"]
    assert "policies/one.example/history/index.html" not in site.files("**/*.html")


def test_feeds(site: Site) -> None:
    feeds = site.files("**/feed.xml")
    assert {"changes/feed.xml", f"{DESK}feed.xml", "policies/lamps.com/feed.xml"} <= set(feeds)
    assert {"topics/retention/feed.xml", "topics/data-collected/feed.xml"} <= set(feeds)
    assert "policies/one.example/feed.xml" not in feeds
    ids = set()
    for name, data in feeds.items():
        feed = ElementTree.fromstring(data)
        own = feed.find(f"{ATOM}link[@rel='self']")
        assert own is not None
        assert own.get("href") == f"https://archive.example/terms/{name}"
        for required in ("id", "title", "updated", "author"):
            assert feed.find(f"{ATOM}{required}") is not None
        entries = feed.findall(f"{ATOM}entry")
        assert entries, name
        moments = [entry.findtext(f"{ATOM}updated") for entry in entries]
        assert moments == sorted(moments, reverse=True)  # type: ignore[type-var]
        assert feed.findtext(f"{ATOM}updated") == moments[0]
        for entry in entries:
            assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", entry.findtext(f"{ATOM}id") or "")
            link = entry.find(f"{ATOM}link")
            assert link is not None
            place = (link.get("href") or "").removeprefix("https://archive.example/terms/")
            assert f"{place}index.html" in site.files(f"{place}*")
            content = entry.findtext(f"{ATOM}content") or ""
            assert "<ins>" in content
            assert "<script" not in content
        listed = [entry.findtext(f"{ATOM}id") for entry in entries]
        assert len(set(listed)) == len(listed)
        if name == "changes/feed.xml":
            ids = set(listed)
    for data in feeds.values():
        found = {e.text for e in ElementTree.fromstring(data).iterfind(f"{ATOM}entry/{ATOM}id")}
        assert found <= ids  # one change has one id in every feed


def test_topics_have_a_time_axis(site: Site) -> None:
    page = site["topics/retention"]
    assert "Over the years" in page
    assert 'href="2012/"' in page
    assert '<a href="./" data-pa-keep aria-current="page">now</a>' in page
    past = site["topics/retention/2012"]
    assert "As of the end of 2012" in past
    assert "desk-shop" in past
    assert "lamps.com" not in past.split('id="pa-main"')[1]
    assert "<b>1</b> speaks to it" in past


def test_comparisons_of_the_past_are_paged(tmp_path: Path) -> None:
    files = {
        f"{letter}.example/{year}-01-02.md": text(str(year))
        for letter in "abcde"
        for year in (2011, 2013)
        if (letter, year) != ("e", 2011)
    }
    site = run(write_project(tmp_path, files, options={"rows_per_page": 2}))
    assert "5 policies" in site["topics/sharing"]
    assert "4 policies" in site["topics/sharing/2012"]
    pages = [n for n in site.files() if re.fullmatch("topics/sharing/2012/.*index.html", n)]
    assert len(pages) > 1
    for letter in "abcd":  # each on one of them
        row = f'<li class="pa-row" id="{letter}.example"'
        assert sum(row in site.files()[page].decode() for page in pages) == 1
    assert not any("e.example" in site.files()[page].decode() for page in pages)
    assert not [it for it in site.broken_links() if "no such file" in it]


def test_an_archive_too_large_for_them_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (publication, topic):
        monkeypatch.setattr(module, "MOST_POLICIES_FOR_YEARS", 1)
    files = {f"{it}.example/{y}-01-02.md": text(str(y)) for it in "ab" for y in (2011, 2013)}
    site = run(write_project(tmp_path, files))
    assert "topics/sharing/2011/index.html" not in site.files()
    assert "in archives of up to 1 policy" in site["topics/sharing"]
    assert "pa-by-year" in site["topics/sharing"]


def test_figures_of_years_are_those_of_their_editions(site: Site) -> None:
    for year in (2011, 2014, 2019):
        table = site["topics/sharing"].split("End of</th>")[1].split("</table>")[0]
        row = re.search(rf"{year}</th><td[^>]*>(\d+)</td><td[^>]*>(\d+)</td>", table)
        assert row
        assert f"<b>{row[1]}</b> speak" in site[f"topics/sharing/{year}"]


def test_without_an_address_there_are_no_feeds_and_without_a_past_no_changes(
    tmp_path: Path,
) -> None:
    open_terms(tmp_path / "versions")
    site = run(write_project(tmp_path / "a", {}, options={"sources": ["../versions"]}))
    assert not site.files("**/feed.xml")
    assert "feed.xml" not in site["changes"]
    alone = {"one.example.md": archived("one.example", "20190102030405", text())}
    site = run(write_project(tmp_path / "b", alone, site_url="https://a.example/"))
    assert "changes/index.html" not in site.files()
    assert "Over the years" not in site["topics/sharing"]
    assert not site.broken_links()


def test_pages_name_their_feeds(site: Site) -> None:
    # Not "alternate" alone, beside which Material's script would look for a sitemap.
    link = '<link rel="alternate feed" type="application/atom+xml" title="{}" href="feed.xml">'
    assert link.format("Changes") in site["changes"]
    assert link.format("Changes of Lamps.com") in site["policies/lamps.com"]


def test_the_home_page_tells_the_latest_changes(site: Site) -> None:
    latest = site[""].split('id="pa-changed"')[1].split("</section>")[0]
    assert latest.count('class="pa-row"') == 2  # one a policy
    first = latest.split('class="pa-row"')[1]
    assert "Lamps.com" in first
    assert "between 1 February 2020 and" in first
    assert 'href="policies/lamps.com/20200901100000..20210301100000/"' in first
    assert re.search(r"\d passages? changed, \+\d+( −\d+)? words", first)
    assert '<a href="topics/' in first
    assert 'href="changes/"' in latest


def test_a_home_page_without_changes_has_no_place_for_them(site: Site, tmp_path: Path) -> None:
    assert "Latest changes" in site[""]
    alone = {"one.example.md": archived("one.example", "20190102030405", text())}
    assert "Latest changes" not in run(write_project(tmp_path, alone))[""]


@pytest.fixture(scope="module")
def returned(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A notice comes, goes, and comes again with a new sentence; then all is as it was."""
    folder = tmp_path_factory.mktemp("returns")
    made = repository(folder / "versions")
    notice = "\n\nOur policy for readers in Britain applies from the first day of May on.\n\n"
    added = "\n\nWe sell what you tell us to the friends of our lamps in other countries."
    for year, content in enumerate(
        [
            text("two", f"\n{ORDER}"),
            text("two", f"\n{notice}{ORDER}"),
            text("two", f"\n{ORDER}"),
            text("two", f"\n{notice}{ORDER}{added}"),
            text("two", f"\n{ORDER}{added}"),
        ],
        2011,
    ):
        made.commit(f"{year}-03-04T05:06:07Z", "Update", **{LAMPS: content})
    config = write_project(
        folder / "project",
        {},
        options={"sources": ["../versions"]},
        site_url="https://archive.example/",
    )
    return run(config)


RETURNED = "policies/lamp-shop/"


def test_a_change_that_only_goes_back_is_told_so_and_folded(returned: Site) -> None:
    page = returned[f"{RETURNED}20120304050607..20130304050607"]
    assert "<b>returns to the text of 4 March 2011, 05:06 UTC</b>" in page
    summary = "<summary>Returns to the text of 4 March 2011, 05:06 UTC</summary>"
    assert f'<details class="pa-returns">{summary}<div class="pa-edit pa-removed" id="p-' in page
    # The notice came for the first time.
    first = returned[f"{RETURNED}20110304050607..20120304050607"]
    assert "<b>1 passage changed, +14 words</b>" in first
    assert "pa-returns" not in first


def test_what_is_new_beside_a_return_is_a_change(returned: Site) -> None:
    page = returned[f"{RETURNED}20130304050607..20140304050607"]
    assert "<b>1 passage changed, +15 words</b>" in page
    assert "<li>1 passage as on 4 March 2012, 05:06 UTC again</li>" in page
    assert page.count("pa-returns") == 1


def test_returns_stand_in_no_list_of_changes(returned: Site) -> None:
    listing = returned["changes"]
    assert "<li>2 changes of words</li>" in listing
    assert "2 returns to an earlier text left out" in listing
    feed = returned.files()["changes/feed.xml"].decode()
    assert feed.count("<entry>") == 2
    policy = returned["policies/lamp-shop"]
    assert "2 captures without a change of the site’s words" in policy
    assert policy.count("returns to the text of 4 March 2011, 05:06 UTC") == 1
    assert policy.count("returns to the text of 4 March 2013, 05:06 UTC") == 1


def test_a_capture_that_comes_to_light_later_makes_a_return_of_a_change(tmp_path: Path) -> None:
    notice = "\n\nOur policy for readers in Britain applies from the first day of May on."
    captures = {"20110304": text(more=notice), "20120304": text(), "20130304": text(more=notice)}
    files = {f"{day}.md": archived("a.example", f"{day}050607", it) for day, it in captures.items()}
    place = "policies/a.example/20120304050607..20130304050607"
    earliest = files.pop("20110304.md")
    site = run(write_project(tmp_path, files))
    assert "<b>1 passage changed, +14 words</b>" in site[place]
    site = run(write_project(tmp_path, {**files, "20110304.md": earliest}))
    assert "<b>returns to the text of 4 March 2011, 05:06 UTC</b>" in site[place]
    assert "No change of words yet." not in site["changes"]
