import json
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_archive.diagnostics import NOTICES
from policy_archive.sources.provenance import Claims, Provenance, read
from policy_archive.sources.provenance.front_block import KEYS

POLICIES = Path(__file__).parents[2] / "content" / "policies"
SCHEMA = json.loads(
    (files("policy_archive.sources.provenance") / "snapshot.schema.json").read_text("utf-8")
)

MEMENTO = "https://web.archive.org/web/20140521173313/http://example.com/privacy"
HEADER = (
    "> *The following text is extracted and transformed from the example.com privacy policy that "
    "was archived on 2014-05-21. Please check the [original snapshot on the Wayback Machine]"
    "(https://web.archive.org/web/20140521173313id_/http%3A//example.com/privacy) for the most "
    "accurate reproduction.*"
)
BODY = "# Privacy Policy\n\nWe keep nothing.\n"


def codes(found: Provenance) -> list[str]:
    return [notice.code for notice in found.notices]


def lines_hold(text: str, found: Provenance) -> bool:
    return found.body.count("\n") == text.count("\n")


# The archive's own header


def test_seeds() -> None:
    every = {
        file.name: read(file.read_text("utf-8"), f"policies/{file.name}")
        for file in POLICIES.glob("*.*")
    }
    softorino = every["softorino.com.md"]
    assert softorino.snapshot.site == "softorino.com"
    assert softorino.snapshot.captured == "20140521173313"
    assert softorino.snapshot.original_url == "http://softorino.com/privacy-policy"
    assert softorino.snapshot.memento_url == (
        "https://web.archive.org/web/20140521173313/http://softorino.com/privacy-policy"
    )
    assert softorino.snapshot.raw_url == (
        "https://web.archive.org/web/20140521173313id_/http://softorino.com/privacy-policy"
    )
    assert codes(every["copperhub.com.md"]) == ["domain-differs"]
    assert "copperproject.com" in every["copperhub.com.md"].notices[0].message
    assert codes(every["colasoft.com.txt"]) == ["no-provenance"]
    assert every["colasoft.com.txt"].snapshot.site == "colasoft.com"
    assert all(not codes(every[f"{name}.com.md"]) for name in ("istonsoft", "ostoto", "softorino"))
    for found in every.values():
        assert "The following text" not in found.body
        assert found.snapshot.kind == "privacy-policy"


@pytest.mark.parametrize(
    "header",
    [
        HEADER,
        HEADER.replace("*", ""),
        HEADER.removeprefix("> "),
        HEADER.replace("*", "_").replace("original snapshot on the Wayback Machine", "snapshot"),
        HEADER.replace(" was archived", "\n> was archived").replace(" for the", "\nfor the"),
        HEADER.replace("2014-05-21", "May 21, 2014"),
        HEADER.replace("(https", "(<https").replace("privacy)", "privacy>)"),
        "\n\n" + HEADER,
        "\ufeff" + HEADER,
        HEADER.replace("example.com privacy", "www.Example.com privacy"),
    ],
)
def test_slight_variants_of_the_header(header: str) -> None:
    text = f"{header}\n\n{BODY}"
    found = read(text, "policies/x.md")
    assert found.snapshot.site == "example.com"
    assert found.snapshot.captured == "20140521173313"
    assert found.snapshot.memento_url == MEMENTO
    assert not found.notices
    assert found.body.strip("\n") == BODY.strip("\n")
    assert lines_hold(text, found)


def test_text_behind_the_header_in_its_paragraph_stays() -> None:
    found = read(f"{HEADER} We keep nothing.\nNor do we ask.\n", "x.md")
    assert found.body == " We keep nothing.\nNor do we ask.\n"


def test_text_that_only_sounds_like_a_header_stays() -> None:
    for text in (
        "> The following text explains the privacy policy of Example Inc.\n",
        "The following information is from the archived page.\n",
        "Intro.\n\n" + HEADER,
    ):
        found = read(text, "x.md")
        assert found.body == text
        assert codes(found) == ["no-provenance"]


def test_header_without_a_link() -> None:
    text = HEADER[: HEADER.index(" Please")] + "*\n\n" + BODY
    found = read(text, "policies/example.com.md")
    assert found.snapshot.captured == "20140521"
    assert found.snapshot.memento_url == ""
    assert codes(found) == ["no-url"]
    assert found.body == "\n\n" + BODY


