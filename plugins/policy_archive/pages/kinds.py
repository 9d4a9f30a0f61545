"""Kinds of terms in words."""


def kind_name(kind: str) -> str:
    """`terms-of-service` as "terms of service"."""
    return kind.replace("-", " ")
