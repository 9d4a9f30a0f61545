"""Kinds of terms in words."""

from policy_archive.pages.language import gettext, marked

KINDS = (
    *(marked("privacy policy"), marked("cookie policy"), marked("terms of service")),
    *(marked("terms of use"), marked("terms and conditions"), marked("community guidelines")),
    *(marked("developer terms"), marked("acceptable use policy"), marked("data processing terms")),
    *(marked("imprint"), marked("legal notice"), marked("copyright policy")),
)
"""Those that are often met; archives have others, which keep their English names."""


def kind_name(kind: str) -> str:
    """`terms-of-service` as "terms of service"."""
    name = kind.replace("-", " ")
    return gettext(name) if name in KINDS else name
