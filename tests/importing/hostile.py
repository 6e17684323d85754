"""Hostile files, made on the spot: bombs, lies, recursion, absurd widths. Each is to be read safely or refused."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable

from tests.importing.makers import Rows, old_xls_bytes, xls_bytes, xlsx_bytes
from tests.importing.nasty import ods_bytes

TABLE: Rows = [["企业名称", "业务量"], ["示例甲快递", "007"], ["示例乙快递", "8"]]
Maker = Callable[[], bytes]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def patched(book: bytes, change: Callable[[str, bytes], bytes | None], **more: bytes) -> bytes:
    """A workbook with its parts changed (None takes a part away) and others added (``__`` stands for ``/``)."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            part = change(info.filename, old.read(info))
            if part is not None:
                new.writestr(info.filename, part)
        for name, part in more.items():
            new.writestr(name.replace("__", "/"), part)
    return out.getvalue()


def _sheet(change: Callable[[bytes], bytes]) -> Maker:
    return lambda: patched(xlsx_bytes(TABLE), lambda name, part: change(part) if "worksheets/sheet" in name else part)


def _part(word: str, change: Callable[[bytes], bytes | None]) -> Maker:
    return lambda: patched(xlsx_bytes(TABLE), lambda name, part: change(part) if word in name else part)


def _tail(text: str) -> Maker:
    return _sheet(lambda part: part.replace(b"</sheetData>", b"</sheetData>" + text.encode()))


def _row(text: str) -> Maker:
    return _sheet(lambda part: part.replace(b"</sheetData>", text.encode() + b"</sheetData>"))


def _ods(tail: str) -> Maker:
    return lambda: ods_bytes([list(row) for row in TABLE], tail)


def _text(make: Callable[[], str]) -> Maker:
    def made() -> bytes:
        return ("企业名称,业务量\r\n示例甲快递,007\r\n" + make()).encode()

    return made


def _entities() -> bytes:
    lines = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{lines}]>'.encode()


def _bomb(size: int, name: str = "xl__worksheets__sheet9.xml") -> Maker:
    return lambda: patched(xlsx_bytes(TABLE), lambda _, part: part, **{name: b" " * size})


def _nested_zip() -> bytes:
    data = b"0" * 100_000
    for level in range(6):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"{level}.zip", data)
        data = out.getvalue()
    return data


def _xml_sheet(inside: str) -> bytes:
    return (
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        f'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="a">{inside}'
        "</Worksheet></Workbook>"
    ).encode()


def _html(body: str) -> Maker:
    return f"<html><table><tr><td>企业名称</td><td>业务量</td></tr>{body}</table></html>".encode