@pytest.mark.parametrize(
    ("old", "new", "code", "captured"),
    [
        ("2014-05-21", "2014-05-23", "dates-differ", "20140521173313"),
        ("2014-05-21", "2014-02-30", "bad-date", "20140521173313"),
        ("20140521173313", "20140230173313", "bad-date", "20140521"),
        ("20140521173313", "20140521256199", "bad-date", "20140521"),
        ("20140521173313", "2014", "short-timestamp", "20140521"),
        ("http%3A//example.com", "http%3A//example.org", "domain-differs", "20140521173313"),
        ("http%3A//example.com/privacy", "javascript%3Aalert(1)", "bad-url", "20140521173313"),
    ],
)
def test_conflicts_in_the_header_are_doubts(old: str, new: str, code: str, captured: str) -> None:
    found = read("\n" + HEADER.replace(old, new) + "\n\n" + BODY, "example.com.md")
    assert code in codes(found)
    assert found.snapshot.captured == captured
    assert all(notice.severity == "doubt" for notice in found.notices)
    assert all(notice.line == 2 for notice in found.notices)
    assert "javascript" not in found.snapshot.memento_url + found.snapshot.original_url


def test_conflicting_dates_are_both_named() -> None:
    (notice,) = read(HEADER.replace("2014-05-21", "2015-01-02"), "x.md").notices
    assert "2014-05-21 17:33:13 UTC" in notice.message
    assert "2015-01-02" in notice.message


def test_a_sub_domain_is_the_same_site() -> None:
    assert not read(HEADER.replace("//example.com", "//www.shop.example.com"), "x.md").notices


def test_the_file_name_is_compared_with_the_header() -> None:
    found = read(HEADER, "policies/other.org.md")
    assert codes(found) == ["sites-differ", "domain-differs"]
    assert found.snapshot.site == "other.org"
    assert found.snapshot.captured == "20140521173313"  # nothing else says when


# Other headers

COMMENT = (
    "<!--The following is the downloaded HTML source of the example.com privacy policy that was "
    "archived on 2014-05-21. Please check the original snapshot on the Wayback Machine "
    "(https://web.archive.org/web/20140521173313id_/http%3A//example.com/privacy) for the most "
    "accurate\nreproduction.-->"
)
PAGE = "<html><body><p>We keep nothing.</p></body></html>\n"


@pytest.mark.parametrize(
    "before", ["", "\n", "<!DOCTYPE html>\n", "<?xml version='1.0'?>\n<!-- x -->"]
)
def test_comment_header(before: str) -> None:
    text = f"{before}{COMMENT}\n{PAGE}"
    found = read(text, "example.com.html")
    assert found.snapshot.memento_url == MEMENTO
    assert found.snapshot.captured == "20140521173313"
    assert not found.notices
    assert lines_hold(text, found)
    assert found.body.endswith(PAGE)
    assert found.body.startswith(before)
    assert "downloaded" not in found.body


def test_saved_from_comment() -> None:
    text = (
        f"<!DOCTYPE html>\n<!-- saved from url=(0033)http://www.example.com/p?a=1&b=2 -->\n{PAGE}"
    )
    found = read(text, "105.html")
    assert found.snapshot.original_url == "http://www.example.com/p?a=1&b=2"
    assert found.snapshot.site == "example.com"
    assert codes(found) == ["no-date"]
    assert found.notices[0].line == 2
    assert lines_hold(text, found)


def test_saved_from_the_archive_is_a_memento() -> None:
    found = read(f"<!-- saved from url=(0077){MEMENTO} -->\n{PAGE}", "x.html")
    assert found.snapshot.captured == "20140521173313"
    assert found.snapshot.original_url == "http://example.com/privacy"
    assert not found.notices


def test_saved_from_nowhere_or_elsewhere() -> None:
    nowhere = read(f"<!-- saved from url=(0014)about:internet -->\n{PAGE}", "x.html")
    assert codes(nowhere) == ["no-provenance"]
    disk = read(f"<!-- saved from url=(0020)file:///C:/p.html -->\n{PAGE}", "x.html")
    assert codes(disk) == ["bad-url", "no-provenance"]


