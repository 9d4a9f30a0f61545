"""However a catalogue has become what it is, it says the same."""

import os
import random
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from policy_archive.build.texts import Texts, unpacked
from policy_archive.build.update import update
from policy_archive.build.visit import Extra, Order
from policy_archive.catalogue.catalogue import Catalogue
from policy_archive.catalogue.published.lock import NOTHING, Published
from policy_archive.catalogue.rows import Quotes
from policy_archive.model import Record
from policy_archive.settings import Settings
from policy_archive.sources.files import Source, find
from policy_archive.sources.git import history
from policy_archive.topics import taxonomy
from policy_archive.topics.corrections import load

from ..repositories import LAMPS, Repository, repository, text
from .catalogues import pages, said

TOPICS = ["cookies", "sharing", "retention", "security"]
SENTENCES = [
    "We use cookies on our site to remember what you have put into your basket.",
    "We share your name and address with the carrier who brings your order to you.",
    "We keep your personal information for two years after your last order with us.",
    "Your information is protected by encryption, and by locks on all of our doors.",
    "You may ask us at any time to delete everything that we know of you and yours.",
]


def title(record: Record, _: Quotes) -> bytes:
    """Something to be made of a text."""
    return record.document.title.encode()


@dataclass
class World:
    """An archive that changes, one step at a time."""

    root: Path
    chance: random.Random
    made: Repository
    settings: Settings = field(default_factory=Settings)
    extras: tuple[Extra, ...] = ()
    commits: int = 0

    @property
    def folder(self) -> Path:
        return self.root / "policies"

    def sources(self) -> list[Source]:
        return [*find(self.folder, self.root), *history.find(self.made.folder)]

    def order(self) -> Order:
        corrections, _ = load(self.root / "labels.yml", taxonomy.load())
        return Order(self.settings, corrections, self.extras)

    def write(self, name: str) -> None:
        chance = self.chance
        head = [f"site: {chance.choice(['lamps.example', 'Acme Inc', 'acme inc', 'shop.example'])}"]
        if chance.random() < 0.9:
            head.append(
                f"captured: {chance.choice([2011, 2012, 2013])}{chance.randrange(1, 13):02}01"
            )
        if chance.random() < 0.3:
            head.append("kind: terms-of-service")
        body = "\n\n".join(chance.sample(SENTENCES * 4, chance.randrange(1, 15)))
        lines = ["---", *head, "---", f"# Privacy {chance.randrange(3)}", "", body]
        (self.folder / name).write_text("\n".join(lines) + "\n", "utf-8")

    def step(self) -> str:
        """Change something; what it was."""
        files = sorted(self.folder.iterdir())
        steps: list[Callable[[Path], None]] = [
            self.add, self.add, self.edit, self.edit, self.remove, self.rename, self.touch,
            self.other_form, self.break_, self.commit, self.correct, self.set, self.template,
        ]  # fmt: skip
        chosen = self.chance.choice(steps)
        chosen(self.chance.choice(files))
        self.age()
        return chosen.__name__

    def age(self) -> None:
        """Have what was written just now look older, so that it is known by its times."""
        for file in self.folder.iterdir():
            if file.stat().st_mtime > time.time() - 10:
                os.utime(file, (0, time.time() - 100))

    def add(self, _: Path) -> None:
        self.write(f"new-{self.chance.randrange(10**6)}.md")

    def edit(self, file: Path) -> None:
        self.write(file.name)

    def remove(self, file: Path) -> None:
        file.unlink()
        self.add(file)  # there is always one

    def rename(self, file: Path) -> None:
        file.rename(file.with_name(f"other-{file.name[-20:]}"))

    def touch(self, file: Path) -> None:
        os.utime(file, (1_000_000_000, 1_000_000_000 + self.chance.randrange(1000)))

    def other_form(self, file: Path) -> None:
        shutil.copy(file, file.with_suffix(".md" if file.suffix == ".txt" else ".txt"))

    def break_(self, file: Path) -> None:
        file.write_text("---\n{[\n---\n")

    def commit(self, _: Path) -> None:
        self.commits += 1
        content = {LAMPS: text(self.chance.choice(["two", "six", "nine"]))}
        self.made.commit(f"20{10 + self.commits:02}-01-01T00:00:00Z", "Update", **content)

    def correct(self, _: Path) -> None:
        topics = self.chance.choice(["[cookies]", "[sharing]", "[]"])
        self.root.joinpath("labels.yml").write_text(
            f"- {{site: lamps.example, quote: who brings your order, topics: {topics}}}\n"
        )

    def set(self, _: Path) -> None:
        rules = self.chance.choice([frozenset[str](), frozenset({"mojibake"})])
        self.settings = Settings(disabled_rules=rules)

    def template(self, _: Path) -> None:
        self.extras = (Extra("title", str(self.chance.randrange(3)), title),)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.no_cover
def test_random_steps(tmp_path: Path, seed: int, caplog: pytest.LogCaptureFixture) -> None:
    made = repository(tmp_path / "repo")
    made.commit("2010-01-01T00:00:00Z", "Update", **{LAMPS: text()})
    world = World(tmp_path, random.Random(seed), made)
    world.folder.mkdir()
    for n in range(6):
        world.write(f"file-{n}.md")
    world.age()
    catalogue, texts = Catalogue(tmp_path / "catalogue.sqlite"), Texts(tmp_path / "texts.sqlite")
    published = NOTHING
    for step in range(20):
        name = world.step() if step else "begin"
        clean = cleanly(world, published)
        published = update(
            catalogue, texts, world.sources(), world.order(), published=published, rows=2
        )
        assert said(catalogue) == said(clean), name
        revision = catalogue.revision
        # Nothing is left to be done.
        again = update(
            catalogue, texts, world.sources(), world.order(), published=published, rows=2
        )
        assert (again, catalogue.revision) == (published, revision), name
    assert caplog.messages == []  # nothing had to be made anew


