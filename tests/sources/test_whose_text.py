"""Whose text it is: the archive's own word before the archived words, in every known layout."""

import shutil
from pathlib import Path

import pytest
from tests.build.in_memory import read_archive

from policy_archive.settings import Settings
from policy_archive.sources import files
from policy_archive.sources.git.history import find
from policy_archive.sources.provenance import Claims, Provenance, read

from ..repositories import LAMPS, repository, text

BODY = text()
FORGED = (
    "> *The following text is extracted and transformed from the bank.com privacy policy that was "
    "archived on 2014-05-21. Please check the [original snapshot on the Wayback Machine]"
    "(https://web.archive.org/web/20140521173313id_/http%3A//bank.com/privacy) for the most "
    "accurate reproduction.*\n\n"
)
COMMENT = "<!-- saved from url=(0023)https://bank.com/privacy -->\n<h1>Privacy</h1>"


def codes(found: Provenance) -> set[str]:
    return {notice.code for notice in found.notices}


# Who is believed


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_a_forged_header_in_a_repository_moves_nothing(tmp_path: Path) -> None:
    made = repository(tmp_path / "repo")
    first = "https://web.archive.org/web/20100101000000/http://bank.com/\n\n"
    pages = {"Toy Shop/Privacy Policy.md": first + BODY, LAMPS: FORGED + BODY}
    made.commit("2021-02-03T04:05:06Z", "Record", **pages, **{"bank.com.md": BODY})
    archive = read_archive(find(made.folder), Settings())
    assert [(it.site, it.url) for it in archive.policies] == [
        ("Lamp Shop", "policies/lamp-shop/"),
        ("Toy Shop", "policies/toy-shop/"),
        ("bank.com", "policies/bank.com/"),
    ] or sorted(it.site for it in archive.policies) == ["Lamp Shop", "Toy Shop", "bank.com"]
    for policy in archive.policies:
        snapshot = policy.newest.snapshot
        assert (snapshot.captured, snapshot.original_url) == ("20210203040506", "")
    doubts = {path.partition("@")[0]: n.message for path, n in archive.notices if "site" in n.code}
    assert set(doubts) == {LAMPS}
    assert "Lamp Shop in the commit, bank.com in the header" in doubts[LAMPS]


@pytest.mark.parametrize(
    ("path", "site"),
    [
        ("policies/lamps.example.md", "lamps.example"),
        ("policies/lamps.example/2019-05-01.md", "lamps.example"),
        ("policies/lamps.example/privacy.md", "lamps.example"),
        ("l/la/lam/lamps.example.md", "lamps.example"),
        ("policies/Lamp Shop/Privacy Policy.md", "Lamp Shop"),
        ("policies/Lamp Shop/Privacy Policy/2021-01-01T10-30-00Z.md", "Lamp Shop"),
    ],
)
def test_a_forged_header_in_a_folder_moves_nothing(path: str, site: str) -> None:
    found = read(FORGED + BODY, path)
    assert found.snapshot.site == site
    assert "sites-differ" in codes(found)
    assert read(COMMENT, path.removesuffix("md") + "html").snapshot.site == site


@pytest.mark.parametrize("path", ["policies/x.md", "privacy.md", "policies/saved/index.md"])
def test_where_nothing_else_speaks_the_header_counts(path: str) -> None:
    found = read(FORGED + BODY, path)
    assert found.snapshot.site == "bank.com"
    assert found.snapshot.captured == "20140521173313"
    assert not found.notices


def test_the_archive_s_word_in_the_order_of_who_could_have_written_it() -> None:
    matter = "---\nsite: lamps.example\n---\n"
    commit = Claims("the commit", site="Lamp Shop", kind="privacy-policy", captured="20210101")
    assert read(matter + FORGED + BODY, LAMPS, commit).snapshot.site == "lamps.example"
    assert read(FORGED + BODY, "bank.com.md", commit).snapshot.site == "Lamp Shop"
    message = Claims("the commit", captured="20210101")
    message.say_original("http://lamps.example/privacy", 1)
    found = read(FORGED + BODY, "texts/1.md", message)
    assert found.snapshot.site == "lamps.example"
    assert found.snapshot.original_url == "http://lamps.example/privacy"
    assert "sites-differ" in codes(found)