def test_two_comments_that_disagree() -> None:
    text = f"<!-- saved from url=(0020)http://example.org/ -->\n{COMMENT}\n{PAGE}"
    found = read(text, "x.html")
    assert found.snapshot.original_url == "http://example.com/privacy"
    assert codes(found) == ["urls-differ"]


@pytest.mark.parametrize(
    "first", ["http://www.example.com/p", "  <https://example.com/p>", "\n\thttps://example.com/p"]
)
def test_a_first_line_that_is_a_url(first: str) -> None:
    text = f"{first}\nPrivacy\nWe keep nothing.\n"
    found = read(text, "cat1/example-com-1.txt")
    assert found.snapshot.site == "example.com"
    assert found.body.strip("\n") == "Privacy\nWe keep nothing."
    assert lines_hold(text, found)
    assert codes(found) == ["no-date"]


@pytest.mark.parametrize(
    "first",
    ["http://", "See http://example.com/", "http://example.com/ is ours", "javascript:alert(1)"],
)
def test_a_first_line_with_more_or_less_than_a_url_is_text(first: str) -> None:
    text = f"{first}\nPrivacy\n"
    assert read(text, "x.txt").body == text


def test_without_anything_the_path_names_the_site_and_a_doubt_says_so() -> None:
    (notice,) = read("Privacy\n", "archive/example.com.txt").notices
    assert notice.code == "no-provenance"
    assert "example.com.txt" in notice.message


# Front matter


def matter(*lines: str, body: str = BODY) -> str:
    return "\n".join(["---", *lines, "---", body])


def test_front_matter_says_everything() -> None:
    text = matter(
        "# who knows",
        "site: www.Example.com",
        "captured: 2014-05-21T19:33:13+02:00",
        'original_url: "http://example.com/privacy"',
        "memento_url: https://web.archive.org/web/20140521173313id_/http%3A//example.com/privacy",
        "kind: Terms of Service",
        "collection: Example collection",
    )
    found = read(text, "anything.md")
    snapshot = found.snapshot
    assert (snapshot.site, snapshot.kind) == ("example.com", "terms-of-service")
    assert snapshot.captured == "20140521173313"
    assert snapshot.original_url == "http://example.com/privacy"
    assert snapshot.memento_url == MEMENTO
    assert snapshot.collection == "Example collection"
    assert not found.notices
    assert found.body.strip("\n") == BODY.strip("\n")
    assert lines_hold(text, found)


@pytest.mark.parametrize(
    ("written", "captured"),
    [
        ("2014-05-21", "20140521"),
        ("20140521173313", "20140521173313"),
        ("20140521", "20140521"),
        ("2014-05-21 17:33:13", "20140521173313"),
        ("2014-05-21T17:33:13.5Z", "20140521173313"),
        ("2014-05-22 01:03:13 +07:30", "20140521173313"),
        ("'2014-05-21'", "20140521"),
    ],
)
def test_dates_need_no_quotes(written: str, captured: str) -> None:
    found = read(matter("site: example.com", f"captured: {written}"), "x.md")
    assert found.snapshot.captured == captured
    assert codes(found) == ["no-url"]


@pytest.mark.parametrize(
    "line",
    [
        "captured: 2014-02-30",
        "captured: 2014",
        "captured: yesterday",
        "captured: 2014-05-21T25:00:00Z",
        "captured: [2014, 5]",
        "captured: 1" + "0" * 5000,
        "original_url: javascript:alert(1)",
        "original_url: 'data:text/html,<script>'",
        "memento_url: example.com",
        "kind: ../../etc" + "/." * 3000,
        "kind: '20140521173313'",
        "kind: latest",
        "kind: '---'",
        "site: {a: b}",
        "site: example.com\nsite: example.org",
        'site: "\\u202e"',
    ],
)
def test_invalid_values_are_problems_with_line_and_remedy(line: str) -> None:
    text = matter("collection: x", line)
    found = read(text, "x.md")
    problems = [notice for notice in found.notices if notice.severity == "problem"]
    assert [notice.code for notice in problems] == ["invalid-front-matter"]
    assert problems[0].line == 3 + line.count("\n")
    assert ";" in problems[0].message
    assert "script" not in found.snapshot.original_url
    assert lines_hold(text, found)


