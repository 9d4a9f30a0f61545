import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_archive.sources import capture_urls
from policy_archive.sources.provenance import read
from policy_archive.sources.provenance.path import site_from_path
from policy_archive.sources.site_names import domain, site_name
from policy_archive.sources.urls import clean, same_page, same_site


@pytest.mark.parametrize(
    ("raw", "url", "host"),
    [
        ("HTTP://WWW.Example.COM/Privacy", "http://www.example.com/Privacy", "www.example.com"),
        ("https://example.com.:443/a", "https://example.com/a", "example.com"),
        ("http://example.com:8080/a", "http://example.com:8080/a", "example.com"),
        (
            "https://bücher.example/ä b",
            "https://xn--bcher-kva.example/%C3%A4%20b",
            "xn--bcher-kva.example",
        ),
        ("http:/example.com/a%20b", "http://example.com/a%20b", "example.com"),
        (
            "http://good.example\\@evil.example/",
            "http://good.example/@evil.example/",
            "good.example",
        ),
        ("http://ex\u200bample.com/\r\na\x00b", "http://example.com/ab", "example.com"),
        ("http://[2001:DB8::1]:80/x", "http://[2001:db8::1]/x", "2001:db8::1"),
        ('http://example.com/"><script>', "http://example.com/%22%3E%3Cscript%3E", "example.com"),
        (
            "https://example.com/?a=1&b=ü#top",
            "https://example.com/?a=1&b=%C3%BC#top",
            "example.com",
        ),
    ],
)
def test_addresses_get_one_safe_form(raw: str, url: str, host: str) -> None:
    found = clean(raw)
    assert (found.url, found.host, found.fault) == (url, host, "")
    assert clean(url).url == url


