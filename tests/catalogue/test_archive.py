from collections.abc import Iterable
from dataclasses import replace
from itertools import permutations
from pathlib import Path

from tests.build.in_memory import arrange

from policy_archive.catalogue.archive import Entry, Policy
from policy_archive.catalogue.published.lock import Capture, Published
from policy_archive.model import Snapshot
from policy_archive.sources.files import Source


def summary(path: str, site: str = "example.org", captured: str = "", sha: str = "ab") -> Entry:
    return entry(Snapshot(path, site, captured=captured), sha)


def entry(snapshot: Snapshot, sha: str = "ab") -> Entry:
    source = Source(snapshot.path, Path(snapshot.path))
    return Entry(
        *(snapshot, "Privacy", "en", 9, 3, sha * 32, True, ()), source=source, key=snapshot.path
    )


def test_order_is_by_time_whatever_the_input_order() -> None:
    given = [
        summary("c.md", captured="20190405"),
        summary("a.md", captured="20210101120000"),
        summary("b.md"),
        summary("d.md", captured="20190405080000"),
    ]
    results = [arrange(order) for order in permutations(given)]
    policies, notices, _ = results[0]
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
    policies, notices, _ = arrange(
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
    policies, notices, _ = arrange(
        [summary("a.md", captured="20190405"), summary("b.md", captured="20190405")]
    )
    assert [entry.segment for entry in policies[0].entries] == ["20190405", "20190405-2"]
    assert not notices


def test_markdown_and_html_of_one_capture_are_one_snapshot() -> None:
    policies, notices, _ = arrange(
        [summary("a.html", captured="20190405080000"), summary("a.md", captured="20190405080000")]
    )
    (entry,) = policies[0].entries
    assert entry.source.path == "a.md"
    assert [source.path for source in entry.also] == ["a.html"]
    assert not notices


def with_memento(found: Entry, url: str) -> Entry:
    return replace(found, snapshot=replace(found.snapshot, memento_url=url))


def test_files_that_lie_apart_are_forms_of_one_capture_only_with_the_same_bytes() -> None:
    url = "https://web.archive.org/web/20190405080000/http://example.org/"
    given = [
        summary("txt/a.txt", captured="20190405080000"),
        summary("md/a.md", captured="20190405080000"),
    ]
    policies, notices, _ = arrange(with_memento(it, url) for it in given)
    (entry,) = policies[0].entries
    assert entry.source.path == "md/a.md"
    assert [source.path for source in entry.also] == ["txt/a.txt"]
    assert not notices
    # To name the address of another's capture takes no more than writing it.
    given[0] = summary("txt/a.txt", captured="20190405080000", sha="cd")
    policies, notices, _ = arrange(with_memento(it, url) for it in given)
    assert len(policies[0].entries) == 2
    assert [n.code for _, n in notices] == ["duplicate-identity"] * 2


def test_captures_in_parallel_folders_under_one_name_are_numbered_and_no_problem() -> None:
    def placed(*paths: str, captured: str = "20190405080000") -> tuple[list[str], list[str]]:
        given = [
            summary(path, captured=captured, sha=f"{n:02x}") for n, path in enumerate(paths, 1)
        ]
        policies, notices, _ = arrange(given)
        return [it.segment for it in policies[0].entries], [notice.code for _, notice in notices]

    numbered = ["20190405080000", "20190405080000-2"]
    crawls = "one/example.org/20190405080000.md", "two/example.org/20190405080000.md"
    assert placed(*crawls) == (numbered, [])
    forms = "example.org/html/20190405080000.html", "example.org/text/20190405080000.txt"
    assert placed(*forms) == (numbered, [])
    assert placed(*forms, *crawls) == ([*numbered, "20190405080000-3", "20190405080000-4"], [])
    # Names of their own, and what only the text says, are claims of two files.
    problems = numbered, ["duplicate-identity"] * 2
    assert placed(crawls[0], "two/example.org/20190405080000-b.md") == problems
    assert placed("one/example.org/policy.md", "two/example.org/policy.md") == problems
    assert placed(crawls[0], "two/lamps.example/20190405080000.md") == problems
    assert placed(crawls[0], "two/example.org/20200405080000.md") == problems


def test_reports_of_very_many_claims_of_one_second_stay_short() -> None:
    def reported(count: int) -> int:
        given = (
            summary(f"{n:05}.md", captured="20190405080000", sha=f"{n % 256:02x}")
            for n in range(count)
        )
        _, notices, _ = arrange(given)
        assert len(notices) == count
        return sum(len(notice.message) for _, notice in notices)

    assert reported(2_000) < 2.1 * reported(1_000) < 500_000


def test_no_text_takes_another_s_place() -> None:
    given = [
        summary("genuine.html", captured="20190405080000", sha="cd"),
        summary("elsewhere/other.md", captured="20190405080000"),
    ]
    policies, notices, _ = arrange(given)
    assert {entry.source.path for entry in policies[0].entries} == {
        "genuine.html",
        "elsewhere/other.md",
    }
    assert [n.code for _, n in notices] == ["duplicate-identity"] * 2
    # Of a day there may be many.
    policies, notices, _ = arrange(
        [summary("a.html", captured="20190405", sha="cd"), summary("b.md", captured="20190405")]
    )
    assert len(policies[0].entries) == 2
    assert not notices


def test_kinds_are_policies_of_their_own() -> None:
    terms = Snapshot("t.md", "example.org", kind="terms-of-service", captured="20190405")
    policies, _, _ = arrange([entry(terms, "cd"), summary("a.md", captured="20190405")])
    assert [policy.url for policy in policies] == [
        "policies/example.org/",
        "policies/example.org/terms-of-service/",
    ]


def test_sites_of_one_slug_are_both_kept() -> None:
    for given in permutations([summary("a.md", "Acme Inc"), summary("b.md", "acme inc")]):
        policies, _, published = arrange(given)
        found = {policy.site: policy.site_id for policy in policies}
        assert found == {"Acme Inc": "acme-inc--42cf7a26", "acme inc": "acme-inc"}
        assert published.sites == found


def test_a_site_that_is_added_moves_nobody() -> None:
    for older, newer in permutations(["Acme Inc", "acme inc"]):
        (policy,), _, published = arrange([summary("a.md", older)])
        assert policy.site_id == "acme-inc"
        policies, _, _ = arrange([summary("b.md", newer), summary("a.md", older)], published)
        assert {p.site: p.site_id for p in policies}[older] == "acme-inc"


def addresses(policies: Iterable[Policy]) -> dict[str, str]:
    return {entry.source.path: entry.segment for policy in policies for entry in policy.entries}


def test_captures_of_one_day_are_in_the_order_of_their_bytes() -> None:
    a, b = summary("a.md", captured="20190405", sha="cd"), summary("b.md", captured="20190405")
    (policy,), _, _ = arrange([a, b])
    assert [entry.source.path for entry in policy.entries] == ["b.md", "a.md"]
    assert [entry.segment for entry in policy.entries] == ["20190405", "20190405-2"]


def test_a_capture_that_is_added_moves_nobody() -> None:
    for older, newer in permutations(
        [
            summary("p/a.md", captured="20190405", sha="ab"),
            summary("p/b.md", captured="20190405", sha="cd"),
        ]
    ):
        policies, _, published = arrange([older])
        assert published.captures == {
            "example.org/20190405": Capture(older.sha256[:16], older.source.path[:-3])
        }
        policies, _, published = arrange([older, newer], published)
        found = addresses(policies)
        assert (found[older.source.path], found[newer.source.path]) == ("20190405", "20190405-2")
        assert [entry.segment for entry in policies[0].entries] == ["20190405", "20190405-2"]
        # Nor does one that is taken away, or read in another form.
        policies, _, _ = arrange([newer], published)
        assert addresses(policies) == {newer.source.path: "20190405-2"}
        other_form = summary("p/a.html", captured="20190405", sha="ef")
        newest = summary("p/b.md", captured="20190405", sha="cd")
        policies, _, _ = arrange([other_form, newest], published)
        assert addresses(policies)["p/a.html"] == found["p/a.md"]


def test_whole_timestamps_and_undated_texts_need_no_list() -> None:
    given = [summary("a.md", captured="20190405080000"), summary("b.md"), summary("c.md", sha="cd")]
    assert arrange(given).published == Published()


def test_a_second_that_two_files_claim_is_kept_in_the_list() -> None:
    a, b = (summary(f"{name}.md", captured="20190405080000", sha=name * 2) for name in ("a", "b"))
    _, notices, published = arrange([a, b])
    assert len(notices) == 2
    policies, _, _ = arrange([b, a], published)
    assert addresses(policies) == {"a.md": "20190405080000", "b.md": "20190405080000-2"}


def test_versions_of_a_repository_are_in_the_order_of_its_history() -> None:
    given = []
    for order, (sha, revision) in enumerate([("cd", "f" * 40), ("ab", "1" * 40)]):
        found = summary("a.md", captured="20190405080000", sha=sha)
        source = replace(found.source, revision=revision, order=order)
        given.append(replace(found, source=source, key=f"a.md {order}"))
    for some in permutations(given):
        (policy,), notices, _ = arrange(some)
        assert [entry.source.revision[0] for entry in policy.entries] == ["f", "1"]
        assert not notices


def test_ten_thousand_claims_of_one_second_make_short_reports() -> None:
    given = [
        summary(f"{n}.md", captured="20190405080000", sha=f"{n:032x}"[:2] + f"{n:08x}"[-2:])
        for n in range(10_000)
    ]
    _, notices, _ = arrange(given)
    assert len(notices) == 10_000
    assert max(len(notice.message) for _, notice in notices) < 300
    assert "and 9996 more" in notices[0][1].message


def test_a_kind_never_takes_the_place_of_what_is_ours() -> None:
    latest = Snapshot("t.md", "example.org", kind="latest", captured="20190405")
    (policy,), _, _ = arrange([entry(latest)])
    assert policy.url == "policies/example.org/s--latest/"


def test_policies_are_in_the_order_of_utf_16_code_units() -> None:
    sites = ["\uff21bc", "\U00010348", "b.example", "a.example"]
    policies, _, _ = arrange([summary(f"{n}.md", site) for n, site in enumerate(sites)])
    assert [policy.site for policy in policies] == [
        "a.example",
        "b.example",
        "\U00010348",
        "\uff21bc",
    ]
