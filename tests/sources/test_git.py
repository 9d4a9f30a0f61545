import json
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.build.in_memory import read_archive

from policy_archive.build.texts import Texts
from policy_archive.build.update import update
from policy_archive.build.visit import Order
from policy_archive.catalogue.catalogue import Catalogue
from policy_archive.cli.main import main
from policy_archive.settings import Settings
from policy_archive.sources import files
from policy_archive.sources.git import objects, places
from policy_archive.sources.git.blobs import Blobs, blobs
from policy_archive.sources.git.command import GitError
from policy_archive.sources.git.history import find, one_form, unmatched
from policy_archive.sources.git.selection import Selection

from ..repositories import LAMPS, Repository, corpus, open_terms, repository, text

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
    archive = read_archive(find(tmp_path / "repo"), Settings())
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
    assert "four" in policy.entries[2].source.read().decode()
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
    assert places.git_dir(made.folder / "Lamps.com") is None
    (found, _) = inspected(made.folder / "Lamps.com", capsys)
    assert "revision" not in found
    made.git("bundle", "create", "--quiet", str(tmp_path / "a.bundle"), "main")
    assert main(["inspect", str(tmp_path / "a.bundle")]) == 2
    assert "clone it first" in capsys.readouterr().err


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
    policy = read_archive(find(tmp_path / "repo"), Settings()).policies[1]
    assert [len(entry.also) for entry in policy.entries] == [1, 1]


def test_a_selection(tmp_path: Path) -> None:
    made, _ = open_terms(tmp_path / "repo")
    made.git("branch", "early", "HEAD~4")

    def count(**chosen: object) -> int:
        sources = find(made.folder, Selection(**chosen))  # type: ignore[arg-type]
        policies = read_archive(sources, Settings()).policies
        return sum(len(policy.entries) for policy in policies)

    assert count() == 6
    assert count(branch="early") == 3
    assert count(paths=("Lamp Shop/*",)) == 5
    assert count(paths=("Lamps.com/*",)) == 6
    assert count(kinds=("terms-of-service",)) == 1
    assert count(since="2020-01-01", until="2020-12-31") == 3
    assert count(languages=("de",)) == 1  # the terms are too short to tell
    with pytest.raises(GitError, match="no branch or commit 'nowhere'"):
        count(branch="nowhere")


def test_only_new_commits_are_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, _ = open_terms(tmp_path / "repo")
    kept = tmp_path / "cache" / "list"
    first = find(made.folder, kept=kept)
    seen: list[str] = []
    log = objects.log

    def counting(folder: Path, tip: str, old: str = "", **options: bool) -> object:
        for commit in log(folder, tip, old, **options):
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


def test_a_damaged_list_is_made_anew(tmp_path: Path) -> None:
    made, _ = open_terms(tmp_path / "repo")
    kept = tmp_path / "list"
    whole = find(made.folder, kept=kept)
    good = kept.read_bytes()
    damaged = [b"", b"\x93broken", good[:-1], good + b"\0", b"\0" * len(good)]
    damaged += [good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :] for at in range(0, len(good), 7)]
    for data in damaged:
        kept.write_bytes(data)
        assert find(made.folder, kept=kept) == whole
        assert kept.read_bytes() == good
    assert {path.name for path in tmp_path.iterdir()} == {"repo", "list"}
    # A list that cannot be kept, or read, costs time only.
    assert find(made.folder, kept=tmp_path / "repo" / "README.md" / "list") == whole
    assert find(made.folder, kept=tmp_path / "repo") == whole


def test_a_new_commit_costs_its_own_snapshot_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, _ = open_terms(tmp_path / "repo")
    catalogue, texts = Catalogue(), Texts()
    update(catalogue, texts, find(made.folder), Order(Settings()))
    read: list[str] = []
    whole = Blobs.read

    def recorded(blobs: Blobs, blob: str) -> bytes:
        read.append(blob)
        return whole(blobs, blob)

    changed = {"Lamps.com/Privacy Policy.md": text("eleven")}
    found = find(made.folder)
    new = made.commit("2022-01-01T00:00:00Z", "Update", **changed)
    newest = find(made.folder)
    monkeypatch.setattr(Blobs, "read", recorded)
    update(catalogue, texts, found, Order(Settings()))
    assert read == []
    update(catalogue, texts, newest, Order(Settings()))
    assert read == [made.git("rev-parse", f"{new}:Lamps.com/Privacy Policy.md")]
    query = "SELECT revision FROM policies p JOIN sources s ON s.id = p.newest ORDER BY collation"
    assert catalogue.connection.execute(query).fetchone() == (new,)


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
    (policy,) = read_archive(found, Settings()).policies
    assert policy.site == "Ünï “cödé” shop"  # on one line