@pytest.mark.parametrize(
    ("written", "host"),
    [
        ("bücher.example", "xn--bcher-kva.example"),
        ("BÜCHER.example", "xn--bcher-kva.example"),
        ("bu\u0308cher.example", "xn--bcher-kva.example"),
        ("xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("XN--BCHER-KVA.example", "xn--bcher-kva.example"),
        # IDNA 2003 made other sites of these
        ("faß.de", "xn--fa-hia.de"),
        ("straße.example", "xn--strae-oqa.example"),
        ("βόλος.com", "xn--nxasmm1c.com"),
        ("ΒΌΛΟΣ.com", "xn--nxasmq6b.com"),
        ("نامه\u200cای.com", "xn--mgba3gch31f060k.com"),
        ("exam\u200dple.com", "example.com"),
        # Widths and full stops
        ("ｅｘａｍｐｌｅ。com", "example.com"),
        ("日本語｡jp", "xn--wgv71a119e.jp"),
        # Signs that are no letters, as in TLDs of India
        ("उदाहरण.भारत", "xn--p1b6ci4b4b3a.xn--h2brj9c"),
        # As browsers do, though no registry does
        ("☃.net", "xn--n3h.net"),
        ("x_y.café.com", "x_y.xn--caf-dma.com"),
    ],
)
def test_names_in_other_letters_are_those_of_browsers(written: str, host: str) -> None:
    assert clean(f"https://{written}/").host == host
    assert domain(written) == host
    assert site_name(f" {written} ") == host


@pytest.mark.parametrize(
    "name", ["\u0301a.com", "א1a.com", "é" * 300 + ".com", "é" * 60 + ".com", "a\u2100b.é"]
)
def test_names_that_no_site_can_have(name: str) -> None:
    assert domain(name) == clean(f"http://{name}/").host == ""


@pytest.mark.parametrize(
    "raw",
    [
        "javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "ftp://example.com/",
        "file:///etc/passwd",
        "about:internet",
        "http://",
        "http:///",
        "http://exa mple.com/",
        "http://example.com:99999/",
        "http://[::1",
        "http://..",
        "example.com/privacy",
        "",
    ],
)
def test_other_addresses_are_dropped_with_a_reason(raw: str) -> None:
    found = clean(raw)
    assert found.url == found.host == ""
    assert found.fault


def test_a_user_name_is_left_out_and_told() -> None:
    found = clean("http://softorino.com:pw@evil.example/x")
    assert found.url == "http://evil.example/x"
    assert found.fault


@settings(deadline=None)
@given(st.text())
def test_whatever_comes_is_clean_or_refused(raw: str) -> None:
    for text in (raw, "http://" + raw, "https://example.com/" + raw):
        found = clean(text)
        assert found.url == "" or found.url.startswith(("http://", "https://"))
        assert not any(c in found.url for c in "<>\"'` \n\r\t" if c != "'")
        assert found.url.isascii()
        assert bool(found.url) == bool(found.host)
        capture_urls.parse(text)


def test_sites_and_pages_are_compared_as_people_would() -> None:
    assert same_site("shop.example.com", "www.example.com")
    assert same_site("a.example.co.uk", "example.co.uk")
    assert not same_site("one.co.uk", "other.co.uk")
    assert not same_site("mary.blogspot.com", "john.blogspot.com")
    assert not same_site("copperhub.com", "www.copperproject.com")
    assert same_page("http://www.example.com/a/", "https://example.com/a#x")
    assert not same_page("http://example.com/a?x=1", "http://example.com/a")


@pytest.mark.parametrize(
    "url",
    [
        "https://web.archive.org/web/20140521173313id_/http%3A//example.com/privacy",
        "http://web.archive.org/web/20140521173313/http://example.com/privacy",
        "https://web.archive.org/web/20140521173313if_/http:/example.com/privacy",
        "https://wayback.archive.org/web/20140521173313/example.com/privacy",
        "http://archive.org/web/20140521173313js_/HTTP://EXAMPLE.com:80/privacy",
        "https://web.archive.org/20140521173313/http://example.com/privacy",
    ],
)
def test_wayback_addresses_get_one_form(url: str) -> None:
    memento = capture_urls.parse(url)
    assert memento
    assert memento.captured == "20140521173313"
    assert memento.original.url == "http://example.com/privacy"
    assert (
        memento.memento_url
        == "https://web.archive.org/web/20140521173313/http://example.com/privacy"
    )
    assert (
        memento.raw_url
        == "https://web.archive.org/web/20140521173313id_/http://example.com/privacy"
    )


def test_an_encoded_target_is_decoded_once() -> None:
    url = "https://web.archive.org/web/20140521173313id_/https%3A//e.example/a%2520b%3Fx%3D1%26y%3D%2525"
    memento = capture_urls.parse(url)
    assert memento
    assert memento.original.url == "https://e.example/a%20b?x=1&y=%25"


def test_a_target_that_is_not_encoded_keeps_its_escapes_and_query() -> None:
    memento = capture_urls.parse(
        "https://web.archive.org/web/20140521173313/http://e.example/a%20b?u=http%3A//x"
    )
    assert memento
    assert memento.original.url == "http://e.example/a%20b?u=http%3A//x"


@pytest.mark.parametrize(
    "url",
    [
        "https://arquivo.pt/wayback/20140521173313/http://example.com/privacy",
        "https://archive.ph/20140521173313/http://example.com/privacy",
        "https://wayback.archive-it.org/1234/20140521173313/http://example.com/privacy",
        "https://webarchive.nationalarchives.gov.uk/ukgwa/20140521173313id_/http://example.com/privacy",
    ],
)
def test_other_archives_are_kept_as_given(url: str) -> None:
    memento = capture_urls.parse(url)
    assert memento
    assert memento.memento_url == url
    assert memento.captured == "20140521173313"
    assert memento.original.url == "http://example.com/privacy"
    assert memento.raw_url == (url if "id_" in url else "")


PAGE = "http://example.com/privacy"
DAY, MOMENT = "20140521", "20140521173313"


@pytest.mark.parametrize(
    ("url", "original", "captured", "memento"),
    [
        # archive.today and its other names
        (f"https://archive.ph/2014.05.21-173313/{PAGE}", PAGE, MOMENT, True),
        (f"http://archive.is/{MOMENT}/{PAGE}", PAGE, MOMENT, True),
        (f"https://archive.today/newest/{PAGE}", PAGE, "", False),
        (f"https://archive.ph/o/aBcD1/{PAGE}", PAGE, "", True),
        ("https://archive.li/aBcD1", "", "", True),
        # Perma.cc and WebCite
        ("https://perma.cc/AB12-CD34", "", "", True),
        ("https://perma.cc/AB12-CD34?type=image", "", "", True),
        (f"https://www.webcitation.org/query?url={PAGE}&date=2014-05-21", PAGE, DAY, True),
        ("http://www.webcitation.org/query?url=http%3A%2F%2Fexample.com%2Fprivacy", PAGE, "", True),
        ("https://www.webcitation.org/6PkHnWVab", "", "", True),
        # pywb at Arquivo.pt, the UK Web Archive, the National Archives, Archive-It
        (f"https://arquivo.pt/wayback/{MOMENT}mp_/{PAGE}", PAGE, MOMENT, True),
        (f"https://arquivo.pt/noFrame/replay/{MOMENT}/{PAGE}", PAGE, MOMENT, True),
        (f"https://www.webarchive.org.uk/wayback/en/archive/{MOMENT}/{PAGE}", PAGE, MOMENT, True),
        (f"https://webarchive.nationalarchives.gov.uk/+/{PAGE}", PAGE, "", False),
        (f"https://webarchive.nationalarchives.gov.uk/ukgwa/+/{PAGE}", PAGE, "", False),
        (f"https://webarchive.nationalarchives.gov.uk/{MOMENT}tf_/{PAGE}", PAGE, MOMENT, True),
        (f"https://wayback.archive-it.org/1234/{MOMENT}/{PAGE}", PAGE, MOMENT, True),
        (f"https://wayback.archive-it.org/all/*/{PAGE}", PAGE, "", False),
        # Search engines
        ("https://webcache.googleusercontent.com/search?q=cache:AbCdEfGhIjK:example.com/privacy+&cd=1",
         PAGE, "", False),
        (f"http://64.233.161.104/search?q=cache:{PAGE}", PAGE, "", False),
        # The Wayback Machine's newest, and all
        (f"https://web.archive.org/web/2014/{PAGE}", PAGE, "", True),
        (f"https://web.archive.org/web/201405/{PAGE}", PAGE, "", True),
        (f"https://web.archive.org/web/{PAGE}", PAGE, "", False),
        ("https://web.archive.org/web/http%3A//example.com/privacy", PAGE, "", False),
        (f"https://web.archive.org/web/*/{PAGE}", PAGE, "", False),
        (f"https://web.archive.org/web/2014*/{PAGE}", PAGE, "", False),
        (f"https://web.archive.org/web/{MOMENT}*/{PAGE}", PAGE, "", False),
        (f"https://web.archive.org/save/{PAGE}", PAGE, "", False),
        # Of captures of captures, that of the page
        (f"https://web.archive.org/web/20200101000000/https://web.archive.org/web/{MOMENT}/{PAGE}",
         PAGE, MOMENT, True),
        (f"https://web.archive.org/web/20200101000000/https://archive.ph/{MOMENT}/{PAGE}",
         PAGE, MOMENT, True),
        (f"https://archive.ph/20200101000000/https://web.archive.org/web/2014/{PAGE}",
         PAGE, "", True),
        ("https://web.archive.org/web/20200101000000/https://perma.cc/AB12-CD34", "", "", True),
    ],
)  # fmt: skip
def test_whatever_a_capture_s_address_holds(
    url: str, original: str, captured: str, memento: bool
) -> None:
    found = capture_urls.parse(url)
    assert found
    assert (found.original.url, found.captured) == (original, captured)
    assert bool(found.memento_url) == memento
    for path in ("policies/4.txt", "policies/saved.md"):
        for text in (f"{url}\n\nPrivacy\n", f"---\noriginal_url: {url}\n---\nPrivacy\n"):
            snapshot = read(text, path).snapshot
            assert snapshot.site == ("example.com" if original else site_from_path(path))
            assert snapshot.original_url == original


@pytest.mark.parametrize(
    "url",
    [
        "https://web.archive.org/cookies/",
        "https://archive.ph/faq",
        "https://cc.bingj.com/cache.aspx?q=x&d=123&mkt=en-US&w=1",
        "https://web.archive.org/web/2014/" * 30 + PAGE,
    ],
)
def test_an_archive_is_never_the_site(url: str) -> None:
    found = read(f"---\noriginal_url: {url}\n---\nPrivacy\n", "policies/saved.md")
    assert found.snapshot.site == "unnamed"
    assert (found.snapshot.original_url, found.snapshot.memento_url) == ("", "")
    assert "bad-url" in {notice.code for notice in found.notices}


@pytest.mark.parametrize(
    "url",
    [
        "https://notarchive.org/web/20140521173313x/http://example.com/",
        "http://example.com/20140521173313",
        "https://archive.org/about/terms.php",
        "https://perma.cc/privacy-policy",
        "https://arquivo.pt/about",
    ],
)
def test_what_is_no_capture_is_not_read_as_one(url: str) -> None:
    assert capture_urls.parse(url) is None


@pytest.mark.parametrize(
    ("path", "site"),
    [
        ("policies/colasoft.com.txt", "colasoft.com"),
        ("s/so/sof/softorino.com.md", "softorino.com"),
        ("policies/www.Example.CO.UK.html", "example.co.uk"),
        ("policies/example.com/20140521.md", "example.com"),
        ("policies/example.com/privacy.html.md", "example.com"),
        ("other.org/example.com/2014/policy.md", "example.com"),
        ("policies/bücher.example.txt", "xn--bcher-kva.example"),
        ("policies/Example Cloud.md", "Example Cloud"),
        ("policies/1017_news.com.md", "1017_news.com"),
        ("policies/v2.1.txt", "v2.1"),
        ("README", "unnamed"),
    ],
)
def test_the_site_comes_from_the_nearest_part_of_the_path(path: str, site: str) -> None:
    assert site_from_path(path) == site


def test_site_names() -> None:
    assert domain("privacy.html") == ""
    assert domain("not a domain") == ""
    assert site_name("https://www.Example.com/x") == "example.com"
    assert site_name(" Example\n Cloud\x00 ") == "Example Cloud"
