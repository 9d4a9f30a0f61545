"""Bytes are taken for what they are, whatever the file is called."""

import base64
import contextlib
import gzip
import quopri
import random
import zlib
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
from tests.build.in_memory import read_archive

from policy_archive.model import Record
from policy_archive.reading import unpack as unpack_module
from policy_archive.reading.decode import decode
from policy_archive.reading.unpack import NotTextError, unpack
from policy_archive.settings import Settings
from policy_archive.sources.files import find

WORDS = (
    "We collect your name and your e-mail address when you order lamps from us. We share personal "
    "information with the carrier who brings the parcel, and we keep it for two years. You may "
    "refuse cookies in your browser; “strictly necessary” ones excepted. "
)
PAGE = (
    "<!DOCTYPE html><html><head><title>Privacy Policy</title></head><body><h1>Privacy Policy</h1>"
    f"<p>{WORDS}</p><h2>Cookies</h2><p>{WORDS}</p></body></html>"
)


def archive_of(folder: Path, name: str, data: bytes) -> list[tuple[str, str]]:
    """Code and message of what is said of a file, and of `policies` that it makes."""
    (folder / "policies").mkdir(exist_ok=True)
    (folder / "policies" / name).write_bytes(data)
    found = read_archive(find(folder / "policies", folder), Settings())
    notices = [(n.code, n.message) for _, n in found.notices]
    return [*notices, *(("policy", p.site) for p in found.policies)]


def record_of(folder: Path, name: str, data: bytes) -> Record:
    (folder / name).write_bytes(data)
    found = read_archive(find(folder, folder), Settings())
    return found.record(found.policies[0].newest)


PACKED = {
    "gzip": gzip.compress(PAGE.encode()),
    "two members": gzip.compress(PAGE[:200].encode()) + gzip.compress(PAGE[200:].encode()),
    "gzip twice": gzip.compress(gzip.compress(PAGE.encode())),
    "padded": gzip.compress(PAGE.encode()) + b"\0" * 512,
    "Brotli": brotli.compress(PAGE.encode()),
    "Brotli, fast": brotli.compress(PAGE.encode(), quality=0),
    "Brotli in gzip": gzip.compress(brotli.compress(PAGE.encode())),
}


@pytest.mark.parametrize("how", PACKED)
def test_what_a_crawler_left_packed_is_unpacked(tmp_path: Path, how: str) -> None:
    record = record_of(tmp_path, "example.com.html", PACKED[how])
    assert record.document.title == "Privacy Policy"
    assert [s.title for s in record.document.sections] == ["Privacy Policy", "Cookies"]
    assert "“strictly necessary” ones" in " ".join(record.document.texts)
    wrapping = {"gzip twice": "gzip in gzip", "Brotli in gzip": "Brotli in gzip"}.get(
        how, "Brotli" if "Brotli" in how else "gzip"
    )
    assert record.encoding == f"utf-8 in {wrapping}"
    assert not any(n.severity == "problem" for n in record.notices)


def test_what_is_missing_of_a_packed_page_is_said(tmp_path: Path) -> None:
    cut = PACKED["gzip"][:-60]
    record = record_of(tmp_path, "example.com.html", cut)
    assert "We collect your name" in " ".join(record.document.texts)
    (notice,) = [n for n in record.notices if n.code == "incomplete"]
    assert "its end is missing" in notice.message
    assert not record.checked
    broken = bytearray(PACKED["gzip"])
    broken[-8] ^= 1  # the checksum
    assert [n.code for n in unpack(bytes(broken)).notices] == ["incomplete"]


