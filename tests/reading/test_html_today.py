"""Pages as sites are built today: consent managers, accordions, web components, spans, pictures."""

import pytest

from policy_archive.model import Block
from policy_archive.reading.html import read

CLAUSE = (
    "We collect personal information when you use our service, and we share it with third "
    "parties only with your consent as described in this privacy policy."
)
KEPT = "We keep your data for two years, and we delete it afterwards unless a law says otherwise."
KLAUSEL = (
    "Wir verarbeiten Ihre personenbezogenen Daten nur, soweit dies für die Bereitstellung des "
    "Dienstes erforderlich ist, und geben sie nicht an Dritte weiter."
)
POLICY = f"<h1>Privacy policy</h1><p>{CLAUSE}</p><p>{KEPT}</p>"
POLITIK = f"<h1>Datenschutz</h1><p>{KLAUSEL}</p>"


def body(markup: str) -> tuple[Block, ...]:
    return read(f"<!doctype html><html><body>{markup}</body></html>").blocks


def texts(markup: str) -> list[str]:
    return [block.text for block in body(markup)]


def headings(markup: str) -> list[str]:
    return [block.text for block in body(markup) if block.kind == "heading"]


LONG = "Wir und unsere Partner verwenden Cookies, um Inhalte zu personalisieren. " * 30
MANAGERS = [
    f'<div id="onetrust-consent-sdk"><h2>Privacy Preference Center</h2><p>{LONG}</p></div>',
    f'<div class="cky-modal"><p>{LONG}</p><ul><li>Cookie<li>_ga</ul></div>',
    f'<div id="CybotCookiebotDialog" role="dialog"><p>{LONG}</p></div>',
    f'<div class="cookie-consent-banner"><div>{LONG}</div><a href="">Alle ablehnen</a></div>',
    f'<div role="dialog" aria-modal="true"><p>{LONG}</p><button>Akzeptieren</button></div>',
    '<div role="dialog" class="cookie-modal"><p>We use cookies to improve your visit. See our '
    "notice for more about the cookies that we and our partners use.</p><button>Accept all</button></div>",
    '<div class="gdprPopup"><p>クッキーを使用して、サイトの利用状況を分析します。</p><button>同意する</button></div>',
]  # fmt: skip


@pytest.mark.parametrize("policy", [POLICY, POLITIK])
@pytest.mark.parametrize("manager", MANAGERS)
def test_consent_managers_go_before_the_policy_is_looked_for(manager: str, policy: str) -> None:
    alone = texts(f"<div>{policy}</div>")
    assert texts(f"<div>{policy}</div>{manager}") == alone
    assert texts(f"{manager}<div class='site consent-open'>{policy}</div>") == alone


def test_a_cookie_policy_is_no_consent_manager() -> None:
    policy = (
        f"<h1>Cookie notice</h1>{f'<p>{CLAUSE} Cookies help.</p>' * 8}<button>Accept all</button>"
    )
    assert len(texts(f'<div class="cookie-notice-box">{policy}</div>')) >= 9


@pytest.mark.parametrize("policy", [POLICY, POLITIK])
def test_aria_hidden_says_nothing_of_what_the_eye_saw(policy: str) -> None:
    alone = texts(policy)
    assert texts(f'<div aria-hidden="true">{policy}</div>') == alone
    assert texts(policy.replace("<p>", '<p><span aria-hidden="true">2. </span>', 1))[1][:3] == "2. "


def test_names_of_icons_are_pictures() -> None:
    assert texts(f'<h1><i class="material-icons">expand_more</i> Privacy</h1><p>{CLAUSE}</p>') == [
        "Privacy",
        CLAUSE,
    ]


