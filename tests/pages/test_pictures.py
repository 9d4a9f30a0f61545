"""Pictures: well-formed, described, escaped, the same for the same figures."""

import re
import xml.etree.ElementTree as ET

import pytest

from policy_archive.pages.charts import pictures
from policy_archive.pages.charts.pictures import Moment, Timeline

HOSTILE = "\"><script>alert(1)</script>&'{{ 7*7 }}"


def parsed(svg: str) -> ET.Element:
    """The picture as XML, which HTML also reads."""
    return ET.fromstring(svg)


def texts(svg: str, name: str) -> list[str]:
    return [element.text or "" for element in parsed(svg).iter(name)]


def marks(svg: str, kind: str) -> list[ET.Element]:
    return [element for element in parsed(svg).iter() if element.get("class") == kind]


def percent(value: str | None) -> float:
    assert value and value.endswith("%")
    return float(value[:-1])


def moments(*dates: str) -> list[Moment]:
    return [Moment(date, f"on {date}", f"{date}/") for date in dates]


SAMPLES = {
    "coverage": pictures.coverage([("2012", 2), ("2014", 1)]),
    "share": pictures.share(4, 1, 0),
    "timeline": pictures.timeline(moments("2012-06-04", "2014-05-21T17:33:13Z")).html,
}


@pytest.mark.parametrize("svg", SAMPLES.values(), ids=SAMPLES)
def test_every_picture_has_a_title_and_a_description(svg: str) -> None:
    root = parsed(svg)
    assert [child.tag for child in root][:2] == ["title", "desc"]
    assert all(child.text for child in list(root)[:2])
    assert root.get("role") in {"img", "group"}


@pytest.mark.parametrize("svg", SAMPLES.values(), ids=SAMPLES)
def test_no_picture_brings_a_colour_of_its_own(svg: str) -> None:
    assert not re.search(r"#[0-9a-f]{3,6}\b|rgb|style=", svg.replace("url(#pa-gap)", ""))


def test_the_same_figures_give_the_same_picture_whatever_their_order() -> None:
    figures = [("2019", 3), ("2014", 1), ("undated", 1)]
    assert pictures.coverage(figures) == pictures.coverage(reversed(figures))
    dates = moments("2012-06-04", "2013-01-01", "2014-05-21")
    assert pictures.timeline(dates) == pictures.timeline(dates[::-1])


def test_years_without_a_capture_keep_their_place() -> None:
    svg = pictures.coverage([("2012", 2), ("2015", 4)])
    years = [e.text for e in marks(svg, "pa-pic-label")]
    assert years == ["2012", "2013", "2014", "2015"]
    assert len(marks(svg, "pa-pic-bar")) == 2


def test_bars_are_as_high_as_their_figures() -> None:
    low, high = marks(pictures.coverage([("2012", 1), ("2013", 4)]), "pa-pic-bar")
    assert float(high.get("height", "")) == 4 * float(low.get("height", ""))


def test_what_is_no_year_stands_last() -> None:
    svg = pictures.coverage([("undated", 1), ("2013", 1), ("2012", 1)])
    assert [e.text for e in marks(svg, "pa-pic-label")] == ["2012", "2013", "undated"]


def test_many_years_keep_every_bar_and_fewer_labels() -> None:
    svg = pictures.coverage([(str(year), year % 7 + 1) for year in range(1990, 2026)])
    assert len(marks(svg, "pa-pic-bar")) == 36
    assert len(marks(svg, "pa-pic-label")) <= 13


def test_the_description_says_all_figures() -> None:
    svg = pictures.coverage([("2012", 1200), ("2013", 1)])
    assert texts(svg, "desc") == ["1,201 captures. 2012: 1,200; 2013: 1."]


def test_an_empty_archive_has_no_picture() -> None:
    assert pictures.coverage([]) == ""


