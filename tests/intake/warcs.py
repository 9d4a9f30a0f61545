"""WARC and WACZ files, written byte by byte, so that they may be as odd as those of others."""

import base64
import gzip
import hashlib
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

HTML = "text/html; charset=utf-8"


def sha1(data: bytes) -> str:
    return f"sha1:{base64.b32encode(hashlib.sha1(data).digest()).decode()}"


def chunked(data: bytes, size: int = 100) -> bytes:
    parts = (data[at : at + size] for at in range(0, len(data), size))
    return b"".join(b"%x\r\n%s\r\n" % (len(it), it) for it in parts) + b"0\r\n\r\n"


@dataclass
class Answer:
    """One capture; a list of them is written as a WARC file."""

    url: str
    moment: str
    """14 digits."""
    body: bytes | str = b""
    status: str = "200 OK"
    content_type: str = HTML
    headers: dict[str, str] = field(default_factory=dict)
    digest: str | None = None
    """By default that of the body; empty: none is written."""
    type: str = "response"
    more: dict[str, str] = field(default_factory=dict)
    """Further heads of the record."""
    length: int | None = None
    """What the record says of its length; by default the truth."""

    @property
    def data(self) -> bytes:
        return self.body.encode() if isinstance(self.body, str) else self.body

    def record(self) -> bytes:
        moment = self.moment
        day = f"{moment[:4]}-{moment[4:6]}-{moment[6:8]}"
        time = f"{moment[8:10]}:{moment[10:12]}:{moment[12:]}"
        http = {"Content-Type": self.content_type, **self.headers} if self.content_type else {}
        answer = f"HTTP/1.1 {self.status}\r\n" + _lines(http or self.headers)
        block = self.data if self.type == "resource" else answer.encode() + b"\r\n" + self.data
        heads = {
            "WARC-Type": self.type,
            "WARC-Record-ID": f"<urn:uuid:{hashlib.md5(block + moment.encode()).hexdigest()}>",
            "WARC-Date": f"{day}T{time}Z",
            "WARC-Target-URI": self.url,
            "Content-Type": self.content_type
            if self.type == "resource"
            else "application/http; msgtype=response",
            "Content-Length": str(len(block) if self.length is None else self.length),
        }
        if self.digest is None or self.digest:
            heads["WARC-Payload-Digest"] = self.digest or sha1(self.data)
        return f"WARC/1.0\r\n{_lines(heads | self.more)}\r\n".encode() + block + b"\r\n\r\n"


def revisit(of: Answer, moment: str, **more: object) -> Answer:
    """A record that says that the same bytes came again."""
    day = f"{of.moment[:4]}-{of.moment[4:6]}-{of.moment[6:8]}"
    time = f"{of.moment[8:10]}:{of.moment[10:12]}:{of.moment[12:]}"
    heads = {
        "WARC-Profile": "http://netpreserve.org/warc/1.0/revisit/identical-payload-digest",
        "WARC-Refers-To-Target-URI": of.url,
        "WARC-Refers-To-Date": f"{day}T{time}Z",
    }
    return Answer(of.url, moment, digest=of.digest or sha1(of.data), type="revisit", more=heads)


def _lines(heads: dict[str, str]) -> str:
    return "".join(f"{name}: {value}\r\n" for name, value in heads.items())


def warc(answers: Iterable[Answer], *, packed: bool = True) -> bytes:
    pack = gzip.compress if packed else bytes
    return b"".join(pack(it.record()) for it in answers)


def write(file: Path, answers: Iterable[Answer]) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.suffix == ".wacz":
        with zipfile.ZipFile(file, "w") as zipped:
            zipped.writestr("datapackage.json", "{}")
            zipped.writestr("archive/data.warc.gz", warc(answers))
    else:
        file.write_bytes(warc(answers, packed=file.suffix == ".gz"))
    return file