def test_invalid_yaml_is_a_problem_and_not_text() -> None:
    found = read(matter("collection: x", "site: example.com: y"), "x.md")
    problem = found.notices[0]
    assert (problem.code, problem.severity, problem.line) == ("invalid-front-matter", "problem", 3)
    assert found.body.strip("\n") == BODY.strip("\n")


def test_front_matter_without_an_end_is_a_problem_and_stays() -> None:
    text = "---\nsite: example.com\n\n" + BODY
    found = read(text, "x.md")
    assert found.notices[0].code == "invalid-front-matter"
    assert found.body == text


def test_unknown_keys_are_doubts() -> None:
    found = read(
        matter("site: example.com", "template: evil.html", "search:", "  boost: 9"), "x.md"
    )
    unknown = [
        (notice.line, notice.severity) for notice in found.notices if notice.code == "unknown-key"
    ]
    assert unknown == [(3, "doubt"), (4, "doubt")]


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nOur policy\n\n---\n\nMore\n",
        "---\nName: value\nOther: value\n---\nMore\n",
        "---\n- site\n- captured\n---\n",
        "---\nThis is our\nsite: example, of a kind: good\n---\nMore\n",
        "----\nsite: example.com\n----\n",
        "Text\n---\nsite: example.com\n---\n",
        "---\n",
        "---",
    ],
)
def test_a_rule_is_text(text: str) -> None:
    found = read(text, "x.md")
    assert found.body == text
    assert codes(found) == ["no-provenance"]


@pytest.mark.parametrize(
    "lines",
    [
        ["site: !!python/object/apply:os.system ['touch /tmp/x']"],
        ["site: !!python/name:os.system"],
        [
            "a: &a [x]",
            *(
                f"{c}: &{c} [{', '.join(['*' + p] * 9)}]"
                for p, c in zip("abcdefgh", "bcdefghi", strict=True)
            ),
            "site: *i",
        ],
        [
            "a: &a {x: y}",
            *(
                f"{c}: &{c} {{<<: [{', '.join(['*' + p] * 9)}]}}"
                for p, c in zip("abcdefgh", "bcdefghi", strict=True)
            ),
            "site: {<<: *i}",
        ],
        ["site: " + "[" * 15_000],
        ["site: " + "{a: " * 5_000],
        ["site: *nothing"],
        ["site: &s [*s]"],
    ],
)
def test_yaml_that_attacks_is_harmless(lines: list[str]) -> None:
    found = read(matter(*lines), "example.com.md")
    assert found.snapshot.site == "example.com" or "system" not in found.snapshot.site
    assert found.body.strip("\n") == BODY.strip("\n")


def test_markup_and_controls_in_values_stay_data() -> None:
    text = matter(
        'site: "<script>alert(1)</script>"',
        'collection: "{{ 7*7 }}\\u0000\\u202e\\n</title>"',
        'kind: "<b>Cookie</b> / ../Policy"',
    )
    snapshot = read(text, "x.md").snapshot
    assert snapshot.site == "<script>alert(1)</script>"  # a name like any other; pages escape it
    assert snapshot.collection == "{{ 7*7 }} </title>"
    assert snapshot.kind == "b-cookie-b-policy"


def test_front_matter_wins_over_the_header_and_says_so() -> None:
    text = matter(
        "site: example.org",
        "captured: 2015-01-02",
        "original_url: http://example.org/p",
        body=HEADER,
    )
    found = read(text, "x.md")
    assert found.snapshot.site == "example.org"
    assert found.snapshot.captured == "20150102"
    assert found.snapshot.original_url == "http://example.org/p"
    assert sorted(set(codes(found))) == ["dates-differ", "sites-differ", "urls-differ"]
    assert "The following" not in found.body


def test_front_matter_completes_the_header() -> None:
    found = read(matter("kind: cookie-policy", "captured: 2014-05-21", body=HEADER), "x.md")
    assert found.snapshot.kind == "cookie-policy"
    assert found.snapshot.captured == "20140521173313"
    assert not found.notices


def test_an_archive_without_timestamps_is_kept_as_given() -> None:
    text = matter("captured: 2014-05-21", "memento_url: https://perma.cc/ABCD-1234")
    found = read(text, "example.com.md")
    assert found.snapshot.memento_url == "https://perma.cc/ABCD-1234"
    assert found.snapshot.raw_url == ""
    assert codes(found) == ["no-url"]


