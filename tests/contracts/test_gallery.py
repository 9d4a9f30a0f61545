"""The gallery shows what its script takes, and is no heavier than a page may be."""

import importlib.util
import re
from types import ModuleType

import pytest

from .reading_code import ROOT

IMAGES = ROOT / "docs/images"
SHOWN = re.compile(r"^!\[([^]]+)\]\(images/([^)]+)\)$", re.MULTILINE)


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("pictures", IMAGES / "make.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_picture_that_is_taken_is_shown_and_described(script: ModuleType) -> None:
    shown = SHOWN.findall((ROOT / "docs/gallery.md").read_text("utf-8"))
    assert [file for _, file in shown].count("snapshot.png") == 1
    assert sorted(file for _, file in shown) == sorted(it.file for it in script.PICTURES)
    assert all(len(words.split()) > 4 for words, _ in shown)
    assert {it.scheme for it in script.PICTURES} == {"light", "dark"}
    assert {it.phone for it in script.PICTURES} == {True, False}


def test_pictures_are_there_and_light(script: ModuleType) -> None:
    files = {path.name: path.read_bytes() for path in IMAGES.iterdir() if path.suffix != ".py"}
    assert files.keys() == {it.file for it in script.PICTURES}
    for name, data in files.items():
        assert data.startswith(b"\x89PNG") if name.endswith(".png") else data[8:12] == b"WEBP", name
    assert sum(map(len, files.values())) < 1_500_000
