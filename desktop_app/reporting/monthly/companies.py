"""The companies in words: the largest, who grows fast, who declines. Only for editions that name companies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop_app.catalogue.format import format_pct
from desktop_app.indicators.results.figures import FigureRow
from desktop_app.models.values import CellState, quantize
from desktop_app.reporting.content import Block, Measure, Text
from desktop_app.reporting.monthly.moves import VOLUME
from desktop_app.reporting.monthly_data import MonthlyData
from desktop_app.reporting.slots import FigureSlots
from desktop_app.reporting.templates import Templates, fill_section
from desktop_app.reporting.wording import Origin, Runs, count_words, listed_runs

_NAMED = 3


def companies_text(data: MonthlyData, templates: Templates) -> list[Block]:
    """One paragraph; none when fewer than two companies have a figure."""
    known = [row for row in data.ranking if row.value and row.state is CellState.VALUE]
    if len(known) < 2 or not data.edition.names_companies:
        return []
    return [*fill_section(templates, "companies", FigureSlots(data.figures, _words(data, known)), january=data.whole)]


def _words(data: MonthlyData, known: Sequence[FigureRow]) -> Mapping[str, Runs | str | None]:
    """Equal places are not torn apart: nobody is said to be larger than one with the same figure."""
    largest = known[:_NAMED]
    tied = len(known) > len(largest) and known[len(largest)].value == largest[-1].value
    volume = data.figures.get(VOLUME)
    # Fewer months than last year are no decline.
    torn = set(volume.completeness.partial) if volume is not None else set()
    falling = [row for row in known if row.yoy_pct is not None and row.yoy_pct < 0 and row.name not in torn]
    deepest = sorted(falling, key=lambda row: row.yoy_pct or 0)[:_NAMED]
    growing = sorted(
        (row for row in known if row.contribution_pp is not None and row.contribution_pp > 0),
        key=lambda row: -(row.contribution_pp or 0),
    )[:_NAMED]
    return {
        "this": data.this,
        "month": data.words,
        "largest_count": str(len(largest)),
        "largest": None if tied else _said(data, largest, Measure.SHARE),
        "growing": _said(data, growing, Measure.CONTRIBUTION) if _grows(data) else None,
        "falling": count_words(len(falling), "家", Origin(VOLUME, str(data.time))) if falling else None,
        "deepest": _said(data, deepest, Measure.YOY),
        "all_falling": () if len(falling) <= _NAMED else None,
    }


def _grows(data: MonthlyData) -> bool:
    """Whether there is a growth of the whole, over the same companies, to be explained."""
    volume = data.figures.get(VOLUME)
    return volume is not None and (volume.yoy_pct or 0) > 0 and not volume.yoy_surplus


def _said(data: MonthlyData, rows: Sequence[FigureRow], measure: Measure) -> Runs | None:
    """甲（29.0%）、乙（拉动6.9个百分点）和丙（下降5.9%）."""
    named: list[Runs] = []
    for row in rows:
        origin = Origin(VOLUME, str(data.time), row.key)
        match measure:
            case Measure.SHARE:
                value, lead, tail, unit = row.share_pct, "占", "%", "%"
            case Measure.CONTRIBUTION:
                value, lead, tail, unit = row.contribution_pp, "", "个百分点", "百分点"
            case _:
                value, lead, tail, unit = row.yoy_pct, "下降", "%", "%"
        if value is None:
            return None
        rounded = quantize(value, 1)
        run = origin.run(f"{format_pct(abs(rounded))}{tail}", measure, rounded, unit)
        named.append((Text(f"{row.name}（{lead}"), run, Text("）")))
    return listed_runs(named) if named else None
