import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_archive.reading.decode import decode


def text_of(data: bytes, *, html: bool = False) -> str:
    return decode(data, html=html).text


def test_utf8_is_taken_as_it_is() -> None:
    decoded = decode("We respect “privacy” – naïvely.".encode(), html=False)
    assert (decoded.text, decoded.encoding) == ("We respect “privacy” – naïvely.", "utf-8")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_names_the_encoding_and_is_not_text(encoding: str) -> None:
    assert text_of("Cookies\r\nWe use “cookies”.".encode(encoding)) == "Cookies\nWe use “cookies”."


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_shows_in_its_nuls(encoding: str) -> None:
    decoded = decode("Privacy Policy – what we collect\n".encode(encoding), html=False)
    assert decoded.text == "Privacy Policy – what we collect\n"
    assert decoded.encoding == encoding


def test_curly_quotes_and_nbsp_of_windows_1252() -> None:
    decoded = decode(b"the \x93Site\x94\xa0\x96 it\x92s \x80 5", html=False)
    assert decoded.text == "the “Site”\u00a0– it’s € 5"
    assert decoded.encoding == "windows-1252"


def test_undefined_bytes_become_their_c1_controls() -> None:
    assert text_of(b"caf\xe9 \x81\x8d\x8f\x90\x9d") == "café \x81\x8d\x8f\x90\x9d"


@pytest.mark.parametrize("label", ["iso-8859-1", "ISO-8859-1", "us-ascii", "windows-1252"])
def test_web_labels_for_latin_mean_windows_1252(label: str) -> None:
    page = f'<meta http-equiv="Content-Type" content="text/html; charset={label}">'.encode()
    assert text_of(page + b"\x93Cookies\x94", html=True).endswith("“Cookies”")


def test_declared_charsets_are_for_html_alone() -> None:
    page = b'<meta charset="windows-1251"> caf\xe9'
    assert text_of(page, html=True).endswith("cafй")
    assert text_of(page).endswith("café")


def test_xml_declarations_count() -> None:
    page = '<?xml version="1.0" encoding="shift_jis"?><p>個人情報</p>'.encode("cp932")
    assert text_of(page, html=True).endswith("<p>個人情報</p>")


def test_valid_utf8_beats_a_wrong_label() -> None:
    page = '<meta charset="iso-8859-1"><p>“Cookies”</p>'.encode()
    assert text_of(page, html=True).endswith("<p>“Cookies”</p>")


@pytest.mark.parametrize(
    "label", ["utf-7", "hex", "rot13", "raw_unicode_escape", "nonsense", "idna"]
)
def test_labels_no_browser_knows_are_ignored(label: str) -> None:
    page = f'<meta charset="{label}">\\u0041+ADw-'.encode()
    assert text_of(page, html=True) == page.decode()


def test_stray_bytes_in_utf8_are_read_as_windows_1252() -> None:
    data = "Información sobre “cookies” – política".encode() + b" caf\xe9 \x92"
    decoded = decode(data, html=False)
    assert decoded.text == "Información sobre “cookies” – política café ’"
    assert decoded.encoding == "utf-8"


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp1253"])
def test_undeclared_text_in_another_script(encoding: str) -> None:
    text = (
        "Мы собираем персональные данные пользователей сайта только с их согласия, "
        "и не передаём третьим лицам."
    )
    if encoding == "cp1253":
        text = (
            "Συλλέγουμε προσωπικά δεδομένα των χρηστών μόνο με τη συγκατάθεσή τους στον ιστότοπο."
        )
    assert text_of(text.encode(encoding)) == text


def test_nuls_go_and_padding_does_not_look_like_utf16() -> None:
    assert text_of(b"\0" * 46 + b"https://example.org/privacy\r\nPrivacy\0 Policy") == (
        "https://example.org/privacy\nPrivacy Policy"
    )


def test_lone_carriage_returns_are_line_ends_but_other_separators_are_not() -> None:
    assert text_of("a\rb\r\nc\u0085d\u2028e".encode()) == "a\nb\nc\u0085d\u2028e"


def test_characters_lost_before_archiving_are_said_and_kept() -> None:
    decoded = decode("Privacy\nthe \ufffdSite\ufffd".encode(), html=False)
    assert decoded.text == "Privacy\nthe \ufffdSite\ufffd"
    (notice,) = decoded.notices
    assert (notice.code, notice.severity, notice.line) == ("replacement-characters", "doubt", 2)
    assert notice.message.startswith("2 characters were already lost")


def test_nothing_is_said_of_clean_text() -> None:
    assert decode(b"the \x93Site\x94", html=False).notices == ()


@given(st.binary(), st.booleans())
def test_any_bytes_decode_without_inventing_losses(data: bytes, html: bool) -> None:
    text = decode(data, html=html).text
    assert "\r" not in text
    assert "\0" not in text
    text.encode()  # no lone surrogates
    if "\ufffd" in text:
        marks = ("\ufffd".encode(), "\ufffd".encode("utf-16-le"), "\ufffd".encode("utf-16-be"))
        assert any(mark in data for mark in marks)


@given(
    st.binary(max_size=60), st.sampled_from(["utf-8", "gb18030", "euc-jp", "iso-2022-jp", "big5"])
)
def test_any_bytes_under_any_label(data: bytes, label: str) -> None:
    assert decode(f'<meta charset="{label}">'.encode() + data, html=True).text


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0\ufeff")))
def test_utf8_round_trip(text: str) -> None:
    assert text_of(text.encode()) == text