@pytest.mark.parametrize("figures", [(4, 1, 0), (0, 5, 0), (1, 1, 1), (7, 0, 3), (0, 0, 4)])
def test_a_share_is_divided_without_gap_or_overlap(figures: tuple[int, int, int]) -> None:
    svg = pictures.share(*figures)
    names = ("speaking", "silent", "unchecked")
    parts = [mark for name in names for mark in marks(svg, f"pa-pic-{name}")]
    assert len(parts) == sum(1 for figure in figures if figure)
    at = 0.0
    for part in parts:
        assert percent(part.get("x")) == pytest.approx(at, abs=0.02)
        at += percent(part.get("width"))
    assert at == pytest.approx(100, abs=0.02)


def test_a_share_of_nothing_is_an_empty_track() -> None:
    svg = pictures.share(0, 0, 0)
    assert len(marks(svg, "pa-pic-track")) == 1
    assert [e.tag for e in parsed(svg)] == ["title", "desc", "rect"]


@pytest.mark.parametrize("dates", [(), ("2014-05-21",), ("2014-05-21", "2014-05-21T08:00:00Z")])
def test_a_timeline_needs_two_different_days(dates: tuple[str, ...]) -> None:
    assert pictures.timeline(moments(*dates)) == Timeline()


def test_dots_stand_in_time_order_and_lead_to_their_snapshots() -> None:
    svg = pictures.timeline(moments("2012-06-04", "2014-05-21", "2013-01-01")).html
    places = [percent(dot.get("cx")) for dot in marks(svg, "pa-pic-dot")]
    assert places == sorted(places)
    assert places[0] == 2
    assert places[-1] == 98
    assert [a.get("href") for a in parsed(svg).iter("a")] == [
        "2012-06-04/",
        "2013-01-01/",
        "2014-05-21/",
    ]


def test_dots_grow_with_change_up_to_a_bound() -> None:
    dates = [
        Moment(f"201{n}-01-01", "", "", change=change)
        for n, change in enumerate((-1.0, 0.0, 0.5, 1.0, 9.0))
    ]
    radii = [float(dot.get("r", "")) for dot in marks(pictures.timeline(dates).html, "pa-pic-dot")]
    assert radii == [5, 5, 7.5, 10, 10]


def test_doubtful_captures_are_hollow_and_say_so() -> None:
    timeline = pictures.timeline(
        [Moment("2012-01-01", "then", "a/", doubtful=True), Moment("2012-06-01", "later", "b/")]
    )
    assert (timeline.doubtful, timeline.gaps) == (True, False)
    svg = timeline.html
    assert len(marks(svg, "pa-pic-doubtful")) == 1
    assert "then (doubtful)" in texts(svg, "title")
    assert "1 doubtful, drawn hollow." in texts(svg, "desc")[0]


def test_long_gaps_are_hatched_and_short_ones_are_not() -> None:
    timeline = pictures.timeline(moments("2010-01-01", "2010-12-01", "2014-01-01"))
    assert (timeline.doubtful, timeline.gaps) == (False, True)
    svg = timeline.html
    (gap,) = marks(svg, "pa-pic-gap")
    assert percent(gap.get("x")) > 20
    assert "1 gap longer than eighteen months, hatched." in texts(svg, "desc")[0]


@pytest.mark.parametrize(
    "svg",
    [
        pictures.coverage([(HOSTILE, 1), ("2012", 1)]),
        pictures.timeline(
            [Moment(f"201{n}-01-01", HOSTILE, HOSTILE, segment=HOSTILE) for n in range(2)]
        ).html,
    ],
    ids=["coverage", "timeline"],
)
def test_hostile_words_stay_words(svg: str) -> None:
    assert "<script" not in svg
    assert HOSTILE in "".join(parsed(svg).itertext())
    assert {e.tag for e in parsed(svg).iter()} <= {
        "svg", "title", "desc", "defs", "pattern", "line", "rect", "text", "circle", "a",
    }  # fmt: skip
