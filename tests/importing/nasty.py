"""Small nasty files, each named after what is nasty, with the table to be read from it or why it is refused."""

from __future__ import annotations

import codecs
import io
import zipfile
from dataclasses import dataclass

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from tests.importing.makers import (
    book_bytes,
    csv_bytes,
    html_bytes,
    old_xls_bytes,
    xls_bytes,
    xlsx_bytes,
    xml_sheet_bytes,
)

Table = list[list[str]]
PLAIN: Table = [
    ["代码", "企业名称", "业务量", "备注"],
    ["007001", "示例甲快递", "12345", "无"],
    ["007002", "示例乙快递", "0", "未报"],
    ["912202810000000018", "示例丙快递", "1e5", "—"],
]
TITLE = [["蛟河市2021年3月快递业务量", "", "", ""], ["单位：件", "", "", ""]]
NOTES = [["注：示例数据，口径见说明", "", "", ""], ["填表人：张三", "", "审核人：李四", ""]]
ENGLISH: Table = [
    ["Date", "Item", "Units", "Price"],
    ["2018-01-05", "Paper", "4", "2.50"],
    ["2018-01-06", "Pens", "10", "0.99"],
    ["2018-01-07", "Total Recall DVD", "1", "7.00"],
]


@dataclass(frozen=True)
class Nasty:
    """A file and what should come of it."""

    data: bytes
    table: Table
    refused: str = ""
    """Part of the message, where the file is refused."""


def nasty() -> dict[str, Nasty]:
    """All of them by name."""
    files = {
        **_encodings(),
        **_delimiters(),
        **_quotes(),
        **_lines(),
        **_around(),
        **_blind(),
        **_books(),
        **_refused(),
    }
    return {name: item if isinstance(item, Nasty) else Nasty(item, PLAIN) for name, item in files.items()}


Files = dict[str, Nasty | bytes]


def _text(table: Table, delimiter: str = ",", end: str = "\r\n") -> str:
    return "".join(delimiter.join(row) + end for row in table)


def _encodings() -> Files:
    traditional = [
        ["企業名稱", "業務量"],
        ["範例甲快遞公司", "12"],
        ["這個月的數量較上個月為多", "7"],
        ["請參閱說明", "8"],
    ]
    rare = [["企业名称", "业务量"], ["示例㐂㛃快递", "12"], ["示例䶮村", "7"]]
    broken = csv_bytes(PLAIN).replace("示例乙".encode(), "示例乙".encode()[:-1])
    mended = [[cell.replace("示例乙", "示例\ufffd") for cell in row] for row in PLAIN]
    return {
        "utf8.csv": csv_bytes(PLAIN),
        "utf8带标记.csv": csv_bytes(PLAIN, "utf-8-sig"),
        "utf8两个标记.csv": codecs.BOM_UTF8 + csv_bytes(PLAIN, "utf-8-sig"),
        "gbk.csv": csv_bytes(PLAIN, "gbk"),
        "gb18030生僻字.csv": Nasty(csv_bytes(rare, "gb18030"), rare),
        "utf16小端带标记.csv": codecs.BOM_UTF16_LE + csv_bytes(PLAIN, "utf-16-le"),
        "utf16大端带标记.csv": codecs.BOM_UTF16_BE + csv_bytes(PLAIN, "utf-16-be"),
        "utf16小端无标记.csv": csv_bytes(PLAIN, "utf-16-le"),
        "utf16大端无标记.csv": csv_bytes(PLAIN, "utf-16-be"),
        "utf32带标记.csv": codecs.BOM_UTF32_LE + csv_bytes(PLAIN, "utf-32-le"),
        "big5.csv": Nasty(csv_bytes(traditional, "big5"), traditional),
        "utf8标记里装gbk.csv": codecs.BOM_UTF8 + csv_bytes(PLAIN, "gbk"),
        "坏一个字节.csv": Nasty(broken, mended),
        "夹空字节.csv": csv_bytes(PLAIN).replace(b"12345", b"12\x00345"),
        "末尾有Ctrl-Z.csv": csv_bytes(PLAIN) + b"\x1a",
    }