def cleanly(world: World, published: Published) -> Catalogue:
    """A catalogue that knows nothing of the past but which addresses were given."""
    catalogue = Catalogue()
    update(catalogue, Texts(), world.sources(), world.order(), published=published, rows=2)
    return catalogue


def small(root: Path) -> list[Source]:
    """A dozen files, and their folder."""
    folder = root / "policies"
    if not folder.exists():
        folder.mkdir()
        for n in range(12):
            body = "\n\n".join(SENTENCES[: n % 5 + 1])
            file = folder / f"file-{n}.example.md"
            file.write_text(f"# Privacy\n\nWe are shop number {n}.\n\n{body}\n", "utf-8")
            os.utime(file, (0, 1_000_000_000))
    return find(folder, root)


def test_what_is_as_it_was_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue, texts = Catalogue(), Texts()
    update(catalogue, texts, small(tmp_path), Order(Settings()))
    read: list[str] = []
    honest = Source.read

    def noted(source: Source) -> bytes:
        read.append(source.path)
        return honest(source)

    monkeypatch.setattr(Source, "read", noted)
    revision = catalogue.revision
    update(catalogue, texts, small(tmp_path), Order(Settings()))
    assert (read, catalogue.revision) == ([], revision)
    edited = tmp_path / "policies" / "file-3.example.md"
    edited.write_text("# Privacy\n\nWe keep nothing.\n")
    update(catalogue, texts, small(tmp_path), Order(Settings()))
    assert read == ["policies/file-3.example.md"]
    read.clear()
    # A fresh clone has new times, and the same bytes: all are read, and nothing else is done.
    for file in (tmp_path / "policies").iterdir():
        os.utime(file, (0, 1_100_000_000))
    shown = pages(catalogue)
    monkeypatch.setattr("policy_archive.build.update.visit", lambda _: pytest.fail("visited"))
    update(catalogue, texts, small(tmp_path), Order(Settings()))
    assert len(read) == 12
    assert shown == pages(catalogue)
    read.clear()
    update(catalogue, texts, small(tmp_path), Order(Settings()))
    update(catalogue, texts, small(tmp_path), Order(Settings()), digest_all=True)
    assert len(read) == 12


def test_a_template_is_put_in_without_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue, texts = Catalogue(), Texts()
    update(catalogue, texts, small(tmp_path), Order(Settings()))
    monkeypatch.setattr(Source, "read", lambda it: pytest.fail("read"))
    monkeypatch.setattr("policy_archive.build.visit.read_source", lambda *_: pytest.fail("read"))
    update(catalogue, texts, small(tmp_path), Order(Settings(), extras=(Extra("t", "1", title),)))
    for key in catalogue.keys():  # noqa: SIM118
        data = texts.get(key, "t")
        assert data
        assert unpacked(data) == b"Privacy"


@pytest.mark.parametrize("batches", range(4))
def test_a_stopped_build_is_gone_on_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, batches: int
) -> None:
    monkeypatch.setattr("policy_archive.build.update._BATCH", 3)
    catalogue, texts = Catalogue(), Texts()

    def stop(done: int, total: int) -> None:
        if done == 3 * batches:
            raise KeyboardInterrupt

    if batches:
        with pytest.raises(KeyboardInterrupt):
            update(catalogue, texts, small(tmp_path), Order(Settings()), progress=stop)
    else:  # between two steps of it
        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr("policy_archive.build.update.update_changes", interrupt)
            update(catalogue, texts, small(tmp_path), Order(Settings()))
    done: list[int] = []
    update(
        catalogue, texts, small(tmp_path), Order(Settings()), progress=lambda n, _: done.append(n)
    )
    assert max(done, default=0) == (12 - 3 * batches if batches else 0)
    clean = Catalogue()
    update(clean, Texts(), small(tmp_path), Order(Settings()))
    assert said(catalogue) == said(clean)


def interrupt(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_catalogue_is_made_anew(
    tmp_path: Path, seed: int, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "catalogue.sqlite"
    catalogue, texts = Catalogue(file), Texts()
    update(catalogue, texts, small(tmp_path), Order(Settings()))
    expected = said(catalogue)
    catalogue.close()
    data = bytearray(file.read_bytes())
    for page in random.Random(seed).sample(range(len(data) // 4096), len(data) // 8192):
        data[page * 4096 : page * 4096 + 200] = b"\xff" * 200
    file.write_bytes(data)
    catalogue = Catalogue(file)
    for path in (tmp_path / "policies").iterdir():
        path.write_text(path.read_text() + "\nOne more sentence.\n")
        path.write_text(path.read_text().replace("\nOne more sentence.\n", ""))
    update(
        catalogue, texts, small(tmp_path), Order(Settings(disabled_rules=frozenset({"mojibake"})))
    )
    update(catalogue, texts, small(tmp_path), Order(Settings()))
    assert said(catalogue) == expected
    assert len(caplog.messages) <= 1


def test_a_full_disk_costs_the_catalogue_only(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    catalogue = Catalogue(tmp_path / "catalogue.sqlite")
    (pages,) = catalogue.connection.execute("PRAGMA page_count").fetchone()
    catalogue.connection.execute(f"PRAGMA max_page_count = {pages}")
    update(catalogue, Texts(), small(tmp_path), Order(Settings()))
    assert ["is not kept" in line for line in caplog.messages] == [True]
    clean = Catalogue()
    update(clean, Texts(), small(tmp_path), Order(Settings()))
    assert said(catalogue) == said(clean)
