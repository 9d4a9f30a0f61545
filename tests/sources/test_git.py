import json
import shutil
import subprocess
from pathlib import Path

import pytest

from policy_archive.build import assembly
from policy_archive.build.pipeline import Settings
from policy_archive.build.store import Store
from policy_archive.catalogue.archive import FORMS
from policy_archive.cli.main import main
from policy_archive.sources.git import objects
from policy_archive.sources.git.history import Selection, find, one_form

from ..repositories import LAMPS, corpus, open_terms, repository, text

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def inspected(path: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    assert main(["inspect", str(path), "--format", "jsonl"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_every_version_once_with_its_date(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, ids = open_terms(tmp_path / "repo")
    found = inspected(tmp_path / "repo", capsys)
    assert [(it["revision"], it["captured"], it["path"]) for it in found] == [
        (ids[0], "2019-05-16T10:00:00Z", LAMPS),
        (ids[1], "2019-05-17T10:00:00Z", "Lamp Shop/Terms of Service.md"),
        (ids[2], "2020-02-01T10:00:00Z", LAMPS),
        (ids[3], "2020-02-01T10:00:00Z", LAMPS),
        (ids[4], "2020-09-01T10:00:00Z", LAMPS),
        (ids[6], "2021-03-01T10:00:00Z", "Lamps.com/Privacy Policy.md"),
    ]
    # A renamed service is one service, under its newest name; the file was only moved.
    assert {it["site"] for it in found} == {"Lamps.com"}
    assert [it["kind"] for it in found].count("terms-of-service") == 1
    assert not [w for it in found for w in it["warnings"] if w["code"] != "too-short"]  # type: ignore[attr-defined]


def test_one_second_is_shared_in_source_order(tmp_path: Path) -> None:
    open_terms(tmp_path / "repo")
    archive = assembly.build(find(tmp_path / "repo"), Settings())
    policy, terms = archive.policies
    assert [entry.segment for entry in policy.entries] == [
        "20190516100000", "20200201100000", "20200201100000-2", "20200901100000", "20210301100000",
    ]  # fmt: skip
    assert [entry.snapshot.technical for entry in policy.entries] == [
        False,
        False,
        False,
        True,
        False,
    ]
    assert "four" in archive.source_bytes(policy.entries[2]).decode()
    assert terms.url == "policies/lamps.com/terms-of-service/"
    assert not [n for _, n in archive.notices if n.severity == "problem"]


@pytest.mark.parametrize("bare", [False, True])
def test_bare_or_not(tmp_path: Path, bare: bool, capsys: pytest.CaptureFixture[str]) -> None:
    made, _ = open_terms(tmp_path / "repo")
    folder = made.folder
    if bare:
        folder = tmp_path / "bare.git"
        made.git("clone", "--quiet", "--bare", str(made.folder), str(folder))
    assert len(inspected(folder, capsys)) == 6


def test_only_the_root_of_a_repository_is_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made, _ = open_terms(tmp_path / "repo")
    assert objects.git_dir(made.folder / "Lamps.com") is None
    (found, _) = inspected(made.folder / "Lamps.com", capsys)
    assert "revision" not in found
    made.git("bundle", "create", "--quiet", str(tmp_path / "a.bundle"), "main")
    with pytest.raises(SystemExit, match="clone it first"):
        main(["inspect", str(tmp_path / "a.bundle")])


def test_the_corpus_layout(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, ids = corpus(tmp_path / "repo")
    found = inspected(tmp_path / "repo", capsys)
    # A text's header goes before its commit; the message fills in what the text leaves open.
    assert [(it["revision"], it["site"], it["captured"]) for it in found] == [
        (ids[0], "lamps.example.com", "2014-05-21T17:33:13Z"),
        (ids[1], "lamps.example.com", "2016-01-02T03:04:05Z"),
        (ids[2], "lamp-store.example.org", "2017-07-08T09:10:11Z"),
    ]
    assert found[0]["memento_url"] == (
        "https://web.archive.org/web/20140521173313/http://lamps.example.com/privacy"
    )
    assert found[2]["original_url"] == "http://lamp-store.example.org/p"
    assert {str(it["path"])[-3:] for it in found} == {".md"}
    policy = assembly.build(find(tmp_path / "repo"), Settings()).policies[1]
    assert [len(entry.also) for entry in policy.entries] == [1, 1]


def test_a_selection(tmp_path: Path) -> None:
    made, _ = open_terms(tmp_path / "repo")
    made.git("branch", "early", "HEAD~4")

    def count(**chosen: object) -> int:
        sources = find(made.folder, Selection(**chosen))  # type: ignore[arg-type]
        policies = assembly.build(sources, Settings()).policies
        return sum(len(policy.entries) for policy in policies)

    assert count() == 6
    assert count(branch="early") == 3
    assert count(paths=("Lamp Shop/*",)) == 5
    assert count(paths=("Lamps.com/*",)) == 6
    assert count(kinds=("terms-of-service",)) == 1
    assert count(since="2020-01-01", until="2020-12-31") == 3
    assert count(languages=("de",)) == 1  # the terms are too short to tell
    with pytest.raises(objects.GitError, match="no branch or commit 'nowhere'"):
        count(branch="nowhere")


def test_only_new_commits_are_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, _ = open_terms(tmp_path / "repo")
    kept = tmp_path / "cache" / "list"
    first = find(made.folder, kept=kept)
    seen: list[str] = []
    log = objects.log

    def counting(folder: Path, tip: str, old: str = "") -> object:
        for commit in log(folder, tip, old):
            seen.append(commit.id)
            yield commit

    monkeypatch.setattr(objects, "log", counting)
    assert find(made.folder, kept=kept) == first
    assert not seen
    new = made.commit(
        "2022-01-01T00:00:00Z", "Update", **{"Lamps.com/Privacy Policy.md": text("1")}
    )
    found = find(made.folder, kept=kept)
    assert seen == [new]
    assert found[:-1] == first
    assert (found[-1].site, found[-1].order) == ("Lamps.com", len(first))
    made.git("reset", "--quiet", "--hard", "HEAD~2")  # a rewritten history is read afresh
    assert find(made.folder, kept=kept) == find(made.folder)
    kept.write_bytes(b"\x93broken")
    assert find(made.folder, kept=kept) == find(made.folder)


def test_a_stored_version_is_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, _ = open_terms(tmp_path / "repo")
    store = Store(tmp_path / "store.sqlite")
    first = assembly.build(find(made.folder), Settings(), store)
    monkeypatch.setattr(objects.Blobs, "read", lambda *_: pytest.fail("read again"))
    assert assembly.build(find(made.folder), Settings(), store).policies == first.policies


def test_a_new_commit_costs_its_own_snapshot_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, _ = open_terms(tmp_path / "repo")
    store = Store(tmp_path / "store.sqlite")
    assembly.build(find(made.folder), Settings(), store)
    read: list[str] = []
    whole = objects.Blobs.read

    def recorded(blobs: objects.Blobs, blob: str) -> bytes:
        read.append(blob)
        return whole(blobs, blob)

    monkeypatch.setattr(objects.Blobs, "read", recorded)
    changed = {"Lamps.com/Privacy Policy.md": text("eleven")}
    new = made.commit("2022-01-01T00:00:00Z", "Update", **changed)
    archive = assembly.build(find(made.folder), Settings(), store)
    assert read == [made.git("rev-parse", f"{new}:Lamps.com/Privacy Policy.md")]
    assert archive.policies[0].newest.snapshot.revision == new


def test_an_edited_rename_goes_on(tmp_path: Path) -> None:
    made = repository(tmp_path / "repo")
    made.commit("2019-01-01T00:00:00Z", "one", **{"Old/Privacy Policy.md": text()})
    made.commit(
        "2020-01-01T00:00:00Z", "two",
        **{"Old/Privacy Policy.md": None, "New/Privacy Policy.md": text("nine"), "Other/Privacy Policy.md": "# Else\n"},
    )  # fmt: skip
    assert [v.site for v in find(made.folder)] == ["New", "New", "Other"]


def test_a_repository_cannot_run_anything(tmp_path: Path) -> None:
    made, _ = open_terms(tmp_path / "repo")
    touched = tmp_path / "touched"
    for name in ("core.fsmonitor", "gpg.program", "core.pager", "diff.external", "core.sshCommand"):
        made.git("config", name, f"touch {touched};")
    made.git("config", "log.showSignature", "true")
    made.git("config", "log.diffMerges", "on")
    for version in find(made.folder):
        version.read()
    assert not touched.exists()


def test_odd_names_and_messages(tmp_path: Path) -> None:
    made = repository(tmp_path / "repo")
    name = "Ünï “cödé”\tshop/Privacy Policy.md"
    made.commit("2019-01-01T00:00:00Z", ":100644 not a change\n\n{broken json", **{name: text()})
    made.commit("2019-01-02T00:00:00Z", '{"timestamp": {"deep": 1}}', **{name: text("5")})
    (made.folder / "x.md").symlink_to("/etc/passwd")
    made.git("add", "x.md")
    made.commit("2019-01-03T00:00:00Z", "[1]")
    found = find(made.folder)
    assert [(v.path, v.captured[:8]) for v in found] == [(name, "20190101"), (name, "20190102")]
    (policy,) = assembly.build(found, Settings()).policies
    assert policy.site == name.partition("/")[0]


def test_what_git_lacks_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, _ = open_terms(tmp_path / "repo")
    with pytest.raises(objects.GitError, match="does not hold"):
        objects.blobs(made.folder / ".git").read("0" * 40)
    with pytest.raises(objects.GitError, match="not the root"):
        find(tmp_path)

    def missing(*_: object, **__: object) -> object:
        raise FileNotFoundError

    monkeypatch.setattr(subprocess, "run", missing)
    with pytest.raises(objects.GitError, match="not installed"):
        find(made.folder)


def test_forms_of_one_commit(tmp_path: Path) -> None:
    corpus(tmp_path / "repo")
    versions = find(tmp_path / "repo")
    assert len(versions) == 5
    assert len(one_form(versions, FORMS)) == 3