@pytest.mark.parametrize("compress", [gzip.compress, brotli.compress])
def test_what_unpacks_without_end_is_refused(
    compress: Callable[[bytes], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpack_module, "LARGEST", 1_000_000)
    largest = PAGE.encode() + b"a" * (1_000_000 - len(PAGE.encode()))
    assert unpack(compress(largest)).data == largest
    for size in (1, 50_000_000):
        with pytest.raises(NotTextError, match="more than 1,000,000 bytes"):
            unpack(compress(largest + b"a" * size))
    many = gzip.compress(b"a" * 300_000) * 4
    with pytest.raises(NotTextError, match="more than 1,000,000 bytes"):
        unpack(many)


NO_TEXTS = {
    "a PDF document": b"%PDF-1.4\n1 0 obj <</Type/Catalog>> endobj\n",
    "a PDF document ": b"\xef\xbb\xbf\n%PDF-1.7\n",
    "JSON": b'{"policy": "We collect your name", "date": null}',
    "JSON ": b'[\n{"a": 1},\n{"b": 2}\n]\n',
    "JSON  ": b'{"url": "a"}\n{"url": "b"}\n',
    "a pointer of Git LFS": b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12\n",
    "a pointer of git-annex": b"/annex/objects/SHA256E-s12--4d7a.md\n",
    "a pointer of git-annex ": b"../../.git/annex/objects/Xx/1f/SHA256E-s12--4d7a.md",
    "a PostScript document": b"%!PS-Adobe-3.0\n",
    "a property list": b"bplist00\xd1\x01\x02_\x10\x0fWebMainResource",
    "an image": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "an image ": b"\xff\xd8\xff\xe0\0\x10JFIF",
    "an image  ": b"GIF89a\1\0\1\0",
    "a ZIP archive": b"PK\x03\x04\x14\0\6\0\x08\0\0\0",
    "a document of Microsoft Office": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "a document of a word processor (RTF)": b"{\\rtf1\\ansi We collect}",
    "a WARC file": b"WARC/1.0\r\nWARC-Type: response\r\n",
    "packed in a way that is not read": b"\x28\xb5\x2f\xfd\x04\0",
    "no text": random.Random(1).randbytes(3_000),
    "no text ": zlib.compress(random.Random(1).randbytes(3_000)),
}


@pytest.mark.parametrize("name", ["example.com.html", "example.com.md", "example.com.txt"])
@pytest.mark.parametrize("what", NO_TEXTS)
def test_what_is_no_text_is_named_and_no_policy(tmp_path: Path, what: str, name: str) -> None:
    for data in (NO_TEXTS[what], gzip.compress(NO_TEXTS[what])):
        ((code, message),) = archive_of(tmp_path, name, data)
        assert code == "unreadable"
        assert f"(it is {what.strip()}" in message


@pytest.mark.parametrize(
    "text",
    [
        "[Our policy](http://example.com/) is here.\n",
        "{% include policy.html %}\n",
        "[ ] I agree\n",
        "{We keep} nothing\n",
        "%PDFs are made by us\n",
        "version https://example.com/spec\n",
        "PK is our name\n",
        "a\x01b\x02c\x03",
        "\x0c" * 100 + "Privacy\n",
        "",
        "BM sells lamps.",
        '"a string is JSON, too"',
        "12",
    ],
)
def test_texts_that_only_begin_like_something_else_stay_texts(text: str) -> None:
    assert unpack(text.encode()).data == text.encode()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "gb18030", "utf-8-sig"])
def test_wide_encodings_are_texts(encoding: str) -> None:
    text = "隐私政策：我们尊重每一位访问本网站的用户的隐私。Privacy policy of example.com. " * 9
    assert decode(text.encode(encoding), html=False).text == text


URL = "https://www.example.com/legal/privacy"
HEAD = (
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: {url}\r\nSubject: Privacy\r\n"
    "Date: Mon, 3 May 2021 09:09:39 -0000\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----Boundary--x"\r\n\r\n'
)


def mhtml(*parts: tuple[str, bytes], head: str = HEAD) -> bytes:
    found = head.format(url=URL).encode()
    for headers, body in parts:
        found += b"\r\n------Boundary--x\r\n" + headers.encode() + b"\r\n\r\n" + body
    return found + b"\r\n------Boundary--x--\r\n"


