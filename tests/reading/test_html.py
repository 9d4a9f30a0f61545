import pytest

from policy_archive.model import Block, Item, Run, plain
from policy_archive.reading.html import read

INTRO = (
    "<p>We at Example Orchard respect your privacy. This notice says what personal information "
    "we collect when you visit our site, how we use it and with whom we share it.</p>"
)
MORE = (
    "<p>We may share your personal information with companies that deliver our apples, and with "
    "third parties where the law requires us to disclose it.</p>"
)
POLICY = f"<h1>Privacy Policy</h1>{INTRO}<h2>Sharing</h2>{MORE}"


def outline(blocks: tuple[Block, ...]) -> list[str]:
    return [f"{block.kind}{block.level or ''}: {block.text}" for block in blocks]


def body(markup: str) -> tuple[Block, ...]:
    return read(f"<body>{INTRO}{markup}{MORE}</body>").blocks[1:-1]


# -- structure ------------------------------------------------------------------------------------


def test_headings_paragraphs_and_what_the_page_says_of_itself() -> None:
    reading = read(
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head><title>Privacy |\n Orchard</title></head>\n'
        f"<body>\n{POLICY}\n</body></html>"
    )
    assert reading.title == "Privacy | Orchard"
    assert reading.language == "en-GB"
    assert [b.kind for b in reading.blocks] == ["heading", "paragraph", "heading", "paragraph"]
    assert [b.level for b in reading.blocks] == [1, 0, 2, 0]
    assert reading.blocks[0].text == "Privacy Policy"
    assert not reading.repairs
    assert not reading.notices


def test_lines_are_those_of_the_source() -> None:
    reading = read(
        "<html>\n<body\n class='x'>\n<h1>Privacy\nPolicy</h1>\n\n"
        "<p>We collect your personal\ninformation when you\n <b>order</b> from us.</p>\n</body>"
    )
    assert [block.lines for block in reading.blocks] == [(4, 5), (7, 9)]


def test_marks_and_links_become_runs() -> None:
    (block,) = body('<p>See <a href="/faq">our <b>list</b></a> of <em>all</em>\n partners.</p>')
    assert block.runs == (
        Run("See "),
        Run("our ", "/faq"),
        Run("list", "/faq", bold=True),
        Run(" of "),
        Run("all", italic=True),
        Run(" partners."),
    )


def test_a_scripted_link_is_text() -> None:
    (block,) = body("<p>Please <a href='java\tscript:x()'>read on</a> or "
                    "<a href=' JavaScript:void(0)'>do not</a>.</p>")  # fmt: skip
    assert not any(run.href.strip().lower().startswith("javascript") for run in block.runs)
    assert block.text == "Please read on or do not."


def test_ordered_lists_keep_their_printed_numbers() -> None:
    (block,) = body(
        '<ol type="a" start="3"><li>pears<li>plums<ol type="i"><li>red<li>blue</ol>'
        '<li value="9">figs</ol>'
    )
    assert [item.number for item in block.items] == ["c.", "d.", "i."]
    inner = block.items[1].blocks[1]
    assert [item.number for item in inner.items] == ["i.", "ii."]
    assert block.text == "c. pears\nd. plums\ni. red\nii. blue\ni. figs"


@pytest.mark.parametrize(
    ("markup", "numbers"),
    [
        ("<ul><li>a<li>b</ul>", ["", ""]),
        ("<ol reversed><li>a<li>b</ol>", ["2.", "1."]),
        ("<ol style='list-style-type: upper-roman'><li>a<li>b</ol>", ["I.", "II."]),
        ("<ol style='list-style: none'><li>a<li>b</ol>", ["", ""]),
        ("<ol><li>(a) one<li>(b) two</ol>", ["", ""]),
        ("<ol type=A start=26><li>one<li>two</ol>", ["Z.", "AA."]),
        ("<li>loose</li><li>items</li>", ["", ""]),
        ("<ol start=x><li value=''>a</ol>", ["1."]),
    ],
)
def test_numbers(markup: str, numbers: list[str]) -> None:
    (block,) = body(markup)
    assert [item.number for item in block.items] == numbers


def test_a_list_inside_a_list_without_an_item_joins_the_item_before() -> None:
    (block,) = body("<ul><li>fruit</li><ul><li>apples</li></ul></ul>")
    assert [b.kind for b in block.items[0].blocks] == ["paragraph", "list"]


def test_a_list_of_sections_is_sections_with_their_numbers() -> None:
    blocks = body(f"<ol><li><h3>What</h3>{MORE}</li><li><h3>Why</h3>{MORE}</li></ol>")
    assert [b.text for b in blocks if b.kind == "heading"] == ["1. What", "2. Why"]


