"""Capture times as readers, HTML and HTTP write them; in UTC, whatever the locale."""

from datetime import UTC, datetime
from email.utils import format_datetime

from policy_archive.pages.language import gettext, marked

_MONTHS = (
    *(marked("January"), marked("February"), marked("March"), marked("April")),
    *(marked("May"), marked("June"), marked("July"), marked("August")),
    *(marked("September"), marked("October"), marked("November"), marked("December")),
)


def shown(captured: str) -> str:
    """`20140521173313` as "21 May 2014, 17:33 UTC"; at day precision without the time."""
    if not captured:
        return gettext("date unknown")
    if len(captured) < 14:
        return _day(captured)
    return gettext("%(day)s, %(time)s UTC", day=_day(captured), time=_time(captured))


def _day(captured: str) -> str:
    month = gettext(_MONTHS[int(captured[4:6]) - 1])
    day, year = int(captured[6:8]), captured[:4]
    return gettext("%(day)d %(month)s %(year)s", day=day, month=month, year=year)


def _time(captured: str) -> str:
    return f"{captured[8:10]}:{captured[10:12]}"


def of_segment(segment: str) -> str:
    """The same of a capture that is named by the last segment of its address."""
    return shown(segment.partition("-")[0])


def interval(before: str, after: str) -> tuple[str, str]:
    """Two captures as readers write them, for between them: by their days, or times of one day."""
    if before[:8] == after[:8]:
        if len(before) == len(after) == 14:
            moment = gettext("%(day)s, %(time)s", day=_day(before), time=_time(before))
            return moment, gettext("%(time)s UTC", time=_time(after))
        return shown(before), shown(after)
    if not before or before[:4] != after[:4]:
        return shown(before[:8]), shown(after[:8])
    month = gettext(_MONTHS[int(before[4:6]) - 1])
    day = gettext("%(day)d %(month)s", day=int(before[6:8]), month=month)
    return day, shown(after[:8])


def iso(captured: str) -> str:
    """ISO 8601 in the precision that is known; empty when unknown."""
    if not captured:
        return ""
    day = f"{captured[:4]}-{captured[4:6]}-{captured[6:8]}"
    if len(captured) < 14:
        return day
    return f"{day}T{captured[8:10]}:{captured[10:12]}:{captured[12:14]}Z"


def to_the_second(captured: str) -> str:
    """The same for those who know no day precision: then the day's first second."""
    return iso(captured.ljust(14, "0")) if captured else ""


def http(captured: str) -> str:
    """The form of `Memento-Datetime`, which has no day precision: then the day's first second."""
    if not captured:
        return ""
    moment = datetime.strptime(captured.ljust(14, "0"), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    return format_datetime(moment, usegmt=True)


def day_of(moment: datetime) -> str:
    """A day as readers write it."""
    return _day(f"{moment:%Y%m%d}")
