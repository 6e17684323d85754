"""What the companies handed in, and when: late, missing and corrected figures (补报, 未报, 更正)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from demo_county.basics import MARCH, MONTHS, Month
from demo_county.companies import STEMS
from demo_county.market import Figures

Market = dict[tuple[Month, str], Figures]


@dataclass(frozen=True)
class LateFile:
    """A file that reaches the folder of ``arrives`` and speaks of an earlier month."""

    month: Month
    stem: str
    arrives: Month
    kind: str
    """补报 (nothing was there) or 更正 (a wrong figure was there)."""
    reason: str


LATE_FILES = (
    LateFile(Month(2020, 2), "辛", Month(2020, 3), "补报", "受疫情影响，2月份统计人员未到岗，现予补报。"),
    LateFile(Month(2020, 2), "丑", Month(2020, 3), "补报", "受疫情影响，2月份网点停业至25日，现予补报。"),
    LateFile(Month(2020, 6), "丙", Month(2020, 7), "更正", "漏计6月份代收货款服务收入，其他业务收入予以更正。"),
    LateFile(Month(2020, 8), "己", Month(2020, 9), "补报", "业务系统升级，8月份数据未能按时导出，现予补报。"),
    LateFile(Month(2020, 11), "癸", Month(2020, 12), "更正", "异地业务量录入时两位数字颠倒，企业来函更正。"),
    LateFile(Month(2021, 6), "壬", Month(2021, 7), "补报", "统计人员交接，6月份报表漏报，现予补报。"),
    LateFile(Month(2021, 9), "乙", Month(2021, 10), "更正", "9月份从业人员数误报，少计新设网点人员，现予更正。"),
)

MISSING_IN_MARCH = ("己", "癸")
"""Companies that had not reported March 2021 when its flash summary (快报) was made."""
ROWS_LEFT_OUT = ((Month(2020, 2), "丑"), (Month(2021, 6), "壬"))
"""Missing figures shown by leaving out the row; the others show 未报 or empty cells."""


def _swap_last_digits(count: int) -> int:
    """The slip of two neighbouring digits: 12 345 → 12 435."""
    tens, hundreds = count // 10 % 10, count // 100 % 10
    return count + (tens - hundreds) * 90


def _first_version(figures: Figures, late: LateFile) -> Figures:
    """What the company handed in before its correction."""
    match late.stem:
        case "丙":
            return replace(figures, rev_other=figures.rev_other - 1_864_300)
        case "癸":
            return replace(figures, inter=_swap_last_digits(figures.inter))
        case _:
            return replace(figures, staff=figures.staff - 5)


def summary(market: Market, month: Month) -> dict[str, Figures | None]:
    """Figures as they stand in the month's own summary sheet; None where the company had not reported."""
    sheet: dict[str, Figures | None] = {stem: market[month, stem] for stem in STEMS}
    for late in LATE_FILES:
        if late.month == month:
            sheet[late.stem] = None if late.kind == "补报" else _first_version(market[month, late.stem], late)
    if month == MARCH:
        for stem in MISSING_IN_MARCH:
            sheet[stem] = None
        flash = market[month, "戊"], market[month, "子"]
        # The flash figures that the monthly forms revise: two digits swapped, and parcels of the last day left out.
        sheet["戊"] = replace(flash[0], inter=flash[0].inter - 18)
        sheet["子"] = replace(flash[1], inter=flash[1].inter - 28, rev_inter=flash[1].rev_inter - 30_600)
    return sheet


def stored(market: Market) -> dict[tuple[Month, str], Figures | None]:
    """Figures that stand after all 24 folders are imported in order; None for 未报."""
    view: dict[tuple[Month, str], Figures | None] = {}
    for month in MONTHS:
        for stem, figures in summary(market, month).items():
            view[month, stem] = figures
        for late in LATE_FILES:
            if late.arrives == month:
                view[late.month, late.stem] = market[late.month, late.stem]
    return view
