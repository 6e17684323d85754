"""Each bad input gets one clear Chinese message that says what is wrong and how to mend it."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from desktop_app.errors import FileRefusedError
from desktop_app.importing.plan import FileKind, ImportOptions
from desktop_app.importing.planner import inspect_file, plan_import
from tests.importing.makers import book_bytes, codes, context, csv_bytes, only, plan_rows, save, xls_bytes, xlsx_bytes

OPENS_WITH = "示例2021"
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489")


def _docx() -> bytes:
    document = docx.Document()
    document.add_paragraph("说明")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _zip(**parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/"), text)
    return buffer.getvalue()


def encrypted(password: str) -> bytes:
    buffer = io.BytesIO()
    OOXMLFile(io.BytesIO(xlsx_bytes([["企业名称", "业务量"], ["示例甲快递", "5"]]))).encrypt(password, buffer)
    return buffer.getvalue()


BAD: dict[str, tuple[bytes, str]] = {
    "空.csv": (b"", "空的"),
    "只有空行.csv": (b"\xef\xbb\xbf\r\n \r\n", "空的"),
    "只有逗号.csv": (b",,,\r\n,,,\r\n", "没有任何内容"),
    "其实是PDF.csv": (b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj", "PDF"),
    "截图.xlsx": (PNG, "图片"),
    "说明.docx": (_docx(), "Word"),
    "打包.zip": (_zip(a__txt="企业名称"), "压缩包"),
    "打包.rar": (b"Rar!\x1a\x07\x00" + b"x" * 40, "压缩包"),
    "坏工作簿.xlsx": (xlsx_bytes([["企业名称"]])[:600], "损坏"),
    "坏的旧工作簿.xls": (bytes(512).join(xls_bytes([["企业名称", "业务量"]]).split(b"\x09\x08\x10\x00", 1)), "损坏"),
    "半截的旧工作簿.xls": (xls_bytes([["企业名称", "业务量"]])[:1500], "损坏"),
    "空字节.csv": ("企业名称,业务量\r\n示例甲快递,5\r\n".encode() + b"\x00" * 300 + b"abc", "空字节"),
    "乱码.csv": (bytes(range(128, 256)) * 20, "编码"),
    "截断的编码.csv": ("企业名称,业务量\r\n示例".encode()[:-1] + b"\xff\xff,5\r\n", "编码"),
    "台账.csv": (b"SQLite format 3\x00" + b"\x00" * 100, "数据库"),
    "程序.xls": (b"MZ\x90\x00\x03" + b"\x00" * 100, "程序"),
    "网页.xls": ("<html><body><p>请先登录</p></body></html>".encode(), "没有表格"),
    "认不出.csv": (csv_bytes([["日期", "天气"], ["周一", "晴"], ["周二", "雨"]]), "认不出"),
    "没有表头.csv": (b"1,2,3\r\n4,5,6\r\n", "表头"),
    "只有表头.csv": (csv_bytes([["企业名称", "业务量", "备注"]]), "没有数据"),
    "加密.xlsx": (encrypted("示例"), "密码"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_file_gets_one_clear_message(tmp_path: Path, name: str) -> None:
    content, expected = BAD[name]
    with pytest.raises(FileRefusedError) as refusal:
        plan_import(save(tmp_path, name, content), context(), ImportOptions())
    error = refusal.value
    assert expected in error.message
    assert error.hint
    assert error.where == name
    assert "\n" not in str(error)
    assert not re.search(r"Error|Exception|Traceback|codec", str(error))


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(FileRefusedError, match="找不到"):
        inspect_file(tmp_path / "没有.csv", ImportOptions())
    with pytest.raises(FileRefusedError, match="文件夹"):
        inspect_file(tmp_path, ImportOptions())


def test_password_opens_the_workbook(tmp_path: Path) -> None:
    path = save(tmp_path, "加密.xlsx", encrypted(OPENS_WITH))
    assert inspect_file(path, ImportOptions(password=OPENS_WITH)).columns == ("企业名称", "业务量")
    with pytest.raises(FileRefusedError, match="密码不对"):
        inspect_file(path, ImportOptions(password=OPENS_WITH + "错"))


def test_unknown_sheet_lists_those_there_are(tmp_path: Path) -> None:
    path = save(tmp_path, "表.xlsx", xlsx_bytes([["企业名称", "业务量"], ["示例甲快递", "5"]], "三月"))
    with pytest.raises(FileRefusedError, match="三月"):
        inspect_file(path, ImportOptions(sheet="四月"))
    assert inspect_file(path, ImportOptions(sheet="1")).sheet == "三月"


def test_zip_bomb_is_refused_without_unpacking(tmp_path: Path) -> None:
    parts = {"xl__workbook.xml": "<workbook/>", "xl__worksheets__sheet1.xml": " " * 30_000_000}
    with pytest.raises(FileRefusedError, match="大得不正常"):
        inspect_file(save(tmp_path, "炸弹.xlsx", _zip(**parts)), ImportOptions())


def test_declared_entities_are_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]><workbook>&a;</workbook>'
    with pytest.raises(FileRefusedError, match="不该有"):
        inspect_file(
            save(tmp_path, "实体.xlsx", _zip(xl__workbook__xml="", **{"xl__workbook.xml": bomb})), ImportOptions()
        )


def test_inspect_shows_an_unknown_table_instead_of_refusing(tmp_path: Path) -> None:
    reading = inspect_file(save(tmp_path, "表.csv", BAD["认不出.csv"][0]), ImportOptions())
    assert reading.layout is FileKind.UNKNOWN
    assert reading.columns == ("日期", "天气")


def test_two_far_cells_do_not_fill_the_memory(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["企业名称", "业务量"])
    page.append(["示例甲快递", 5])
    page["XFD1048576"] = "x"
    reading = inspect_file(save(tmp_path, "远.xlsx", book_bytes(book)), ImportOptions())
    assert reading.columns == ("企业名称", "业务量")
    assert any("很远处" in warning for warning in reading.warnings)


@pytest.mark.parametrize(("right", "wrong"), [("utf-8", "gb18030"), ("gb18030", "latin-1"), ("utf-8", "latin-1")])
def test_text_saved_by_a_wrong_table_is_called_garbled(tmp_path: Path, right: str, wrong: str) -> None:
    text = "企业名称,业务数量,业务收入\r\n示例甲快递,5,6\r\n"
    garbled = text.encode(right).decode(wrong, "replace").encode("utf-8")
    with pytest.raises(FileRefusedError, match="乱码"):
        plan_import(save(tmp_path, "表.csv", garbled), context(), ImportOptions())


@pytest.mark.parametrize("encoding", ["shift-jis", "utf-16-le", "cp1252"])
def test_foreign_and_broken_encodings_are_refused(tmp_path: Path, encoding: str) -> None:
    text = {"shift-jis": "配達会社,取扱個数\r\nエクスプレス,5\r\n", "cp1252": "société,nombre\r\nÉtoile,5\r\n"}.get(
        encoding, "企业名称,业务量\r\n示例甲快递,5\r\n"
    )
    data = text.encode(encoding)
    with pytest.raises(FileRefusedError):
        plan_import(
            save(tmp_path, "表.csv", data[:-1] if encoding == "utf-16-le" else data), context(), ImportOptions()
        )


@pytest.mark.parametrize("dropped", ["企业名称", "单位", "数值"])
def test_each_missing_column_of_a_long_table(tmp_path: Path, dropped: str) -> None:
    head = ["期间", "企业名称", "指标", "数值", "单位"]
    column = head.index(dropped)
    rows = [head, ["2021-05", "示例甲快递", "投递量", "5", "件"], ["2021-05", "示例乙快递", "从业人员", "5", "人"]]
    plan = plan_import(
        save(tmp_path, "表.csv", [[c for n, c in enumerate(row) if n != column] for row in rows]),
        context(),
        ImportOptions(),
    )
    wanted = [] if dropped == "单位" else ["MISSING_COLUMN"]
    assert [issue.code for issue in plan.errors] == wanted, "without units the base unit holds"


def test_a_table_of_provinces_says_that_its_rows_are_no_companies(tmp_path: Path) -> None:
    rows = [["2021年3月分省情况"], ["单位", "快递业务量（万件）"], ["北京", "49"], ["天津", "25"], ["吉林省", "7"]]
    issue = only(plan_rows(tmp_path, rows), "MISSING_COLUMN")
    assert "各行是地区（北京、天津、吉林省等）" in issue.message
    assert "分地区的表不用导入" in issue.suggestion


def test_the_bureau_as_writer_of_a_table_is_no_unknown_company(tmp_path: Path) -> None:
    rows = [
        ["2021年3月"],
        ["填报单位：蛟河市邮政管理局"],
        ["指标", "本月"],
        ["快递业务量（件）", "12"],
        ["快递业务收入", "9"],
    ]
    assert "COMPANY_MISSING" in codes(plan_rows(tmp_path, rows))


@pytest.mark.parametrize(("office", "asked"), [("蛟河市邮政管理局", False), ("桦甸市邮政管理局", True)])
def test_another_bureau_as_writer_is_asked_about(tmp_path: Path, office: str, *, asked: bool) -> None:
    head = ["期间", "指标", "数值", "单位"]
    rows = [[f"填报单位：{office}", "", "", ""], head, ["2020-12", "年末常住人口", "400000", "人"]]
    plan = plan_rows(tmp_path, rows)
    assert ("REGION_DIFFERS" in codes(plan)) is asked