@pytest.mark.parametrize(
    "author",
    [
        "author A <a@example.org> 0 +0000",
        "author A <a@example.org> -1 +0000",
        "author A <a@example.org> 999999999999 +0000",
        "author A <a@example.org> 99999999999999999999999999 +0000",
        "author A <a@example.org> garbage",
        "author A",
    ],
)
def test_a_commit_with_an_impossible_date_costs_itself_alone(tmp_path: Path, author: str) -> None:
    made = repository(tmp_path / "repo")
    made.commit("2019-01-01T00:00:00Z", "one", **{LAMPS: text()})
    (made.folder / LAMPS).write_text(text("nine"), "utf-8")
    made.git("add", LAMPS)
    head = f"tree {made.git('write-tree')}\nparent {made.git('rev-parse', 'HEAD')}\n"
    new = raw_commit(made, f"{head}{author}\n")
    made.commit("2021-01-01T00:00:00Z", "three", **{LAMPS: text("ten")})
    found = find(made.folder)
    assert [v.captured[:4] for v in found] == ["2019", "", "2021"]
    archive = read_archive(found, Settings())
    assert [entry.segment[:8] for entry in archive.policies[0].entries] == [
        "20190101", "20210101", "undated-",
    ]  # fmt: skip
    doubts = {n.code for path, n in archive.notices if path == f"{LAMPS}@{new[:12]}"}
    assert doubts == {"bad-date", "no-date"}


def raw_commit(made: Repository, head: str, message: bytes = b"odd\n") -> str:
    """A commit as nobody's tools write it; `head` ends with the author's line."""
    raw = made.folder.parent / "raw-commit"
    committer = b"committer A <a@example.org> 1577836800 +0000\n\n"
    raw.write_bytes(head.encode() + committer + message)
    new = made.git("hash-object", "-t", "commit", "-w", "--literally", str(raw))
    made.git("update-ref", "HEAD", new)
    return new


@pytest.mark.parametrize(
    "message",
    [
        b'{"url": "http://lamps.example/\\ud800", "timestamp": "20190301000000"}',
        b'{"url": "http://[::1", "memento_url": "https://web.archive.org/web/2019/\\ud800"}',
        b'{"url": ' + b"[" * 90_000,
        b'{"date": ' + b"9" * 9_000 + b"}",
        b"\xff\xfe\xed\xa0\x80",
        b"",
    ],
)
def test_no_message_ends_a_reading(tmp_path: Path, message: bytes) -> None:
    made = repository(tmp_path / "repo")
    made.commit("2019-01-01T00:00:00Z", "one", **{LAMPS: text()})
    (made.folder / LAMPS).write_text(text("nine"), "utf-8")
    made.git("add", LAMPS)
    head = f"tree {made.git('write-tree')}\nparent {made.git('rev-parse', 'HEAD')}\n"
    raw_commit(made, f"{head}author A <a@example.org> 1550000000 +0000\n", message)
    archive = read_archive(find(made.folder), Settings())
    assert [e.snapshot.captured[:4] for e in archive.policies[0].entries] == ["2019", "2019"]


def test_names_of_other_bytes_stay_two(tmp_path: Path) -> None:
    made = repository(tmp_path / "repo")
    blob = made.folder.parent / "blob"
    tree = b""
    for name, years in ((b"caf\xe8.md", "two"), (b"caf\xe9.md", "six")):
        blob.write_text(text(years), "utf-8")
        tree += b"100644 " + name + b"\0" + bytes.fromhex(made.git("hash-object", "-w", str(blob)))
    blob.write_bytes(tree)
    head = f"tree {made.git('hash-object', '-t', 'tree', '-w', '--literally', str(blob))}\n"
    raw_commit(made, f"{head}author A <a@example.org> 1550000000 +0000\n")
    found = find(made.folder)
    assert [v.path for v in found] == ["caf\\xe8.md", "caf\\xe9.md"]
    archive = read_archive(found, Settings())
    assert sorted(policy.site_id for policy in archive.policies) == ["caf-xe8", "caf-xe9"]
    assert ["six" in p.newest.source.read().decode() for p in archive.policies] == [
        False,
        True,
    ]


