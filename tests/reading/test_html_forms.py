"""What browsers show, whatever element was left open before it: our tree against html5lib's."""

import re
from collections import Counter
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_archive.reading.html import read
from policy_archive.reading.html.boxes import InlineText
from policy_archive.reading.html.layout import page_of
from policy_archive.reading.html.vocabulary import names
from policy_archive.text.words import words

CLAUSES = "".join(
    f"<p>Clause {name}: we may collect personal information and share it with third parties.</p>"
    for name in ("alpha", "beta", "gamma", "delta", "epsilon")
)
ELEMENTS = names(
    "a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink "
    "blockquote br button canvas caption center cite code col colgroup command data datalist dd del "
    "details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form frame frameset "
    "h1 head header hgroup hr html i iframe image img input ins kbd keygen label legend li link listing "
    "main map mark marquee math menu menuitem meta meter multicol nav nextid nobr noembed noframes "
    "noscript object ol optgroup option output p param picture pre progress q rb rp rt rtc ruby s samp "
    "script search section slot small source spacer span strike strong style sub summary sup svg table "
    "tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr xmp x-custom"
)
FORMS = [
    "<body><{0}>{1}</body>",
    "<body><p>one</p><{0}>stray</{0}>{1}",
    "<head><{0}></head><body>{1}</body>",
    "<body><div><{0}>in a box</div>{1}",
    "<body><p>before <{0}> after</p>{1}",
    "<body><table><tr><td>cell</td></tr><{0}>stray</{0}></table>{1}",
    "<body><dl><{0}>stray</{0}><dt>term<dd>text</dl>{1}",
    "<body><ul><{0}>stray</{0}><li>item</ul>{1}",
    "<body><{0}/>{1}",
]
UNSHOWN = names(
    "script style template noscript iframe noembed noframes audio video canvas datalist title rp svg"
)


def shown(markup: str) -> Counter[str]:
    """The words that a browser's tree shows; without styles."""
    texts: list[str] = []
    tree = html5lib.parse(markup, treebuilder="etree", namespaceHTMLElements=False)
    stack: list[tuple[Element, bool]] = [(tree, False)]
    while stack:
        element, done = stack.pop()
        if done:
            texts.append(element.tail or "")
            continue
        stack.append((element, True))
        name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else "script"
        if name not in UNSHOWN:
            texts.append(element.text or "")
            stack.extend((child, False) for child in reversed(element))
    return Counter(words(" ".join(texts)))


@pytest.mark.parametrize("element", sorted(ELEMENTS))
def test_our_tree_shows_what_a_browsers_does(element: str) -> None:
    for form in FORMS:
        markup = form.format(element, CLAUSES)
        nodes = page_of(markup).root.walk()
        ours = Counter(w for n in nodes if isinstance(n, InlineText) for w in words(n.text))
        lost = shown(markup) - ours
        if not re.search(r"<(?:textarea|xmp)/>", markup):  # shown as markup, by browsers
            assert not lost, markup[:60]


@pytest.mark.parametrize("element", sorted(ELEMENTS - UNSHOWN - {"frameset", "head", "textarea"}))
def test_no_clause_is_lost_to_an_element_before_it(element: str) -> None:
    for form in FORMS:
        markup = form.format(element, CLAUSES)
        wanted = shown(markup)
        found = Counter(w for block in read(markup).blocks for w in words(block.text))
        clauses = {"alpha", "beta", "gamma", "delta", "epsilon"} & {*wanted}
        assert clauses <= {*found}, markup[:60]


TAGS = sorted(
    ELEMENTS - UNSHOWN - names("frameset head keygen listing optgroup option select textarea xmp")
)
PIECES = (
    *(f"<{name}>" for name in TAGS), *(f"</{name}>" for name in TAGS),
    "<!-- words -->", "<?php words ?>", "</br>", "<p/>", "<a href='x'>", "<b></p>", "<i><p>",
    "<math><mi>", "</body>", "</html>", "<body>", "<html>", "<", "&lt;", "&amp", "<!doctype html>",
)  # fmt: skip


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(PIECES), min_size=2, max_size=12), st.integers(0, 3))
def test_no_word_is_lost_however_badly_elements_are_nested(pieces: list[str], rest: int) -> None:
    """What an old parser opens and closes otherwise, in any order; 1 of 4,000 had differed."""
    parts = [
        f"{piece} word{number} {'<p>We collect data.</p>' if number % 4 == rest else ''}"
        for number, piece in enumerate(pieces)
    ]
    markup = f"<body>{''.join(parts)}</body>"
    nodes = page_of(markup).root.walk()
    ours = Counter(w for n in nodes if isinstance(n, InlineText) for w in words(n.text))
    assert not shown(markup) - ours, markup
