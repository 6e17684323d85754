"""The monthly form of one company (国邮定2.1表) as a grid of cells, before it is put into a file of any kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from demo_county.basics import MARCH, Month
from demo_county.companies import Company
from demo_county.market import Figures
from demo_county.reporting import Market

Cell = str | int | Decimal | date | None
Grid = list[list[Cell]]

HEADER: tuple[Cell, ...] = ("指标名称", "计量单位", "指标代码", "本期", "上年同期", "同比(%)", "本年累计")

_NAMES = (
    *("国内同城快递业务量", "国内异地快递业务量", "国际/港澳台快递业务量", "快递业务量合计"),
    *("国内同城快递业务收入", "国内异地快递业务收入", "国际/港澳台快递业务收入", "其他快递业务收入"),
    *("快递业务收入合计", "快递投递量"),
)


@dataclass(frozen=True)
class Line:
    """One row of the form, amounts in 件 or 元."""

    name: str
    unit: str
    code: str
    current: Decimal
    previous: Decimal
    """上年同期."""
    cumulative: Decimal

    @property
    def growth(self) -> Cell:
        """同比 in %, one decimal, halves away from zero; “—” on a zero base."""
        if not self.previous:
            return "—"
        growth = (self.current - self.previous) / self.previous * 100
        return growth.quantize(Decimal("0.1"), ROUND_HALF_UP)

    def cells(self) -> list[Cell]:
        """The seven cells of the row."""
        return [self.name, self.unit, self.code, self.current, self.previous, self.growth, self.cumulative]


def _amounts(figures: Figures) -> list[Decimal]:
    money = (figures.rev_local, figures.rev_inter, figures.rev_abroad, figures.rev_other, figures.revenue)
    return [
        *map(Decimal, (figures.local, figures.inter, figures.abroad, figures.volume)),
        *(Decimal(fen) / 100 for fen in money),
        Decimal(figures.inbound),
    ]


def form_lines(market: Market, company: Company) -> list[Line]:
    """The ten rows of a company's form of March 2021, from the truth."""
    current = _amounts(market[MARCH, company.stem])
    previous = _amounts(market[MARCH.shift(-12), company.stem])
    quarter = [_amounts(market[Month(2021, month), company.stem]) for month in (1, 2, 3)]
    cumulative = [sum(values, Decimal()) for values in zip(*quarter, strict=True)]
    return [
        # 投递量 stands below the form's own nine rows and has no code.
        Line(name, "元" if "收入" in name else "件", f"{place + 1:02d}" if place < 9 else "", now, then, total)
        for place, (name, now, then, total) in enumerate(zip(_NAMES, current, previous, cumulative, strict=True))
    ]


def shrink(amount: Decimal) -> Decimal:
    """件 or 元 → 万件 or 万元 with two decimals, halves away from zero."""
    return (amount / 10_000).quantize(Decimal("0.01"), ROUND_HALF_UP)


def in_ten_thousands(lines: list[Line]) -> list[Line]:
    """The same rows in 万件 and 万元, rounded as the company would."""
    return [
        replace(
            line,
            unit="万" + line.unit,
            current=shrink(line.current),
            previous=shrink(line.previous),
            cumulative=shrink(line.cumulative),
        )
        for line in lines
    ]


def _line(*cells: Cell) -> list[Cell]:
    return [*cells, *([None] * (len(HEADER) - len(cells)))]


def _right(text: str) -> list[Cell]:
    return [*([None] * (len(HEADER) - 1)), text]


def official_form(
    company_name: str,
    credit_code: str,
    lines: Sequence[list[Cell]],
    *,
    unit: str = "件、元",
    mark: str = "",
    remark: str = "",
) -> Grid:
    """The whole sheet: title, box at the top right, reporting unit, table, remark, signatures.

    The approval number is left as 示例: the form's layout is the subject here, not the form's authority.
    """
    stem = company_name[2:3]
    return [
        _line(f"快递服务企业业务量及收入表{mark}"),
        _right("表　　号：国邮定2.1表"),
        _right("制表机关：国家邮政局"),
        _right("批准文号：（示例）"),
        _right("有效期至：（示例）"),
        _line(f"填报单位：{company_name}", None, None, "2021年3月", None, None, f"计量单位：{unit}"),
        _line(f"统一社会信用代码：{credit_code}"),
        list(HEADER),
        *lines,
        *([_line(f"说明：{remark}")] if remark else []),
        _line(
            f"单位负责人：负责人{stem}",
            None,
            f"统计负责人：统计员{stem}",
            None,
            f"填表人：填表人{stem}",
            None,
            "报出日期：2021年4月6日",
        ),
        _line("注：示例数据，企业和数字均为虚构。"),
    ]
