"""A repository is foreign material: it starts nothing, fetches nothing, and lies to nobody."""

import os
import shutil
import zlib
from hashlib import sha1
from pathlib import Path

import pytest
from tests.build.in_memory import read_archive

from policy_archive.settings import Settings
from policy_archive.sources.git import blobs as blobs_module
from policy_archive.sources.git import command, objects, places
from policy_archive.sources.git.blobs import Blobs
from policy_archive.sources.git.command import GitError
from policy_archive.sources.git.history import Version, find

from ..repositories import LAMPS, Repository, open_terms, repository, text

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def told(versions: list[Version]) -> list[tuple[str, str, str, bytes]]:
    return [(it.revision, it.path, it.captured, it.read()) for it in versions if not it.problem]


def loose(made: Repository, blob: str) -> Path:
    return made.folder / ".git/objects" / blob[:2] / blob[2:]


HOSTILE = """
[format]
    pretty = "%an says"
    notes = true
    showSignature = true
[log]
    date = raw
    follow = true
    diffMerges = on
    showSignature = true
    showRoot = false
    decorate = full
    mailmap = true
    abbrevCommit = true
    excludeDecoration = *
[diff]
    external = touch {touched};
    orderFile = /etc/passwd
    renames = copies
    relative = true
    noprefix = true
    ignoreSubmodules = all
    suppressBlankEmpty = true
    submodule = log
    algorithm = patience
[diff "evil"]
    textconv = touch {touched};
    command = touch {touched};
[color]
    ui = always
[core]
    fsmonitor = touch {touched};
    pager = touch {touched};
    sshCommand = touch {touched};
    gitProxy = touch {touched};
    alternateRefsCommand = touch {touched};
    hooksPath = {hooks}
    attributesFile = /dev/zero
    quotePath = true
    abbrev = 5
    commitGraph = true
    worktree = /
    bigFileThreshold = 1
    useReplaceRefs = true
[pager]
    log = touch {touched};
    config = touch {touched};
[alias]
    log = "!touch {touched}"
    cat-file = "!touch {touched}"
[i18n]
    logOutputEncoding = UTF-16
[gpg]
    program = touch {touched};
[credential]
    helper = "!touch {touched}"
[remote "origin"]
    url = "ext::sh -c touch% {touched}"
    promisor = true
    partialclonefilter = blob:none
[remote "other"]
    url = "ext::sh -c touch% {touched}"
[protocol]
    allow = always
[protocol "ext"]
    allow = always
[extensions]
    partialClone = origin
"""


def test_its_configuration_changes_nothing_and_starts_nothing(tmp_path: Path) -> None:
    made, _ = open_terms(tmp_path / "repo")
    clean = told(find(made.folder))
    touched, hooks = tmp_path / "touched", tmp_path / "hooks"
    hooks.mkdir()
    for name in ("post-index-change", "reference-transaction", "fsmonitor-watchman"):
        (hooks / name).write_text(f"#!/bin/sh\ntouch {touched}\n", "utf-8")
        (hooks / name).chmod(0o755)
    (made.folder / ".gitattributes").write_text("*.md diff=evil\n", "utf-8")
    (made.folder / ".git/info/attributes").write_text("*.md diff=evil\n", "utf-8")
    with (made.folder / ".git/config").open("a", encoding="utf-8") as config:
        config.write(HOSTILE.format(touched=touched, hooks=hooks))
    assert told(find(made.folder)) == clean
    # What is missing would be fetched from a remote that is a command.
    loose(made, find(made.folder)[0].blob).unlink()
    with pytest.raises(GitError, match="partial clone"):
        find(made.folder)[0].read()
    assert told(find(made.folder)[1:]) == clean[1:]
    assert not touched.exists()


def test_the_remote_of_a_partial_clone_is_a_command_that_git_would_run(tmp_path: Path) -> None:
    """The test above would find it if we let git do as it likes."""
    made, _ = open_terms(tmp_path / "repo")
    touched = tmp_path / "touched"
    with (made.folder / ".git/config").open("a", encoding="utf-8") as config:
        config.write(HOSTILE.format(touched=touched, hooks=tmp_path))
    blob = find(made.folder)[0].blob
    loose(made, blob).unlink()
    made.git("cat-file", "--batch-check", "--batch-all-objects")
    with pytest.raises(Exception, match="cat-file"):
        made.git("-c", "core.pager=cat", "cat-file", "-p", blob)
    assert touched.exists()


