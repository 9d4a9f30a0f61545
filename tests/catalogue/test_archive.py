from itertools import permutations
from pathlib import Path

from policy_archive.catalogue.archive import arrange, site_id
from policy_archive.catalogue.summary import Summary
from policy_archive.model import Snapshot
from policy_archive.sources.files import Source


def summary(
    path: str, site: str = "example.org", captured: str = "", sha: str = "ab"
) -> tuple[Summary, Source, str]:
    found = Summary(
        Snapshot(path, site, captured=captured), "Privacy", "en", 9, 3, sha * 32, True, (), {}
    )
    return found, Source(path, Path(path)), path


def test_order_is_by_time_whatever_the_input_order() -> None:
    given = [
        summary("c.md", captured="20190405"),
        summary("a.md", captured="20210101120000"),
        summary("b.md"),
        summary("d.md", captured="20190405080000"),
    ]
    results = [arrange(order) for order in permutations(given)]
    policies, notices = results[0]
    assert all(result == results[0] for result in results)
    assert [entry.segment for entry in policies[0].entries] == [
        "20190405",
        "20190405080000",
        "20210101120000",
        "undated-abababab",
    ]
    assert policies[0].newest.segment == "20210101120000"
    assert not notices


def test_two_files_of_one_identity_are_both_kept_and_a_problem() -> None:
    policies, notices = arrange(
        [summary("a.md", captured="20190405080000"), summary("b.md", captured="20190405080000")]
    )
    assert [entry.segment for entry in policies[0].entries] == [
        "20190405080000",
        "20190405080000-2",
    ]
    assert [(path, n.code, n.severity) for path, n in notices] == [
        ("a.md", "duplicate-identity", "problem"),
        ("b.md", "duplicate-identity", "problem"),
    ]
    assert "b.md" in notices[0][1].message


def test_two_captures_of_one_day_are_no_problem() -> None:
    policies, notices = arrange(
        [summary("a.md", captured="20190405"), summary("b.md", captured="20190405")]
    )
    assert [entry.segment for entry in policies[0].entries] == ["20190405", "20190405-2"]
    assert not notices


def test_markdown_and_html_of_one_capture_are_one_snapshot() -> None:
    policies, notices = arrange(
        [summary("a.html", captured="20190405080000"), summary("a.md", captured="20190405080000")]
    )
    (entry,) = policies[0].entries
    assert entry.source.path == "a.md"
    assert [source.path for source in entry.also] == ["a.html"]
    assert not notices


def test_kinds_are_policies_of_their_own() -> None:
    terms = Snapshot("t.md", "example.org", kind="terms-of-service", captured="20190405")
    found, source, key = summary("a.md", captured="20190405")
    other = Summary(terms, "Terms", "en", 9, 3, "cd" * 32, True, (), {})
    policies, _ = arrange([(other, Source("t.md", Path("t.md")), "t"), (found, source, key)])
    assert [policy.url for policy in policies] == [
        "policies/example.org/",
        "policies/example.org/terms-of-service/",
    ]


def test_site_ids() -> None:
    assert site_id("softorino.com") == "softorino.com"
    assert site_id("Stack Overflow") == "stack-overflow"
    assert site_id("Page") == "page-"
    assert site_id("../..") == "site"
    policies, _ = arrange([summary("a.md", "Acme Inc"), summary("b.md", "acme inc")])
    assert [policy.site_id for policy in policies] == ["acme-inc", "acme-inc-2"]
