"""Front matter as people and programs write it: understood, or a problem; never text."""

import pytest

from policy_archive.sources.provenance import Provenance, read

BODY = "# Privacy Policy\n\nWe keep nothing.\n"


def said(found: Provenance) -> tuple[str, str, str]:
    snapshot = found.snapshot
    return snapshot.site, snapshot.captured, snapshot.original_url


def codes(found: Provenance) -> list[str]:
    return sorted(notice.code for notice in found.notices)


def text_is_whole(text: str, found: Provenance) -> bool:
    return found.body.strip("\n") == BODY.strip("\n") and found.body.count("\n") == text.count("\n")


WHOLE = ("example.com", "20140521", "http://example.com/p")


@pytest.mark.parametrize(
    "above",
    [
        "---\nsite: example.com\ncaptured: 2014-05-21\noriginal_url: http://example.com/p\n---\n",
        "---\nSite: example.com\nCAPTURED: 2014-05-21\nOriginal_URL: http://example.com/p\n---\n",
        "---\nsite: example.com\ncaptured: 2014-05-21\noriginal-url: http://example.com/p\n---\n",
        "---\nSite: example.com\nCaptured: 2014-05-21\nOriginal URL: http://example.com/p\n---\n",
        "---\nsite:\texample.com\ncaptured:\t2014-05-21\noriginal_url:\thttp://example.com/p\n---\n",
        "---\n\tsite: example.com\n\tcaptured: 2014-05-21\n\toriginal_url: http://example.com/p\n---\n",
        "\n---\nsite: example.com\ncaptured: 2014-05-21\noriginal_url: http://example.com/p\n---\n",
        " \n\t\n---\nsite: example.com\ncaptured: 2014-05-21\noriginal_url: http://example.com/p\n---\n",
        "\ufeff---\nsite: example.com\ncaptured: 2014-05-21\noriginal_url: http://example.com/p\n---\n",
        "---  \nsite: example.com\ncaptured: 2014-05-21\noriginal_url: http://example.com/p\n--- \t\n",
        "---yaml\nsite: example.com\ncaptured: 2014-05-21\noriginal_url: http://example.com/p\n---\n",
        "---\n{site: example.com, captured: 2014-05-21, original_url: 'http://example.com/p'}\n---\n",
        "---\nsite:\u00a0example.com\ncaptured: 2014-05-21\noriginal_url: http://example.com/p\n---\n",
        '+++\nsite = "example.com"\ncaptured = 2014-05-21\noriginal_url = "http://example.com/p"\n+++\n',
        '\n+++\nSite = "example.com"\ncaptured = "2014-05-21"\noriginal_url = \'http://example.com/p\'\n+++\n',
        '---toml\nsite = "example.com"\ncaptured = 2014-05-21\noriginal_url = "http://example.com/p"\n---\n',
        '{\n  "site": "example.com",\n  "captured": "2014-05-21",\n  "original_url": "http://example.com/p"\n}\n',
        '{"site": "example.com", "captured": 20140521, "original_url": "http://example.com/p"}\n',
        '---json\n{"site": "example.com", "captured": 20140521, "original_url": "http://example.com/p"}\n---\n',
        ';;;\n{"site": "example.com", "captured": 20140521, "original_url": "http://example.com/p"}\n;;;\n',
    ],
)
def test_ways_to_write_it(above: str) -> None:
    text = above + "\n" + BODY
    found = read(text, "x.md")
    assert said(found) == WHOLE
    assert text_is_whole(text, found)
    assert codes(found) == []


@pytest.mark.parametrize(
    "above",
    [
        "---\nlayout: page\ntitle: Privacy Policy\npermalink: /privacy/\n---\n",
        "---\nTitle: Privacy Policy\nDate: 2014-05-21\nAuthor: Us\n---\n",
        "---\ntitle: 'It''s: ours'\ntags: [a, b]\nsidebar:\n  nav: docs\n---\n",
        '+++\ntitle = "Privacy"\ndraft = false\n[menu]\nmain = 1\n+++\n',
        '{\n  "title": "Privacy",\n  "tags": ["a"]\n}\n',
        "---\nlayout: page\n---\n",
        "\n---\nslug: privacy\nsidebar_label: Privacy\n---\n",
    ],
)
def test_what_other_programs_write_is_mentioned(above: str) -> None:
    text = above + "\n" + BODY
    found = read(text, "example.com.md")
    assert text_is_whole(text, found)
    assert found.snapshot.site == "example.com"
    assert set(codes(found)) == {"unknown-key", "no-provenance"}
    lines = {n.line for n in found.notices if n.code == "unknown-key"}
    assert lines <= set(range(2, text.index("#")))


