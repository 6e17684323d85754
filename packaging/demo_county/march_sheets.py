"""The sheets of March 2021 as grids of cells: one layout per company, sound and faulty."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from demo_county.basics import MARCH, Month
from demo_county.companies import BY_STEM, COMPANIES, credit_code
from demo_county.coverage import VillageMonth
from demo_county.forms import Cell, Grid, Line, form_lines, official_form, shrink
from demo_county.monthly import COVERAGE_HEADER, MARKET_HEADER, coverage_cells, green_sheet, market_numbers
from demo_county.reporting import Market
from demo_county.villages import Village


@dataclass(frozen=True)
class Sheets:
    """The sheets of March 2021, drawn from the truth."""

    market: Market
    green: dict[tuple[Month, str], dict[str, int]]
    villages: list[Village]
    coverage: dict[str, VillageMonth]

    def lines(self, stem: str) -> list[Line]:
        """The ten rows of a company's form."""
        return form_lines(self.market, BY_STEM[stem])

    def form(self, stem: str, lines: list[Line] | None = None, **options: str) -> Grid:
        """A company's form, from the truth unless other rows are given."""
        rows = [line.cells() for line in lines or self.lines(stem)]
        number = [company.stem for company in COMPANIES].index(stem) + 1
        return official_form(BY_STEM[stem].name, credit_code(number), rows, **options)

    def crossed(self, *, faulty: bool) -> Grid:
        """示例丁's own sheet: kinds of parcel down, 业务量 and 业务收入 across, each 本月 and 累计.

        The faulty one has ten pieces too many in its total, and one cell with full-width digits from an input method.
        """
        lines = self.lines("丁")
        names = ("国内同城", "国内异地", "国际及港澳台")
        rows: Grid = [
            ["示例丁快递有限公司2021年3月份业务量统计表", *[None] * 5],
            ["单位：件、元", *[None] * 5],
            ["序号", "寄达类型", "业务量", None, "业务收入", None],
            [None, None, "本月", "累计", "本月", "累计"],
        ]
        for place, name in enumerate(names):
            volume, revenue = lines[place], lines[place + 4]
            amounts = (volume.current, volume.cumulative, revenue.current, revenue.cumulative)
            rows.append([str(place + 1), name, *(f"{int(amount):,}" for amount in amounts)])
        total = int(lines[3].current)
        if faulty:
            rows[5][2] = str(rows[5][2]).replace("31", "３１")
            total += 10
        other, revenue = lines[7], lines[8]
        rows.append(["4", "其他", "—", "—", f"{int(other.current):,}", f"{int(other.cumulative):,}"])
        money = (f"{int(revenue.current):,}", f"{int(revenue.cumulative):,}")
        rows.append(["合计", None, f"{total:,}", f"{int(lines[3].cumulative):,}", *money])
        rows.append(["填表人：填表人丁　　注：含代收件", *[None] * 5])
        return rows

    def without_current(self) -> Grid:
        """A form that has lost its column 本期."""
        return [row[:3] + row[4:] if None not in row else row for row in self.form("甲")]

    def stranger(self) -> Grid:
        """A form of a company that nobody knows."""
        return official_form("示例寅快递有限公司", "", [line.cells() for line in self.lines("丑")])

    def late_row(self) -> Grid:
        """示例己's late report: one row under the columns of the summary, with separators."""
        width = len(MARKET_HEADER)
        numbers = market_numbers(self.market[MARCH, "己"])
        amounts: list[Cell] = [
            f"{Decimal(value) / 100 if 4 <= place <= 8 else value:,}" for place, value in enumerate(numbers)
        ]
        return [
            ["示例己快递有限公司2021年3月业务量及收入（补报，示例数据）", *[None] * (width - 1)],
            ["单位：件、元", *[None] * (width - 1)],
            [None] * width,
            list(MARKET_HEADER),
            ["1", "示例己快递", *amounts],
            ["注：补报原因：统计人员休假，报表逾期3天。", *[None] * (width - 1)],
        ]

    def long_table(self) -> Grid:
        """示例辛's export from its own system: one figure a row."""
        figures = self.market[MARCH, "辛"]
        numbers = market_numbers(figures)
        units = [*("件",) * 4, *("元",) * 5, "件", "处", "个", "个", "组", "人", "个"]
        rows: Grid = [["期间", "企业", "指标", "数值", "单位"]]
        for place, (name, number, unit) in enumerate(zip(MARKET_HEADER[2:], numbers, units, strict=True)):
            amount: Cell = Decimal(number) / 100 if 4 <= place <= 8 else number
            rows.append(["2021-03", "示例辛快递", name, amount, unit])
        return rows

    def tabbed(self) -> Grid:
        """示例子's form with headings of its own."""
        rows: Grid = [
            ["示例子快递有限公司2021年3月快递业务情况", *[None] * 5],
            ["单位：件、元", *[None] * 5],
            ["项目", "计量单位", "本月", "上年同月", "同比%", "本年累计"],
        ]
        rows += [[line.name, line.unit, *line.cells()[3:]] for line in self.lines("子")]
        rows.append(["注：快报时最后一日28件未计入，以本表为准。", *[None] * 5])
        return rows

    def slipped(self) -> list[Line]:
        """示例癸's rows with the revenue of the month in 万元 although the unit says 元; the parts make the total."""
        lines = self.lines("癸")
        short = [replace(line, current=shrink(line.current)) for line in lines[4:8]]
        total = replace(lines[8], current=sum((line.current for line in short), Decimal()))
        return [*lines[:4], *short, total, lines[9]]

    def miscumulated(self) -> list[Line]:
        """示例丑's rows with 1 000 pieces too many in 本年累计; the parts still make the total."""
        return [
            replace(line, cumulative=line.cumulative + 1_000) if line.code in {"02", "04"} else line
            for line in self.lines("丑")
        ]

    def coverage_grid(self) -> Grid:
        """The village sheet of the March round: every village, with parcels and real dates."""
        header: list[Cell] = [*COVERAGE_HEADER, "月投件", "月收件"]
        width = len(header)
        rows: Grid = [["蛟河市2021年3月快递进村情况表（示例数据）", *[None] * (width - 1)], header]
        for village in self.villages:
            state = self.coverage[village.code]
            cells: list[Cell] = [*coverage_cells(village, state)]
            cells[-3] = state.weekly
            cells[-1] = date.fromisoformat(state.evidence)
            rows.append([*cells, state.parcels_in, state.parcels_out])
        rows.append(["注：村名取自公开的统计用区划代码，通达情况为虚构。", *[None] * (width - 1)])
        return rows

    def green_grid(self) -> Grid:
        """The green sheet after 示例己 has reported too; numbers as numbers."""
        sheet = green_sheet(MARCH, self.green, ("癸",))
        return [
            [int(cell) if cell.isdigit() and place > 1 else cell or None for place, cell in enumerate(row)]
            for row in sheet
        ]