def _delimiters() -> Files:
    files: Files = {
        f"分隔符{name}.csv": csv_bytes(PLAIN, "gb18030", mark)
        for name, mark in (
            ("分号", ";"),
            ("制表符", "\t"),
            ("竖线", "|"),
            ("全角逗号", "，"),
            ("波浪号", "~"),
            ("尖号", "^"),
        )
    }
    thousands: Table = [["企业", "数量"], ["示例甲", "1,234"], ["示例乙", "12,345,678"]]
    decimal: Table = [["Ort", "x", "y"], ["Bonn", "1,5", "2,7"], ["Ulm", "3,5", "4,25"]]
    return {
        **files,
        "逗号后有空格.csv": _text(PLAIN, ", ").encode(),
        "首行写明分隔符.csv": ("sep=;\r\n" + _text(PLAIN, ";")).encode(),
        "制表符却叫xls.xls": csv_bytes(PLAIN, "gb18030", "\t"),
        "分号与小数逗号.csv": Nasty(_text(decimal, ";").encode(), decimal),
        "引号里的千分位.csv": Nasty(csv_bytes(thousands), thousands),
        "一列千分位数.csv": Nasty(b"Amount\n1,234\n5,678\n12,000\n", [["Amount"], ["1,234"], ["5,678"], ["12,000"]]),
        "一行用了别的分隔符.csv": _text(PLAIN).replace("007002,示例乙快递,0,未报", "007002;示例乙快递;0;未报").encode(),
    }


def _quotes() -> Files:
    comma: Table = [["名称", "数量", "备注"], ["示例甲", "1", "一,二"], ["示例乙", "2", "三,四"], ["示例丙", "3", "五"]]
    inner: Table = [["名称", "数量", "备注"], ["示例甲", "1", '6" 管'], ["示例乙", "2", '8" 管'], ["示例丙", "3", "无"]]
    lines: Table = [["名称", "数量", "备注"], ["示例甲", "1", "第一行\n第二行"], ["示例乙", "2", "无"]]
    stray: Table = [["名称", "数量", "备注"], ['"示例甲', "1", "无"], ["示例乙", "2", "无"], ["示例丙", "3", "无"]]
    single = _text([[f"'{cell}'" if "," in cell else cell for cell in row] for row in comma])
    curly = _text([[f"“{cell}”" for cell in row] for row in [[c.replace(",", "，") for c in r] for r in comma]], "，")
    wide = [[c.replace(",", "，") for c in row] for row in comma]
    return {
        "全部加引号.csv": _text([[f'"{cell}"' for cell in row] for row in PLAIN]).encode(),
        "单引号.csv": Nasty(single.encode(), comma),
        "中文引号.csv": Nasty(curly.encode(), wide),
        "反斜杠转义.csv": Nasty(csv_bytes(inner).replace(b'""', b'\\"'), inner),
        "引号没有转义.csv": Nasty(csv_bytes(inner).replace(b'""', b'"'), inner),
        "单元格内换行.csv": Nasty(csv_bytes(lines), lines),
        "落单的引号.csv": Nasty(_text(stray).encode(), stray),
        "末尾落单的引号.csv": Nasty(
            '名称,数量,备注\r\n甲,1,无\r\n乙,2,"无\r\n丙,3,无\r\n'.encode(),
            [["名称", "数量", "备注"], ["甲", "1", "无"], ["乙", "2", '"无'], ["丙", "3", "无"]],
        ),
        "等号引号.csv": _text([[f'="{c}"' if c.isdigit() else c for c in row] for row in PLAIN]).encode(),
        "等号引号又加引号.csv": csv_bytes([[f'="{c}"' if c.isdigit() else c for c in row] for row in PLAIN]),
    }


def _lines() -> Files:
    short: Table = [*PLAIN[:2], PLAIN[2][:3], PLAIN[3]]
    long: Table = [*PLAIN[:2], [*PLAIN[2], "多"], PLAIN[3]]
    mixed = "".join(",".join(row) + end for row, end in zip(PLAIN, ("\r\n", "\n", "\r", "\r\n"), strict=True))
    return {
        "只有换行.csv": _text(PLAIN, end="\n").encode(),
        "只有回车.csv": _text(PLAIN, end="\r").encode(),
        "回车换行混用.csv": mixed.encode(),
        "末行不换行.csv": _text(PLAIN).rstrip().encode(),
        "行间空行.csv": _text(PLAIN, end="\r\n\r\n").encode(),
        "开头空行.csv": ("\r\n\r\n" + _text(PLAIN)).encode(),
        "缺一格.csv": Nasty(_text(short).encode(), short),
        "多一格.csv": Nasty(_text(long).encode(), long),
        "末尾许多空行.csv": (_text(PLAIN) + ",,,\r\n" * 50).encode(),
        "分页重复表头.csv": _text([*PLAIN[:2], PLAIN[0], *PLAIN[2:]]).encode(),
        "分页连标题重复.csv": _text([*TITLE, *PLAIN[:3], *TITLE, PLAIN[0], PLAIN[3]]).encode(),
        "行分隔用RS.csv": _text(PLAIN, end="\x1e").encode(),
    }


