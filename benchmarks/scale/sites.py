"""Archives of any size, made of the DMOZ sample."""

import itertools
from collections.abc import Iterator
from pathlib import Path

from benchmarks import corpora
from policy_archive.reading.decode import decode

_SETTINGS = "site_name: {name}\ntheme:\n  name: material\n  font: false\nplugins: [{plugins}]\n"
_PLUGINS = "search, policy-archive: {search: built-in}"


def policies(count: int) -> Iterator[tuple[str, bytes]]:
    """`count` policies, each with a site and date of its own.

    From the second time round a text has a sentence more, so that no two are the same.
    """
    texts = list(corpora.dmoz())
    for number, (_, data) in zip(range(count), itertools.cycle(texts), strict=False):
        _, _, rest = data.partition(b"\n")
        site = f"n{number}.example"
        day = f"{2004 + number % 15}{1 + number % 12:02}{1 + number % 28:02}"
        if edition := number // len(texts):
            rest += f"\n\nThis is edition {edition} of the policy of {site}.\n".encode()
        head = f"https://web.archive.org/web/{day}120000/http://{site}/privacy\n"
        yield f"{site}.txt", head.encode() + rest


def ours(folder: Path, count: int, plugins: str = _PLUGINS) -> None:
    """A project of ours, from the bytes."""
    target = folder / "docs" / "policies"
    target.mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(_SETTINGS.format(name="Ours", plugins=plugins))
    for name, data in policies(count):
        (target / name).write_bytes(data)


def bare(folder: Path, count: int) -> None:
    """The same texts as ready Markdown, a title and a paragraph a line, for any generator."""
    target = folder / "docs"
    target.mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(_SETTINGS.format(name="Bare", plugins="search"))
    # Not in the navigation, whose cost grows with the square of its entries.
    with (folder / "mkdocs.yml").open("a") as settings:
        settings.write("nav: [index.md]\nnot_in_nav: n*.md\n")
    (target / "index.md").write_text("# Home\n")
    for name, data in policies(count):
        lines = decode(data, html=False).text.split("\n")[1:]
        escaped = (line.replace("<", "&lt;").replace("[", "\\[") for line in lines)
        text = f"# {name}\n\n" + "\n\n".join(escaped)
        (target / f"{name.removesuffix('.txt')}.md").write_text(text, encoding="utf-8")
