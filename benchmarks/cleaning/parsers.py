"""What the tree of a page costs: our way of building it, and BeautifulSoup's own.

    python -m benchmarks.cleaning.parsers

CPU milliseconds a page, the best of three rounds, over OPP-115's pages; and whether a builder says
on which line an element stands, and knows where an element ends whose end tag is left out.
"""

import time
import warnings
from collections.abc import Callable

from bs4 import BeautifulSoup, Tag

from benchmarks import corpora
from policy_archive.reading.decode import decode
from policy_archive.reading.html.tree import parsed

BUILDERS: dict[str, Callable[[str], BeautifulSoup]] = {
    "ours, on lxml": lambda text: parsed(text)[0],
    "lxml": lambda text: BeautifulSoup(text, "lxml"),
    "html.parser": lambda text: BeautifulSoup(text, "html.parser"),
}


def milliseconds(build: Callable[[str], BeautifulSoup], pages: list[str]) -> float:
    """CPU milliseconds a page."""
    rounds = []
    for _ in range(3):
        started = time.process_time()
        for page in pages:
            build(page)
        rounds.append(time.process_time() - started)
    return 1000 * min(rounds) / len(pages)


def main() -> None:
    """Print the table."""
    warnings.simplefilter("ignore")
    pages = [decode(data, html=True).text for _, data in corpora.opp115_pages()]
    print("| builder | ms a page | lines | `<li>a<li>b` |\n|---|---|---|---|")
    for name, build in BUILDERS.items():
        last = build("<ul>\n<li>a\n<li>b</ul>").find_all("li")[-1]
        assert isinstance(last, Tag)
        parent = last.parent.name if last.parent else ""
        line = last.sourceline or "none"
        print(f"| {name} | {milliseconds(build, pages):.1f} | {line} | b is in {parent} |")


if __name__ == "__main__":
    main()