def test_a_damaged_blob_costs_itself_alone(tmp_path: Path) -> None:
    made = repository(tmp_path / "repo")
    for n in range(4):
        made.commit("2019-01-01T00:00:00Z", "one", **{f"shop-{n}.example.md": text(str(n))})
    damaged = find(made.folder)[1]
    file = made.folder / ".git/objects" / damaged.blob[:2] / damaged.blob[2:]
    file.chmod(0o644)
    file.write_bytes(file.read_bytes()[:40])
    archive = read_archive(find(made.folder), Settings())
    assert [policy.site for policy in archive.policies] == [
        "shop-0.example", "shop-2.example", "shop-3.example",
    ]  # fmt: skip
    (problem,) = [(path, n) for path, n in archive.notices if n.severity == "problem"]
    assert problem[0] == damaged.name
    assert "damaged" in problem[1].message


def test_a_process_that_ends_is_replaced(tmp_path: Path) -> None:
    made, _ = open_terms(tmp_path / "repo")
    contents = Blobs(made.folder / ".git")
    first, second, *_ = find(made.folder)
    data = contents.read(first.blob)
    for _ in range(2):
        contents._process.kill()  # type: ignore[union-attr]
        contents._process.wait()  # type: ignore[union-attr]
        assert contents.read(first.blob) == data
        assert contents.read(second.blob) != data
    contents.close()


def test_a_damaged_history_is_a_problem_and_all_else_is_read(tmp_path: Path) -> None:
    made, ids = open_terms(tmp_path / "repo")
    file = made.folder / ".git/objects" / ids[2][:2] / ids[2][2:]
    file.chmod(0o644)
    file.write_bytes(b"damaged")
    found = find(made.folder, kept=tmp_path / "list")
    assert found[-1].problem
    assert not (tmp_path / "list").exists()
    (tmp_path / "a.example.md").write_text(text(), "utf-8")
    archive = read_archive([*found, *files.find(tmp_path / "a.example.md", tmp_path)], Settings())
    assert "a.example" in {policy.site for policy in archive.policies}
    (problem,) = [n for _, n in archive.notices if n.severity == "problem"]
    assert "git fsck" in problem.message


def test_ever_so_many_complaints_do_not_stop_git(tmp_path: Path) -> None:
    made, _ = open_terms(tmp_path / "repo")
    alternates = made.folder / ".git/objects/info/alternates"
    alternates.write_text("".join(f"/nowhere/{'x' * 200}/{n}\n" for n in range(5_000)), "utf-8")
    assert len(find(made.folder)) == 6


def test_filters_that_nothing_passes_are_told(tmp_path: Path) -> None:
    made, _ = open_terms(tmp_path / "repo")
    wanted = Selection(kinds=("privacy-polcy",), exclude=("Lamp shop",))
    assert not find(made.folder, wanted)
    assert unmatched(made.folder, wanted, []) == [
        "exclude: nothing in the repository is at 'Lamp shop'; did you mean 'Lamps.com/*'?",
        "kinds: nothing is of the kind 'privacy-polcy'; did you mean 'privacy-policy'?",
    ]
    assert not unmatched(made.folder, Selection(), [])


def test_what_git_lacks_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, _ = open_terms(tmp_path / "repo")
    with pytest.raises(GitError, match="does not hold"):
        blobs(made.folder / ".git").read("0" * 40)
    with pytest.raises(GitError, match="not the root"):
        find(tmp_path)

    def missing(*_: object, **__: object) -> object:
        raise FileNotFoundError

    monkeypatch.setattr(subprocess, "run", missing)
    with pytest.raises(GitError, match="not installed"):
        find(made.folder)


def test_forms_of_one_commit(tmp_path: Path) -> None:
    corpus(tmp_path / "repo")
    versions = find(tmp_path / "repo")
    assert len(versions) == 5
    assert len(one_form(versions)) == 3
