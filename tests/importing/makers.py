"""A small county, an in-memory ledger and files of every format, for the tests of importing."""

from __future__ import annotations

import csv
import io
import struct
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import xlwt
from xlwt.CompoundDoc import XlsDoc

from desktop_app.importing.plan import (
    ImportContext,
    ImportOptions,
    ImportPlan,
    Issue,
    KnownEnterprise,
    KnownVillage,
)
from desktop_app.importing.planner import plan_import
from desktop_app.models.values import FigureStatus, Month, Span, to_fixed

ROOT = Path(__file__).resolve().parents[2]
COUNTY = "220281000000"
Rows = Sequence[Sequence[str]]

NAMES = ("甲", "乙", "丙", "丁")
ENTERPRISES = tuple(
    KnownEnterprise(
        number,
        f"示例{name}快递有限公司",
        f"示例{name}快递",
        f"示例{name}",
        (f"示例{name}速递", f"{name}快递"),
        Month(2019, 1),
        Month(2021, 12) if name == "丁" else None,
    )
    for number, name in enumerate(NAMES, start=1)
)
VILLAGES = (
    KnownVillage("220281001200", "金星村", "民主街道", administrative_village=True),
    KnownVillage("220281100201", "红星村", "白石山镇", administrative_village=True),
    KnownVillage("220281100001", "红星社区", "白石山镇", administrative_village=False),
    KnownVillage("220281201201", "红星村", "前进乡", administrative_village=True),
    KnownVillage("220281201202", "团山子村", "前进乡", administrative_village=True),
)


class MemoryLedger:
    """What the ledger holds, in a dictionary; committing a plan stores its figures."""

    def __init__(self) -> None:
        self.figures: dict[tuple[str, Month, Span, str, int | None], tuple[int | None, FigureStatus]] = {}

    def put(
        self,
        indicator: str,
        month: Month,
        amount: str,
        enterprise_id: int | None = 1,
        *,
        span: Span = Span.MONTH,
        status: FigureStatus = FigureStatus.MONTHLY,
    ) -> None:
        from decimal import Decimal

        self.figures[indicator, month, span, COUNTY, enterprise_id] = to_fixed(Decimal(amount)), status

    def commit(self, plan: ImportPlan) -> None:
        for item in plan.observations:
            place = item.indicator, item.month, item.span, item.region, item.enterprise_id
            self.figures[place] = item.value, plan.status

    def value(self, indicator: str, month: Month, span: Span, region: str, enterprise_id: int | None) -> int | None:
        found = self.figures.get((indicator, month, span, region, enterprise_id))
        return None if found is None else found[0]

    def status(
        self, indicator: str, month: Month, span: Span, region: str, enterprise_id: int | None
    ) -> FigureStatus | None:
        found = self.figures.get((indicator, month, span, region, enterprise_id))
        return None if found is None else found[1]

    def reported_months(self, enterprise_id: int, year: int) -> tuple[Month, ...]:
        months = {k[1] for k in self.figures if k[4] == enterprise_id and k[1].year == year}
        return tuple(sorted(months))

    def companies_report(self, indicators: Collection[str], region: str, until: Month) -> bool:
        return any(
            code in indicators and where == region and company is not None and month.year <= until.year
            for code, month, _, where, company in self.figures
        )


def context(ledger: MemoryLedger | None = None) -> ImportContext:
    return ImportContext(COUNTY, "蛟河市", ENTERPRISES, VILLAGES, ledger or MemoryLedger())


# --------------------------------------------------------------------------------------------------- files