def test_the_users_and_the_systems_settings_have_no_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, _ = open_terms(tmp_path / "repo")
    clean = told(find(made.folder))
    other, _ = open_terms(tmp_path / "other")
    broken = tmp_path / ".gitconfig"
    broken.write_text("[broken\n", "utf-8")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(broken))
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", str(broken))
    for name in ("GIT_CONFIG_COUNT", "GIT_TRACE", "GIT_NO_SUCH", "GIT_LITERAL_PATHSPECS"):
        monkeypatch.setenv(name, "1")
    for name in ("GIT_DIR", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_SHALLOW_FILE"):
        monkeypatch.setenv(name, str(other.folder / ".git"))
    monkeypatch.setenv("GIT_ALTERNATE_OBJECT_DIRECTORIES", str(other.folder / ".git/objects"))
    monkeypatch.setenv("GIT_TRACE", str(tmp_path / "trace"))
    assert told(find(made.folder)) == clean
    assert not (tmp_path / "trace").exists()


def test_grafts_replacements_and_notes_tell_no_other_history(tmp_path: Path) -> None:
    made, ids = open_terms(tmp_path / "repo")
    clean = told(find(made.folder))
    made.git("commit-graph", "write", "--reachable")
    graph = made.folder / ".git/objects/info/commit-graph"
    graph.chmod(0o644)
    graph.write_bytes(graph.read_bytes()[:200])
    made.git("replace", ids[3], ids[0])
    made.git("notes", "add", "-m", '{"captured": "19990101"}', ids[4])
    (made.folder / ".git/info/grafts").write_text(f"{ids[-1]} {ids[0]}\n", "utf-8")
    assert told(find(made.folder)) == clean


@pytest.mark.parametrize("bare", [False, True])
def test_nothing_is_published_from_another_store(tmp_path: Path, bare: bool) -> None:
    secret = repository(tmp_path / "secret")
    secret.commit("2019-01-01T00:00:00Z", "one", **{"secret.example.md": text("secret")})
    blob = find(secret.folder)[0].blob
    made, _ = open_terms(tmp_path / "repo")
    store = made.folder / ".git"
    if bare:
        store = tmp_path / "bare.git"
        made.git("clone", "--quiet", "--bare", str(made.folder), str(store))
    (store / "objects/info").mkdir(exist_ok=True)
    (store / "objects/info/alternates").write_text(f"{secret.folder}/.git/objects\n", "utf-8")
    folder = store if bare else made.folder
    assert len(told(find(folder))) == 6
    with pytest.raises(GitError, match="does not hold"):
        Blobs(store).read(blob)


@pytest.mark.parametrize("name", ["objects", "objects/pack", "refs", "packed-refs", "."])
def test_links_out_of_a_store_are_not_followed(tmp_path: Path, name: str) -> None:
    made, _ = open_terms(tmp_path / "repo")
    made.git("pack-refs", "--all")
    inside = made.folder / ".git"
    place = inside if name == "." else inside / name
    place.rename(tmp_path / "elsewhere")
    place.symlink_to(tmp_path / "elsewhere")
    assert places.git_dir(made.folder) is None


def test_what_is_committed_later_is_found_beside_another_store(tmp_path: Path) -> None:
    made, _ = open_terms(tmp_path / "repo")
    (made.folder / ".git/objects/info/alternates").write_text("/nowhere\n", "utf-8")
    assert len(told(find(made.folder))) == 6
    for n in range(20):
        made.commit("2022-01-01T00:00:00Z", "more", **{LAMPS: text(str(n))})
    assert len(told(find(made.folder))) == 26
    made.git("gc", "--quiet", "--prune=now")
    assert len(told(find(made.folder))) == 26


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
@pytest.mark.parametrize("name", ["config", "config.worktree", "packed-refs", "shallow", "HEAD"])
def test_pipes_keep_nobody_waiting(tmp_path: Path, name: str) -> None:
    made, _ = open_terms(tmp_path / "repo")
    (made.folder / ".git" / name).unlink(missing_ok=True)
    os.mkfifo(made.folder / ".git" / name)
    assert places.git_dir(made.folder) is None


def test_a_file_that_points_to_a_repository_must_be_known_there(tmp_path: Path) -> None:
    made, _ = open_terms(tmp_path / "repo")
    thief = tmp_path / "thief"
    thief.mkdir()
    for said in (
        f"gitdir: {made.folder}/.git",
        f"gitdir: {made.folder}/.git/../.git\n",
        "gitdir: ../repo/.git",
        "gitdir: /nowhere",
        "gitdir:",
        "gitdir: \0",
        "\ud800",
    ):
        (thief / ".git").write_bytes(said.encode("utf-8", "surrogatepass"))
        assert places.git_dir(thief) is None
        with pytest.raises(GitError, match="not the root"):
            find(thief)
    # A store of its own that says it shares another's.
    (thief / ".git").write_text("gitdir: store\n", "utf-8")
    (thief / "store").mkdir()
    (thief / "store/gitdir").write_text("../.git\n", "utf-8")
    (thief / "store/HEAD").write_text("ref: refs/heads/main\n", "utf-8")
    (thief / "store/commondir").write_text(f"{made.folder}/.git\n", "utf-8")
    assert places.git_dir(thief) is None
    (thief / "store/gitdir").unlink()
    (thief / "store/config").write_text("[core]\nworktree = ..\n", "utf-8")
    for name in ("objects", "refs"):
        (thief / "store" / name).symlink_to(made.folder / ".git" / name)
    assert places.git_dir(thief) is None
    made.git("worktree", "add", "--quiet", str(tmp_path / "tree"))
    assert told(find(tmp_path / "tree")) == told(find(made.folder))
    store = str(made.folder / ".git/worktrees/tree")
    (thief / ".git").write_text(f"gitdir: {store}\n", "utf-8")
    assert places.git_dir(thief) is None


def test_a_submodule_is_a_repository(tmp_path: Path) -> None:
    made, _ = open_terms(tmp_path / "repo")
    outer = repository(tmp_path / "outer")
    outer.git(
        "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(made.folder), "sub"
    )
    assert (outer.folder / "sub/.git").is_file()
    assert told(find(outer.folder / "sub")) == told(find(made.folder))


@pytest.mark.parametrize(
    "said", [0, 5, 50, 100_000, 600 << 20, 10**12, 10**18, 10**30], ids="{:.0e}".format
)
def test_a_blob_that_lies_about_its_size_costs_itself_alone(tmp_path: Path, said: int) -> None:
    made = repository(tmp_path / "repo")
    for n in range(3):
        made.commit("2019-01-01T00:00:00Z", "one", **{f"shop-{n}.example.md": text(str(n))})
    liar = find(made.folder)[1]
    file = loose(made, liar.blob)
    file.chmod(0o644)
    for other in (b"", b"hello", text("1").encode()[:-1], b"x" * 100_000):
        file.write_bytes(zlib.compress(b"blob %d\0" % said + other))
        archive = read_archive(find(made.folder), Settings())
        assert [it.site for it in archive.policies] == ["shop-0.example", "shop-2.example"]
        (problem,) = [it for it in archive.notices if it[1].severity == "problem"]
        assert problem[0] == liar.name
        assert "damaged" in problem[1].message


@pytest.mark.parametrize(
    "data",
    [
        zlib.compress(b"blob 11\0hello world"),
        zlib.compress(b"tree 0\0"),
        zlib.compress(b"commit 11\0hello world"),
        zlib.compress(b"nonsense"),
        b"",
        b"\0" * 100,
    ],
)
def test_bytes_that_are_not_those_that_were_recorded_are_not_read(
    tmp_path: Path, data: bytes
) -> None:
    made, _ = open_terms(tmp_path / "repo")
    first, second, *_ = find(made.folder)
    file = loose(made, first.blob)
    file.chmod(0o644)
    file.write_bytes(data)
    with pytest.raises(GitError):
        first.read()
    assert second.read()


def test_a_blob_without_end_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, _ = open_terms(tmp_path / "repo")
    raw = b"blob 8000000\0" + b"a" * 8_000_000
    name = sha1(raw).hexdigest()
    loose(made, name).parent.mkdir(exist_ok=True)
    loose(made, name).write_bytes(zlib.compress(raw))
    contents = Blobs(made.folder / ".git")
    assert len(contents.read(name)) == 8_000_000
    monkeypatch.setattr(blobs_module, "_LARGEST", 4_000_000)
    with pytest.raises(GitError, match="more than 4,000,000 bytes"):
        contents.read(name)
    assert contents.read(find(made.folder)[0].blob)
    contents.close()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
def test_what_its_configuration_includes_is_not_read(tmp_path: Path) -> None:
    made, _ = open_terms(tmp_path / "repo")
    clean = told(find(made.folder))
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "evil").write_text("[core]\n\trepositoryformatversion = 99\n", "utf-8")
    for line in (
        f"[include]\n\tpath = {tmp_path}/pipe\n",
        f'[includeIf "gitdir:/"]\n\tpath = {tmp_path}/pipe\n',
        f"[include]\n\tpath = {tmp_path}/evil\n",
        "[include] path = /dev/zero\n",
        "[broken",
        "\0\xff" * 1000,
    ):
        with (made.folder / ".git/config").open("a", encoding="utf-8") as config:
            config.write(line)
        assert told(find(made.folder)) == clean


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
@pytest.mark.parametrize("place", ["branch", "commit", "blob"])
def test_git_is_not_waited_for_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """A pipe where a file should be: whoever opens it waits for somebody to write."""
    monkeypatch.setattr(command, "PATIENCE", 1)
    made, ids = open_terms(tmp_path / "repo")
    version, *others = find(made.folder)
    file = made.folder / ".git/refs/heads/main"
    if place != "branch":
        file = loose(made, ids[0] if place == "commit" else version.blob)
    file.unlink()
    os.mkfifo(file)
    with pytest.raises(GitError, match="did not answer within 1 seconds"):
        if place == "blob":
            version.read()
        elif problems := [it.problem for it in find(made.folder) if it.problem]:
            raise GitError(problems[0].message)
    if place == "blob":
        assert others[0].read()


