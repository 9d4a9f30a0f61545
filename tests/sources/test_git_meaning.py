"""What a history means: whose date a commit's is, what was published, what is not there."""

import shutil
from pathlib import Path

import pytest
from tests.build.in_memory import Archive, read_archive

from policy_archive.settings import Settings
from policy_archive.sources.git.command import GitError
from policy_archive.sources.git.commit_message import claims
from policy_archive.sources.git.history import Version, find, one_form
from policy_archive.sources.git.selection import Selection

from ..repositories import LAMPS, Repository, repository, text

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def years(versions: list[Version]) -> list[str]:
    return [it.captured[:4] for it in versions]


def codes(archive: Archive) -> list[str]:
    return sorted(n.code for _, n in archive.notices if n.code not in ("too-short", "no-url"))


def three_years(folder: Path, *, message: str = "Update") -> Repository:
    made = repository(folder)
    beta = "Beta/Privacy Policy.md"
    made.commit("2019-01-01T00:00:00Z", message, **{LAMPS: text(), beta: text("nine")})
    made.commit("2020-01-01T00:00:00Z", message, **{LAMPS: text("three")})
    made.commit("2021-01-01T00:00:00Z", message, **{LAMPS: text("four")})
    made.commit("2022-01-01T00:00:00Z", message, **{LAMPS: text("five")})
    return made


@pytest.mark.parametrize("bare", [False, True])
def test_the_first_commit_of_a_shallow_clone_says_no_date(tmp_path: Path, bare: bool) -> None:
    made = three_years(tmp_path / "repo")
    clone = tmp_path / "clone"
    flags = ("--bare",) if bare else ()
    made.git("clone", "--quiet", *flags, "--depth", "2", f"file://{made.folder}", str(clone))
    found = find(clone)
    assert [(it.site, it.captured[:4]) for it in found if not it.problem] == [
        ("Beta", ""), ("Lamp Shop", ""), ("Lamp Shop", "2022"),
    ]  # fmt: skip
    archive = read_archive(found, Settings())
    assert sorted(codes(archive)) == ["no-date", "no-date", "shallow-clone"]
    # How to mend it is said once, however many texts there are.
    (said,) = [n for _, n in archive.notices if "git fetch --unshallow" in n.message]
    assert (said.severity, "when 2 of its texts were" in said.message) == ("doubt", True)
    # Deepened, the same list is made anew.
    kept = tmp_path / "list"
    assert find(clone, kept=kept) == found
    Repository(clone).git("fetch", "--quiet", "--unshallow", f"file://{made.folder}", "main")
    assert years(find(clone, kept=kept)) == ["2019", "2019", "2020", "2021", "2022"]


def test_nor_does_its_message_which_speaks_of_one_text(tmp_path: Path) -> None:
    message = '{"captured": "20190101", "policy_url": "http://lamps.example/p"}'
    made = three_years(tmp_path / "repo", message=message)
    made.git("clone", "--quiet", "--depth", "1", f"file://{made.folder}", str(tmp_path / "clone"))
    found = [it for it in find(tmp_path / "clone") if not it.problem]
    assert {(it.captured, it.original_url) for it in found} == {("", "")}


def test_a_text_with_a_header_of_its_own_is_dated_in_a_shallow_clone(tmp_path: Path) -> None:
    made = repository(tmp_path / "repo")
    dated = "---\ncaptured: 2014-05-21\n---\n" + text()
    made.commit("2019-01-01T00:00:00Z", "one", **{"shop.example.md": dated})
    made.commit("2019-02-01T00:00:00Z", "two", **{"README.md": "x"})
    made.git("clone", "--quiet", "--depth", "1", f"file://{made.folder}", str(tmp_path / "clone"))
    archive = read_archive(find(tmp_path / "clone"), Settings())
    assert archive.policies[0].newest.snapshot.captured == "20140521"
    assert codes(archive) == ["shallow-clone"]  # what it says of older versions stays true


def merged(folder: Path) -> Repository:
    """A draft on a branch, finished there, and merged with an edit to the merge itself."""
    made = repository(folder)
    made.commit("2019-01-01T00:00:00Z", "one", **{LAMPS: text()})
    made.git("checkout", "--quiet", "-b", "draft")
    made.commit("2019-06-01T00:00:00Z", "draft", **{LAMPS: text("draft")})
    made.commit("2019-07-01T00:00:00Z", "done", **{LAMPS: text("done")})
    made.git("checkout", "--quiet", "main")
    made.commit("2019-08-01T00:00:00Z", "other", **{"Beta/Privacy Policy.md": text("nine")})
    made.git("merge", "--quiet", "--no-ff", "--no-commit", "draft", date="2020-01-01T00:00:00Z")
    (made.folder / "Beta/Terms of Service.md").write_text(text("new"), "utf-8")
    made.git("add", ".")
    made.git("commit", "--quiet", "-m", "Merge", date="2020-01-01T00:00:00Z")
    made.commit("2021-01-01T00:00:00Z", "last", **{LAMPS: text("ten")})
    return made


