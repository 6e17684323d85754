"""From a row and a column of the tabs to the address of the figure that stands there."""

from __future__ import annotations

from desktop_app.models.values import CellState, Month
from desktop_app.services.results.changes import CellDiff
from desktop_app.services.results.figures import TableLine
from desktop_app.services.results.green import ProfileRow
from desktop_app.services.results.overview import DutyRow, Kpi
from desktop_app.services.results.targets import TargetProgress
from desktop_app.services.results.tracing import BY_MODE, FigureAddress

REACHED = {"any": "RUR.REACH", "direct": "RUR.DIRECT", "major": "RUR.MAJOR"}
"""Definition (口径) of a village that is reached → the indicator of its rate; a number of brands has none."""
VOLUME = "MKT.VOL"
VILLAGES = "RUR.VILLAGES"
_HEADS = {
    "同比%": "yoy",
    "环比%": "mom",
    "累计": "cumulative",
    "累计同比%": "cumulative_yoy",
    "比重%": "share",
    "±百分点": "share_change",
}


def table_figure(line: TableLine, head: str, text: str, enterprise: str) -> FigureAddress:
    """A cell of 行业指标; name, unit and month all stand for the month's figure."""
    figure = line.figure
    measure = _HEADS.get(head, "value")
    printed = text if measure not in {"value", "cumulative"} else ""
    if head.endswith("%") and not figure.yoy_is_points and text[-1:].isdigit():
        printed = f"{text}%"
    return FigureAddress(figure.code, figure.period, measure, enterprise, figure.region, printed=printed)


def card_figure(kpi: Kpi, month: Month | None) -> FigureAddress | None:
    """A key figure."""
    if month is None or not kpi.code:
        return None
    return FigureAddress(kpi.code, str(month), definition={v: k for k, v in REACHED.items()}.get(kpi.code, ""))


def month_figure(
    code: str, key: str, definition: str = "", subject: str = "", region: str = ""
) -> FigureAddress | None:
    """A point of a line over months; None for a category that is no month."""
    try:
        month = Month.parse(key)
    except ValueError:
        return None
    return FigureAddress(code, str(month), subject=subject, region=region, definition=definition)


def duty_figure(row: DutyRow, column: int, month: Month | None) -> FigureAddress | None:
    """A company's volume or its 同比 in 总览."""
    if month is None:
        return None
    return FigureAddress(VOLUME, str(month), "yoy" if column == 3 else "value", str(row.enterprise_id))


def villages_figure(
    definition: str, month: Month | None, *, unit: str = "", brand: str = "", code: str = ""
) -> FigureAddress | None:
    """A rate or number of villages of a county, town or village."""
    if month is None:
        return None
    wanted = code or REACHED.get(definition, REACHED["any"])
    return FigureAddress(wanted, str(month), subject=unit, brand=brand, definition="" if code or brand else definition)


def mode_figure(mode: str, month: Month | None) -> FigureAddress | None:
    """How many villages a mode (进村方式) reaches."""
    return None if month is None else FigureAddress(VILLAGES, str(month), definition=f"{BY_MODE}{mode}")


def profile_figure(row: ProfileRow, company: str, head: str, month: str) -> FigureAddress:
    """A company's rate in its profile, or the county's beside it."""
    return FigureAddress(row.indicator, month, subject="" if head == "全县" else company)


def target_figure(row: TargetProgress, month: Month | None) -> FigureAddress | None:
    """What stands against a target now; None where nothing can be held against it."""
    if month is None or not row.indicator or row.state is CellState.NOT_APPLICABLE:
        return None
    grows = row.measure == "yoy"
    whole = "累计" in row.basis or "近12个月" in row.basis or "全年" in row.basis
    measure = "cumulative_yoy" if grows else "cumulative" if whole else "value"
    return FigureAddress(row.indicator, str(month), measure, printed=row.value_text)


def diff_figure(diff: CellDiff) -> FigureAddress | None:
    """A figure or a village's record that an import has changed."""
    if diff.subject == "coverage":
        return FigureAddress(REACHED["any"], diff.period, subject=diff.code, brand=diff.whose) if diff.period else None
    if diff.subject != "figure" or not diff.period:
        return None
    company = "" if diff.whose == "本局" else diff.whose
    return FigureAddress(diff.code, diff.period, "cumulative" if "累计" in diff.span else "value", company)
