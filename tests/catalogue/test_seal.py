"""A byte that changed in what is kept is noticed before it is used, wherever it is."""

import random
from pathlib import Path

import pytest

from policy_archive.catalogue import seal
from policy_archive.catalogue.catalogue import Catalogue


def written(path: Path, value: str = "a" * 5000) -> None:
    catalogue = Catalogue(path)
    with catalogue.writing():
        catalogue.set_state("said", value)
    catalogue.close()


@pytest.mark.parametrize("seed", range(20))
def test_a_catalogue_of_which_a_byte_has_changed_is_made_anew(
    tmp_path: Path, seed: int, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "catalogue.sqlite"
    written(path)
    chance = random.Random(seed)
    data = bytearray(path.read_bytes())
    data[chance.randrange(len(data))] ^= chance.randrange(1, 256)
    path.write_bytes(data)
    catalogue = Catalogue(path)
    assert catalogue.state("said") == ""
    assert [it.split(str(path))[-1] for it in caplog.messages] == [
        " is damaged (its checksum differs) and is made anew"
    ]
    catalogue.close()
    written(path)
    assert Catalogue(path).state("said") == "a" * 5000


def test_what_was_closed_is_as_it_was(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "catalogue.sqlite"
    for value in ("one", "two"):
        written(path, value)
        reader = Catalogue(path)
        assert reader.state("said") == value
        reader.close()  # which has written nothing
    assert not caplog.messages


def test_a_build_that_was_killed_leaves_no_digest_that_is_wrong(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "catalogue.sqlite"
    written(path)
    catalogue = Catalogue(path)
    with catalogue.writing():
        catalogue.set_state("said", "more")
    catalogue.connection.close()  # as the end of a process does
    assert Catalogue(path).state("said") == "more"
    assert not caplog.messages


def test_two_builds_at_once_leave_none_either(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "catalogue.sqlite"
    first, second = Catalogue(path), Catalogue(path)
    for catalogue, value in ((first, "one"), (second, "two"), (first, "three")):
        with catalogue.writing():
            catalogue.set_state("said", value)
    first.close()
    second.close()
    assert Catalogue(path).state("said") == "three"
    assert not caplog.messages


def test_without_a_digest_sqlite_looks_the_file_through(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.sqlite"
    written(path, "a" * 50_000)
    seal.open_seal(path)
    assert seal.fault(path) == ""
    data = bytearray(path.read_bytes())
    data[4096 * 3 : 4096 * 5] = b"\xff" * 8192
    path.write_bytes(data)
    assert seal.fault(path) != ""