# What a repository says beside the text

COMMIT = "the commit"


def commit(**said: str) -> Claims:
    claims = Claims(COMMIT, site=said.get("site", ""), captured=said.get("captured", ""))
    if url := said.get("original_url"):
        claims.say_original(url, 1)
    return claims


def test_a_repository_fills_in_what_the_text_leaves_open() -> None:
    said = commit(captured="20200102030405", original_url="http://example.com/p", site="Lamps")
    found = read(BODY, "Lamps/Privacy Policy.md", said)
    assert found.snapshot.site == "Lamps"
    assert found.snapshot.captured == "20200102030405"
    assert found.snapshot.original_url == "http://example.com/p"
    assert not found.notices


def test_the_text_s_own_date_and_address_go_before_the_commit_s() -> None:
    said = commit(captured="20200102030405", original_url="http://example.com/other")
    found = read(f"{HEADER}\n\n{BODY}", "example.com.md", said)
    assert found.snapshot.captured == "20140521173313"
    assert found.snapshot.original_url == "http://example.com/privacy"
    # When something was committed is no statement on when it was captured; an address is one.
    assert codes(found) == ["urls-differ"]


def test_a_commit_without_a_date_leaves_the_text_undated() -> None:
    assert codes(read(BODY, "Lamps/Privacy Policy.md", commit(site="Lamps"))) == ["no-date"]


def test_halves_of_characters_never_get_into_an_address() -> None:
    text = matter(r'original_url: "http://example.com/\ud800p"', "captured: 2014-05-21")
    assert read(text, "x.md").snapshot.original_url == "http://example.com/p"


def test_names_that_look_the_same_are_one() -> None:
    composed, parted = (read(matter(f"site: Caf{e}"), "x.md") for e in ("\u00e9", "e\u0301"))
    assert composed.snapshot.site == parted.snapshot.site == "Caf\u00e9"


# The schema, and what always holds


@pytest.mark.parametrize(
    ("values", "valid"),
    [
        ({"site": "example.com", "captured": "2014-05-21", "kind": "terms-of-service"}, True),
        ({"captured": 20140521173313}, True),
        ({"captured": "2014-05-21T17:33:13+02:00"}, True),
        ({"captured": "yesterday"}, False),
        ({"captured": 2014}, False),
        ({"original_url": "javascript:alert(1)"}, False),
        ({"memento_url": MEMENTO}, True),
        ({"kind": "---"}, False),
        ({"title": "x"}, False),
    ],
)
def test_schema_and_parser_agree(values: dict[str, object], valid: bool) -> None:
    assert jsonschema.Draft202012Validator(SCHEMA).is_valid(values) == valid
    found = read(matter("collection: x", *(f"{k}: {v}" for k, v in values.items())), "x.md")
    accepted = {"invalid-front-matter", "unknown-key"}.isdisjoint(codes(found))
    assert accepted == valid


def test_schema_knows_every_key() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert tuple(SCHEMA["properties"]) == KEYS


PIECES = st.sampled_from([HEADER, COMMENT, "<!-- saved from url=(0020)http://example.org/ -->"]) | (
    st.sampled_from(["---\n", "site: example.com\n", "captured: 2014\n", "http://example.com/p\n"])
    | st.sampled_from(["> ", "*", "\n", "<!--", "-->", "]("])
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES | st.text(max_size=30), max_size=8).map("".join), st.text(max_size=20))
def test_reading_never_fails_and_never_loses_text(text: str, path: str) -> None:
    text = text.replace("\r", "\n")
    found = read(text, path)
    assert lines_hold(text, found)
    assert set(codes(found)) <= set(NOTICES)
    assert found.snapshot.site
    assert all(1 <= notice.line <= text.count("\n") + 1 for notice in found.notices)
    if "<!--" not in text:
        assert text.endswith(found.body.lstrip("\n"))
    assert read(text, path) == found


@settings(deadline=None)
@given(st.text().filter(lambda body: "<!--" not in body))
def test_only_the_header_is_taken(body: str) -> None:
    body = body.replace("\r", "\n")
    assert read(f"{HEADER}\n\n{body}", "x.md").body == f"\n\n{body}"