def _around() -> Files:
    two: Table = [
        ["企业", "业务量", "", "收入", ""],
        ["", "本月", "累计", "本月", "累计"],
        ["示例甲", "1", "2", "3", "4"],
    ]
    joined: Table = [["企业", "业务量/本月", "业务量/累计", "收入/本月", "收入/累计"], two[2]]
    second: Table = [["车型", "数量", "吨位", "车牌"], ["货车", "3", "5", "无"], ["面包车", "2", "1", "无"]]
    total = [*PLAIN, ["", "合计", "112345", ""]]
    narrow: Table = [["车型", "数量"], ["货车", "3"], ["面包车", "2"]]
    return {
        "标题和单位.csv": csv_bytes([*TITLE, *PLAIN]),
        "标题不补逗号.csv": ("蛟河市2021年3月\r\n单位：件\r\n" + _text(PLAIN)).encode(),
        "表后有注和签字.csv": csv_bytes([*PLAIN, *NOTES]),
        "表后的注不补逗号.csv": (_text(PLAIN) + "\r\n本表由企业填报，数据未经审核\r\n").encode(),
        "标题注签字全有.csv": csv_bytes([*TITLE, *PLAIN, *NOTES], "gb18030"),
        "合计行.csv": Nasty(csv_bytes(total), total),
        "两行表头.csv": Nasty(
            csv_bytes([*two, ["示例乙", "5", "6", "7", "8"]]), [*joined, ["示例乙", "5", "6", "7", "8"]]
        ),
        "空行后另一个表.csv": csv_bytes([*PLAIN, [], *second]),
        "空行后窄表.csv": (_text(PLAIN) + "\r\n" + _text(narrow)).encode(),
        "不空行接另一个表.csv": (_text(PLAIN) + _text([["a", "b", "c", "d", "e", "f"]] * 4)).encode(),
        "填报单位行.csv": csv_bytes([["填报单位：示例甲", "", "报送日期：2021-04-05", ""], *PLAIN]),
    }


def _blind() -> Files:
    words: Table = [["name", "city"], ["Ann", "Oslo"], ["Bob", "Rome"], ["Cid", "Bern"]]
    column: Table = [["value"], ["3"], ["4"], ["5"]]
    bare: Table = [["2018-01-05", "a", "4"], ["2018-01-06", "b", "5"], ["2018-01-07", "c", "6"]]
    gaps: Table = [["id", "a", "b", "c"], ["1", "", "", ""], ["2", "x", "5", "y"], ["3", "", "", ""]]
    phone: Table = [["item", "cost"], ["电话", "100"], ["附件", "20"], ["打印", "5"]]
    marks: Table = [["id", "note", "x"], ["#1", "*", "5"], ["#2", "", "6"], ["*", "", "7"]]
    years: Table = [["Country", "2018", "2019"], ["Norway", "5", "6"], ["Chad", "7", "8"]]
    accents: Table = [["café", "prix"], ["Noël", "5"], ["été", "6"]]
    missing: Table = [["a", "b", "c"], ["N/A", "N/A", "N/A"], ["1", "2", "3"], ["4", "5", "6"], ["7", "8", "9"]]
    text: Table = [["a", "b", "c"], ["x", "y", "z"], ["x", "q", "z"], ["w", "q", "r"]]
    return {
        "英文表.csv": Nasty(csv_bytes(ENGLISH), ENGLISH),
        "英文表有前言.csv": Nasty(b"Report of the Office\r\nYear 2018\r\n\r\n" + csv_bytes(ENGLISH), ENGLISH),
        "英文表有脚注.csv": Nasty(csv_bytes(ENGLISH) + b"\r\nSource: the Office\r\n", ENGLISH),
        "只有文字的表.csv": Nasty(csv_bytes(words), words),
        "一列数.csv": Nasty(csv_bytes(column), column),
        "没有表头.csv": Nasty(csv_bytes(bare), bare),
        "稀疏的行.csv": Nasty(csv_bytes(gaps), gaps),
        "像附注的数据.csv": Nasty(csv_bytes(phone), phone),
        "像注的符号.csv": Nasty(csv_bytes(marks), marks),
        "年份表头.csv": Nasty(csv_bytes(years), years),
        "西文重音.csv": Nasty(csv_bytes(accents, "cp1252"), accents),
        "首行全缺.csv": Nasty(csv_bytes(missing), missing),
        "全是文字三列.csv": Nasty(csv_bytes(text), text),
        "只有表头.csv": Nasty(b"a,b,c\r\n", [["a", "b", "c"]]),
        "空格分列.csv": Nasty(
            b"id x y\n1 2.5 3\n2 3.5 4\n3 4.5 5\n",
            [["id", "x", "y"], ["1", "2.5", "3"], ["2", "3.5", "4"], ["3", "4.5", "5"]],
        ),
    }