def csv_bytes(rows: Rows, encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return buffer.getvalue().encode(encoding)


def xlsx_bytes(rows: Rows, sheet: str = "Sheet1") -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(list(row))
    return book_bytes(book)


def book_bytes(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def xls_bytes(rows: Rows) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("Sheet1")
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            if text:
                page.write(row, column, text)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def old_xls_bytes(rows: Rows, codepage: int | None = 936) -> bytes:
    """A BIFF5 workbook as Chinese Excel 95 wrote it: text in GBK; a wrong or no code page on wish."""

    def record(kind: int, data: bytes) -> bytes:
        return struct.pack("<HH", kind, len(data)) + data

    name = "月报".encode("gbk")
    head = record(0x0809, struct.pack("<HHHH", 0x0500, 0x0005, 0, 0))
    if codepage is not None:
        head += record(0x0042, struct.pack("<H", codepage))
    bound = struct.pack("<IBBB", len(head) + 4 + 7 + len(name) + 4, 0, 0, len(name)) + name
    stream = head + record(0x0085, bound) + record(0x000A, b"")
    stream += record(0x0809, struct.pack("<HHHH", 0x0500, 0x0010, 0, 0))
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            raw = text.encode("gbk")
            stream += record(0x0204, struct.pack("<HHHH", row, column, 0, len(raw)) + raw)
    stream += record(0x000A, b"")
    buffer = io.BytesIO()
    XlsDoc().save(buffer, stream)
    return buffer.getvalue()


def html_bytes(rows: Rows) -> bytes:
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<html><head><meta charset='utf-8'></head><body><table>{body}</table></body></html>".encode()


def xml_sheet_bytes(rows: Rows, encoding: str = "utf-8", styles: str = "") -> bytes:
    """Excel 2003 XML; a cell that begins with ``<`` is put in as it stands, another as text."""
    cells = [["" if c == "" else c if c[0] == "<" else _xml_cell(c) for c in row] for row in rows]
    lines = [
        f'<?xml version="1.0" encoding="{encoding}"?>',
        '<?mso-application progid="Excel.Sheet"?>',
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"',
        ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">',
        f'<Styles>{styles}</Styles><Worksheet ss:Name="3月"><Table>',
        *(row[0] if row and row[0].startswith("<Row") else f"<Row>{_xml_row(row)}</Row>" for row in cells),
        "</Table></Worksheet></Workbook>",
    ]
    return "\r\n".join(lines).encode(encoding)


def _xml_cell(text: str) -> str:
    return f'<Cell><Data ss:Type="String">{escape(text)}</Data></Cell>'


def _xml_row(cells: Sequence[str]) -> str:
    return "".join(cell or "<Cell/>" for cell in cells)


def save(folder: Path, name: str, content: bytes | Rows, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else csv_bytes(content, encoding))
    return path


def plan_rows(
    folder: Path,
    rows: Rows,
    ledger: MemoryLedger | None = None,
    options: ImportOptions | None = None,
    name: str = "表.csv",
) -> ImportPlan:
    """Plan the import of a CSV of these rows."""
    return plan_import(save(folder, name, rows), context(ledger), options or ImportOptions())


def codes(plan: ImportPlan) -> list[str]:
    """Codes of the issues, errors first."""
    return [issue.code for issue in plan.issues]


def only(plan: ImportPlan, code: str) -> Issue:
    """The one issue of this code."""
    found = [issue for issue in plan.issues if issue.code == code]
    assert len(found) == 1, [f"{i.code} {i.row} {i.message}" for i in plan.issues]
    return found[0]


def figures(plan: ImportPlan) -> dict[tuple[str, str, int | None], int | None]:
    """(indicator, span, company) → fixed-point value."""
    return {(o.indicator, o.span.value, o.enterprise_id): o.value for o in plan.observations}


# --------------------------------------------------------------------------------------------------- tables

MARKET_HEAD = (
    *("序号", "企业名称", "同城业务量", "异地业务量", "国际/港澳台业务量", "快递业务量合计"),
    *("同城业务收入", "异地业务收入", "国际/港澳台业务收入", "其他业务收入", "快递业务收入合计"),
)


def market_row(name: str, *volume: int, revenue: Sequence[int] = (100_000, 900_000, 10_000, 90_000)) -> list[str]:
    """A company's row whose sums are right."""
    return ["1", name, *map(str, volume), str(sum(volume)), *map(str, revenue), str(sum(revenue))]


def market_table(*rows: Sequence[str], title: str = "蛟河市2021年5月快递企业业务量及收入汇总表") -> list[Sequence[str]]:
    return [[title], ["单位：件、元"], MARKET_HEAD, *rows]


def official_table(
    month: str = "2021年5月",
    company: str = "示例甲快递有限公司",
    unit: tuple[str, str] = ("件", "元"),
    changes: Mapping[str, Sequence[str]] | None = None,
) -> list[Sequence[str]]:
    """国邮定2.1表 with sums that are right; ``{"r03": [本期, 上年同期, 同比, 累计]}`` replaces a row's figures."""
    rows: dict[str, Sequence[str]] = {
        "r01": ["1000", "900", "11.1", "5000"],
        "r02": ["20000", "18000", "11.1", "90000"],
        "r03": ["100", "100", "0", "500"],
        "r04": ["21100", "19000", "11.1", "95500"],
        "r05": ["8000", "7800", "2.6", "40000"],
        "r06": ["220000", "200000", "10", "1000000"],
        "r07": ["5000", "5000", "0", "25000"],
        "r08": ["17000", "16000", "6.3", "80000"],
        "r09": ["250000", "228800", "9.3", "1145000"],
    }
    rows |= changes or {}
    names = (
        *("国内同城快递业务量", "国内异地快递业务量", "国际/港澳台快递业务量", "快递业务量合计"),
        *("国内同城快递业务收入", "国内异地快递业务收入", "国际/港澳台快递业务收入", "其他快递业务收入"),
        "快递业务收入合计",
    )
    table: list[Sequence[str]] = [
        ["快递服务企业业务量及收入表"],
        ["", "", "", "", "", "", "表号：国邮定2.1表"],
        [f"填报单位：{company}", "", "", month, "", "", f"计量单位：{unit[0]}、{unit[1]}"],
        ["指标名称", "计量单位", "指标代码", "本期", "上年同期", "同比(%)", "本年累计"],
    ]
    for number, name in enumerate(names, start=1):
        table.append([name, unit[0] if number <= 4 else unit[1], f"{number:02d}", *rows[f"r{number:02d}"]])
    table.append(["单位负责人：某某", "", "统计负责人：某某", "", "填表人：某某", "", "报出日期：2021年6月4日"])
    return table


def official_ledger() -> MemoryLedger:
    """A ledger in which the figures of :func:`official_table` make sense: April's 累计 and May 2020."""
    ledger = MemoryLedger()
    april, last_year = Month(2021, 4), Month(2020, 5)
    given = {
        "MKT.VOL.LOCAL": ("4000", "900"),
        "MKT.VOL.INTER": ("70000", "18000"),
        "MKT.VOL.INTL": ("400", "100"),
        "MKT.VOL": ("74400", "19000"),
        "MKT.REV.LOCAL": ("32000", "7800"),
        "MKT.REV.INTER": ("780000", "200000"),
        "MKT.REV.INTL": ("20000", "5000"),
        "REL.REVOTHER": ("63000", "16000"),
        "MKT.REV": ("895000", "228800"),
    }
    for code, (cumulative, previous) in given.items():
        ledger.put(code, april, cumulative, span=Span.YTD)
        ledger.put(code, last_year, previous)
    return ledger
