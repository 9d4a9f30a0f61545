"""However a project came to be as it is, its site is what a clean build makes of it.

A project is changed at random, step by step, and built after each with all that is kept from the
steps before; the site must be that of a copy that knows nothing, to the byte.
"""

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from policy_archive.catalogue.published import lock as published

from ..repositories import repository
from .conftest import POLICY, archived, run, write_project
from .test_unchanged import HOME, OPTIONS, differing

pytestmark = [
    pytest.mark.build,
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed"),
]

STEPS = 60 if os.environ.get("POLICY_ARCHIVE_THOROUGH") else 8
SITES = ("lamps.example", "chairs.example", "tables.example", "shops.example")
SENTENCES = (
    "We use cookies to count visits.",
    "We keep your address for two years and delete it then.",
    "We do not collect anything from children under 13.",
    "We transfer data to countries outside of Europe.",
    "You may ask us for a copy of your data, and have it deleted.",
)


class Project:
    """A project that is changed at random."""

    def __init__(self, folder: Path, seed: int) -> None:
        """Begin with two policies in `folder`, and a repository beside it."""
        self.folder = folder
        self.draw = random.Random(seed)
        self.number = 0
        self.options: dict[str, Any] = dict(OPTIONS)
        self.more: dict[str, Any] = {"site_url": "https://archive.example/sub/"}
        self.theme: dict[str, Any] = {}
        self.config = write_project(folder, {}, pages=HOME)
        self.repository = repository(folder.parent / "versions")
        self.new_commit()
        self.add()
        self.add()
        self.write()

    @property
    def files(self) -> list[Path]:
        return sorted((self.folder / "content/policies").iterdir())

    @property
    def file(self) -> Path:
        """One of the archived files."""
        if not self.files:
            self.add()
        return self.draw.choice(self.files)

    def text(self) -> str:
        extra = "\n\n".join(self.draw.sample(SENTENCES, self.draw.randrange(4)))
        return POLICY.format(name=self.draw.choice(("Lamps", "L & Co"))) + f"\n{extra}\n"

    def dated(self) -> str:
        """An archived text of any site and day."""
        stamp = f"20{self.draw.randrange(10, 20)}0{self.draw.randrange(1, 10)}01120000"
        return archived(self.draw.choice(SITES), stamp, self.text())

    def add(self) -> None:
        self.number += 1
        path = self.folder / f"content/policies/{self.number}.md"
        path.write_text(self.dated())

    def edit(self) -> None:
        path = self.file
        said = self.draw.choice(SENTENCES)
        path.write_text(path.read_text().replace("## Security", f"{said}\n\n## Security"))

    def remove(self) -> None:
        self.file.unlink()

    def rename(self) -> None:
        self.number += 1
        self.file.rename(self.folder / f"content/policies/renamed-{self.number}.md")

    def move(self) -> None:
        """To another site and day, with another text."""
        self.file.write_text(self.dated())

    def second_form(self) -> None:
        """Two files say that they are one capture."""
        self.number += 1
        shutil.copy(self.file, self.folder / f"content/policies/again-{self.number}.md")

    def new_commit(self) -> None:
        self.number += 1
        date = f"2020-01-01T{self.number // 60:02}:{self.number % 60:02}:00Z"
        text = f"{self.text()}\nVersion {self.number}.\n"
        self.repository.commit(date, f"Record {self.number}", **{"Bank/Privacy Policy.md": text})

    def second_source(self) -> None:
        if self.options.pop("sources", None) is None:
            self.options["sources"] = [{"repository": "../versions"}]

    def option(self) -> None:
        name, values = self.draw.choice(
            (
                ("rows_per_page", (1, 2, 500)),
                ("data", (False, True)),
                ("search_texts", (0, 1, 1000)),
                ("disabled_rules", ([], ["mojibake"])),
                ("collection", ("", "Lamp Archive")),
            )
        )
        self.options[name] = self.draw.choice(values)

    def taxonomy(self) -> None:
        self.options["topics"] = {"cookies": {"name": self.draw.choice(("Biscuits", "Crumbs"))}}

    def correction(self) -> None:
        site, topic = self.draw.choice(SITES), self.draw.choice(("security", "sale"))
        (self.folder / "content/labels.yml").write_text(
            f"- site: {site}\n  quote: We use cookies to remember\n  topics: [{topic}]\n"
        )

    def no_correction(self) -> None:
        (self.folder / "content/labels.yml").unlink(missing_ok=True)

    def override(self) -> None:
        name, text = self.draw.choice(
            (
                ("policy_archive/policy.html", "{% block content %}{{ view.site }}{% endblock %}"),
                ("partials/copyright.html", "<b>{{ page.title }}</b>"),
            )
        )
        path = self.folder / "over" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            path.unlink()
        else:
            path.write_text(text)
        self.theme["custom_dir"] = "over"

    def look(self) -> None:
        self.theme["features"] = self.draw.sample(["navigation.tabs", "navigation.footer"], 1)

    def settings(self) -> None:
        name, values = self.draw.choice(
            (
                ("site_name", ("One archive", "Another archive")),
                ("site_url", ("https://elsewhere.example/", "")),
                ("use_directory_urls", (True, False)),
            )
        )
        self.more[name] = self.draw.choice(values)

    def own_page(self) -> None:
        path = self.folder / "content/topics/cookies.md"
        path.parent.mkdir(exist_ok=True)
        if path.exists():
            path.unlink()
        else:
            path.write_text("# Cookies\n")

    def nothing(self) -> None:
        pass

    def write(self) -> None:
        """Write the configuration."""
        settings = yaml.safe_load(self.config.read_text()) | self.more
        settings["theme"] = {"name": "material", "font": False} | self.theme
        settings["plugins"] = ["search", {"policy-archive": self.options}]
        self.config.write_text(yaml.safe_dump(settings))

    @property
    def changes(self) -> list[Callable[[], None]]:
        often = [self.add, self.edit, self.remove, self.rename, self.move, self.new_commit]
        seldom = [
            *(self.second_form, self.second_source, self.option, self.taxonomy, self.correction),
            *(self.no_correction, self.override, self.look, self.settings, self.own_page),
            self.nothing,
        ]
        return [*often, *often, *seldom]


@pytest.mark.no_cover
def test_after_any_steps_a_site_is_that_of_a_clean_build(tmp_path: Path) -> None:
    project = Project(tmp_path / "project", seed=STEPS)
    project.second_source()
    project.write()
    steps: list[str] = []
    for _ in range(STEPS):
        for change in project.draw.sample(project.changes, project.draw.randrange(1, 3)):
            change()
            steps.append(change.__name__)
        project.write()
        clean = tmp_path / "clean"
        kept = shutil.ignore_patterns(".cache", "site")
        shutil.copytree(project.folder, clean, ignore=kept)
        updated, fresh = (run(it / "mkdocs.yml", strict=False) for it in (project.folder, clean))
        assert differing(updated.files(), fresh.files()) == set(), steps
        given = [(it / published.NAME).read_bytes() for it in (project.folder, clean)]
        assert given[0] == given[1], steps
        shutil.rmtree(clean)
