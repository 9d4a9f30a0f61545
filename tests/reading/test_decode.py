import unicodedata

import pytest
from benchmarks.encodings.told import Case, cases, outcome
from hypothesis import given
from hypothesis import strategies as st

from policy_archive.reading.decode import decode
from policy_archive.reading.unpack import NotTextError

ENGLISH = (
    "We keep what you tell us for two years, and share it with the carrier who brings the parcel. "
) * 8


ALL = list(cases())


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


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_in_every_alphabet(encoding: str) -> None:
    for case in ALL:
        if case.shape == "whole" and case.language not in ("ja", "ko", "zh-hans", "zh-hant"):
            decoded = decode(case.text.encode(encoding), html=False)
            assert (decoded.text, decoded.encoding) == (case.text, encoding), case.language


@pytest.mark.parametrize("at", [0, 1, 2, 3])
def test_stray_nuls_do_not_make_a_text_wide(at: int) -> None:
    for case in ALL:
        if case.shape == "whole" and case.encoding != "iso2022_jp":
            data = bytearray(case.data)
            for place in range(at, 40 + at, 4):
                data[place:place] = b"\0"
            for padded in (bytes(data), bytes(data) + b" "):
                expected = unicodedata.normalize("NFC", case.text)
                assert decode(padded, html=False).text.strip() == expected, case[:2]


def test_curly_quotes_and_nbsp_of_windows_1252() -> None:
    decoded = decode(b"the \x93Site\x94\xa0\x96 it\x92s \x80 5", html=False)
    assert decoded.text == "the “Site”\u00a0– it’s € 5"
    assert decoded.encoding == "windows-1252"


def test_undefined_bytes_become_their_c1_controls() -> None:
    page = b'<meta charset="windows-1252">caf\xe9 \x81\x8d\x8f\x90\x9d'
    assert text_of(page, html=True).endswith("café \x81\x8d\x8f\x90\x9d")


@pytest.mark.parametrize("label", ["iso-8859-1", "ISO-8859-1", "us-ascii", "windows-1252"])
def test_web_labels_for_latin_mean_windows_1252(label: str) -> None:
    page = f'<meta http-equiv="Content-Type" content="text/html; charset={label}">'.encode()
    assert text_of(page + b"\x93Cookies\x94", html=True).endswith("“Cookies”")


def test_declared_charsets_are_for_html_alone() -> None:
    text = 'Write <meta charset="windows-1251"> into pages that hold naïve “quotes”. '
    data = (text + ENGLISH).encode("cp1252")
    assert text_of(data) == text + ENGLISH
    # A page is one whatever it is called.
    page = b'<!DOCTYPE html><html><meta charset="windows-1251"><p>\xcc\xfb \xf1\xee\xe1\xe8\xf0\xe0'
    assert text_of(page).endswith("Мы собира")
    assert text_of(page, html=True).endswith("Мы собира")


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


@pytest.mark.parametrize(
    "end", ["\r", "\r\n", "\x85", "\u2028", "\u2029", "\v", "\f", "\x1c", "\x1d", "\x1e"]
)
def test_whatever_ends_a_line_in_unicode_ends_it_here(end: str) -> None:
    assert text_of(f"1. Data{end}2. Cookies".encode()) == "1. Data\n2. Cookies"
    if end not in ("\u2028", "\u2029"):
        data = f"1. Data{end}2. Cookies".encode("latin-1")
        assert len(text_of(data).splitlines()) == (1 if end == "\x85" else 2)


def test_an_ellipsis_that_was_read_wrongly_is_no_line_end() -> None:
    # U+0085 is the second half of an "Å" here, which cleaning puts together again.
    assert text_of("\u00c3\u0085land".encode()) == "\u00c3\u0085land"
    assert text_of(b"and so on\x85 we do") == "and so on… we do"


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
    try:
        text = decode(data, html=html).text
    except NotTextError:
        return
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
    try:
        assert decode(f'<meta charset="{label}">'.encode() + data, html=True).text
    except NotTextError:
        return


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters="\ufeff"))
)
def test_utf8_round_trip(text: str) -> None:
    assert text_of(text.encode()) == text