@pytest.mark.parametrize(
    "button",
    [
        '<button class="accordion">{}</button>',
        '<button aria-expanded="false">{}</button>',
        '<h3><button aria-controls="a">{}</button></h3>',
        '<div><button type="button"><span>{}</span><svg></svg></button></div>',
        '<div role="button" aria-expanded="true">{}</div>',
        '<div role="heading" aria-level="3">{}</div>',
        "<details><summary><button>{}</button></summary></details>",
        '<a aria-expanded="false" href="#p"><div>{}</div></a>',
        '<div><button class="acc"><h3>{}</h3><span></span></button></div>',
    ],
)
@pytest.mark.parametrize("panel", ["<div>", '<div class="panel" style="display:none">'])
def test_buttons_that_are_headings(button: str, panel: str) -> None:
    parts = [
        ("What we collect", KLAUSEL),
        ("How long", "We keep all of it for two years, at most."),
    ]
    below = "".join(f"{button.format(title)}{panel}<p>{text}</p></div>" for title, text in parts)
    assert texts(f"{POLICY}{below}")[3:] == [text for part in parts for text in part]
    assert headings(f"{POLICY}{below}") == ["Privacy policy", "What we collect", "How long"]


@pytest.mark.parametrize("around", ["{}", '<div class="accordion-heading">{}</div>'])
def test_links_that_open_a_part_below_are_headings(around: str) -> None:
    link = around.format('<a class="accordion-toggle" href="#c{0}">{1}</a>')
    panel = '<div id="c{0}" class="accordion-body collapse"><p>{2}</p></div>'
    parts = [(1, "What we collect", CLAUSE), (2, "How long", KEPT)]
    markup = "".join((link + panel).format(*part) for part in parts)
    assert headings(f"{POLICY}{markup}") == ["Privacy policy", "What we collect", "How long"]


@pytest.mark.parametrize(
    "markup",
    [
        f'<a href="#main">Skip to content</a><div id="main">{POLICY}</div>',
        f'{POLICY}<ul><li><a href="#c1">Rights</a></li></ul><div id="c1"><p>{KEPT}</p></div>',
        f'{POLICY}<p>See <a href="#c1">here</a></p><div id="c1" class="panel"><p>{KEPT}</p></div>',
        f'{POLICY}<a href="/x">Rights</a><div id="x" class="collapse"><p>{KEPT}</p></div>',
    ],
)
def test_other_links_above_a_box_are_no_headings(markup: str) -> None:
    assert headings(markup) == ["Privacy policy"]


def test_words_hidden_amid_a_sentence_stand_where_they_stood() -> None:
    more = f"{CLAUSE} We keep your data for six years."
    markup = (
        f'<p>{more[:60]}<span class="more" style="display:none">{more[60:]}</span> And so on.</p>'
        "<button>Read more</button>"
    )
    assert texts(f"{POLICY}{markup}")[-1] == f"{more} And so on."
    nested = markup.replace("six", '<b class="more" hidden>thirty-</b>six')
    assert texts(f"{POLICY}{nested}")[-1] == f"{more} And so on."


@pytest.mark.parametrize("button", ["Print this page", "Accept all", "Close", "Home"])
def test_buttons_that_do_something_are_no_headings(button: str) -> None:
    assert headings(f"{POLICY}<div><button>{button}</button></div>{POLICY}")[1:] == [
        "Privacy policy"
    ]


@pytest.mark.parametrize(
    "panel",
    [
        '<div class="tab-pane" style="display:none"><p>{}</p></div>',
        '<div role="tabpanel" hidden><p>{}</p></div>',
        '<button aria-controls="x1">More</button><div id="x1" hidden><p>{}</p></div>',
        '<div class="accordionBody" style="visibility: hidden"><p>{}</p></div>',
    ],
)
@pytest.mark.parametrize("text", [KLAUSEL, "We never sell your data to anybody, at all."])
def test_what_a_click_opens_is_text(panel: str, text: str) -> None:
    assert text in texts(f"{POLICY}{panel.format(text)}")


def test_a_second_copy_for_small_screens_stays_hidden() -> None:
    clauses = [f"Under clause {n} {CLAUSE[0].lower()}{CLAUSE[1:]}" for n in range(12)]
    policy = "".join(f"<p>{clause}</p>" for clause in clauses)
    assert texts(f'{policy}<div class="panel" hidden>{policy}<p>Mobile.</p></div>') == clauses
    repeated = f'{policy}<div class="panel" hidden><p>{clauses[0]}</p></div>'
    assert texts(repeated) == [*clauses, clauses[0]]


