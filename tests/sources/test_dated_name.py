"""Dates that file names carry, as archivists, crawlers and web archives write them."""

from pathlib import Path

import pytest
from tests.build.in_memory import read_archive

from policy_archive.settings import Settings
from policy_archive.sources import files
from policy_archive.sources.provenance import Claims, read
from policy_archive.sources.provenance.dated_name import dated
from policy_archive.sources.provenance.path import captured_in_path, site_from_path

BODY = "# Privacy Policy\n\nWe keep nothing.\n"


@pytest.mark.parametrize(
    ("path", "site", "captured"),
    [
        ("policies/example.com/2019-05-01.md", "example.com", "20190501"),
        ("policies/example.com-20190501.html", "example.com", "20190501"),
        ("policies/2019-05-01_example.com.txt", "example.com", "20190501"),
        ("policies/example.com/20190501123456.html", "example.com", "20190501123456"),
        ("policies/example.com.20190501.text", "example.com", "20190501"),
        ("policies/www.example.com_20190501T123456Z.md", "example.com", "20190501123456"),
        ("policies/example.com 2019-05-01 12.34.56.html", "example.com", "20190501123456"),
        ("policies/example.com_privacy_2019-05-01.md", "example.com", "20190501"),
        ("policies/example.com@2019_05_01.md", "example.com", "20190501"),
        ("policies/my-shop.co.uk-2019.05.01.md", "my-shop.co.uk", "20190501"),
        ("policies/2019-05-01/example.com.html", "example.com", "20190501"),
        ("web/20190501123456/http/example.com/privacy.html", "example.com", "20190501123456"),
        ("policies/Lamp Shop/Privacy Policy (2019-05-01).md", "Lamp Shop", "20190501"),
        ("policies/Lamp Shop 2019-05-01.md", "Lamp Shop", "20190501"),
        # No dates
        ("policies/example.com.md", "example.com", ""),
        ("policies/20190501.com.md", "20190501.com", ""),
        ("policies/20190501shop.com.md", "20190501shop.com", ""),
        ("policies/example.com-20191345.md", "example.com-20191345", ""),
        ("policies/example.com-12345678.md", "example.com-12345678", ""),
        ("policies/example.com/v2-2019-05.md", "example.com", ""),
        ("policies/example.com/2019-05-01_2020-01-01.md", "example.com", ""),
    ],
)
def test_names(path: str, site: str, captured: str) -> None:
    assert (site_from_path(path), captured_in_path(path)) == (site, captured)


@pytest.mark.parametrize(
    ("name", "rest"), [("2019-05-01", ""), ("20190501-", ""), ("a [2019-05-01] b", "a b")]
)
def test_what_held_the_date_goes_with_it(name: str, rest: str) -> None:
    assert dated(name) == (rest, "20190501")


def test_a_name_s_date_is_doubted() -> None:
    found = read(BODY, "policies/example.com/2019-05-01.md")
    assert found.snapshot.captured == "20190501"
    assert [notice.code for notice in found.notices] == ["date-of-name", "no-provenance"]
    assert "2019-05-01, is that in the file’s name" in found.notices[0].message
    assert "when it was captured" not in found.notices[1].message


def test_a_site_without_a_date_takes_that_of_the_name() -> None:
    found = read(f"http://example.com/privacy\n\n{BODY}", "a/20190501123456.txt")
    assert found.snapshot.captured == "20190501123456"
    assert [notice.code for notice in found.notices] == ["date-of-name"]


@pytest.mark.parametrize(
    ("head", "where"),
    [
        ("---\nsite: example.com\ncaptured: 2018-01-02\n---\n", "the front matter"),
        (
            "> *The following text is extracted and transformed from the example.com privacy "
            "policy that was archived on 2018-01-02.*\n\n",
            "the header",
        ),
    ],
)
def test_what_the_file_says_wins_and_a_conflict_is_doubted(head: str, where: str) -> None:
    found = read(head + BODY, "policies/example.com/2019-05-01.md")
    assert found.snapshot.captured == "20180102"
    (doubt,) = [notice for notice in found.notices if notice.code == "dates-differ"]
    assert f"2018-01-02 in {where}, 2019-05-01 in the file’s name" in doubt.message
    same = read(head + BODY, "policies/example.com/20180102030405.md")
    assert same.snapshot.captured == "20180102"  # a name adds no time of day
    assert not any(n.code in ("dates-differ", "date-of-name") for n in same.notices)


def test_in_a_repository_a_name_s_date_is_nearer_than_the_commit_s() -> None:
    commit = Claims("the commit", captured="20240101000000")
    found = read(BODY, "example.com/2019-05-01.md", commit)
    assert found.snapshot.captured == "20190501"
    assert [notice.code for notice in found.notices] == ["date-of-name"]
    assert read(BODY, "example.com/privacy.md", commit).snapshot.captured == "20240101000000"


def test_a_folder_of_dated_files_is_one_policy_with_a_history(tmp_path: Path) -> None:
    names = ("2019-05-01_example.com.txt", "example.com/2020-05-01.md", "example.com-20210501.text")
    for name in names:
        file = tmp_path / "p" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(BODY, "utf-8")
    archive = read_archive(files.find(tmp_path / "p", tmp_path), Settings())
    (policy,) = archive.policies
    assert policy.site == "example.com"
    assert [entry.segment for entry in policy.entries] == ["20190501", "20200501", "20210501"]
    assert all(entry.notices[0].code == "date-of-name" for entry in policy.entries)