def said(versions: list[Version]) -> list[tuple[str, str]]:
    """Month and the word that tells the texts apart."""
    return [
        (it.captured[:6], it.read().decode().split(" years.")[0].split()[-1]) for it in versions
    ]


def test_what_was_merged_is_published_as_the_merge_left_it(tmp_path: Path) -> None:
    made = merged(tmp_path / "repo")
    assert said(find(made.folder)) == [
        ("201901", "two"), ("201908", "nine"), ("202001", "new"), ("202001", "done"),
        ("202101", "ten"),
    ]  # fmt: skip
    assert said(find(made.folder, Selection(branch="draft"))) == [
        ("201901", "two"), ("201906", "draft"), ("201907", "done"),
    ]  # fmt: skip
    asked = find(made.folder, Selection(side_branches=True))
    assert sorted(said(asked)) == [
        ("201901", "two"), ("201906", "draft"), ("201907", "done"), ("201908", "nine"),
        ("202001", "new"), ("202101", "ten"),
    ]  # fmt: skip


@pytest.mark.parametrize("side_branches", [False, True])
def test_new_commits_are_added_to_either_list(tmp_path: Path, side_branches: bool) -> None:
    made = merged(tmp_path / "repo")
    kept = tmp_path / "list"
    selection = Selection(side_branches=side_branches)
    find(made.folder, selection, kept)
    made.git("checkout", "--quiet", "-b", "more", "HEAD~1")
    made.commit("2021-02-01T00:00:00Z", "more", **{"Beta/Privacy Policy.md": text("more")})
    made.git("checkout", "--quiet", "main")
    made.git("merge", "--quiet", "--no-ff", "-m", "Merge", "more", date="2021-03-01T00:00:00Z")
    assert find(made.folder, selection, kept) == find(made.folder, selection)
    # The branch that was read is now what another line was merged into: its commits are no longer
    # on the main line.
    made.git("checkout", "--quiet", "-b", "new", "more")
    made.git("merge", "--quiet", "--no-ff", "-m", "Merge", "main", date="2021-04-01T00:00:00Z")
    branch = Selection(branch="new", side_branches=side_branches)
    assert find(made.folder, branch, kept) == find(made.folder, branch)


def test_a_partial_clone_reads_what_is_there(tmp_path: Path) -> None:
    made = three_years(tmp_path / "repo")
    made.git("config", "uploadpack.allowFilter", "true")
    made.git("config", "uploadpack.allowAnySHA1InWant", "true")
    clone = tmp_path / "clone"
    made.git("clone", "--quiet", "--filter=blob:none", f"file://{made.folder}", str(clone))
    archive = read_archive(find(clone), Settings())
    # The work tree's texts came with the clone.
    assert [(p.site, len(p.entries)) for p in archive.policies] == [("Beta", 1), ("Lamp Shop", 1)]
    problems = [n.message for _, n in archive.notices if n.severity == "problem"]
    assert len(problems) == 3
    assert all("partial clone: get all of it with git fetch --refetch" in it for it in problems)
    assert len(list((clone / ".git/objects/pack").glob("*.pack"))) == 2  # nothing was fetched


def test_a_bundle_cloned_as_the_guide_says(tmp_path: Path) -> None:
    made = three_years(tmp_path / "repo")
    made.git("bundle", "create", "--quiet", "../a.bundle", "main")
    made.git("clone", "--quiet", "--bare", "../a.bundle", "../a.git")
    (tmp_path / "a.git/HEAD").write_text("ref: refs/heads/nowhere\n", "utf-8")
    assert len(find(tmp_path / "a.git")) == 5
    bare = Repository(tmp_path / "a.git")
    bare.git("branch", "other", "main")
    with pytest.raises(GitError, match=r"say which one: `branch` \(main, other\)"):
        find(tmp_path / "a.git")
    assert len(find(tmp_path / "a.git", Selection(branch="other"))) == 5
    empty = repository(tmp_path / "empty")
    with pytest.raises(GitError, match="names no branch that is there; it has none"):
        find(empty.folder)