def test_a_page_that_a_script_would_show() -> None:
    page = f'<p>Loading, please wait.</p><div style="display:none">{POLITIK * 2}</div>'
    assert KLAUSEL in texts(page)


@pytest.mark.parametrize(
    "attribute", ["shadowrootmode=open", "shadowrootmode=closed", "shadowroot=open"]
)
def test_declarative_shadow_roots_are_text(attribute: str) -> None:
    page = f"<legal-page><template {attribute}>{POLICY}</template></legal-page>"
    assert texts(page) == ["Privacy policy", CLAUSE, KEPT]
    assert texts(f"<template>{POLICY}</template><p>{KEPT}</p>") == [KEPT]


@pytest.mark.parametrize("name", ["nav-item", "menu-section", "sidebarContent"])
def test_running_text_is_no_furniture_for_the_name_of_its_place(name: str) -> None:
    assert texts(f'{POLITIK}<div class="{name}"><p>{KLAUSEL} {KLAUSEL}</p></div>{POLITIK}')[
        2
    ].startswith(KLAUSEL)


@pytest.mark.parametrize(
    "footer",
    [
        "<footer>{}</footer>",
        '<div role="contentinfo">{}</div>',
        '<div class="site-footer">{}</div>',
    ],
)
def test_a_footer_is_one_however_short_the_policy(footer: str) -> None:
    said = (
        "<p>Acme Ltd is a company that was founded in 1984 and makes the best lamps that you may "
        "buy in all shops of the country.</p><p>© Acme</p>"
    )
    assert texts(f"{POLICY}{footer.format(said)}") == ["Privacy policy", CLAUSE, KEPT]


TABLE = "<table border=1>{}</table>"


@pytest.mark.parametrize(
    ("rows", "printed"),
    [
        (
            "<tr><th>Purpose<th>Data<th>Basis<tr><td rowspan=2>Orders<td>Name<td>Contract"
            "<tr><td>Card<td>Consent<tr><td colspan=2>All else<td>Interest",
            "Purpose | Data | Basis\nOrders | Name | Contract\n| Card | Consent\nAll else |  | Interest",
        ),
        (
            "<tr><th rowspan=2>Data<th colspan=2>Shared<tr><th>EU<th>US<tr><td>Name<td>no<td>yes",
            "Data | Shared |\n| EU | US\nName | no | yes",
        ),
        (
            "<tr><th>Data<th>Kept<tr><td>Name<td rowspan=0>a year<tr><td>Card",
            "Data | Kept\nName | a year\nCard |",
        ),
        (
            "<tr><th>Data<th>Kept<tr><td colspan=x>Name<td rowspan=99999999>a year<tr><td>Card<td>day",
            "Data | Kept\nName | a year\nCard | day",
        ),
        (
            "<tr><th>Data<th>Sold?<tr><td>Name<td><img alt=No src=n><tr><td>Card<td><img alt=Yes>",
            "Data | Sold?\nName | No\nCard | Yes",
        ),
        (
            '<tr><th>Data<th>Sold?<tr><td>Name<td><svg aria-label="No"></svg><tr><td>Card'
            '<td><svg aria-label="Yes"><path/></svg>',
            "Data | Sold?\nName | No\nCard | Yes",
        ),
        (
            "<tr><th>Data<th>Sold?<tr><td>Name<td><svg><title>No</title><path/></svg><tr><td>Card"
            '<td><svg aria-label="Yes"><title>check</title></svg><tr><td>Mail<td><img title=Yes src=y>',
            "Data | Sold?\nName | No\nCard | Yes\nMail | Yes",
        ),
    ],
)  # fmt: skip
def test_cells_stand_where_they_stood(rows: str, printed: str) -> None:
    (table,) = [b for b in body(f"{POLICY}{TABLE.format(rows)}{POLICY}") if b.kind == "table"]
    assert table.text == printed


