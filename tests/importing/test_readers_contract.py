"""What every reader promises: the same table gives the same cells, whatever file it lies in."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.importing.plan import ImportOptions, RowRole
from desktop_app.importing.planner import inspect_file
from desktop_app.importing.readers import open_workbook
from tests.importing.makers import (
    Rows,
    csv_bytes,
    html_bytes,
    old_xls_bytes,
    save,
    xls_bytes,
    xlsx_bytes,
)

TABLE: Rows = [
    ["蛟河市2021年3月快递业务量", "", "", ""],
    ["单位：件", "", "", ""],
    ["代码", "企业名称", "业务量", "备注"],
    ["007001", "示例甲快递", "１２,345", "含“代收”"],
    ["007002", "示例乙快递", "0", "行一，行二"],
    ["007003", "示例丙快递", "未报", "—"],
    ["", "合计", "12345", ""],
    ["注：示例数据", "", "", ""],
]

FORMATS: dict[str, Callable[[Rows], bytes]] = {
    "utf-8": csv_bytes,
    "utf-8 with mark": lambda rows: csv_bytes(rows, "utf-8-sig"),
    "gb18030": lambda rows: csv_bytes(rows, "gb18030"),
    "utf-16 with mark": lambda rows: codecs.BOM_UTF16_LE + csv_bytes(rows, "utf-16-le"),
    "utf-16 big-endian with mark": lambda rows: codecs.BOM_UTF16_BE + csv_bytes(rows, "utf-16-be"),
    "utf-16 without mark": lambda rows: csv_bytes(rows, "utf-16-le"),
    "tabs": lambda rows: csv_bytes(rows, "gb18030", "\t"),
    "semicolons": lambda rows: csv_bytes(rows, "utf-8", ";"),
    "bars": lambda rows: csv_bytes(rows, "utf-8", "|"),
    "xlsx": xlsx_bytes,
    "xls": xls_bytes,
    "old xls": old_xls_bytes,
    "old xls without code page": lambda rows: old_xls_bytes(rows, None),
    "old xls with western code page": lambda rows: old_xls_bytes(rows, 1252),
    "web page": html_bytes,
}


@pytest.mark.parametrize("make", FORMATS.values(), ids=FORMATS.keys())
def test_same_cells_from_every_format(tmp_path: Path, make: Callable[[Rows], bytes]) -> None:
    book = open_workbook(save(tmp_path, "表.bin", make(TABLE)), ImportOptions())
    rows = [[*row, *[""] * (4 - len(row))] for row in book.sheets[0].rows]
    assert rows == [list(row) for row in TABLE]


@pytest.mark.parametrize("make", FORMATS.values(), ids=FORMATS.keys())
def test_same_table_from_every_format(tmp_path: Path, make: Callable[[Rows], bytes]) -> None:
    reading = inspect_file(save(tmp_path, "表.dat", make(TABLE)), ImportOptions())
    assert reading.title == "蛟河市2021年3月快递业务量"
    assert reading.unit == "件"
    assert reading.columns == ("代码", "企业名称", "业务量", "备注")
    assert reading.header_rows == (3,)
    assert reading.total_rows == (7,)
    assert reading.note_rows == (2, 8)
    assert [row.cells[0] for row in reading.rows if row.role is RowRole.DATA] == ["007001", "007002", "007003"]


@pytest.mark.parametrize(
    ("make", "encoding", "delimiter"),
    [
        (FORMATS["utf-8"], "utf-8", ","),
        (FORMATS["utf-8 with mark"], "utf-8-sig", ","),
        (FORMATS["gb18030"], "gb18030", ","),
        (FORMATS["utf-16 with mark"], "utf-16", ","),
        (FORMATS["utf-16 without mark"], "utf-16-le", ","),
        (FORMATS["tabs"], "gb18030", "\t"),
        (FORMATS["bars"], "utf-8", "|"),
        (FORMATS["xlsx"], "", ""),
    ],
)
def test_reading_names_encoding_and_delimiter(
    tmp_path: Path, make: Callable[[Rows], bytes], encoding: str, delimiter: str
) -> None:
    reading = inspect_file(save(tmp_path, "表", make(TABLE)), ImportOptions())
    assert (reading.encoding, reading.delimiter) == (encoding, delimiter)


def test_full_width_comma_separates(tmp_path: Path) -> None:
    text = "企业名称，业务量\r\n示例甲快递，12\r\n示例乙快递，7\r\n"
    reading = inspect_file(save(tmp_path, "表.txt", text.encode("gb18030")), ImportOptions())
    assert reading.delimiter == "，"
    assert reading.columns == ("企业名称", "业务量")


def test_line_ends_of_any_kind_and_none_at_the_end(tmp_path: Path) -> None:
    for ends in ("\r\n", "\n", "\r"):
        text = ends.join(["企业名称,业务量", "示例甲快递,12", "示例乙快递,7"])
        reading = inspect_file(save(tmp_path, "表.csv", text.encode()), ImportOptions())
        assert reading.data_rows == 2, repr(ends)


def test_quoted_line_breaks_stay_in_their_cell(tmp_path: Path) -> None:
    rows = [["企业名称", "业务量", "备注"], ["示例甲快递", "12", "第一行\n第二行"], ["示例乙快递", "7", ""]]
    reading = inspect_file(save(tmp_path, "表.csv", rows), ImportOptions())
    assert reading.rows[1].cells == ("示例甲快递", "12", "第一行\n第二行")
    assert reading.data_rows == 2


def test_a_stray_quote_does_not_swallow_the_file(tmp_path: Path) -> None:
    lines = ["企业名称,业务量", '"示例甲快递,12', *(f"示例乙快递{n},7" for n in range(100))]
    reading = inspect_file(save(tmp_path, "表.csv", "\r\n".join(lines).encode()), ImportOptions())
    assert reading.data_rows == 101


def test_excel_text_form_keeps_zeros_and_is_told(tmp_path: Path) -> None:
    text = '代码,企业名称,业务量\r\n="001",示例甲快递,12\r\n="002",示例乙快递,7\r\n'
    reading = inspect_file(save(tmp_path, "表.csv", text.encode()), ImportOptions())
    assert [row.cells[0] for row in reading.rows] == ["代码", "001", "002"]
    assert any('="…"' in warning for warning in reading.warnings)


def test_encoding_can_be_forced(tmp_path: Path) -> None:
    path = save(tmp_path, "表.csv", csv_bytes([["企業", "數量"], ["範例", "3"]], "big5"))
    assert inspect_file(path, ImportOptions(encoding="big5")).columns == ("企業", "數量")


def test_big5_is_recognised_where_it_is_clear(tmp_path: Path) -> None:
    rows = [
        ["企業名稱", "業務量", "說明"],
        ["範例甲快遞公司", "12", "這個月的數量較上個月為多，請參閱說明"],
        ["範例乙快遞公司", "7", "無"],
    ]
    reading = inspect_file(save(tmp_path, "表.csv", csv_bytes(rows, "big5")), ImportOptions())
    assert reading.encoding == "big5"
    assert reading.columns == ("企業名稱", "業務量", "說明")
