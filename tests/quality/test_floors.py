"""Quality may not sink unseen: floors under what reading and cleaning reach on an own-made set.

The policies here are invented, in the styles that archives hold. The figures that matter come from
`benchmarks/`, on real corpora; these floors only notice when a change makes things worse.
"""

import re
from collections import Counter
from html import escape
from pathlib import Path

import pytest

from policy_archive.build.tasks import read_bytes
from policy_archive.model import Block, Document
from policy_archive.reading import markdown
from policy_archive.settings import Settings
from policy_archive.text.words import words

POLICIES = sorted((Path(__file__).parent / "policies").glob("*.md"))
HEADINGS_FLOOR = 0.98
PAGE_FLOOR = 0.995
PAGE_RECALL_FLOOR = 0.998

BEFORE = """<!doctype html><html lang="en"><head><title>Shop :: Privacy</title>
<script>var tracking = "on";</script><style>.menu { color: red }</style></head><body>"""
SHELLS = {
    "article": (
        f"""{BEFORE}<header><nav><ul><li><a href="/">Home</a></li><li><a href="/shop">Shop</a></li>
        <li><a href="/about">About us</a></li><li><a href="/help">Help</a></li></ul></nav></header>
        <main><article>""",
        """</article></main><aside><h3>Popular lamps</h3><ul><li><a href="/1">The tall one</a></li>
        <li><a href="/2">The small one</a></li></ul></aside>
        <footer><a href="/terms">Terms</a> <a href="/jobs">Jobs</a> © 2016</footer></body></html>""",
    ),
    "divs": (
        f"""{BEFORE}<div id="wrap"><div class="topmenu"><a href="/">Home</a> | <a href="/a">Products</a>
        | <a href="/b">Cart (0)</a></div><div class="cookie-banner">This site uses cookies.
        <a href="#">Accept</a></div><div class="content">""",
        """</div><div class="footer"><p><a href="/x">Site map</a> <a href="/y">Press</a></p>
        <p>All rights reserved</p></div></div></body></html>""",
    ),
    "tables": (
        f"""{BEFORE}<table width="800"><tr><td colspan="2"><a href="/">Home</a> <a href="/n">News</a>
        <a href="/f">Forum</a></td></tr><tr><td width="150"><a href="/1">Lamps</a><br>
        <a href="/2">Shades</a><br><a href="/3">Bulbs</a><br><a href="/4">Spares</a></td><td>""",
        """</td></tr><tr><td colspan="2"><a href="/i">Imprint</a></td></tr></table></body></html>""",
    ),
}


def lines(blocks: tuple[Block, ...]) -> list[tuple[str, bool]]:
    """What is printed, a line a block, and whether it is a heading."""
    found = []
    for block in blocks:
        found += [
            (line, block.kind == "heading") for line in block.text.split("\n") if line.strip()
        ]
    return found


def as_html(blocks: tuple[Block, ...]) -> str:
    """The policy as a page would hold it."""
    parts = []
    for block in blocks:
        if block.kind == "heading":
            parts.append(f"<h{block.level}>{escape(block.text)}</h{block.level}>")
        elif block.kind == "list":
            items = "".join(f"<li>{escape(item.blocks[0].text)}</li>" for item in block.items)
            tag = "ol" if block.items[0].number else "ul"
            parts.append(f"<{tag}>{items}</{tag}>")
        elif block.kind == "table":
            rows = (row.split(" | ") for row in block.text.split("\n"))
            cells = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows)
            parts.append(f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>")
        else:
            parts.append("<p>" + escape(block.text).replace("\n", "<br>") + "</p>")
    return "\n".join(parts)


def bag(document: Document) -> Counter[str]:
    return Counter(word for text in document.texts for word in words(text))


def test_headings_are_found_without_marks() -> None:
    hits = found = wanted = 0
    for path in POLICIES:
        source = lines(markdown.read(path.read_text(encoding="utf-8")).blocks)
        text = "\n".join(line for line, _ in source)
        record = read_bytes(text.encode(), f"{path.stem}.txt", Settings())
        titles = Counter(s.title for s in record.document.sections if s.title)
        headings = Counter(line for line, is_heading in source if is_heading)
        hits += sum((titles & headings).values())
        found += sum(titles.values())
        wanted += sum(headings.values())
    assert 2 * hits / (found + wanted) >= HEADINGS_FLOOR


@pytest.mark.parametrize("shell", SHELLS)
def test_the_policy_is_found_in_a_page(shell: str) -> None:
    before, after = SHELLS[shell]
    scores, recalls = [], []
    for path in POLICIES:
        blocks = markdown.read(path.read_text(encoding="utf-8")).blocks
        page = before + as_html(blocks) + after
        wanted = Counter(word for block in blocks for word in words(block.text))
        found = bag(read_bytes(page.encode(), f"{path.stem}.html", Settings()).document)
        common = (wanted & found).total()
        scores.append(2 * common / (wanted.total() + found.total()))
        recalls.append(common / wanted.total())
    assert sum(scores) / len(scores) >= PAGE_FLOOR
    assert sum(recalls) / len(recalls) >= PAGE_RECALL_FLOOR


@pytest.mark.parametrize("suffix", [".md", ".txt"])
def test_every_word_is_accounted_for(suffix: str) -> None:
    for path in POLICIES:
        text = path.read_text(encoding="utf-8")
        if suffix == ".txt":
            text = re.sub(r"[#*|]|---", " ", text)
        record = read_bytes(text.encode(), path.stem + suffix, Settings())
        removed = Counter(w for r in record.repairs if not r.after for w in words(r.before))
        assert bag(record.document) + removed == Counter(words(text))