HOSTILE: dict[str, Maker] = {
    "bomb in a sheet": _bomb(60_000_000),
    "bomb in the shared strings": _bomb(60_000_000, "xl__sharedStringsX.xml"),
    "bomb in a picture": _bomb(60_000_000, "xl__media__image1.png"),
    "zip in zip in zip": _nested_zip,
    "bomb as mimetype": lambda: patched(b"PK\x05\x06" + bytes(18), lambda _, part: part, mimetype=b" " * 60_000_000),
    "billion laughs in the workbook": _part("xl/workbook.xml", lambda part: _entities() + part),
    "billion laughs in a sheet": _sheet(lambda part: _entities() + part),
    "billion laughs in the styles": _part("styles", lambda part: _entities() + part),
    "external entity": _sheet(lambda part: b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + part),
    "entities hidden in UTF-16": _sheet(lambda part: (_entities() + part).decode().encode("utf-16")),
    "entities in the content of ODS": lambda: patched(
        ods_bytes([list(row) for row in TABLE]),
        lambda name, part: _entities() + part if name == "content.xml" else part,
    ),
    "lying count of strings": _part("sharedStrings", lambda part: part.replace(b'count="', b'count="99999999')),
    "no shared strings": _part("sharedStrings", lambda _: None),
    "string number beyond the strings": _row('<row r="9"><c r="A9" t="s"><v>999999</v></c></row>'),
    "negative string number": _row('<row r="9"><c r="A9" t="s"><v>-5</v></c></row>'),
    "lying dimension": _sheet(lambda part: part.replace(b'ref="A1:B3"', b'ref="A1:XFD1048576"')),
    "two far cells": _row('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "row beyond the sheet": _row('<row r="99999999"><c r="A99999999"><v>1</v></c></row>'),
    "column beyond the sheet": _row('<row r="9"><c r="ZZZZZ9"><v>1</v></c></row>'),
    "nonsense as reference": _row('<row r="x"><c r="??"><v>1</v></c></row>'),
    "merge of the whole sheet": _tail('<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
    "merges over one another": _tail("<mergeCells>" + '<mergeCell ref="A1:XFD9999"/>' * 5000 + "</mergeCells>"),
    "a million merges": _tail("<mergeCells>" + '<mergeCell ref="A1:B2"/>' * 300_000 + "</mergeCells>"),
    "sheet nested deep": _row("<row>" * 50_000 + "</row>" * 50_000),
    "sheet without end": _sheet(lambda part: part[: len(part) // 2]),
    "800 000 cells": _row("".join(f'<row r="{n}">' + "<c><v>1</v></c>" * 100 + "</row>" for n in range(4, 8004))),
    "number of a million digits": _row(f'<row r="9"><c r="A9"><v>{"9" * 1_000_000}</v></c></row>'),
    "number beyond any float": _row('<row r="9"><c r="A9"><v>1e999999</v></c></row>'),
    "exponent that would be written out": _row('<row r="9"><c r="A9"><v>1e300</v></c></row>'),
    "date beyond the calendar": _row('<row r="9"><c r="A9" t="d"><v>99999-99-99</v></c></row>'),
    "200 000 cell styles": _part(
        "styles", lambda part: part.replace(b"</cellXfs>", b'<xf numFmtId="0"/>' * 200_000 + b"</cellXfs>")
    ),
    "style number beyond the styles": _row('<row r="9"><c r="A9" s="99999"><v>1</v></c></row>'),
    "number format of a megabyte": _part(
        "styles",
        lambda part: part.replace(
            b"<fonts", b'<numFmts><numFmt numFmtId="200" formatCode="' + b"[" * 1_000_000 + b'"/></numFmts><fonts', 1
        ),
    ),
    "macros": lambda: patched(xlsx_bytes(TABLE), lambda _, part: part, **{"xl__vbaProject.bin": b"\xd0\xcf" * 5000}),
    "link to another workbook": lambda: patched(
        xlsx_bytes(TABLE), lambda _, part: part, **{"xl__externalLinks__externalLink1.xml": b"<externalLink/>"}
    ),
    "call of a program": _row('<row r="9"><c r="A9"><f>cmd|\'/c calc\'!A1</f></c></row>'),
    "names that climb folders": lambda: patched(
        xlsx_bytes(TABLE), lambda _, part: part, **{"..__..__..__etc__passwd": b"root", "xl__..__..__x.xml": b"<x/>"}
    ),
    "sheet that is the workbook itself": _part(
        "workbook.xml.rels", lambda part: part.replace(b"worksheets/sheet1.xml", b"workbook.xml")
    ),
    "relation to the web": _part(
        "workbook.xml.rels", lambda part: part.replace(b"/xl/worksheets/sheet1.xml", b"http://example.org/worksheets/x")
    ),
    "workbook without sheets": _part("xl/workbook.xml", lambda _: f'<workbook xmlns="{MAIN}"/>'.encode()),
    "workbook that is no XML": _part("xl/workbook.xml", lambda _: b"\x00\x01\x02"),
    "20 000 sheets": lambda: _many_sheets(20_000),
    "ODS row repeated a billion times": _ods(
        '<table:table-row table:number-rows-repeated="999999999"><table:table-cell table:number-columns-repeated='
        '"16384" office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>'
    ),
    "ODS negative repetition": _ods('<table:table-row table:number-rows-repeated="-5"/>'),
    "ODS spaces by the billion": _ods(
        '<table:table-row><table:table-cell><text:p><text:s text:c="999999999"/></text:p></table:table-cell>'
        "</table:table-row>"
    ),
    "ODS nested deep": _ods("<table:table-row-group>" * 5000 + "</table:table-row-group>" * 5000),
    "old workbook cut": lambda: xls_bytes(TABLE)[:3000],
    "old workbook with a lying sector table": lambda: _bytes_set(xls_bytes(TABLE), 44, b"\xff\xff\xff\x7f"),
    "old workbook whose sectors run in a circle": lambda: _bytes_set(xls_bytes(TABLE), 512, b"\x00\x00\x00\x00" * 64),
    "Excel 95 with a record of absurd length": lambda: old_xls_bytes(TABLE)[:600] + b"\xff" * 2000,
    "a million columns": _text(lambda: "x," * 1_000_000),
    "a million quotes": _text(lambda: '"' * 1_000_001),
    "a thousand stray quotes": _text(lambda: '"示例,1\r\n' * 1000 + "示例乙,2\r\n"),
    "quotes and commas in turns": _text(lambda: '",' * 200_000),
    "a line of ten megabytes": _text(lambda: "长" * 3_000_000),
    "300 000 blank lines": _text(lambda: "\r\n" * 300_000),
    "widths that never agree": _text(lambda: "".join("1," * (n % 50) + "\r\n" for n in range(20_000))),
    "page with tables nested deep": _html("<table><tr><td>" * 20_000),
    "page with spans of a billion": _html('<tr><td rowspan="999999999" colspan="999999999">x</td></tr>' * 200),
    "page of unclosed tags": _html("<td><b>" * 100_000),
    "page of declarations without end": _html("<![CDATA[" * 200_000),
    "page of instructions without end": _html("<?" * 500_000),
    "page of a million cells": _html("<tr>" + "<td>1" * 400_000),
    "page of pointed brackets": _html("<tr><td>" + "<" * 300_000),
    "quotes in every cell": _text(lambda: ('"a"b"c",' * 200 + "\r\n") * 1500),
    "a stray quote in every line": _text(lambda: '"x,"y",z\r\n' * 60_000),
    "quotes without end in lines of any width": _text(
        lambda: "".join('"x",' * (n % 40) + '"z\r\n' for n in range(9000))
    ),
    "a figure of a hundred thousand groups": _text(lambda: "1," * 20 + "1" * 200_000 + "!,2\r\n"),
    "units without end": _text(lambda: "单位：" * 300_000 + "\r\n"),
    "four million blank lines": _text(lambda: "\r\n,," * 2_000_000),
    "fifty megabytes in one line": _text(lambda: "x" * 50_000_000),
    "a line cut by blanks into a thousand words": (
        "".join(f"2021-03-{n % 28 + 1:02},甲{n},{n},2\r\n" for n in range(500))
        + "2021-03-01 甲 "
        + "字 " * 1200
        + "1 2\r\n"
    ).encode,
    "many heads": _text(lambda: "名称,业务量\r\n甲,1\r\n\r\n" * 20_000),
    "figures that are none": ("a,b\r\n" + ("-+(¥" + "1," * 50_000 + "x,2\r\n") * 5).encode,
    "combining marks": _text(lambda: "e" + "\u0301" * 500_000 + ",1\r\n"),
    "half of a surrogate pair": lambda: b"\xff\xfe" + b"\x00\xd8a\x00,\x00" * 5000,
    "deep brackets": lambda: b"[" * 1_000_000,
    "random bytes": lambda: random.Random(7).randbytes(3_000_000),  # noqa: S311  (the same every time)
    "column widths by the thousand": _sheet(
        lambda part: part.replace(
            b"<sheetData>",
            b"<cols>" + b'<col min="1" max="16384" width="9" hidden="1"/>' * 20_000 + b"</cols><sheetData>",
        )
    ),
    "attributes by the hundred thousand": _sheet(
        lambda part: part.replace(
            b"<sheetData>", b"<sheetData " + b" ".join(b'a%d="1"' % n for n in range(100_000)) + b">"
        )
    ),
    "sheet listed 20 000 times": lambda: _listed(20_000),
    "one packed part under 5 000 names": lambda: _overlapping(5000),
    "packed by a method that nobody has": lambda: _method(xlsx_bytes(TABLE), 99),
    "packed with a password of the packer": lambda: _locked(xlsx_bytes(TABLE)),
    "ten megabytes of quotes in lines": _text(lambda: ('"""""",' * 20 + "\r\n") * 70_000),
    "quotes with blanks behind": _text(lambda: '"a" ,"b"\t,"c \r\n' * 150_000),
    "one quoted cell of fifteen megabytes": _text(lambda: '"' + "长" * 5_000_000 + '",1\r\n'),
    "zeros by the million inside": _text(lambda: "\0" * 5_000_000 + "\r\n示例乙快递,1\r\n"),
    "three encodings in turns": lambda: (
        "企业名称,业务量\r\n".encode()
        + ("示例甲快递,7\r\n".encode("gb18030") + "示例乙,8\r\n".encode() + "示例丙,9\r\n".encode("big5")) * 50_000
    ),
    "16 384 columns": (",".join(f"列{n}" for n in range(16_384)) + "\r\n" + ("1," * 16_383 + "1\r\n") * 30).encode,
    "300 000 lines": _text(lambda: "示例甲快递,1,2,3,4,5\r\n" * 300_000),
    "19 000 lines set under each other": (
        ("甲" + " " * 30 + "1,234" + " " * 20 + "x" + " " * 10 + "2\r\n") * 19_000
    ).encode,
    "rules and gaps": (("-" * 399 + "\r\n") * 19_000 + "甲  1  2\r\n" * 500).encode,
    "brackets without end": _text(lambda: ("（" * 5000 + ",1\r\n") * 50),
    "blanks inside a figure": _text(lambda: ("1," * 5 + " " * 50_000 + "x\r\n") * 20),
    "a note of nothing but blanks": _text(lambda: ("注" + " " * 100_000 + "x,2\r\n") * 20),
    "a date of ten thousand parts": _text(lambda: ("2021" + "-1" * 20_000 + ",2\r\n") * 50),
    "dashes before 以下空白": _text(lambda: ("以下" + " —" * 50_000 + ",2\r\n") * 20),
    "an equals sign and a quote": _text(lambda: ("=" * 30_000 + '"' + "x" * 30_000 + ",2\r\n") * 60),
    "one string of 25 MB": _part(
        "sharedStrings", lambda p: p.replace(b"</sst>", b"<si><t>" + b"y" * 25_000_000 + b"</t></si></sst>")
    ),
    "one string of a million runs": _part(
        "sharedStrings", lambda p: p.replace(b"</sst>", b"<si>" + b"<r><t>y</t></r>" * 1_000_000 + b"</si></sst>")
    ),
    "a comment of 200 MB": _sheet(lambda part: part + b"<!--" + b" " * 200_000_000 + b"-->"),
    "page of 300 000 boxes": lambda: (
        b"<html><body>" + b"<div>" * 300_000 + b"<table><tr><td>a</td><td>1</td></tr></table>"
    ),
    "page with a cell of 200 000 attributes": _html(
        "<tr><td " + " ".join(f'a{n}="x"' for n in range(200_000)) + ">1</td></tr>"
    ),
    "page of two million entities": _html("<tr><td>" + "&amp;" * 2_000_000 + "</td></tr>"),
    "page of open quotes": _html(('<td a="' + "x" * 100) * 60_000),
    "page in one file without its parts": lambda: (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n' + b"--x\r\n\r\n" * 200_000
    ),
    "laughs in XML of its own": lambda: _entities() + b"<Workbook>&a9;</Workbook>",
    "XML sheet nested deep": lambda: _xml_sheet("<Table>" * 300_000),
    "XML sheet with a cell in the farthest corner": lambda: _xml_sheet(
        '<Table><Row ss:Index="1048576"><Cell ss:Index="16384" ss:MergeAcross="99999" ss:MergeDown="9999999">'
        '<Data ss:Type="String">x</Data></Cell></Row></Table>'
    ),
    "XML sheet of rows beyond any number": lambda: _xml_sheet('<Table><Row ss:Index="99999999999999999"/></Table>'),
    "XML sheet with column spans of a billion": lambda: _xml_sheet(
        '<Table><Column ss:Hidden="1" ss:Span="9999999"/></Table>'
    ),
    "XML sheet of a million cells": lambda: _xml_sheet("<Table><Row>" + "<Cell/>" * 1_000_000 + "</Row></Table>"),
    "XML sheet with impossible numbers and days": lambda: _xml_sheet(
        '<Table><Row><Cell><Data ss:Type="Number">1e999999</Data></Cell><Cell><Data ss:Type="DateTime">x</Data></Cell>'
        "</Row></Table>"
    ),
    "OLE2 of ones": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 100_000,
    "OLE2 of chance": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + random.Random(3).randbytes(200_000),  # noqa: S311
    "binary workbook": lambda: patched(
        xlsx_bytes(TABLE), lambda _, part: part, **{"xl__workbook.bin": b"\x83\x01" * 99}
    ),
    "ODS cut": lambda: ods_bytes([list(row) for row in TABLE])[:-200],
    "old workbook of 65 536 merges": lambda: old_xls_bytes(TABLE, 936) + b"\xe5\x00" * 65_536,
}


def _listed(count: int) -> bytes:
    sheet = b'<sheet name="s%d" sheetId="%d" r:id="rId1" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/>'
    more = b"".join(sheet % (n, n + 9) for n in range(count))
    return patched(
        xlsx_bytes(TABLE),
        lambda name, part: part.replace(b"</sheets>", more + b"</sheets>") if name == "xl/workbook.xml" else part,
    )


def _overlapping(count: int) -> bytes:
    """A zip whose entries all point at the same packed bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    raw = b"0" * 5_000_000
    packed = packer.compress(raw) + packer.flush()
    sizes = struct.pack("<III", zlib.crc32(raw), len(packed), len(raw))
    first = b"PK\3\4" + struct.pack("<HHHHH", 20, 0, 8, 0, 0) + sizes + struct.pack("<HH", 1, 0) + b"a" + packed
    listed = b""
    for n in range(count):
        name = b"xl/worksheets/sheet%d.xml" % n
        listed += b"PK\1\2" + struct.pack("<HHHHHH", 20, 20, 0, 8, 0, 0) + sizes
        listed += struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, 0) + name
    return first + listed + b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, count, count, len(listed), len(first), 0)


def _each(data: bytes, mark: bytes, at: int, new: int) -> bytes:
    body, place = bytearray(data), data.find(mark)
    while place >= 0:
        body[place + at] = new
        place = data.find(mark, place + 4)
    return bytes(body)


def _method(data: bytes, method: int) -> bytes:
    return _each(data, b"PK\1\2", 10, method)


def _locked(data: bytes) -> bytes:
    return _each(_each(data, b"PK\1\2", 8, 1), b"PK\3\4", 6, 1)


def _bytes_set(data: bytes, at: int, new: bytes) -> bytes:
    return data[:at] + new + data[at + len(new) :]


def _many_sheets(count: int) -> bytes:
    entries = "".join(f'<sheet name="s{n}" sheetId="{n}"/>' for n in range(count))
    book = f'<workbook xmlns="{MAIN}"><sheets>{entries}</sheets></workbook>'.encode()
    return patched(xlsx_bytes(TABLE), lambda name, part: book if name == "xl/workbook.xml" else part)
