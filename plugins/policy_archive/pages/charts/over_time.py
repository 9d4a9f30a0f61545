"""Pictures with a time axis: changes by month, and the share of policies that speak to a topic."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from policy_archive.pages.charts.pictures import decimals, svg, text_at
from policy_archive.pages.language import gettext, ngettext, number, percent

_HEIGHT = 90
_TOP = 18
_MAX_LABELS = 8


def by_month(counts: Mapping[str, int]) -> str:
    """Changes by month (`YYYYMM`) as bars; months without one keep their place."""
    if not counts:
        return ""
    months = list(_months(min(counts), max(counts)))
    most = max(counts.values())
    step = 100 / len(months)
    base = _TOP + _HEIGHT
    marks = [f'<line class="pa-pic-axis" x1="0" x2="100%" y1="{base}.5" y2="{base}.5"/>']
    years = [month for month in months if month.endswith("01")]
    every = max(1, -(-len(years) // _MAX_LABELS))
    labelled = set(years[::every])
    for at, month in enumerate(months):
        if count := counts.get(month, 0):
            height = max(1.0, round(_HEIGHT * count / most, 1))
            marks.append(
                f'<rect class="pa-pic-bar" x="{decimals(step * (at + 0.1))}%" '
                f'y="{decimals(base - height)}" width="{decimals(step * 0.8)}%" '
                f'height="{decimals(height)}">'
                f"<title>{month[:4]}-{month[4:]}: {number(count)}</title></rect>"
            )
        if count == most:
            marks.append(
                text_at(step * (at + 0.5), base - _HEIGHT - 5, number(count), "pa-pic-figure")
            )
        if month in labelled:
            marks.append(text_at(step * (at + 0.5), base + 18, month[:4], "pa-pic-label"))
    total = sum(counts.values())
    description = ngettext(
        "%(num)s change from %(first)s to %(last)s; %(most)s in the busiest month.",
        "%(num)s changes from %(first)s to %(last)s; %(most)s in the busiest month.",
        total,
        first=months[0][:4],
        last=months[-1][:4],
        most=number(most),
    )
    return svg("pa-changes", base + 26, gettext("Changes by month"), description, marks)


def _months(first: str, last: str) -> Iterator[str]:
    year, month = int(first[:4]), int(first[4:6])
    while (year, month) <= (int(last[:4]), int(last[4:6])):
        yield f"{year:04}{month:02}"
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def share_by_year(figures: Sequence[tuple[str, int, int]]) -> str:
    """Year, how many speak to a topic, of how many: as a bar of the share, with its n."""
    if len(figures) < 2:
        return ""
    step = 100 / len(figures)
    every = -(-len(figures) // _MAX_LABELS)
    base = _TOP + _HEIGHT
    marks = [f'<line class="pa-pic-axis" x1="0" x2="100%" y1="{base}.5" y2="{base}.5"/>']
    for at, (year, speaking, checked) in enumerate(figures):
        middle, share = step * (at + 0.5), speaking / checked if checked else 0
        thick = min(step * 0.6, 5.0)
        shown = {"year": year, "share": percent(share), "count": number(checked)}
        name = gettext("%(year)s: %(share)s of %(count)s", **shown)
        for kind, height in (("track", float(_HEIGHT)), ("bar", _HEIGHT * share)):
            if checked and height:
                marks.append(
                    f'<rect class="pa-pic-{kind}" x="{decimals(middle - thick / 2)}%" '
                    f'y="{decimals(base - height)}" width="{decimals(thick)}%" '
                    f'height="{decimals(height)}"><title>{escape(name)}</title></rect>'
                )
        if (len(figures) - 1 - at) % every == 0:
            if checked:
                above = base - _HEIGHT * share - 5
                marks.append(text_at(middle, above, percent(share), "pa-pic-figure"))
            marks.append(text_at(middle, base + 17, year, "pa-pic-label"))
            marks.append(text_at(middle, base + 33, f"n {number(checked)}", "pa-pic-label"))
    listed = "; ".join(
        gettext("%(year)s: %(part)s of %(count)s", year=year, part=number(s), count=number(n))
        for year, s, n in figures
    )
    title = gettext("Share of policies that speak to it")
    return svg("pa-by-year", base + 40, title, f"{listed}.", marks)
