"""Small git repositories in the layouts of the archives that we read, made of own texts."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

TEXT = """# Privacy Policy

We collect your name and e-mail address when you order lamps from us. We share information with
the carrier who brings the parcel, and we keep it for {years} years.

## Cookies

We use cookies to remember your basket. You can set your browser to refuse cookies, or to tell
you when one is sent; then the basket is empty each time that you come back to our shop.
{more}
"""


def text(years: str = "two", more: str = "") -> str:
    return TEXT.format(years=years, more=more)


@dataclass
class Repository:
    folder: Path

    def git(self, *arguments: str, date: str = "2020-01-01T00:00:00Z") -> str:
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder.parent),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_DATE": date,
            "GIT_COMMITTER_DATE": date,
        }
        return subprocess.run(
            ["git", "-C", str(self.folder), *arguments],
            check=True, capture_output=True, text=True, env=environment,
        ).stdout.strip()  # fmt: skip

    def commit(self, date: str, message: str, **changes: str | None) -> str:
        """One commit; `changes` by path, None takes the file away."""
        for name, content in changes.items():
            path = self.folder / name
            if content is None:
                self.git("rm", "--quiet", name)
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(content, "utf-8")
                self.git("add", name)
        self.git("commit", "--quiet", "--allow-empty", "-m", message, date=date)
        return self.git("rev-parse", "HEAD")


def repository(folder: Path) -> Repository:
    folder.mkdir(parents=True)
    made = Repository(folder)
    made.git("init", "--quiet", "--initial-branch=main")
    made.git("config", "user.name", "A")
    made.git("config", "user.email", "a@example.org")
    return made


LAMPS = "Lamp Shop/Privacy Policy.md"


def open_terms(folder: Path) -> tuple[Repository, list[str]]:
    """A versions repository: recorded, changed twice in one second, extracted anew, renamed."""
    made = repository(folder)
    record = "https://example.org/snapshots/commit/{:07x}"
    recorded = f"This version was recorded after extracting from snapshot {record}\n"
    terms = "# Terms\n\nYou may buy lamps here and nowhere else. These terms bind you and us.\n"
    steps: list[tuple[str, str, dict[str, str | None]]] = [
        ("2019-05-16T10:00:00Z", "Start tracking Lamp Shop Privacy Policy", {LAMPS: text()}),
        ("2019-05-17T10:00:00Z", "Record Lamp Shop Terms of Service",
         {"Lamp Shop/Terms of Service.md": terms, "README.md": "# Versions\n\n## License\n\nODC-BY 1.0\n"}),
        ("2020-02-01T12:00:00+02:00", "Update Lamp Shop Privacy Policy", {LAMPS: text("three")}),
        ("2020-02-01T10:00:00Z", "Update Lamp Shop Privacy Policy", {LAMPS: text("four")}),
        ("2020-09-01T10:00:00Z", "Apply technical or declaration upgrade on Lamp Shop",
         {LAMPS: text("four").replace("# Privacy", "Home\n\n# Privacy")}),
        ("2021-01-01T00:00:00Z", "Rename service",
         {LAMPS: None, "Lamps.com/Privacy Policy.md": text("four").replace("# P", "Home\n\n# P"),
          "Lamp Shop/Terms of Service.md": None, "Lamps.com/Terms of Service.md": terms}),
        ("2021-03-01T10:00:00Z", "Record new changes of Lamps.com Privacy Policy",
         {"Lamps.com/Privacy Policy.md": text("ten", "\nWe sell nothing.")}),
    ]  # fmt: skip
    made_ids = [
        made.commit(date, f"{subject}\n\n{recorded.format(n)}\nX-engine-version: 1.0.0", **files)
        for n, (date, subject, files) in enumerate(steps)
    ]
    return made, made_ids


def corpus(folder: Path) -> tuple[Repository, list[str]]:
    """The Princeton-Leuven layout: header in the text, both forms in one commit."""
    made = repository(folder)
    header = (
        "> *The following text is extracted and transformed from the lamps.example.com privacy "
        "policy that was archived on {day}. Please check the [original snapshot on the Wayback "
        "Machine](https://web.archive.org/web/{stamp}id_/http%3A//lamps.example.com/privacy) for "
        "the most accurate reproduction.*\n\n"
    )
    ids = []
    for day, stamp, years in (
        ("2014-05-21", "20140521173313", "two"),
        ("2016-01-02", "20160102030405", "six"),
    ):
        markdown = header.format(day=day, stamp=stamp) + text(years)
        html = f"<!-- {header.format(day=day, stamp=stamp)[2:]} -->\n<h1>Privacy Policy</h1><p>We keep it for {years} years.</p>"
        message = f'{{"domain": "lamps.example.com", "timestamp": "{stamp}"}}'
        files = {"l/la/lam/lamps.example.com.md": markdown, "l/la/lam/lamps.example.com.html": html}
        ids.append(made.commit("2020-07-07T00:00:00Z", message, **files))
    bare = {"l/la/lam/lamp-store.example.org.md": text()}
    message = '{"timestamp": "20170708091011", "policy_url": "http://lamp-store.example.org/p"}'
    ids.append(made.commit("2020-07-08T00:00:00Z", message, **bare))
    return made, ids
