"""Capture times as readers, HTML and HTTP write them; English, UTC, whatever the locale."""

from datetime import UTC, datetime
from email.utils import format_datetime

from policy_archive.text.dates import MONTH_NAMES


def shown(captured: str) -> str:
    """`20140521173313` as "21 May 2014, 17:33 UTC"; at day precision without the time."""
    if not captured:
        return "date unknown"
    day = f"{int(captured[6:8])} {MONTH_NAMES[int(captured[4:6]) - 1]} {captured[:4]}"
    return f"{day}, {captured[8:10]}:{captured[10:12]} UTC" if len(captured) == 14 else day


def of_segment(segment: str) -> str:
    """The same of a capture that is named by the last segment of its address."""
    return shown(segment.partition("-")[0])


def interval(before: str, after: str) -> tuple[str, str]:
    """Two captures as readers write them, for between them: by their days, or times of one day."""
    if before[:8] == after[:8]:
        if len(before) == len(after) == 14:
            return shown(before).removesuffix(" UTC"), shown(after).partition(", ")[2]
        return shown(before), shown(after)
    one, other = shown(before[:8]), shown(after[:8])
    return one.removesuffix(f" {after[:4]}"), other


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
    return f"{moment.day} {MONTH_NAMES[moment.month - 1]} {moment.year}"
