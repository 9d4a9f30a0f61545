from collections.abc import Callable, Sequence
from html.parser import HTMLParser

import pytest

from policy_archive.model import Block, Item, Run
from policy_archive.pages.html.text_html import LinkAttributes, Tongues, section_body
from policy_archive.pages.views import TopicChip

ALLOWED = {
    *("a", "aside", "blockquote", "br", "details", "div", "em", "i", "li", "ol", "p", "pre"),
    *("span", "strong", "summary", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}


def paragraph(text: str, id: str = "p-00000001", **marks: object) -> Block:
    return Block("paragraph", (1, 1), (Run(text, **marks),), id=id)  # type: ignore[arg-type]


def html(
    *blocks: Block,
    chips: Callable[[Block], Sequence[TopicChip]] = lambda block: (),
    link: LinkAttributes = lambda href: f'href="{href}"',
) -> str:
    return section_body(blocks, chips, link)


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def read(markup: str) -> Tags:
    tags = Tags()
    tags.feed(markup)
    tags.close()
    return tags


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</div></article><script src=//evil.example></script>",
    "<!-- comment --> <![CDATA[x]]> <?php x ?>",
    "{{ config }} {% include 'x' %} --8<-- \"/etc/passwd\"",
    '[label]: javascript:alert(1) "title"',
    "&lt;b&gt; &amp; &#60;script&#62;",
    "\x00\x08 \u202e \ufeff",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_stays_text(text: str) -> None:
    blocks = (
        paragraph(text),
        Block("preformatted", (1, 1), (Run(text, bold=True),), id="p-2"),
        Block("list", (1, 1), items=(Item(text, (paragraph(text),)),), id="p-3"),
        Block("table", (1, 1), rows=(((Run(text),),), ((Run(text),),)), has_header=True, id="p-4"),
        Block("quote", (1, 1), blocks=(paragraph(text),), id="p-5"),
        Block("heading", (1, 1), (Run(text),), level=2, id="p-6"),
        paragraph(text, "p-7", href="x"),
    )
    found = read(html(*blocks))
    assert set(found.tags) <= ALLOWED
    assert found.text.count(text) == 9


def test_every_block_has_its_id_and_permalink() -> None:
    markup = html(paragraph("one"), paragraph("two", "p-00000002"))
    assert 'id="p-00000001"' in markup
    assert 'href="#p-00000002" title="Permalink"' in markup
    assert "dir=" not in markup


def test_each_block_has_its_own_direction_where_one_is_written_from_the_right() -> None:
    tongues = Tongues.of("ar", ("one", "سياسة"))
    markup = section_body([paragraph("one")], lambda block: (chip("sale"),), str, tongues)
    assert '<div id="p-00000001"><p dir="auto">' in markup
    assert '<aside class="pa-note" lang="en" dir="ltr">' in markup
    assert Tongues.of("de", ("Wörter",)) == ("", ' lang="en"')
    assert Tongues.of("en", ("words",)) == ("", "")


def test_printed_numbers_are_kept() -> None:
    items = (Item("1)", (paragraph("first"),)), Item("(b)", (paragraph("second"),)))
    markup = html(Block("list", (1, 2), items=items, id="p-1"))
    assert '<li><span class="pa-number">(b)</span> second</li>' in markup
    assert '<ol class="pa-list pa-list--numbered">' in markup


def test_bullets_and_nested_lists() -> None:
    inner = Block("list", (2, 2), items=(Item("", (paragraph("inner"),)),))
    markup = html(Block("list", (1, 2), items=(Item("", (paragraph("outer"), inner)),), id="p-1"))
    assert '<li>outer<ul class="pa-list"><li>inner</li></ul></li>' in markup


def test_neighbouring_runs_of_one_link_are_one_link() -> None:
    runs = (Run("see "), Run("our ", "u"), Run("partners", "u", bold=True), Run("."))
    markup = html(Block("paragraph", (1, 1), runs, id="p-1"))
    assert '<p>see <a href="u">our <strong>partners</strong></a>.</p>' in markup


def test_a_refused_link_is_its_text() -> None:
    assert "<p>words</p>" in html(paragraph("words", href="x"), link=lambda href: None)


def test_line_breaks_and_marks() -> None:
    markup = html(paragraph("a\nb", bold=True, italic=True))
    assert "<strong><em>a<br>\nb</em></strong>" in markup


def test_table_header() -> None:
    rows = (((Run("Kind"),), (Run("Use"),)), ((Run("Name"),), (Run("Orders"),)))
    markup = html(Block("table", (1, 2), rows=rows, has_header=True, id="p-1"))
    assert '<thead><tr><th scope="col">Kind</th>' in markup
    assert "<tbody><tr><td>Name</td>" in markup


def test_menus_are_folded_together_and_counted() -> None:
    home = Block("paragraph", (1, 1), (Run("Home | Shop"),), id="p-1", folded=True)
    about = Block("paragraph", (2, 2), (Run("About"),), id="p-2", folded=True)
    markup = html(home, about, paragraph("text", "p-3"))
    assert markup.count("<details") == 1
    assert "<summary>Site menu (3 words)</summary>" in markup


def chip(id: str, possible: bool = False) -> TopicChip:
    return TopicChip(id, id.title(), f"../{id}/#a", possible, 'wording "x" <y>')


def test_a_topic_is_noted_where_it_begins() -> None:
    markup = html(
        paragraph("a", "p-1"), paragraph("b", "p-2"), chips=lambda block: (chip("cookies"),)
    )
    assert markup.count("pa-note") == 1


def test_low_scores_are_possible_and_evidence_is_escaped() -> None:
    markup = html(paragraph("a"), chips=lambda block: (chip("sale", True),))
    assert "<i>possibly</i> Sale" in markup
    assert 'title="wording &quot;x&quot; &lt;y&gt;"' in markup


def test_struck_out_text_is_marked_and_escaped() -> None:
    runs = (Run("We ", struck="<b>may</b>"), Run("will", bold=True, struck="\nor not"), Run("."))
    block = Block("paragraph", (1, 1), runs, id="p-1")
    assert block.text == "We will."
    html = section_body([block], lambda _: (), lambda _: None)
    assert (
        "<p>We  <s>&lt;b&gt;may&lt;/b&gt;</s> <strong>will</strong> <s><br>\nor not</s>.</p>"
        in html
    )