def test_a_list_used_to_indent_leaves_no_trace() -> None:
    assert outline(body("<ul><p>Indented text.</p></ul>")) == ["paragraph: Indented text."]


def test_a_data_table() -> None:
    (block,) = body(
        "<table><tr><th>Data</th><th></th><th>Kept for</th></tr>"
        "<tr><td>Orders</td><td></td><td>ten years</td></tr>"
        "<tr><td>Basket</td><td></td><td>one<br>day</td></tr></table>"
    )
    assert block.kind == "table"
    assert block.has_header
    assert [[plain(cell) for cell in row] for row in block.rows] == [
        ["Data", "Kept for"],
        ["Orders", "ten years"],
        ["Basket", "one\nday"],
    ]


def test_layout_tables_are_unwrapped() -> None:
    reading = read(
        "<table><tr><td><a href='/'>Home</a> <a href='/shop'>Shop</a></td><td>"
        f"<table><tr><td>{POLICY}</td></tr></table></td></tr></table>"
    )
    assert [b.kind for b in reading.blocks] == ["heading", "paragraph", "heading", "paragraph"]
    assert [repair.before for repair in reading.repairs] == ["Home Shop"]


def test_a_table_that_only_numbers_its_text() -> None:
    text = "We keep the information that you give us for as long as you have an account. " * 3
    blocks = body(
        f"<table><tr><td>1.</td><td>{text}</td></tr><tr><td>2.</td><td>{text}</td></tr></table>"
    )
    assert [block.text[:7] for block in blocks] == ["1. We k", "2. We k"]


def test_quotes_short_and_long() -> None:
    assert [b.kind for b in body("<blockquote><p>Said so.</p></blockquote>")] == ["quote"]
    assert "quote" not in {b.kind for b in read(f"<blockquote>{POLICY}</blockquote>").blocks}


def test_preformatted_columns_stay_and_sentences_flow() -> None:
    (columns,) = body("<pre>\nName    Purpose\nsid     session\n</pre>")
    assert columns.kind == "preformatted"
    assert columns.text == "Name    Purpose\nsid     session"
    prose = "We collect the information that you give to us when\nyou order, and no more than that."
    blocks = body(f"<pre>{prose}\n\n{prose}\n\nExample Orchard\n1 Mill Lane</pre>")
    assert [b.kind for b in blocks] == ["paragraph"] * 3
    assert "\n" not in blocks[0].text
    assert blocks[2].text == "Example Orchard\n1 Mill Lane"


def test_short_definitions_are_a_list_and_long_ones_are_paragraphs() -> None:
    (short,) = body("<dl><dt>Cookie</dt><dd>A small file.</dd><dt>Pixel</dt><dd>A dot.</dd></dl>")
    assert short.text == "Cookie\nA small file.\nPixel\nA dot."
    assert short.items[0].blocks[0].runs == (Run("Cookie", bold=True),)
    long = body(f"<dl><dt>Sharing</dt><dd>{MORE}{MORE}{MORE}</dd></dl>")
    assert [b.kind for b in long] == ["paragraph"] * 4


def test_line_breaks_and_paragraphs_made_of_them() -> None:
    blocks = body(
        "<div><b>How to reach us</b><br>Write to us whenever you like, we answer every letter.<br>"
        "<br>Example Orchard<br>\n1 Mill Lane <br>\nAppleton<br>&nbsp;<br><br>The end.</div>"
    )
    assert [block.text for block in blocks] == [
        "How to reach us",
        "Write to us whenever you like, we answer every letter.",
        "Example Orchard\n1 Mill Lane\nAppleton",
        "The end.",
    ]


def test_an_address_keeps_its_lines() -> None:
    (block,) = body("<address>Example Orchard<br>1 Mill Lane</address>")
    assert block.text == "Example Orchard\n1 Mill Lane"


def test_a_heading_nobody_closed_is_not_one() -> None:
    text = "We collect information. " * 30
    blocks = read(f"<h2>{text}<p>{text}</p>").blocks
    assert {block.kind for block in blocks} == {"paragraph"}


def test_inline_elements_around_blocks() -> None:
    blocks = body('<font color="red"><a href="/x"><p>One.</p><p>Two.</p></a></font>')
    assert [block.runs for block in blocks] == [(Run("One.", "/x"),), (Run("Two.", "/x"),)]


def test_entities_and_characters_that_print_nothing() -> None:
    (block,) = body("<p>a&nbsp;b &amp; c\x00 in\u00adfor\u200bmation &#8217; &bogus;</p>")
    assert block.text == "a b & c information ’ &bogus;"


# -- what is not the policy -----------------------------------------------------------------------