def test_doubts_name_key_and_line() -> None:
    found = read("\n---\nlayout: page\ntitle: X\n---\n" + BODY, "example.com.md")
    unknown = [(n.line, n.message) for n in found.notices if n.code == "unknown-key"]
    assert [line for line, _ in unknown] == [3, 4]
    assert "“layout”" in unknown[0][1]
    found = read('+++\n# of Hugo\ntitle = "X"\n\nsite = "x..y"\nkind = 3\n+++\n' + BODY, "a.md")
    assert [(n.code, n.line) for n in found.notices if n.line > 1] == [
        ("invalid-front-matter", 6), ("unknown-key", 3),
    ] or [n.line for n in found.notices if n.code == "unknown-key"] == [3]  # fmt: skip


@pytest.mark.parametrize(
    ("above", "line"),
    [
        ("---\nsite: example.com\ncaptured: 2014-05-21: x\n---\n", 3),
        ("\n\n---\nsite: example.com\ncaptured: 2014-05-21: x\n---\n", 5),
        ("---\nsite:example.com\ncaptured:2014-05-21\n---\n", 2),
        ("---\nsite=example.com\n---\n", 2),
        ("---\nsite:example.com\ncaptured: 2014-05-21\n---\n", 3),
        ("+++\nsite = example.com\n+++\n", 2),
        ('+++\nsite = "a.com"\nsite = "b.com"\n+++\n', 2),
        ('{\n  "site": "example.com"\n  "captured": 20140521\n}\n', 1),
        ('---\nsite: a.com\nSite: b.com\n---\n', 3),
        ('{"site": "a.com", "site": "b.com"}\n', 1),
        ("---\nsite: [a, b]\n---\n", 2),
        ('+++\nsite = ["a"]\n+++\n', 2),
        ('{\n"captured": {"x": 1}\n}\n', 2),
        ("---\nencoding: klingon\n---\n", 2),
        ("+++\ncaptured = 2014-02-30\n+++\n", 2),
        ("+++\nsite = " + "[" * 9_000 + "\n+++\n", 2),
        ('{"site": ' + "[" * 9_000 + "\n}\n", 1),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_a_problem_and_no_text(above: str, line: int) -> None:
    text = above + BODY
    found = read(text, "x.md")
    (problem,) = [n for n in found.notices if n.severity == "problem"]
    assert (problem.code, problem.line) == ("invalid-front-matter", line)
    assert found.body.strip("\n") == BODY.strip("\n")


@pytest.mark.parametrize(
    "above", ["+++\nsite = 'a.com'\n\n", "---toml\ntitle = 'a'\n\n", "\n---\nlayout: page\n\n"]
)
def test_without_an_end_it_is_a_problem(above: str) -> None:
    found = read(above + BODY, "x.md")
    (problem,) = [n for n in found.notices if n.severity == "problem"]
    assert "no end" in problem.message


@pytest.mark.parametrize(
    "text",
    [
        "---\nEffective: 25 May 2018\n---\n",
        "---\nDate: 25 May 2018\nAuthor: Us\n---\n",
        "---\ntitle: Privacy\nWe collect: names\n---\n",
        "+++\nWe keep nothing.\n+++\n",
        "+++\nprice = 3\n+++\n",
        "{ this is no JSON }\n",
        "{}\n",
        '{"a": 1} we write\n',
        '{"site": "example.com"} is how you write it.\n',
        "{\n",
        "+++",
        "---toml",
        ";;;\n",
        "\n\n---\n\nOur policy\n\n---\n",
    ],
)
def test_prose_stays_text(text: str) -> None:
    for whole in (text, text + BODY):
        found = read(whole, "x.md")
        assert found.body == whole
        assert codes(found) == ["no-provenance"]


@pytest.mark.parametrize("form", ["x.md", "x.txt", "x.html", "x"])
def test_it_works_in_every_kind_of_file(form: str) -> None:
    text = "---\nsite: example.com\nencoding: windows-1250\n---\n" + BODY
    found = read(text, form)
    assert found.snapshot.site == "example.com"
    assert text_is_whole(text, found)
