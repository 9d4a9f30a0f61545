"""Calendar dates as people and archives write them; no date is ever guessed."""

import re
from datetime import UTC, date, datetime, timedelta

_FIRST_YEAR = 1990
"""No web page is older."""

_NAMES = (
    "january jan januar janvier janv enero ene gennaio gen januari janeiro",
    "february feb februar février fevrier févr fevr febrero febbraio februari fevereiro",
    "march mar mrz märz maerz mars marzo maart março",
    "april apr avril avr abril abr aprile",
    "may mai mayo maggio mag mei maio",
    "june jun juni juin junio giugno giu junho",
    "july jul juli juillet juil julio luglio lug julho",
    "august aug août aout agosto ago augustus",
    "september sep sept septembre septiembre settembre set setembro",
    "october oct okt oktober octobre octubre ottobre ott outubro",
    "november nov novembre noviembre",
    "december dec dez dezember décembre décembre déc diciembre dic dicembre dezembro",
)

MONTH_NAMES = tuple(names.split()[0].capitalize() for names in _NAMES)
"""January to December, in English whatever the locale."""

MONTHS = {name: n for n, names in enumerate(_NAMES, 1) for name in names.split()}
"""Month names and abbreviations in lower case, in seven languages, to their numbers."""

_DIGITS = re.compile(r"[0-9]{8,14}")


def day(year: int, month: int, day_: int) -> date | None:
    """The date, if the calendar has it and the web can have seen it announced."""
    try:
        found = date(year, month, day_)
    except ValueError:
        return None
    return found if _FIRST_YEAR <= year < 2100 else None


def timestamp(digits: str) -> str:
    """`digits` of a capture as 14 digits, or 8 where hours, minutes or seconds are missing.

    Empty when there are fewer than eight, or when they are no real date and time.
    """
    if not _DIGITS.fullmatch(digits):
        return ""
    if not day(int(digits[:4]), int(digits[4:6]), int(digits[6:8])):
        return ""
    if len(digits) < 14:
        return digits[:8]
    try:
        datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return ""
    return digits


_ISO = re.compile(
    r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})"
    r"(?:(?:[Tt]|[ \t]+)([0-9]{1,2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]*)?"
    r"[ \t]*(Z|z|UTC|GMT|[+-][0-9]{1,2}(?::?[0-9]{2})?)?)?"
)
_NAMED = re.compile(
    r"(?:(?P<month>[^\W\d_]{3,10})\.? (?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
    r"|(?P<day_first>[0-9]{1,2})(?:st|nd|rd|th|\.)? (?P<month_last>[^\W\d_]{3,10})\.?)"
    r",? (?P<year>[0-9]{4})"
)


def moment(text: str) -> str:
    """A written moment as `YYYYMMDDhhmmss` (UTC), or `YYYYMMDD` where only the day is given.

    Understands digits alone, ISO 8601 with or without a time (UTC unless it says otherwise), and
    days with a month's name. Empty for anything else, and for dates that do not exist.
    """
    text = " ".join(text.split())
    if text.isdecimal() and text.isascii():
        return timestamp(text)
    if match := _ISO.fullmatch(text):
        return _iso(match)
    if match := _NAMED.fullmatch(text):
        month = MONTHS.get((match["month"] or match["month_last"]).lower(), 0)
        found = day(int(match["year"]), month, int(match["day"] or match["day_first"]))
        return f"{found:%Y%m%d}" if found else ""
    return ""


def _iso(match: re.Match[str]) -> str:
    year, _, month, day_, hour, minute, second, zone = match.groups()
    found = day(int(year), int(month), int(day_))
    if not found or not hour:
        return f"{found:%Y%m%d}" if found else ""
    try:
        time = datetime(
            found.year, found.month, found.day, int(hour), int(minute), int(second), tzinfo=UTC
        )
    except ValueError:
        return ""
    return f"{time - _offset(zone or ''):%Y%m%d%H%M%S}"


def _offset(zone: str) -> timedelta:
    if zone[:1] not in ("+", "-"):
        return timedelta()
    digits = zone[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    size = timedelta(hours=int(hours), minutes=int(minutes))
    return -size if zone[0] == "-" else size


def written(digits: str) -> str:
    """A capture's digits as people read them: `2014-05-21 17:33:13 UTC`, or `2014-05-21`."""
    text = f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}"
    if len(digits) == 14:
        text += f" {digits[8:10]}:{digits[10:12]}:{digits[12:]} UTC"
    return text
