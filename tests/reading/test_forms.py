"""What a text holds decides how it is read where its name says something else; and that is said."""

import pytest

from policy_archive.reading import Reading, forms

WORDS = "We collect your name and address when you order lamps from us, and keep it for two years."
HTML = f"""Privacy Policy<p>{WORDS}</p>
<ul>
<li>names</li>
<li>cards &amp; accounts</li>
</ul>
<p>{WORDS}</p>
"""
PLAIN = f"""Privacy Policy

{WORDS}

What we collect

- names
- addresses

{WORDS}
"""


def kinds(reading: Reading) -> list[str]:
    return [block.kind for block in reading.blocks]


def codes(reading: Reading) -> list[str]:
    return [notice.code for notice in reading.notices]


@pytest.mark.parametrize("name", ["a.txt", "a.text", "a.md", "a.markdown", "a"])
@pytest.mark.parametrize(
    "text",
    [
        HTML,
        f"<!DOCTYPE html>\n<html><body><p>{WORDS}</p></body></html>",
        f"\n\n<!-- saved -->\n<HTML><body>{WORDS}</body></HTML>",
        f"<?xml version='1.0'?>\n<html><body><p>{WORDS}</p></body></html>",
        f"<div class='main'><p>{WORDS}</p><p>{WORDS}</p></div>",
    ],
)
def test_a_page_is_one_whatever_it_is_called(name: str, text: str) -> None:
    reading = forms.read(text, name)
    shown = "\n".join(block.text for block in reading.blocks)
    assert "<" not in shown
    assert WORDS in shown
    assert codes(reading) == ["other-form"]
    assert "holds HTML" in reading.notices[0].message


def test_breaks_and_cells_make_a_page_of_a_text_but_not_of_markdown() -> None:
    for text in (
        f"<br>{WORDS}<br>{WORDS}<br>{WORDS}<br>",
        f"<table><tr><td>{WORDS}</td></tr></table>",
    ):
        assert codes(forms.read(text, "a.txt")) == ["other-form"]
        assert "other-form" not in codes(forms.read(text, "a.md"))


def test_a_text_that_holds_a_piece_of_a_page_stays_one() -> None:
    piece = "<div><h3>Offer</h3><p>Buy lamps</p></div>\n"
    lines = "".join(f"Line {n} says nothing\n" for n in range(40))
    assert "other-form" not in codes(forms.read(lines + piece + lines, "a.txt"))


@pytest.mark.parametrize("name", ["a.html", "a.htm", "a.xhtml"])
def test_text_that_is_called_a_page_keeps_its_paragraphs(name: str) -> None:
    reading = forms.read(PLAIN, name)
    assert kinds(reading) == kinds(forms.read(PLAIN, "a.txt"))
    assert len(reading.blocks) > 3
    assert codes(reading) == ["other-form"]
    assert "says HTML, but it holds plain text" in reading.notices[0].message


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (PLAIN, "a.txt"),
        (HTML, "a.html"),
        (f"# Privacy\n\n{WORDS}\n", "a.md"),
        (f"# Privacy\n\n| a | b |\n|---|---|\n| x<br>y<br>z<br>w | 1 |\n\n{WORDS * 20}\n", "a.md"),
        (
            f"## Terms\n\n- a\n- b\n\n<table><tr><td>x</td></tr></table>\n\n1. {WORDS}\n2. x\n",
            "a.md",
        ),
        (f"{WORDS} Write to <mail@example.com> or <http://example.com/>.", "a.html"),
        (f"{WORDS} Pages use <p> and <li> elements.", "a.txt"),
        (f"{WORDS} if a < b and c > d then", "a.txt"),
        (f"{WORDS} &amp; <b>more</b>", "a.html"),
        ("", "a.html"),
        ("", "a.txt"),
        ("Just &copy; us", "a.html"),
    ],
)
def test_what_may_be_what_it_is_called_is(text: str, name: str) -> None:
    reading = forms.read(text, name)
    assert reading == forms.reader_of(name)(text)
    assert "other-form" not in codes(reading)


@pytest.mark.parametrize(
    "text",
    [f"# Privacy Policy\n\n{WORDS}", f"{WORDS} [Terms](https://a.example/)", f"**Use**\n\n{WORDS}"],
)
def test_markdown_that_a_server_sent_is_read_as_markdown(text: str) -> None:
    reading = forms.read(text, "a.html")
    assert not {"#", "**", "]("} & set(" ".join(block.text for block in reading.blocks).split(" "))
    assert [notice.message for notice in reading.notices] == [
        "Its name says HTML, but it holds Markdown, and is read as that."
    ]
