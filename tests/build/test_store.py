from pathlib import Path

import pytest

from policy_archive.build.store import Store


def test_results_outlive_the_object(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "store.sqlite"
    store = Store(file)
    store.put([("a", b"summary", b"record"), ("b", b"s", b"r")])
    store.close()
    store = Store(file)
    assert dict(store.summaries()) == {"a": b"summary", "b": b"s"}
    assert (store.record("a"), store.record("c")) == (b"record", None)
    store.keep_only(["b"])
    assert dict(store.summaries()) == {"b": b"s"}
    assert store.record("a") is None


def test_a_broken_store_is_made_anew(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    file = tmp_path / "store.sqlite"
    file.write_bytes(b"not a database" * 1000)
    store = Store(file)
    store.put([("a", b"s", b"r")])
    assert dict(store.summaries()) == {"a": b"s"}
    assert "made anew" in caplog.text
