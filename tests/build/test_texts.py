import random
from pathlib import Path

import pytest

from policy_archive.build.texts import Texts, packed, unpacked

PARTS = {(f"key {n}", part): f"{part} of {n} ".encode() * 90 for n in range(40) for part in "ab"}


def filled(file: Path) -> Texts:
    texts = Texts(file)
    texts.put((key, part, packed(key, part, value)) for (key, part), value in PARTS.items())
    return texts


def test_parts_outlive_the_object(tmp_path: Path) -> None:
    file = tmp_path / "texts.sqlite"
    filled(file).close()
    texts = Texts(file)
    for (key, part), value in PARTS.items():
        data = texts.get(key, part)
        assert data
        assert unpacked(data) == value
    assert texts.get("key 1", "c") is None
    assert file.stat().st_size < sum(map(len, PARTS.values())) / 2
    # What is put takes the place of all that its text had.
    texts.put([("key 1", "b", packed("key 1", "b", b"new"))])
    assert texts.get("key 1", "a") is None
    texts.keep_only(["key 2"])
    assert texts.get("key 1", "b") is None
    assert texts.get("key 2", "a")


@pytest.mark.parametrize("seed", range(20))
def test_what_is_read_is_right_or_nothing(tmp_path: Path, seed: int) -> None:
    file = tmp_path / "texts.sqlite"
    filled(file).close()
    data = bytearray(file.read_bytes())
    chance = random.Random(seed)
    for _ in range(chance.choice([1, 30, 300])):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    file.write_bytes(data)
    texts = Texts(file)
    for (key, part), value in PARTS.items():
        found = texts.get(key, part)
        assert found is None or unpacked(found) == value


def test_a_part_is_not_taken_for_another(tmp_path: Path) -> None:
    texts = Texts(tmp_path / "texts.sqlite")
    texts.put(
        [("key 1", "a", packed("key 2", "a", b"x")), ("key 1", "b", packed("key 1", "a", b"x"))]
    )
    assert texts.get("key 1", "a") is None
    assert texts.get("key 1", "b") is None