def ods_bytes(table: Table, tail: str = "") -> bytes:
    """An OpenDocument sheet of texts; ``tail`` is put behind the rows as it stands."""
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = "".join("<table:table-row>" + "".join(map(cell.format, row)) + "</table:table-row>" for row in table)
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style")
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="三月">{rows}{tail}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    return buffer.getvalue()


def _books() -> Files:
    book = openpyxl.Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    for row in PLAIN:
        page.append(row)
    page["XFD1048576"] = "x"
    far = book_bytes(book)
    lying = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx_bytes(PLAIN))) as old, zipfile.ZipFile(lying, "w") as new:
        for info in old.infolist():
            part = old.read(info).replace(b'ref="A1:D4"', b'ref="A1"').replace(b'uniqueCount="', b'uniqueCount="9')
            new.writestr(info.filename.replace("sharedStrings", "SHAREDSTRINGS"), part)
    rest = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    return {
        "工作簿.xlsx": xlsx_bytes(PLAIN),
        "工作簿叫csv.csv": xlsx_bytes(PLAIN),
        "旧工作簿.xls": xls_bytes(PLAIN),
        "旧工作簿叫et.et": xls_bytes(PLAIN),
        "新工作簿叫et.et": xlsx_bytes(PLAIN),
        "Excel95.xls": old_xls_bytes([[c.replace("—", "-") for c in row] for row in PLAIN[:3]] + [PLAIN[3]]),
        "网页叫xls.xls": html_bytes(PLAIN),
        "XML表格.xls": xml_sheet_bytes(PLAIN),
        "XML表格GB18030.xls": xml_sheet_bytes([*TITLE, *PLAIN, *NOTES], "gb18030"),
        "XML表格UTF16.xls": xml_sheet_bytes(PLAIN, "utf-16"),
        "工作簿标题注.xlsx": xlsx_bytes([*TITLE, *PLAIN, *NOTES]),
        "很远处有一格.xlsx": far,
        "谎报范围和字符串数.xlsx": lying.getvalue(),
        "开放文档.ods": ods_bytes(PLAIN),
        "开放文档空行百万.ods": ods_bytes(PLAIN, rest),
    }


def _refused() -> Files:
    return {
        "空白.csv": Nasty(b" \r\n\r\n", []),
        "全是逗号.csv": Nasty(b",,,\r\n,,,\r\n", [], "没有任何内容"),
        "其实是PDF.csv": Nasty(b"%PDF-1.7\n1 0 obj", [], "PDF"),
        "其实是图片.xlsx": Nasty(b"\xff\xd8\xff\xe0" + bytes(64), [], "图片"),
        "其实是rar.xlsx": Nasty(b"Rar!\x1a\x07\x00" + bytes(64), [], "压缩包"),
        "半个工作簿.xlsx": Nasty(xlsx_bytes(PLAIN)[:-200], [], "损坏"),
        "登录网页.xls": Nasty("<html><body>请登录</body></html>".encode(), [], "没有表格"),
        "乱字节.csv": Nasty(bytes(range(128, 256)) * 20, [], "编码"),
        "空字节一大片.csv": Nasty(b"a,b\r\n" + bytes(5000), [], "空字节"),
        "别的XML.xls": Nasty(b'<?xml version="1.0"?><invoices><invoice no="001"/></invoices>', [], "XML"),
        "没有表的XML.xls": Nasty(
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', [], "没有工作表"
        ),
    }
