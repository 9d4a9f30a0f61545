"""Sites made from folders and git repositories together."""

import shutil
from pathlib import Path

import pytest
from mkdocs.exceptions import Abort

from ..repositories import open_terms, repository
from .conftest import POLICY, archived, run, write_project

pytestmark = [
    pytest.mark.build,
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed"),
]


def test_folders_and_repositories_make_one_site(tmp_path: Path) -> None:
    made, ids = open_terms(tmp_path / "versions")
    made.git("clone", "--quiet", "--bare", str(made.folder), str(tmp_path / "bare.git"))
    config_file = write_project(
        tmp_path / "project",
        {"softlamps.org.md": archived("softlamps.org", "20190102030405", POLICY)},
        pages={"more/shop.example.md": POLICY},
        options={
            "sources": ["more", {"repository": "../bare.git", "kinds": "privacy-policy",
                                 "since": "2020-01-01", "languages": ["en"]}],
        },
    )  # fmt: skip
    site = run(config_file)
    pages = {name.removesuffix("index.html") for name in site.files("policies/*/*/index.html")}
    assert "policies/softlamps.org/20190102030405/" in pages
    assert any(page.startswith("policies/shop.example/undated-") for page in pages)
    lamps = sorted(page.split("/")[2] for page in pages if "lamps.com" in page and "/2" in page)
    assert [at for at in lamps if ".." not in at] == [
        "20200201100000", "20200201100000-2", "20200901100000", "20210301100000",
    ]  # fmt: skip
    assert "shop.example.md" not in " ".join(site.files("more/**/*"))
    source = site.files()["policies/lamps.com/20210301100000/source.txt"].decode()
    assert "We sell nothing." in source
    page = site["policies/lamps.com/20210301100000"]
    assert ids[-1] in page
    assert 'href="https://example.org/snapshots/commit/0000006" rel="nofollow noreferrer"' in page
    assert "licence ODC-BY 1.0" in page
    assert not site.broken_links()
    # Without a folder `policies`, and with the list of versions remembered.
    shutil.rmtree(tmp_path / "project/content/policies")
    again = run(config_file)
    assert "policies/lamps.com/20210301100000/source.txt" in again.files()


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("nowhere", "there is no folder 'nowhere'"),
        ({"repository": "nowhere"}, "'nowhere' is not the root of a git repository"),
        ({"repository": "../versions", "branch": "odd"}, "no branch or commit 'odd'"),
        ({"repository": "../versions", "kind": "x"}, "unknown key 'kind'; did you mean 'kinds'?"),
        ({"folder": "x"}, "must be a folder's name, or have a key `repository`"),
    ],
)
def test_what_cannot_be_is_said(
    tmp_path: Path, entry: object, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    open_terms(tmp_path / "versions")
    config_file = write_project(
        tmp_path / "project", {"a.example.md": POLICY}, options={"sources": [entry]}
    )
    with pytest.raises(Abort):
        run(config_file)
    assert said in caplog.text


def test_a_repository_that_cannot_be_used_costs_itself_alone(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A `.git` that leads elsewhere, a format nobody knows, a store with nothing in it."""
    secret, _ = open_terms(tmp_path / "secret")
    (tmp_path / "thief").mkdir()
    (tmp_path / "thief/.git").write_text(f"gitdir: {secret.folder}/.git\n", "utf-8")
    other, _ = open_terms(tmp_path / "other")
    other.git("config", "core.repositoryformatversion", "99")
    repository(tmp_path / "empty")
    open_terms(tmp_path / "sound")
    names = ("thief", "other", "empty", "sound")
    config_file = write_project(
        tmp_path / "project",
        {"softlamps.org.md": archived("softlamps.org", "20190102030405", POLICY)},
        options={"sources": [{"repository": f"../{name}"} for name in names]},
    )
    files = run(config_file, strict=False).files()
    assert "policies/softlamps.org/20190102030405/source.txt" in files
    assert "policies/lamps.com/20210301100000/source.txt" in files
    for name in names:
        said = [it for it in caplog.messages if f"../{name}:1" in it and "could not be read" in it]
        assert len(said) == (0 if name == "sound" else 1), name