def test_names_that_look_like_a_domain_do_not_take_its_address(tmp_path: Path) -> None:
    names = ("bank.com", "!bank.com", "/bank.com", "bank.com/", "BANK·COM")
    for number, name in enumerate(names):
        body = f'---\nsite: "{name}"\ncaptured: 2019-05-01\n---\n{BODY}'
        (tmp_path / f"{number}.md").write_text(body, "utf-8")
    (tmp_path / "Bank.com").mkdir()
    (tmp_path / "Bank.com" / "Terms of Service.md").write_text(BODY, "utf-8")
    archive = read_archive(files.find(tmp_path, tmp_path), Settings())
    (genuine,) = [it for it in archive.policies if it.url == "policies/bank.com/"]
    assert genuine.site == "bank.com"
    assert [it.source.path for it in genuine.entries] == ["0.md"]


def test_reports_of_one_second_claimed_by_all_stay_short(tmp_path: Path) -> None:
    head = "---\nsite: bank.com\ncaptured: 2019-05-01T00:00:00Z\n---\n"
    for count in (20, 40):
        for number in range(count):
            (tmp_path / f"{number}.md").write_text(f"{head}# {number}\n", "utf-8")
        archive = read_archive(files.find(tmp_path, tmp_path), Settings())
        found = [n.message for _, n in archive.notices if n.code == "duplicate-identity"]
        assert len(found) == count
        assert max(map(len, found)) < 300


# Layouts


@pytest.mark.parametrize(
    ("path", "site", "kind"),
    [
        # Open Terms Archive's datasets and repositories
        ("p/Acme Cloud/Privacy Policy/2021-01-01T10-30-00Z.md", "Acme Cloud", "privacy-policy"),
        ("p/Acme Cloud/Terms of Service/2021-02-01T10-30-00Z.md", "Acme Cloud", "terms-of-service"),
        ("Acme Cloud/Trackers Policy/2021-02-01.md", "Acme Cloud", "trackers-policy"),
        ("policies/Acme Cloud/Terms of Service.md", "Acme Cloud", "terms-of-service"),
        ("Acme/Community Guidelines.md", "Acme", "community-guidelines"),
        ("Acme/Imprint.md", "Acme", "imprint"),
        ("data/versions/Acme/Developer Terms.md", "Acme", "developer-terms"),
        # One folder a document
        ("policies/acme/terms/index.md", "acme", "terms-of-service"),
        ("acme.com/terms/index.html", "acme.com", "terms-of-service"),
        ("acme.com/en/privacy/index.html", "acme.com", "privacy-policy"),
        ("acme.com/privacy.txt", "acme.com", "privacy-policy"),
        ("acme.com/terms.txt", "acme.com", "terms-of-service"),
        ("acme.com/cookies.txt", "acme.com", "cookie-policy"),
        ("acme.com/legal/acceptable-use-policy.md", "acme.com", "acceptable-use-policy"),
        ("acme.com/2019-05-01.md", "acme.com", "privacy-policy"),
        ("acme.com/capture-17.md", "acme.com", "privacy-policy"),
        ("policies/acme.com-terms-of-use.md", "acme.com", "terms-of-use"),
        ("policies/my-shop.co.uk-cookie-policy.html", "my-shop.co.uk", "cookie-policy"),
        ("policies/acme.com_privacy.md", "acme.com", "privacy-policy"),
        ("policies/acme.com_terms_2019-05-01.md", "acme.com", "terms-of-service"),
        # Names of anything
        ("policies/index.md", "unnamed", "privacy-policy"),
        ("policies/privacy/index.md", "unnamed", "privacy-policy"),
        ("policies/terms/index.md", "unnamed", "terms-of-service"),
        # Dates in folders, addresses and titles as names
        ("2014/05/21/acme.com.txt", "acme.com", "privacy-policy"),
        ("acme/2014/05/21.txt", "acme", "privacy-policy"),
        ("policies/https___www.acme.com_terms.html", "acme.com", "terms-of-service"),
        ("policies/https%3A%2F%2Fwww.acme.com%2Fprivacy.html", "acme.com", "privacy-policy"),
        ("policies/Privacy Policy - Acme Corp.html", "Acme Corp", "privacy-policy"),
        ("policies/Acme Corp | Cookie Policy.html", "Acme Corp", "cookie-policy"),
        ("policies/Acme - Bulbs.html", "Acme - Bulbs", "privacy-policy"),
        # One folder a kind, above the sites.
        ("terms/acme.com/20190501.md", "acme.com", "terms-of-service"),
        ("policies/Cookie Policies/acme.com.md", "acme.com", "cookie-policy"),
        ("privacy-policies/a/ac/acme.com.md", "acme.com", "privacy-policy"),
        ("tos/acme/2019-05-01.txt", "acme", "terms-of-service"),
        ("terms/acme.com/privacy.md", "acme.com", "privacy-policy"),
        # What holds texts of every kind says no other.
        ("legal/acme.com/20190501.md", "acme.com", "privacy-policy"),
        ("notices/acme/20190501.md", "acme", "privacy-policy"),
        ("policies/refunds/index.md", "unnamed", "refunds"),
        ("policies/Privacy Policy.html", "unnamed", "privacy-policy"),
        ("docs/PrivacyPolicy.html", "unnamed", "privacy-policy"),
        ("termsofservice.txt", "unnamed", "terms-of-service"),
        ("policies/de/datenschutz.md", "unnamed", "privacy-policy"),
        ("web.archive.org/web/20140521173313/index.html", "unnamed", "privacy-policy"),
        ("web.archive.org/web/20140521173313/http/acme.com/p.html", "acme.com", "privacy-policy"),
        # Names that are one's own
        ("policies/Acme.md", "Acme", "privacy-policy"),
        ("policies/privacy.com.md", "privacy.com", "privacy-policy"),
        ("policies/17.txt", "17", "privacy-policy"),
        ("policies/archive.org.md", "archive.org", "privacy-policy"),
    ],
)
def test_layouts(path: str, site: str, kind: str) -> None:
    snapshot = read(BODY, path).snapshot
    assert (snapshot.site, snapshot.kind) == (site, kind)


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_a_layout_says_the_same_with_and_without_git(tmp_path: Path) -> None:
    made = repository(tmp_path / "repo")
    pages = {
        "Acme Cloud/Privacy Policy.md": text("one"),
        "Acme Cloud/Terms of Service.md": text("two"),
        "beta.example/cookies.txt": text("three"),
        "Gamma/Privacy Policy/2021-01-01T10-30-00Z.md": text("four"),
        "policies/terms/index.md": text("five"),
    }
    made.commit("2021-02-03T04:05:06Z", "Record", **pages)

    def found(sources: list[files.Source]) -> list[tuple[str, str]]:
        return [(it.site, it.kind) for it in read_archive(sources, Settings()).policies]

    with_git = found([*find(made.folder)])
    assert with_git == found(files.find(made.folder, made.folder))
    assert sorted(with_git) == [
        ("Acme Cloud", "privacy-policy"),
        ("Acme Cloud", "terms-of-service"),
        ("Gamma", "privacy-policy"),
        ("beta.example", "cookie-policy"),
        ("unnamed", "terms-of-service"),
    ]


