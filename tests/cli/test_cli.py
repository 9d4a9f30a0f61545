import io
import json
from pathlib import Path

import pytest

from policy_archive.cli.main import main

ROOT = Path(__file__).parents[2]
POLICIES = ROOT / "content" / "policies"


def test_inspect_keeps_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", str(POLICIES / "softorino.com.md")]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["schema"] == 1
    assert found["path"] == "policies/softorino.com.md"
    assert (found["site"], found["kind"], found["title"]) == (
        "softorino.com",
        "privacy-policy",
        "Privacy Policy",
    )
    assert (found["captured"], found["captured_precision"]) == ("2014-05-21T17:33:13Z", "second")
    assert found["original_url"] == "http://softorino.com/privacy-policy"
    replay = "https://web.archive.org/web/20140521173313"
    assert found["memento_url"] == f"{replay}/http://softorino.com/privacy-policy"
    assert found["raw_url"] == f"{replay}id_/http://softorino.com/privacy-policy"
    assert (found["language"], found["encoding"]) == ("en", "utf-8")
    assert [section["id"] for section in found["sections"]][:3] == [
        "privacy-policy",
        "what-we-collect",
        "use-of-your-information",
    ]
    block = found["sections"][3]["blocks"][0]
    assert block["kind"] == "paragraph"
    assert block["lines"] == [19, 19]
    assert "cookies" in [topic["topic"] for topic in block["topics"]]


def test_inspect_formats(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", str(POLICIES), "--format", "jsonl"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["site"] for row in rows] == [
        "colasoft.com",
        "copperhub.com",
        "istonsoft.com",
        "ostoto.com",
        "softorino.com",
    ]
    assert rows[0]["captured"] is None
    assert main(["inspect", str(POLICIES / "ostoto.com.md"), "--format", "text"]) == 0
    assert "## Do Not Track Signals" in capsys.readouterr().out


def test_label_answers_in_order(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = [
        {"text": "We use cookies and web beacons on our website.", "heading": "Use of cookies"},
        {"text": "The weather was fine.", "heading": None},
    ]
    lines = "\n".join(json.dumps(each) for each in asked)
    monkeypatch.setattr("sys.stdin", io.StringIO(lines))
    assert main(["label"]) == 0
    first, second = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert first["topics"]["cookies"] >= 0.5
    assert second["topics"].get("cookies", 0) < 0.5
    assert len(first["opp115"]) == 12
    assert all(0 <= score <= 1 for score in first["opp115"].values())


def labelled(
    rows: list[dict[str, object]],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> list[str]:
    """The lines that `label` answers to some rows."""
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(map(json.dumps, rows))))
    assert main(["label"]) == 0
    return capsys.readouterr().out.splitlines()


def test_label_reads_rows_of_one_document_together_wherever_they_stand(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = (
        "We use cookies and web beacons on our website.",
        "They are kept for two years unless you remove them in your settings.",
        "You can set your browser to refuse cookies.",
    )
    alone: list[dict[str, object]] = [{"text": text, "heading": "Use of cookies"} for text in texts]
    first, second = ([row | {"document": it} for row in alone] for it in ("a", 2))
    singly, together = (labelled(rows, capsys, monkeypatch) for rows in (alone, first))
    assert singly[1] != together[1]
    mixed = [alone[0], first[0], second[0], alone[1], first[1], first[2], second[1], second[2],
             alone[2] | {"document": None}]  # fmt: skip
    assert labelled(mixed, capsys, monkeypatch) == [
        singly[0], together[0], together[0], singly[1], together[1], together[2], together[1],
        together[2], singly[2],
    ]  # fmt: skip


def test_label_answers_rows_without_a_document_as_they_come(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = ['{"text": "a"}', '{"text": "b", "document": 1}', '{"text": "c", "document": {}}']
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(rows)))
    assert main(["label"]) == 2
    printed = capsys.readouterr()
    assert len(printed.out.splitlines()) == 1
    assert "standard input:3:" in printed.err
    assert "`document`" in printed.err


def test_label_names_the_line_it_cannot_read(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO('{"text": "a"}\n["b"]\n'))
    assert main(["label"]) == 2
    assert "standard input:2:" in capsys.readouterr().err


def test_cache_is_shown_and_cleared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cache", str(tmp_path)]) == 0
    assert "empty" in capsys.readouterr().out
    folder = tmp_path / ".cache" / "policy-archive"
    (folder / "search" / "ab").mkdir(parents=True)
    (folder / "texts.sqlite").write_bytes(b"x" * 2_000_000)
    (folder / "search" / "ab" / "cd").write_bytes(b"x" * 100_000)
    assert main(["cache", str(tmp_path)]) == 0
    shown = capsys.readouterr().out
    assert (
        "texts that were read, cleaned and labelled, and bodies of pages: 1 file, 2.0 MB" in shown
    )
    assert "the index for full-text search, in shards: 1 file, 0.1 MB" in shown
    assert main(["cache", str(tmp_path), "--clear"]) == 0
    assert not folder.exists()


def test_the_cache_is_that_of_the_project(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: x")
    cache = tmp_path / ".cache" / "policy-archive"
    cache.mkdir(parents=True)
    (cache / ".gitignore").write_text("*\n")
    (tmp_path / "docs").mkdir()
    monkeypatch.chdir(tmp_path / "docs")
    assert main(["cache"]) == 0
    assert capsys.readouterr().out == f"{cache}: empty\n"
    assert main(["cache", "--clear"]) == 0
    assert not cache.exists()