def test_tables_that_only_roles_make_are_tables() -> None:
    rows = [("columnheader", ("Data", "Basis")), ("cell", ("Name", "Contract"))]
    markup = "".join(
        f'<div role="row">{"".join(f"<span role={role}>{cell}</span>" for cell in cells)}</div>'
        for role, cells in rows
    )
    for group in ("{}", '<div role="rowgroup">{}</div>'):
        table = f'<div role="table">{group.format(markup)}</div>'
        (found,) = [block for block in body(f"{POLICY}{table}") if block.kind == "table"]
        assert (found.text, found.has_header) == ("Data | Basis\nName | Contract", True)


def test_icons_that_answer_are_words() -> None:
    rows = "<tr><th>Data<th>Sold?<tr><td>Name<td><i class='no' aria-label='No'></i>"
    rows += "<tr><td>Card<td><span role='img' aria-label='Yes'><svg></svg></span>"
    (table,) = [b for b in body(f"{POLICY}{TABLE.format(rows)}{POLICY}") if b.kind == "table"]
    assert table.text == "Data | Sold?\nName | No\nCard | Yes"


def test_pictures_that_lay_out_a_page_say_nothing() -> None:
    menu = TABLE.format("<tr><td><img alt='Our fine company logo and more'><td>Home<td>Shop")
    assert "logo" not in " ".join(texts(f"{menu}{POLICY}"))


@pytest.mark.parametrize(
    "struck",
    [
        "<s>{}</s>", "<strike>{}</strike>", "<del>{}</del>",
        '<span style="text-decoration: line-through red">{}</span>',
        '<p style="text-decoration-line:line-through">{}</p>', "<del><p>{}</p></del>",
    ],
)  # fmt: skip
def test_struck_out_text_is_no_promise(struck: str) -> None:
    reading = read(f"<div>{POLICY}{struck.format('We will sell it.')}<p>{KEPT}</p></div>")
    assert [block.text for block in reading.blocks] == ["Privacy policy", CLAUSE, KEPT, KEPT]
    assert [(r.rule, r.before) for r in reading.repairs] == [("struck-text", "We will sell it.")]


@pytest.mark.parametrize(
    ("markup", "text", "shown"),
    [
        ("<p>We <s>may</s> will sell it.</p>", "We will sell it.", "We [may] will sell it."),
        ("<p><del>We may.</del> We will.</p>", "We will.", "[We may.] We will."),
        ("<p>We will. <s>We may.</s></p>", "We will.", "We will. [We may.]"),
        ("<p>We will.</p><p><s>We may.</s></p>", "We will.", "We will. [We may.]"),
        ("<p>We will.</p><del><p>We may.</p></del>", "We will.", "We will. [We may.]"),
        ("<ul><li>We will.<li><s>We may.</s></ul>", "We will.", "We will. [We may.]"),
        ("<ul><li style='text-decoration:line-through'>We may.<li>We will.</ul>", "We will.",
         "[We may.] We will."),
        ("<p>We <b>do <s>not</s> sell</b> it.</p>", "We do sell it.", "We do [not] sell it."),
        ("<pre>We  will.\n<s>We may.</s></pre>", "We  will.", "We  will. [We may.]"),
    ],
)  # fmt: skip
def test_struck_out_text_is_marked_where_it_stood(markup: str, text: str, shown: str) -> None:
    reading = read(f"{POLICY}<h2>Marks</h2>{markup}<h2>More</h2>{POLICY}")
    place = next(i for i, block in enumerate(reading.blocks) if block.text == "Marks")
    block, after = reading.blocks[place + 1 : place + 3]
    assert (block.text, after.text) == (text, "More")
    inner = block.items[0].blocks[0] if block.items else block
    printed = "".join(f"{r.text} [{r.struck.strip()}] " if r.struck else r.text for r in inner.runs)
    assert " ".join(printed.split()) == " ".join(shown.split())
    assert [r.after for r in reading.repairs if r.rule == "struck-text"] == [""]