MENU = "".join(f"<li><a href='/{n}'>Department {n}</a></li>" for n in range(8))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"<ul>{MENU}</ul>", ""),
        ("", f"<div class='links'>{MENU}</div>"),
        ("<nav>Apples Pears</nav>", "<footer><p>© Example Orchard</p></footer>"),
        ("<div class='site-nav'>Our departments</div>", ""),
        ("<div role='search'><label>Search all pears</label></div>", ""),
        ("<div id='breadcrumb'>You are here: Help</div>", ""),
        ("<form><label>Find</label><select><option>All<option>Pears</select></form>", ""),
        ("", "<aside><h3>Popular now</h3><p>Ten ways to eat a pear.</p></aside>"),
        ("", "<div class='cookie-consent'>By continuing you agree to our use of cookies.</div>"),
        ("", "<div><p>We use cookies to make this site better for you. If you continue to browse "
             "the site you accept the use of cookies.</p></div>"),
        ("", "<div class='newsletter'><p>Fresh news in your inbox each week!</p></div>"),
    ],
)  # fmt: skip
def test_furniture_around_the_policy_goes_to_the_ledger(before: str, after: str) -> None:
    reading = read(f"<body>{before}<div id='main'>{POLICY}{MORE * 8}</div>{after}</body>")
    assert [b.kind for b in reading.blocks[:3]] == ["heading", "paragraph", "heading"]
    assert [b.text for b in reading.blocks[3:]] == [reading.blocks[3].text] * 9
    assert [repair.rule for repair in reading.repairs] == ["page-furniture"] * bool(before) + [
        "page-furniture"
    ] * bool(after)
    assert all(repair.before and not repair.after for repair in reading.repairs)


def test_furniture_inside_the_policy() -> None:
    reading = read(
        f"<div>{POLICY}<p><a href='#top'>Back to top</a></p><div class='share-buttons'>Share this "
        f"</div>{MORE}<button>Print</button></div>"
    )
    assert [b.kind for b in reading.blocks][-1] == "paragraph"
    assert [repair.before for repair in reading.repairs] == ["Back to top", "Share this", "Print"]


def test_links_amid_the_text_are_clauses() -> None:
    links = "<ul><li><a href='http://a.example/'>Opt out here</a><li><a href='/b'>or here</a></ul>"
    assert [b.kind for b in body(links)] == ["list"]


def test_a_table_of_contents_stays() -> None:
    contents = "<ul><li><a href='#one'>What we collect</a><li><a href='#two'>Sharing</a></ul>"
    reading = read(f"<div>{contents}{POLICY}</div>")
    assert reading.blocks[0].text == "What we collect\nSharing"


def test_title_and_date_outside_the_policys_box_stay() -> None:
    reading = read(
        "<header><h1>Privacy notice</h1></header><p>Last updated 3 May 2014</p>"
        f"<ul>{MENU}</ul><div><div>{INTRO}{MORE}</div></div>"
    )
    assert [b.text for b in reading.blocks[:2]] == ["Privacy notice", "Last updated 3 May 2014"]
    assert len(reading.repairs) == 1


def test_a_clause_outside_the_policys_box_stays() -> None:
    stray = (
        "<div class='footer'><p>Our partners may collect information about your visits, and you "
        "may opt out of advertising that uses such personal data.</p></div>"
    )
    reading = read(f"<div>{POLICY}{INTRO * 6}</div>{stray}")
    assert reading.blocks[-1].text.startswith("Our partners")


@pytest.mark.parametrize(
    "date", ["Last updated: 1 May 2020", "mis à jour le 26 octobre 2022", "Stand: 26.10.2022"]
)
def test_a_date_right_below_the_policys_box_stays(date: str) -> None:
    page = (
        f"<div class='page-with-menu no-footer'><div>{POLICY}{MORE * 8}</div>"
        f"<div class='modified'>{date}</div><div class='menu'><a href='/a'>Sign up</a></div></div>"
    )
    assert read(page).blocks[-1].text == date
    # Below something else it may be anything's.
    other = page.replace("<div class='modified'>", "<div class='menu'><p>Related pages</p><p>")
    assert read(other).blocks[-1].text != date


@pytest.mark.parametrize("name", ["sharing", "comments", "social", "ads"])
def test_a_section_named_after_its_subject_is_not_furniture(name: str) -> None:
    section = f"<div id='{name}'><p>If you write to us, others can read it.</p></div>"
    assert [b.kind for b in body(section)] == ["paragraph"]


