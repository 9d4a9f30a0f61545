"""Names, folders and files that nobody makes in good faith: each may cost itself alone."""

import contextlib
import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from benchmarks.faults.project import Project, Try, archived, text

_STAMP = "20160521173313"


def tries(alone: int) -> Iterator[Try]:
    """Add bad things to a good archive, `alone` or all at once, and look for its good pages."""
    with tempfile.TemporaryDirectory() as temporary:
        good = Project(Path(temporary, "good"))
        good.build()
        sound = _snapshots(good)
        groups = [[title] for title in BAD]
        if not alone:
            together = [title for title in BAD if "labels" not in title]
            groups = [together, *([title] for title in BAD if "labels" in title)]
        for number, titles in enumerate(groups):
            project = good.copied(Path(temporary, f"{number}"))
            for title in titles:
                with contextlib.suppress(OSError):  # not every disk can hold it
                    BAD[title](project)
            outcome = project.build()
            lost = [name for name, page in sound.items() if _snapshots(project).get(name) != page]
            wrong = [f"{len(lost)} sound pages are not what they were: {lost[:2]}"] if lost else []
            if outcome.status:
                wrong.append(f"status {outcome.status}: {outcome.output.strip()[-300:]}")
            executed = int((project.folder / "executed").exists())
            yield titles[0] if alone else f"{len(titles)} at once", outcome, wrong, executed
            # By a program that can remove what is too deep for a path.
            subprocess.run(["rm", "-rf", str(project.folder)], check=False)


def _snapshots(project: Project) -> dict[str, bytes]:
    """Pages of the four good sites' texts, without what is around them."""
    found = {}
    for site in ("lamps", "chairs", "desks", "sofas"):
        for page in project.site.glob(f"policies/{site}.example/*/index.html"):
            body = page.read_bytes().partition(b'id="pa-main"')[2]
            found[page.relative_to(project.site).as_posix()] = body
    return found


_NUMBER = count()


def _site(name: str) -> Callable[[Project], object]:
    content = archived(f"'{name}'", _STAMP, text("bad"))
    return lambda it: it.write(f"bad-{next(_NUMBER)}.md", content)


def _text(content: str) -> Callable[[Project], object]:
    return lambda it: it.write(f"bad-{next(_NUMBER)}.md", content)


def _file(name: str, content: str | None = None) -> Callable[[Project], object]:
    def add(project: Project) -> None:
        path = os.path.join(os.fsencode(project.policies), os.fsencode(name))  # noqa: PTH118
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
        with open(path, "wb") as file:  # noqa: PTH123
            file.write((content if content is not None else text("bad")).encode())

    return add


def _link(name: str, target: str) -> Callable[[Project], object]:
    return lambda it: (it.policies / name).symlink_to(target)


def _deep(project: Project) -> None:
    """1,200 folders in one another: a path three times as long as the system takes."""
    here = os.open(project.policies, os.O_RDONLY)
    for _ in range(1200):
        os.mkdir("deep-folder", dir_fd=here)
        there = os.open("deep-folder", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = there
    with open(os.open("bad.md", os.O_CREAT | os.O_WRONLY, dir_fd=here), "w") as file:  # noqa: PTH123
        file.write(text("deep"))
    os.close(here)


def _no_permission(project: Project) -> None:
    """As root may read everything, the folder is of no help then; it is tried all the same."""
    folder = project.policies / "closed"
    folder.mkdir()
    project.write("closed/bad.md", text("closed"))
    (folder / "bad.md").chmod(0)
    folder.chmod(0)


def _pipe(project: Project) -> None:
    os.mkfifo(project.policies / "pipe.md")


def _loop(project: Project) -> None:
    for name, other in (("a", "b"), ("b", "a")):
        (project.policies / name).mkdir()
        (project.policies / name / "on").symlink_to(f"../{other}")
    (project.policies / "itself").symlink_to("itself")
    (project.policies / "root").symlink_to("/")
    (project.policies / "up").symlink_to("..")


def _explosion(levels: int = 12) -> str:
    """YAML in which each line is nine times the one before."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    for n in range(levels):
        lines.append(f"a{n + 1}: &a{n + 1} [{', '.join([f'*a{n}'] * 9)}]")
    return "\n".join(lines)


def _labels(content: str) -> Callable[[Project], object]:
    def add(project: Project) -> None:
        (project.folder / "docs" / "labels.yml").write_text(content, "utf-8", "surrogateescape")

    return add


def _headings(times: int) -> Callable[[Project], object]:
    many = "".join("\n\n## The same\n\nWords below it." for _ in range(times))
    return _text(archived("bad.example", _STAMP, f"# Policy{many}\n"))


def _moments(times: int) -> Callable[[Project], None]:
    def add(project: Project) -> None:
        for number in range(times):
            words = text(f"bad {number}")
            project.write(f"moments/{number}.md", archived("moments.example", _STAMP, words))

    return add


def _kinds(times: int) -> Callable[[Project], None]:
    def add(project: Project) -> None:
        for number in range(times):
            head = f"---\nsite: kinds.example\ncaptured: '{_STAMP}'\nkind: kind-{number}\n---\n"
            project.write(f"kinds/{number}.md", head + text(f"bad {number}"))

    return add


_SITES = (
    *("index.html", "con", "aux.", "..", "../../../escaped", "pa-rows", "latest", "topics"),
    *("!lamps.example", "/lamps.example", "<script>", "{{7*7}}", "\u202egro.knab", "%2e%2e"),
    *("a/b", "a\\b", "-", "*", "\0", "a" * 300, "é" * 200),
)

BAD: dict[str, Callable[[Project], object]] = {
    **{f"a site called {name[:40]!r}": _site(name) for name in _SITES},
    "a service called index.html": _file("index.html/Privacy Policy.md"),
    "a file called index.html": _file("index.html"),
    "a file called index.md": _file("index.md"),
    "a name of 255 bytes": _file(f"{'n' * 252}.md"),
    "a folder of 255 bytes": _file(f"{'n' * 255}/2019-01-02.md"),
    "a name that is no UTF-8": _file("caf\udce9.md"),
    "names with line breaks and marks": _file("a\nb\x1b[31m<b>`$(touch executed)`.md"),
    "a name that is an option": _file("--config-file=x.md"),
    "1,200 folders in one another": _deep,
    "a folder without permission": _no_permission,
    "a pipe": _pipe,
    "links that loop and lead to /": _loop,
    "a link out of the archive": _link("passwd.md", "/etc/passwd"),
    "a link to a device": _link("zero.md", "/dev/zero"),
    "a link to the project itself": _link("project", "../.."),
    "1,000 equal headings": _headings(1000),
    "exploding labels": _labels(f"- {_explosion().replace(chr(10), chr(10) + '  ')}\n"),
    "deeply nested labels": _labels("- " + "[" * 20_000),
    "labels of another shape": _labels("a: {b: c}\n"),
    "labels that build objects": _labels("- !!python/object/apply:os.system ['touch executed']\n"),
    "labels that are no text": _labels("\udcff\udcfe\0"),
    "labels as a folder": lambda it: (it.folder / "docs" / "labels.yml").mkdir(),
    "exploding front matter": _text(f"---\n{_explosion()}\n---\n{text('bad')}"),
    "deeply nested front matter": _text(f"---\nsite: {'[' * 20_000}\n---\n{text('bad')}"),
    "front matter that builds objects": _text(
        f"---\nsite: !!python/object/apply:os.system ['touch executed']\n---\n{text('x')}"
    ),
    "300 files that claim one second": _moments(300),
    "200 kinds of one site": _kinds(200),
}