def test_where_links_cannot_be_made_the_store_is_read_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, _ = open_terms(tmp_path / "repo")

    def refused(*_: object, **__: object) -> None:
        raise OSError("a client lacks the privilege")

    monkeypatch.setattr(Path, "symlink_to", refused)
    assert len(told(find(made.folder))) == 6


def test_a_store_of_another_format_says_so(tmp_path: Path) -> None:
    made, _ = open_terms(tmp_path / "repo")
    with (made.folder / ".git/config").open("a", encoding="utf-8") as config:
        config.write("[core]\nrepositoryformatversion = 99\n")
    with pytest.raises(GitError, match=r"git cannot use it: .*version"):
        find(made.folder)


def test_stores_named_by_longer_digests_are_read(tmp_path: Path) -> None:
    made = repository(tmp_path / "repo")
    shutil.rmtree(made.folder / ".git")
    made.git("init", "--quiet", "--object-format=sha256", "--initial-branch=main")
    made.git("config", "user.name", "A")
    made.git("config", "user.email", "a@example.org")
    made.commit("2019-01-01T00:00:00Z", "one", **{"shop.example.md": text("shop")})
    (version,) = find(made.folder)
    assert len(version.revision) == 64
    assert version.read() == text("shop").encode()


def test_a_hundred_renames_of_one_size(tmp_path: Path) -> None:
    """A hundred services that moved house in one commit, each with another text now."""
    made = repository(tmp_path / "repo")

    def long(n: int, more: str) -> str:
        return "".join(f"Clause {n} {line} says {line * n} things.\n" for line in range(300)) + more

    names = [f"{n:03}" for n in range(100)]
    for n in names:
        (made.folder / f"Old {n}").mkdir()
        (made.folder / f"Old {n}/Privacy Policy.md").write_text(long(int(n), ""), "utf-8")
    made.git("add", ".")
    made.commit("2019-01-01T00:00:00Z", "one")
    for n in names:
        (made.folder / f"Old {n}").rename(made.folder / f"New {n}")
        (made.folder / f"New {n}/Privacy Policy.md").write_text(long(int(n), "More.\n"), "utf-8")
    made.git("add", "-A")
    made.commit("2020-01-01T00:00:00Z", "two")
    found = find(made.folder)
    assert len(found) == 200
    assert {it.site for it in found} == {f"New {n}" for n in names}


def test_a_store_is_left_as_it_was(tmp_path: Path) -> None:
    made, _ = open_terms(tmp_path / "repo")
    (made.folder / ".git/objects/info/alternates").write_text("/nowhere\n", "utf-8")

    def everything() -> list[tuple[str, int]]:
        return sorted(
            (str(it), os.lstat(it).st_mtime_ns) for it in (made.folder / ".git").rglob("*")
        )

    before = everything()
    read_archive(find(made.folder), Settings())
    assert everything() == before


def test_names_of_branches_are_no_options(tmp_path: Path) -> None:
    made, _ = open_terms(tmp_path / "repo")
    for name in ("--output=/tmp/x", "-p", "@{-1}", "HEAD:README.md", f"HEAD:{LAMPS}", "\0", ""):
        if name:
            with pytest.raises((GitError, ValueError)):
                objects.resolve(made.folder / ".git", name)