RECORD = "https://github.com/OpenTermsArchive/contrib-snapshots/commit/23e6b69e9b83"


@pytest.mark.parametrize(
    ("message", "url"),
    [
        (f"This version was recorded after extracting from snapshot {RECORD}", RECORD),
        (f"Start\n\nThis version was recorded after filtering snapshot {RECORD}\n\nX: 1", RECORD),
        (f"This version was recorded after extracting from snapshots:\n- {RECORD}\n", RECORD),
        (f"recorded after filtering snapshot\n{RECORD}", RECORD),
        ("extracting from snapshot mongo://contrib/snapshots/23e6b69e9b83", ""),
        ("after filtering snapshot 23e6b69e9b83b951a364221e7be373391057a658", ""),
        ("filtering snapshot https://github.com/ambanum/CGUs-snapshots/commit/true", ""),
        (f"See {RECORD}", ""),
        ("extracting from snapshot javascript://x/commit/23e6b69e9b83", ""),
        (f"extracting from snapshot {RECORD}\" onclick='x'", ""),
        (
            "extracting from snapshot https://user:secret@x.example/commit/23e6b69e9b83",
            "https://x.example/commit/23e6b69e9b83",
        ),
    ],
)
def test_a_version_names_the_record_that_it_was_taken_from(message: str, url: str) -> None:
    assert claims(message).record_url == url


@pytest.mark.parametrize(
    ("files", "name"),
    [
        ({"LICENSE": "ODC Open Database License (ODbL) v1.0\n\nYou may …"}, "ODbL 1.0"),
        ({"LICENSE.md": "Open Data Commons Attribution License (ODC-By) v1.0\n"}, "ODC-BY 1.0"),
        ({"README.md": "# V\n\n## License\n\nUnder an ODC-BY 1.0 license.\n"}, "ODC-BY 1.0"),
        ({"README.md": "# V\n\n# Licence\nCC BY-SA 4.0, not CC BY 4.0"}, "CC BY-SA 4.0"),
        ({"README.md": "# V\n\nTheir texts are CC BY 4.0.\n"}, ""),
        ({"LICENSE": "All rights reserved."}, ""),
        ({"COPYING": "CC0 1.0 Universal", "README.md": "## License\nODbL 1.0"}, "CC0 1.0"),
        ({"docs/LICENSE": "CC0 1.0 Universal"}, ""),
        ({}, ""),
    ],
)
def test_the_archives_licence(tmp_path: Path, files: dict[str, str | None], name: str) -> None:
    made = repository(tmp_path / "repo")
    message = f"Record\n\nThis version was recorded after filtering snapshot {RECORD}"
    made.commit("2019-01-01T00:00:00Z", message, **{LAMPS: text(), **files})
    archive = read_archive(find(made.folder), Settings())
    snapshot = archive.record(archive.policies[0].newest).snapshot
    assert (snapshot.licence, snapshot.record_url) == (name, RECORD)


def test_what_is_not_read_is_named(tmp_path: Path) -> None:
    made = repository(tmp_path / "repo")
    names = ("Shop/Terms.pdf", "Shop/Terms.png", "Shop/page.json", "pdf.txt/x", "Gone/old.pdf")
    files: dict[str, str | None] = dict.fromkeys(names, "x")
    hidden = {"Shop/.hidden": "x", ".ci/run": "x", "LICENSE": "x", "package.json": "{}"}
    made.commit("2019-01-01T00:00:00Z", "one", **{LAMPS: text(), **files, **hidden})
    (made.folder / "Shop/link.md").symlink_to("/etc/passwd")
    made.git("add", ".")
    made.commit("2020-01-01T00:00:00Z", "two", **{"Gone/old.pdf": None})
    kept = tmp_path / "list"
    for _ in range(2):
        found = find(made.folder, kept=kept)
        unread = [it.path for it in found if it.problem]
        assert unread == [
            "Shop/Terms.pdf",
            "Shop/Terms.png",
            "Shop/link.md",
            "Shop/page.json",
            "pdf.txt/x",
        ]
    assert [it.path for it in one_form(found) if it.problem] == unread
    archive = read_archive(found, Settings())
    said = [
        (n.code, n.severity) for path, n in archive.notices if "@" in path and n.code == "not-read"
    ]
    assert said == [("not-read", "doubt")] * 5
    assert len(archive.policies) == 1
    chosen = find(made.folder, Selection(exclude=("*.pdf", "*.png", "pdf.txt")))
    assert [it.path for it in chosen if it.problem] == ["Shop/link.md", "Shop/page.json"]
