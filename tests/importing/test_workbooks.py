"""What only workbooks have: formulas, formats, merged and hidden cells, several sheets."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlwt
from openpyxl.worksheet.worksheet import Worksheet

from desktop_app.importing.plan import ImportOptions, ImportPlan
from desktop_app.importing.planner import inspect_file, plan_import
from desktop_app.importing.readers import open_workbook
from tests.importing.makers import book_bytes, codes, context, official_ledger, official_table, only, save


def _book() -> tuple[openpyxl.Workbook, Worksheet]:
    book = openpyxl.Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    return book, page


def _texts(folder: Path, content: bytes) -> list[tuple[str, ...]]:
    return list(open_workbook(save(folder, "表.xlsx", content), ImportOptions()).sheets[0].rows)


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (0.1 + 0.2, "General", "0.3"),
        (100000.0, "General", "100000"),
        (1e21, "General", "1000000000000000000000"),
        (1234567.891, "#,##0.00", "1234567.891"),
        (1e-7, "General", "0.0000001"),
        (0.964, "0.0%", "96.4%"),
        (0.07, "0%", "7%"),
        (-3, "General", "-3"),
        (7001, "000000", "007001"),
        (dt.datetime(2021, 3, 31), "yyyy-mm-dd", "2021-03-31"),  # noqa: DTZ001
        (dt.datetime(2021, 3, 1), 'yyyy"年"m"月"', "2021-03"),  # noqa: DTZ001
        (dt.datetime(2021, 3, 1, 10, 30), "yyyy-mm-dd hh:mm", "2021-03-01 10:30:00"),  # noqa: DTZ001
        (True, "General", "TRUE"),
        ("012", "General", "012"),
        ("a_x000D_b", "General", "a\rb"),
    ],
)
def test_cells_read_as_a_person_sees_them(tmp_path: Path, value: object, code: str, text: str) -> None:
    book, page = _book()
    cell = page["A1"]
    cell.value = value
    cell.number_format = code
    assert _texts(tmp_path, book_bytes(book))[0][0] == text


def test_dates_of_the_1904_calendar(tmp_path: Path) -> None:
    book, page = _book()
    book.epoch = dt.datetime(1904, 1, 1)  # noqa: DTZ001
    page["A1"] = dt.datetime(2021, 3, 5)  # noqa: DTZ001
    assert _texts(tmp_path, book_bytes(book))[0][0] == "2021-03-05"


def test_long_codes_keep_every_digit(tmp_path: Path) -> None:
    book, page = _book()
    page.append([220281001200, "912202810000000018"])
    assert _texts(tmp_path, book_bytes(book))[0] == ("220281001200", "912202810000000018")


def _plan(folder: Path, content: bytes) -> ImportPlan:
    return plan_import(save(folder, "表.xlsx", content), context(), ImportOptions())


def _wide(page: Worksheet, value: object) -> None:
    for row in (
        ["2021年3月企业汇总表"],
        ["单位：件"],
        ["企业名称", "投递量"],
        ["示例甲快递", value],
        ["示例乙快递", 7],
    ):
        page.append(row)


def test_formula_without_saved_value_is_never_zero(tmp_path: Path) -> None:
    book, page = _book()
    _wide(page, "=3+4")
    plan = _plan(tmp_path, book_bytes(book))
    issue = only(plan, "FORMULA_WITHOUT_VALUE")
    assert (issue.row, issue.column, issue.value) == (4, "投递量", "=3+4")
    assert [o.value for o in plan.observations] == [70000]
    assert (plan.counts.read, plan.counts.accepted, plan.counts.rejected) == (2, 1, 1)


def test_formula_with_saved_value_is_read(tmp_path: Path) -> None:
    book, page = _book()
    _wide(page, "=3+4")
    content = book_bytes(book)
    patched = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(patched, "w") as new:
        for info in old.infolist():
            data = old.read(info)
            new.writestr(
                info,
                data.replace(b"<f>3+4</f><v></v>", b"<f>3+4</f><v>7</v>").replace(
                    b"<f>3+4</f><v/>", b"<f>3+4</f><v>7</v>"
                ),
            )
    plan = _plan(tmp_path, patched.getvalue())
    assert [o.value for o in plan.observations] == [70000, 70000]


def test_error_cell_blocks_its_row(tmp_path: Path) -> None:
    book, page = _book()
    _wide(page, "#REF!")
    issue = only(_plan(tmp_path, book_bytes(book)), "ERROR_CELL")
    assert issue.row == 4
    assert "#REF!" in issue.message


def test_merged_heads_are_joined_and_merged_towns_filled(tmp_path: Path) -> None:
    book, page = _book()
    for row in (
        ["企业名称", "业务量", None, "业务收入", None],
        [None, "本月", "累计", "本月", "累计"],
        ["示例甲快递", 1, 2, 3, 4],
    ):
        page.append(row)
    for area in ("A1:A2", "B1:C1", "D1:E1"):
        page.merge_cells(area)
    reading = inspect_file(save(tmp_path, "表.xlsx", book_bytes(book)), ImportOptions())
    assert reading.header_rows == (1, 2)
    assert reading.columns == ("企业名称", "业务量/本月", "业务量/累计", "业务收入/本月", "业务收入/累计")
    joined = inspect_file(tmp_path / "表.xlsx", ImportOptions(join=" "))
    assert joined.columns[1] == "业务量 本月"


def test_merged_title_stands_once(tmp_path: Path) -> None:
    book, page = _book()
    _wide(page, 5)
    page.merge_cells("A1:F1")
    assert inspect_file(save(tmp_path, "表.xlsx", book_bytes(book)), ImportOptions()).title == "2021年3月企业汇总表"


def test_a_merged_figure_counts_once(tmp_path: Path) -> None:
    book, page = _book()
    _wide(page, 5)
    page["B5"] = None
    page.merge_cells("B4:B5")
    plan = _plan(tmp_path, book_bytes(book))
    assert [o.value for o in plan.observations] == [50000, None]


def test_hidden_rows_columns_and_sheets_are_said(tmp_path: Path) -> None:
    book, page = _book()
    _wide(page, 5)
    page.row_dimensions[4].hidden = True
    page.column_dimensions["B"].hidden = True
    secret = book.create_sheet("草稿")
    secret.append(["内部"])
    secret.sheet_state = "hidden"
    warnings = " ".join(inspect_file(save(tmp_path, "表.xlsx", book_bytes(book)), ImportOptions()).warnings)
    assert "第4行" in warnings
    assert "列（B）" in warnings
    assert "草稿" in warnings


def test_the_most_table_like_sheet_is_read_and_others_are_told(tmp_path: Path) -> None:
    book, page = _book()
    page.title = "说明"
    page.append(["请各企业按时报送"])
    _wide(book.create_sheet("三月"), 5)
    _wide(book.create_sheet("小"), 5)
    book["小"].delete_rows(5)
    reading = inspect_file(save(tmp_path, "表.xlsx", book_bytes(book)), ImportOptions())
    assert reading.sheet == "三月"
    assert reading.sheets == ("说明", "三月", "小")
    assert any("另有可读的工作表没有读：小" in warning for warning in reading.warnings)


def test_wrong_dimension_is_not_believed(tmp_path: Path) -> None:
    book, page = _book()
    _wide(page, 5)
    patched = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book_bytes(book))) as old, zipfile.ZipFile(patched, "w") as new:
        for info in old.infolist():
            new.writestr(info, old.read(info).replace(b'ref="A1:B5"', b'ref="A1"'))
    assert inspect_file(save(tmp_path, "表.xlsx", patched.getvalue()), ImportOptions()).data_rows == 2


def test_reader_agrees_with_openpyxl_on_the_demo_files(tmp_path: Path) -> None:
    from tests.importing.makers import ROOT

    for path in sorted((ROOT / "resources" / "sample" / "2021-03").glob("*.xlsx")):
        if path.name == "加密.xlsx":
            continue
        ours = open_workbook(path, ImportOptions()).sheets[0].rows
        page = openpyxl.load_workbook(path, data_only=True).worksheets[0]
        for row, cells in enumerate(page.iter_rows(values_only=True)):
            for column, value in enumerate(cells):
                text = ours[row][column] if row < len(ours) and column < len(ours[row]) else ""
                if isinstance(value, str):
                    assert text == value
                elif isinstance(value, int | float):
                    assert float(text.rstrip("%")) == pytest.approx(value * (100 if text.endswith("%") else 1))
                elif value is None:
                    assert text == ""


def test_old_workbook_formats(tmp_path: Path) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("月报")
    page.write_merge(0, 0, 0, 2, "2021年3月")
    page.write(1, 0, 0.964, xlwt.easyxf(num_format_str="0.0%"))
    page.write(1, 1, dt.date(2021, 3, 5), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    page.write(1, 2, 7001, xlwt.easyxf(num_format_str="000000"))
    page.write(2, 0, 12345678.5)
    page.row(2).hidden = True
    buffer = io.BytesIO()
    book.save(buffer)
    sheet = open_workbook(save(tmp_path, "表.xls", buffer.getvalue()), ImportOptions()).sheets[0]
    assert sheet.rows[1] == ("96.4%", "2021-03-05", "007001")
    assert sheet.rows[2][0] == "12345678.5"
    assert (sheet.merges[0].left, sheet.merges[0].right) == (0, 2)
    assert any("隐藏" in warning for warning in sheet.warnings)


@pytest.mark.parametrize(("beside", "asked"), [({"I6": "4月补报"}, False), ({"I5": "备注", "J5": 99_999}, True)])
def test_a_word_beside_the_form_belongs_to_no_row(tmp_path: Path, beside: dict[str, str | int], *, asked: bool) -> None:
    book, page = _book()
    for row in official_table():
        page.append(list(row))
    for place, value in beside.items():
        page[place] = value
    plan = plan_import(save(tmp_path, "表.xlsx", book_bytes(book)), context(official_ledger()), ImportOptions())
    assert not plan.errors
    assert len(plan.observations) == 18
    word = str(next(iter(beside.values())))
    assert any("表格右边" in words and word in words for words in plan.reading.warnings)
    assert ("UNREAD_PART" in codes(plan)) is asked
    assert len(plan.reading.columns) == 7
