"""What programs that save pages write into them is provenance."""

import pytest

from policy_archive.sources.provenance import read

BODY = "<body><h1>Privacy Policy</h1><p>We keep nothing.</p></body></html>\n"
URL = "https://www.example.com/legal/privacy?a=1&b=2"
CAPTURE = "https://web.archive.org/web/20140521173313/http://example.com/privacy"
ORIGINAL = "http://example.com/privacy"

SINGLE_FILE = """<!DOCTYPE html> <html lang="en"><!--
 Page saved with SingleFile\x20
 url: {url}\x20
 saved date: {date}
--><meta charset=utf-8><title>Privacy</title>"""
HTTRACK = (
    "<html>\n<!-- Mirrored from {url} by HTTrack Website Copier/3.x [XR&CO'2014], {date} -->\n"
)
SAVE_PAGE = """<html><head><title>x</title><meta name="savepage-url" content="{url}">
<meta name="savepage-title" content="x"><meta name="savepage-pubdate" content="Unknown">
<meta name="savepage-from" content="{url}"><meta name="savepage-date" content="{date}">"""
SCRAPBOOK = '<html lang="en" data-scrapbook-source="{url}" data-scrapbook-create="{date}">'
MHTML = """From: <Saved by Blink>
Snapshot-Content-Location: {url}
Subject: =?utf-8?Q?Privacy?=
Date: {date}
MIME-Version: 1.0
Content-Type: multipart/related;
\ttype="text/html";
\tboundary="----MultipartBoundary"

------MultipartBoundary
"""
WOMBAT = """<html><head><script type="text/javascript">
__wm.init("https://web.archive.org/web");
  __wm.wombat("http://example.com/privacy","20140521173313","https://web.archive.org/","web","/s/",
\t      "1400693593");</script>"""
FOOTER = """<!--
     FILE ARCHIVED ON 17:33:13 May 21, 2014 AND RETRIEVED FROM THE
     INTERNET ARCHIVE ON 10:00:00 Jan 01, 2020.
     JAVASCRIPT APPENDED BY WAYBACK MACHINE, COPYRIGHT INTERNET ARCHIVE.
-->"""


@pytest.mark.parametrize(
    ("form", "url", "date"),
    [
        (SINGLE_FILE, URL, "Mon May 03 2021 11:09:39 GMT+0200 (Central European Summer Time)"),
        (SINGLE_FILE, URL, "2021-05-03T09:09:39.123Z"),
        (HTTRACK, URL, "Mon, 03 May 2021 09:09:39 GMT"),
        (SAVE_PAGE, URL.replace("&", "&amp;"), "Mon May 03 2021 05:09:39 GMT-0400 (EDT)"),
        (SCRAPBOOK, URL.replace("&", "&amp;"), "20210503090939123"),
        (MHTML, URL, "Mon, 3 May 2021 09:09:39 -0000"),
        (MHTML.replace("Snapshot-", ""), URL, "Mon, 3 May 2021 11:09:39 +0200"),
    ],
)
def test_page_and_moment(form: str, url: str, date: str) -> None:
    text = form.format(url=url, date=date) + BODY
    found = read(text, "policies/saved.html")
    assert found.snapshot.site == "example.com"
    assert found.snapshot.original_url == URL
    assert found.snapshot.captured == "20210503090939"
    assert not found.notices
    assert found.body.endswith(BODY)
    assert found.body.count("\n") == text.count("\n")
    # So it is whatever a page is called; written into a text, it is text.
    assert read(text, "policies/saved.txt").snapshot.site == "example.com"
    quoted = read(f"Pages begin with this:\n{text}", "policies/saved.txt")
    assert quoted.snapshot.site == "unnamed"
    assert quoted.body.count("\n") == text.count("\n") + 1


def test_httrack_writes_no_scheme() -> None:
    text = HTTRACK.format(url="www.example.com/p.html", date="Wed, 21 May 2014 17:33:13 GMT")
    assert read(text + BODY, "x.html").snapshot.original_url == "http://www.example.com/p.html"


@pytest.mark.parametrize("form", [SINGLE_FILE, HTTRACK, SAVE_PAGE, SCRAPBOOK, MHTML])
def test_saved_from_an_archive_the_capture_counts(form: str) -> None:
    date = "20210503090939123" if form is SCRAPBOOK else "Mon, 03 May 2021 09:09:39 GMT"
    found = read(form.format(url=CAPTURE, date=date) + BODY, "x.html")
    assert found.snapshot.captured == "20140521173313"
    assert found.snapshot.original_url == ORIGINAL
    assert found.snapshot.memento_url == CAPTURE
    assert not found.notices


@pytest.mark.parametrize("form", [SINGLE_FILE, HTTRACK, SAVE_PAGE])
def test_a_date_that_is_none_is_doubted(form: str) -> None:
    found = read(form.format(url=URL, date="Wed Feb 30 2021 11:09:39 GMT+0200") + BODY, "x.html")
    assert found.snapshot.captured == ""
    assert {notice.code for notice in found.notices} == {"bad-date", "no-date"}


@pytest.mark.parametrize(
    ("text", "memento"),
    [
        (WOMBAT + BODY, CAPTURE),
        (WOMBAT + BODY + FOOTER, CAPTURE),
        (BODY + FOOTER, ""),
        (
            BODY + "<SCRIPT>\n<!--\n// FILE ARCHIVED ON 20140521173313 AND RETRIEVED FROM THE\n"
            "// INTERNET ARCHIVE ON 20060101000000.\n"
            'var sWayBackCGI = "http://web.archive.org/web/20140521173313/";\n//-->\n</SCRIPT>',
            "",
        ),
        (
            '<html><head><link rel="bookmark" '
            f'href="http://archive.today/20140521173313/{ORIGINAL}"/></head>{BODY}',
            f"http://archive.today/20140521173313/{ORIGINAL}",
        ),
        (f'<html><meta property="og:url" content="{CAPTURE}">{BODY}', CAPTURE),
    ],
)
def test_an_archive_s_own_words(text: str, memento: str) -> None:
    found = read(text, "policies/saved.html")
    assert found.snapshot.captured == "20140521173313"
    assert found.snapshot.memento_url == memento
    assert found.snapshot.original_url == (ORIGINAL if memento else "")
    assert {notice.code for notice in found.notices} == (set() if memento else {"no-url"})


def test_an_archive_knows_more_than_the_page_that_it_archived() -> None:
    # Its publisher had saved the page before he published it.
    text = f"<!-- saved from url=(0022)http://intranet.example.org/ -->\n{WOMBAT}{BODY}"
    found = read(text, "policies/saved.html")
    assert found.snapshot.site == "example.com"
    assert found.snapshot.captured == "20140521173313"
    assert "urls-differ" in {notice.code for notice in found.notices}


def test_a_page_cannot_say_that_it_is_another_s() -> None:
    text = SINGLE_FILE.format(url="https://bank.com/p", date="2021-05-03") + BODY
    found = read(text, "policies/lamps.example.html")
    assert found.snapshot.site == "lamps.example"
    assert [notice.code for notice in found.notices] == ["domain-differs"]