def page(encoding: str, *, charset: str = "utf-8", transfer: str) -> tuple[str, bytes]:
    data = PAGE.encode(encoding)
    body = {"quoted-printable": quopri.encodestring, "base64": base64.encodebytes}.get(transfer)
    headers = (
        f"Content-Type: text/html; charset={charset}\r\nContent-ID: <frame-1@mhtml.blink>\r\n"
        f"Content-Transfer-Encoding: {transfer}\r\nContent-Location: {URL}"
    )
    return headers, (body(data) if body else data).replace(b"\n", b"\r\n")


IMAGE = (
    "Content-Type: image/png\r\nContent-Transfer-Encoding: base64",
    base64.b64encode(b"\x89PNG"),
)


@pytest.mark.parametrize("name", ["saved.mhtml", "saved.mht", "saved.html", "saved.txt"])
@pytest.mark.parametrize("transfer", ["quoted-printable", "base64", "8bit", "Quoted-Printable "])
def test_mhtml_is_read_and_its_head_is_provenance(tmp_path: Path, name: str, transfer: str) -> None:
    data = mhtml(page("utf-8", transfer=transfer.strip().lower()), IMAGE)
    record = record_of(tmp_path, name, data)
    snapshot = record.snapshot
    assert (snapshot.site, snapshot.captured, snapshot.original_url) == (
        "example.com", "20210503090939", URL,
    )  # fmt: skip
    assert record.document.title == "Privacy Policy"
    texts = " ".join(record.document.texts)
    assert "“strictly necessary” ones" in texts
    assert "Saved by Blink" not in texts
    assert record.encoding == "utf-8 in MHTML"
    expected = ["other-form"] if name == "saved.txt" else []
    assert [n.code for n in record.notices if n.code != "too-short"] == expected


def test_what_mhtml_says_of_the_encoding_is_believed(tmp_path: Path) -> None:
    data = mhtml(page("cp1252", charset="windows-1252", transfer="quoted-printable"))
    record = record_of(tmp_path, "a.mhtml", data)
    assert "“strictly necessary” ones" in " ".join(record.document.texts)
    assert record.encoding == "windows-1252 in MHTML"


def test_of_several_pages_the_first_or_the_one_that_is_named(tmp_path: Path) -> None:
    frame = ("Content-Type: text/html\r\nContent-ID: <ad>", b"<html><p>Buy lamps now.</p></html>")
    whole = page("utf-8", transfer="quoted-printable")
    record = record_of(tmp_path, "a.mhtml", mhtml(whole, IMAGE, frame))
    assert record.document.title == "Privacy Policy"
    (notice,) = [n for n in record.notices if n.code == "frameset"]
    assert "1 more" in notice.message
    named = HEAD.replace("multipart/related;", 'multipart/related; start="<frame-1@mhtml.blink>";')
    record = record_of(tmp_path, "a.mhtml", mhtml(frame, whole, head=named))
    assert record.document.title == "Privacy Policy"


def test_nested_and_damaged_mhtml(tmp_path: Path) -> None:
    inner = mhtml(page("utf-8", transfer="base64")).partition(b"\r\n\r\n")[2]
    nested = inner.replace(b"----Boundary--x", b"----Inner")
    headers = 'Content-Type: multipart/alternative; boundary="----Inner"'
    record = record_of(tmp_path, "a.mhtml", mhtml((headers, nested)))
    assert record.document.title == "Privacy Policy"
    whole = mhtml(page("utf-8", transfer="base64"))
    for end in range(0, len(whole), 97):
        with contextlib.suppress(NotTextError):
            decode(whole[:end], html=True)
    deep = b"".join(
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x%d\n\n--x%d\n" % (n, n)
        for n in range(5_000)
    )
    assert unpack(deep)


def test_a_text_that_begins_like_a_letter_is_none() -> None:
    text = "Subject: Privacy\nDate: today\n\nWe keep nothing.\n"
    assert decode(text.encode(), html=False).text == text