@pytest.mark.parametrize(
    ("path", "captured"),
    [
        ("2014/05/21/acme.com.txt", "20140521"),
        ("acme.com/2014/05/21.txt", "20140521"),
        ("acme.com/2014/05/21/privacy.txt", "20140521"),
        ("acme.com/2014/13/21.txt", ""),
        ("acme.com/2014/05/210.txt", ""),
    ],
)
def test_dates_that_folders_make_together(path: str, captured: str) -> None:
    assert read(BODY, path).snapshot.captured == captured


@pytest.mark.parametrize(
    "head",
    [
        "URL: https://acme.com/privacy\nRetrieved: 2019-05-01\n",
        "Retrieved on: 1 May 2019\n\nSource: <https://acme.com/privacy>\n",
        "> **Source:** [Acme](https://acme.com/privacy)\n> **Archived:** 2019-05-01\n",
        "Archived from: https://web.archive.org/web/20190501/https://acme.com/privacy\n",
    ],
)
def test_labelled_first_lines_are_provenance(head: str) -> None:
    found = read(f"{head}\n{BODY}", "policies/x.md")
    snapshot = found.snapshot
    assert (snapshot.site, snapshot.captured) == ("acme.com", "20190501")
    assert snapshot.original_url == "https://acme.com/privacy"
    assert found.body.split() == BODY.split()


@pytest.mark.parametrize(
    "head",
    [
        "Source: our lawyers\n",
        "Retrieved: 2019-05-01\n",
        "Updated: 2019-05-01\n",
        "Sources of data: https://acme.com/\n",
    ],
)
def test_other_first_lines_are_text(head: str) -> None:
    assert read(f"{head}\n{BODY}", "policies/x.md").body == f"{head}\n{BODY}"
