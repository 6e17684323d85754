"""Excel 2003 XML (SpreadsheetML) named .xls: read as the workbook that it is."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from desktop_app.errors import FileRefusedError
from desktop_app.importing.grid import ERROR_CELL, FORMULA_WITHOUT_VALUE
from desktop_app.importing.normalise import write_normalised_csv
from desktop_app.importing.plan import ImportOptions
from desktop_app.importing.planner import inspect_file, plan_import
from desktop_app.importing.readers import open_workbook
from tests.importing.makers import Rows, codes, context, figures, save, xml_sheet_bytes

STYLES = (
    '<Style ss:ID="day"><NumberFormat ss:Format="yyyy\\-mm\\-dd"/></Style>'
    '<Style ss:ID="rate"><NumberFormat ss:Format="Percent"/></Style>'
    '<Style ss:ID="bold" ss:Parent="rate"/>'
    '<Style ss:ID="code"><NumberFormat ss:Format="000000"/></Style>'
)


def number(value: str, more: str = "") -> str:
    return f'<Cell{more}><Data ss:Type="Number">{value}</Data></Cell>'


def text(words: str, more: str = "") -> str:
    return f'<Cell{more}><Data ss:Type="String">{words}</Data></Cell>'


def read(folder: Path, rows: Rows) -> list[list[str]]:
    source, out = save(folder, "表.xls", xml_sheet_bytes(rows, styles=STYLES)), folder / "out.csv"
    write_normalised_csv(source, out)
    with out.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def test_merged_heads_days_rates_and_codes(tmp_path: Path) -> None:
    """Heads of two rows with cells left out under merged ones; values shown by their formats, as in the sheet."""
    day = '<Cell ss:StyleID="day"><Data ss:Type="DateTime">2021-03-05T00:00:00.000</Data></Cell>'
    rows = [
        [text("时限抽查", ' ss:MergeAcross="3"')],
        [text("线路", ' ss:MergeDown="1"'), text("抽查", ' ss:MergeAcross="1"'), text("编号", ' ss:MergeDown="1"')],
        [text("日期", ' ss:Index="2"'), text("准时率")],
        [text("蛟河—吉林"), day, number("0.964", ' ss:StyleID="rate"'), number("1203", ' ss:StyleID="code"')],
        [text("蛟河—长春"), day, number("1", ' ss:StyleID="bold"'), text("007001")],
        ['<Row ss:Index="9">' + text("合计") + text("2", ' ss:Index="4"') + "</Row>"],
    ]
    assert read(tmp_path, rows) == [
        ["线路", "抽查/日期", "抽查/准时率", "编号"],
        ["蛟河—吉林", "2021-03-05", "96.4%", "001203"],
        ["蛟河—长春", "2021-03-05", "100%", "007001"],
        ["合计", "", "", "2"],
    ]


def test_remarks_are_no_text_and_formatted_words_are(tmp_path: Path) -> None:
    remark = '<Comment><ss:Data xmlns="http://www.w3.org/TR/REC-html40">别读我</ss:Data></Comment>'
    inside = '<ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><B>示例</B>甲 &amp; 乙</ss:Data>'
    rows = [
        ["企业", "业务量"],
        [f"<Cell>{inside}</Cell>", f'<Cell><Data ss:Type="Number">12.50</Data>{remark}</Cell>'],
        ["示例丙", "—"],
    ]
    assert read(tmp_path, rows)[1] == ["示例甲 & 乙", "12.5"]


def test_formulas_without_value_errors_and_what_is_hidden_are_told(tmp_path: Path) -> None:
    rows = [
        ['<Row><Cell><Data ss:Type="String">企业</Data></Cell><Cell><Data ss:Type="String">业务量</Data></Cell></Row>'],
        [f'<Row ss:Hidden="1">{text("示例甲")}<Cell ss:Formula="=R[-1]C*2"/></Row>'],
        [text("示例乙"), '<Cell><Data ss:Type="Error">#DIV/0!</Data></Cell>'],
    ]
    sheet = open_workbook(save(tmp_path, "表.xls", xml_sheet_bytes(rows)), ImportOptions()).sheets[0]
    assert {place: flag.code for place, flag in sheet.flags.items()} == {
        (1, 1): FORMULA_WITHOUT_VALUE,
        (2, 1): ERROR_CELL,
    }
    assert any("隐藏" in words for words in sheet.warnings)


def test_a_company_report_goes_in(tmp_path: Path) -> None:
    """Figures of a system's export, thousands of 万件 included, by the same way as any workbook."""
    rows = [
        ["2021年3月快递业务情况（单位：万件、万元）"],
        ["企业名称", "快递业务量", "快递业务收入"],
        [text("示例甲快递"), number("1.2"), number("9.6000000000000005")],
    ]
    plan = plan_import(save(tmp_path, "甲.xls", xml_sheet_bytes(rows)), context(), ImportOptions())
    assert codes(plan) == []
    assert figures(plan) == {("MKT.VOL", "M", 1): 12_000 * 10_000, ("MKT.REV", "M", 1): 96_000 * 10_000}


@pytest.mark.parametrize(
    "inside", ['<!DOCTYPE x [<!ENTITY a "aaaa">]>', "<Workbook><Worksheet><Table><Row><Cell>"], ids=["entities", "cut"]
)
def test_entities_and_a_cut_file_are_refused(tmp_path: Path, inside: str) -> None:
    head = '<?xml version="1.0"?>' + inside
    data = head + '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'
    with pytest.raises(FileRefusedError) as refusal:
        inspect_file(save(tmp_path, "表.xls", data.encode()), ImportOptions())
    assert refusal.value.hint