@pytest.mark.parametrize(
    "hidden",
    [
        "<div style='DISPLAY : none'>Old menu</div>",
        "<p hidden>Old menu</p>",
        "<noscript>Old menu</noscript>",
        "<span style='visibility:hidden'>Old menu</span>",
    ],
)
def test_hidden_text_goes_to_the_ledger(hidden: str) -> None:
    reading = read(f"<div>{POLICY}{hidden}{MORE}</div>")
    assert [(r.rule, r.before) for r in reading.repairs] == [("hidden-text", "Old menu")]


def test_hidden_words_do_not_break_the_line_they_stand_in() -> None:
    (block,) = body("<p>We never <span hidden>ever </span>sell apples.</p>")
    assert block.text == "We never sell apples."


def test_hidden_text_inside_a_menu_is_told_apart() -> None:
    reading = read(f"<nav>Shop<div hidden>Deeper</div></nav><div>{POLICY}</div>")
    assert [(r.rule, r.before) for r in reading.repairs] == [
        ("page-furniture", "Shop"),
        ("hidden-text", "Deeper"),
    ]


def test_folded_clauses_are_opened() -> None:
    folds = "".join(
        f"<h3>Part {n}</h3><div class='panel' style='display:none'>{text}</div>"
        for n, text in enumerate((INTRO, MORE, "<p>Write to us.</p>"))
    )
    reading = read(f"<div>{POLICY}{folds}</div>")
    assert not reading.repairs
    assert reading.blocks[-1].text == "Write to us."


def test_a_page_hidden_until_a_script_runs() -> None:
    assert len(read(f"<body style='visibility:hidden'>{POLICY}</body>").blocks) == 4


def test_scripts_styles_comments_and_head_are_not_text() -> None:
    reading = read(
        "<head><style>p {color: red}</style><meta name='a' content='b'></head><body>"
        f"<script>var we = 'collect';</script><!-- comment --><svg><text>x</text></svg>{POLICY}"
        "<iframe>fallback</iframe><template><p>later</p></template></body>"
    )
    assert len(reading.blocks) == 4
    assert not reading.repairs


def test_a_page_with_nothing_like_a_policy_is_kept() -> None:
    reading = read("<div><p>Seite nicht gefunden</p></div><ul><li><a href='/'>Start</a></ul>")
    assert outline(reading.blocks) == ["paragraph: Seite nicht gefunden", "list: Start"]
    assert not reading.repairs


def test_a_page_of_nothing_but_furniture_is_kept() -> None:
    assert read("<nav>Shop Help</nav>").blocks


def test_another_language() -> None:
    text = (
        "<p>Wir verarbeiten die Angaben, die Sie uns bei einer Bestellung machen, und geben sie "
        "nur dann weiter, wenn dies zur Lieferung der Ware erforderlich ist.</p>"
    )
    reading = read(f"<ul>{MENU}</ul><div><h1>Datenschutz</h1>{text * 3}</div>")
    assert [b.kind for b in reading.blocks] == ["heading", *["paragraph"] * 3]


# -- broken and hostile pages ---------------------------------------------------------------------


def test_framesets_are_doubtful_and_empty_pages_have_no_blocks() -> None:
    page = f"<html><frameset><frame src='a'><NOFRAMES><body>{POLICY}</body></NOFRAMES></frameset>"
    assert [block.kind for block in read(page).blocks[:2]] == ["heading", "paragraph"]
    assert not any("<" in block.text for block in read(page).blocks)
    frames = read("<frameset><frame src='a.htm'><noframes>Use frames</noframes></frameset>")
    assert [notice.code for notice in frames.notices] == ["frameset"]
    assert frames.blocks[0].text == "Use frames"
    for text in ("", " \n ", "<html><body><script>x()</script></body></html>"):
        assert read(text).blocks == ()


@pytest.mark.parametrize(
    "opening",
    [
        "<div>",
        "<b>",
        "<ul><li>",
        "<ol><li><h2>x",
        "<blockquote>",
        "<table><tr><td>",
        "<dl><dt>x<dd>",
    ],
)
def test_deep_nesting(opening: str) -> None:
    reading = read(opening * 5000 + INTRO)
    found = "\n".join([*(b.text for b in reading.blocks), *(r.before for r in reading.repairs)])
    assert "Example Orchard" in found


def test_text_beyond_a_depth_is_not_lost() -> None:
    reading = read("".join(f"<div>word{n} " for n in range(3000)))
    assert reading.blocks[-1].text == "word2999"


def test_lone_surrogates_and_nuls() -> None:
    assert "collect" in read("\0<p>we\ud800 col\0lect</p>").blocks[0].text


def test_a_list_item_is_an_item() -> None:
    (block,) = body("<ul><li>apples</li></ul>")
    assert block.items[0] == Item("", block.items[0].blocks)