def test_struck_out_text_nests_deep() -> None:
    deep = "<div>" * 5_000 + "<s>Gone.</s>" + "</div>" * 5_000
    reading = read(f"{POLICY}{deep}")
    assert reading.blocks[-1].text == KEPT
    assert reading.blocks[-1].runs[-1].struck == "\nGone."


def test_a_page_all_struck_out_is_a_styles_mistake() -> None:
    assert texts(f"<del>{POLICY}</del>") == ["Privacy policy", CLAUSE, KEPT]


@pytest.mark.parametrize(
    ("markup", "printed"),
    [
        ("10<sup>6</sup> records", "10^6 records"),
        ("10<sup>-6</sup> of them", "10^-6 of them"),
        ("20 m<sup>2</sup> large", "20 m^2 large"),
        ("your data<sup>1</sup>. We", "your data [1]. We"),
        ("your data<sup><a href='#n'>12</a></sup>", "your data [12]"),
        ("your data<sup>[1]</sup>", "your data [1]"),
        ("your data<sup>1, 2</sup>", "your data [1, 2]"),
        ("the 1<sup>st</sup> of May", "the 1st of May"),
        ("M<sup>me</sup> Dupont", "Mme Dupont"),
        ("Acme<sup>TM</sup> and Acme<sup>®</sup>", "Acme TM and Acme®"),
        ("<sup>1</sup> A footnote", "1 A footnote"),
        ("H<sub>2</sub>O", "H2O"),
        ("base 10<sub>2</sub>", "base 10_2"),
        ("Each <q>visitor</q> counts", "Each “visitor” counts"),
        ("Each <q>new <q>visitor</q></q> counts", "Each “new “visitor”” counts"),
        ("<q><q>Each</q> visitor</q> counts", "““Each” visitor” counts"),
        ("Each <q>new <b>visitor</b></q> counts", "Each “new visitor” counts"),
    ],
)  # fmt: skip
def test_raised_text_and_quotations_keep_their_meaning(markup: str, printed: str) -> None:
    assert texts(f"<p>{markup}</p>") == [printed]


def test_what_is_put_around_raised_text_is_in_the_ledger() -> None:
    reading = read("<p>your data<sup>1</sup> and 10<sup>6</sup> of <q>it</q></p>")
    assert [(r.rule, r.before, r.after) for r in reading.repairs] == [
        ("raised-text", "data1", "data [1]"),
        ("raised-text", "106", "10^6"),
    ]


def test_links_start_from_the_pages_base() -> None:
    page = '<base href="http://example.com/legal/"><p><a href="kept.html">a</a> <a href="/t">b</a> '
    page += '<a href="#x">c</a> <a href="https://example.org/">d</a> <a href="//[">e</a></p>'
    found = [run.href for block in read(page).blocks for run in block.runs if run.href]
    assert found == [
        "http://example.com/legal/kept.html", "http://example.com/t", "#x",
        "https://example.org/", "//[",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("base", "href"),
    [
        ("/legal/", "/legal/kept.html"),
        ("/", "/kept.html"),
        ("/web/20140521173313/http://a.example/", "/web/20140521173313/http:/a.example/kept.html"),
        ("file:///C:/saved/", "kept.html"),  # where it lay on somebody's disk
        ("http://[", "kept.html"),
        ("", "kept.html"),
    ],
)
def test_bases_without_a_host(base: str, href: str) -> None:
    page = f'<base href="{base}"><p><a href="kept.html">a</a> and words</p>'
    assert [run.href for block in read(page).blocks for run in block.runs if run.href] == [href]


def test_an_archives_own_banner_is_no_text() -> None:
    banner = '<div id="wm-ipp-base"><div id="wm-ipp">27 captures <p>COLLECTED BY Alexa, which gives data '
    banner += "to the archive as we collect information.</p></div></div>"
    assert texts(f"{banner}{POLICY}") == ["Privacy policy", CLAUSE, KEPT]