@pytest.mark.parametrize("shape", ["whole", "half", "page", "with English"])
def test_every_language_in_its_encodings(shape: str) -> None:
    """Each of the benchmark's texts is told right, and hardly any is doubted."""
    found = {(case.language, case.encoding): outcome(case) for case in ALL if case.shape == shape}
    assert len({language for language, _ in found}) == 35
    assert [pair for pair, it in found.items() if it == "wrong"] == []
    assert sum(it == "doubted" for it in found.values()) <= 2


def test_letters_of_vietnamese_are_whole() -> None:
    (case,) = (it for it in ALL if it.language == "vi" and it.shape == "whole")
    decoded = decode(case.data, html=False)
    assert decoded.text == unicodedata.normalize("NFC", case.text) != case.text


def test_pieces_are_told_right_or_doubted() -> None:
    for shape, most in (("160", 0.01), ("80", 0.01), ("40", 0.02)):
        found = [outcome(case) for case in ALL if case.shape == shape]
        assert found.count("wrong") <= most * len(found)


def test_capitals_are_doubted() -> None:
    for case in ALL:
        if case.shape == "whole" and case.encoding in ("cp1250", "cp1252", "mac_roman"):
            data = case.text.upper().replace("ΐ", "Ϊ́").encode(case.encoding, "replace")
            assert outcome(Case(*case[:3], case.text.upper(), data)) in ("right", "doubted")


def test_a_doubt_says_what_to_do() -> None:
    decoded = decode("Zażółć".encode("cp1250"), html=False)
    (notice,) = decoded.notices
    assert (notice.code, notice.severity) == ("encoding-guessed", "doubt")
    assert "`encoding: windows-1250`" in notice.message


@pytest.mark.parametrize(
    "label", ["windows-1250", "Windows-1250", '"cp1250"', "'windows-1250' # x"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_front_matter_names_the_encoding(label: str, end: str) -> None:
    text = f"---\nsite: example.pl\nencoding: {label}\n---\nZażółć gęślą jaźń\n"
    decoded = decode(text.replace("\n", end).encode("cp1250"), html=False)
    assert decoded.text == text
    assert (decoded.encoding, decoded.notices) == ("windows-1250", ())


def test_what_only_looks_like_front_matter_names_nothing() -> None:
    text = f"encoding: koi8-r\n\nnaïve “quotes”. {ENGLISH}"
    assert text_of(text.encode("cp1252")) == text
    text = f"---\nencoding: nonsense\n---\nnaïve “quotes”. {ENGLISH}"
    assert text_of(text.encode("cp1252")) == text


@pytest.mark.parametrize("declared", ["windows-1252", "iso-8859-1", "utf-8", "nonsense"])
def test_what_a_template_declares_of_every_page_is_not_believed_of_other_scripts(
    declared: str,
) -> None:
    for case in ALL:
        if case.shape == "page" and case.language in ("ru", "el", "he", "ar", "th", "ja", "ko"):
            page = case.data.replace(b"<head>", f'<head><meta charset="{declared}">'.encode())
            decoded = decode(page, html=True)
            assert case.text[-60:] in decoded.text, (case.language, case.encoding, decoded.encoding)


@pytest.mark.parametrize("declared", ["windows-1251", "gb18030", "euc-jp", "big5"])
def test_a_declared_encoding_that_the_bytes_can_be_in_is_believed(declared: str) -> None:
    words = {"windows-1251": "Мы"}.get(declared, "隱私" if declared == "big5" else "公司")
    page = f'<meta charset="{declared}"><p>{words}</p>'.encode(declared)
    decoded = decode(page, html=True)
    assert decoded.text.endswith(f"<p>{words}</p>")
    assert decoded.notices == ()


@pytest.mark.parametrize("text", [ENGLISH + "it’s “naïve” – café ©", ENGLISH + "¼ cup, 20 °C, £5"])
def test_english_with_a_few_signs_is_windows_1252_beyond_doubt(text: str) -> None:
    decoded = decode(text.encode("cp1252"), html=False)
    assert (decoded.text, decoded.encoding, decoded.notices) == (text, "windows-1252", ())


def test_euros_and_ligatures_tell_latin_9() -> None:
    french = "Le prix est de 10 €, le cœur de l'œuvre coûte 20 € à Pâques et l'été prochain. " * 3
    assert text_of(french.encode("iso-8859-15")) == french
