"""Texts that archives file as a site's privacy policy, and that are something else."""

import json

import pytest

from policy_archive.build.tasks import read_bytes
from policy_archive.model import Record
from policy_archive.settings import Settings

LICENCE = (
    "You may view and print pages of this site for your own use. The text, pictures and marks on "
    "it belong to Example Ltd. Links to other sites are given for convenience. The site is "
    "provided as it is, without warranty of any kind, and we are not liable for any loss. These "
    "terms are governed by the laws of Oregon, and disputes are heard by its courts.\n\n"
)
ARTICLE = (
    "Identity on the Web rests on digital signatures. A certificate binds a public key to a name, "
    "and the browser trusts whoever signed it. Confidential channels are only as strong as the "
    "oldest cipher that both ends accept, which is why protocols agree on one first.\n\n"
)
PRIVACY = (
    "We collect your name, address and e-mail address when you register. We use cookies. We share "
    "your information with carriers who deliver our parcels. You may ask us to delete your data.\n\n"
)


def read(title: str, text: str, head: str = "", topics: str = "{}") -> Record:
    data = f"{head}# {title}\n\n{text}".encode()
    return read_bytes(data, "policies/lamps.example.md", Settings(topics=topics))


def subject(record: Record) -> list[str]:
    codes = {notice.code for notice in record.notices} & {"other-terms", "no-topic"}
    assert not (codes and record.checked)
    return sorted(codes)


@pytest.mark.parametrize(
    "title",
    ["Terms of Use", "TERMS & CONDITIONS", "Home » Legal » Terms", "Example User Agreement",
     "Legal Notice", "Conditions of sale"],
)  # fmt: skip
def test_other_terms_are_known_by_their_title(title: str) -> None:
    record = read(title, LICENCE * 3 + PRIVACY)
    assert subject(record) == ["other-terms"]
    assert title in next(n.message for n in record.notices if n.code == "other-terms")
    assert record.passages  # what it says on topics is shown; what it does not say is no absence


def test_terms_that_say_what_they_are_raise_no_doubt() -> None:
    assert subject(read("Terms of Use", LICENCE * 3, "---\nkind: terms-of-service\n---\n")) == []


@pytest.mark.parametrize("title", ["Privacy Terms", "Terms and Privacy Policy", "Cookie terms"])
def test_titles_that_name_a_policy_too(title: str) -> None:
    assert subject(read(title, PRIVACY * 2)) == []


def test_a_long_text_on_no_topic_is_doubted() -> None:
    assert subject(read("Client-side certificates", ARTICLE * 5)) == ["no-topic"]
    assert subject(read("Privacy", ARTICLE * 2)) == []  # too short to tell
    assert subject(read("Privacy", ARTICLE * 5 + PRIVACY)) == []


def test_other_topics_tell_nothing_of_the_text() -> None:
    topics = json.dumps({"children": False})
    assert subject(read("Client-side certificates", ARTICLE * 5, topics=topics)) == []


def test_an_empty_page_is_doubted_once() -> None:
    record = read_bytes(b"<html><body><script>x()</script></body></html>", "a.html", Settings())
    codes = [notice.code for notice in record.notices]
    assert [code for code in codes if code != "no-provenance"] == ["empty"]
