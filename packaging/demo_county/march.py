"""resources/sample/2021-03: the files of one month as the companies hand them in, some of them with a fault."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from demo_county.basics import MARCH
from demo_county.companies import BY_STEM
from demo_county.files import write
from demo_county.forms import Grid, in_ten_thousands
from demo_county.march_sheets import Sheets
from demo_county.workbooks import grid_csv, locked, xls, xlsx

PASSWORD = "示例2021"  # noqa: S105 - the lock of a sample file is no secret
FORM = "国邮定2.1表"


@dataclass(frozen=True)
class SampleFile:
    """A file to import by hand, and what must become of it."""

    name: str
    kind: str
    company: str
    encoding: str
    """Empty for workbooks."""
    content: bytes
    fault: str = ""
    """Why it must be refused; empty when it must be taken in."""
    warning: str = ""
    """What asks for an explanation without blocking the file."""

    def entry(self) -> dict[str, str]:
        """The file's entry in manifest.json."""
        return {
            "name": self.name,
            "kind": self.kind,
            "company": self.company,
            "encoding": self.encoding,
            "expect": "refused" if self.fault else "committed",
            "fault": self.fault,
            "warning": self.warning,
        }


def march_files(sheets: Sheets) -> list[SampleFile]:
    """The files in the order in which they are to be imported."""
    return [*_sound_and_faulty(sheets), *_county_wide(sheets), *_unreadable(sheets)]


def _of(stem: str) -> str:
    return BY_STEM[stem].name


def _sound_and_faulty(sheets: Sheets) -> list[SampleFile]:
    guide: Grid = [["填表说明", None], ["业务量填件数，业务收入填元。", None], ["本表为示例。", None]]
    correction = "快报异地业务量、业务量合计各少计18件，予以更正。"
    return [
        SampleFile("甲_202103.xlsx", "official_form", _of("甲"), "", xlsx({FORM: sheets.form("甲"), "说明": guide})),
        SampleFile(
            *("乙3月.csv", "official_form", _of("乙"), "gb18030"),
            grid_csv(sheets.form("乙"), "gb18030", separators=True),
        ),
        SampleFile(
            *("丙 月报(终).xls", "official_form", _of("丙"), ""),
            xls(FORM, sheets.form("丙", remark="3月新增黑木耳电商客户，业务量增长较快。")),
            warning="业务量同比增长超过30%，须说明原因",
        ),
        SampleFile(
            *("丁快递3月.csv", "official_form", _of("丁"), "gb18030"),
            grid_csv(sheets.crossed(faulty=True), "gb18030"),
            fault="业务量分项之和35,391不等于合计35,401",
        ),
        SampleFile(
            *("戊-更正.xlsx", "official_form", _of("戊"), ""),
            xlsx({FORM: sheets.form("戊", mark="（更正）", remark=correction)}, decimals="#,##0.00"),
        ),
        SampleFile("己.csv", "wide", _of("己"), "utf-16", grid_csv(sheets.late_row(), "utf-16")),
        SampleFile(
            *("庚_零报.xlsx", "official_form", _of("庚"), ""),
            xlsx({"Sheet1": sheets.form("庚", remark="本月网点停业装修，无业务，零报。")}),
            warning="零报，须说明原因",
        ),
        SampleFile("辛3月明细.csv", "long", _of("辛"), "utf-8", grid_csv(sheets.long_table(), "utf-8")),
        SampleFile(
            *("壬_202103（万件）.xlsx", "official_form", _of("壬"), ""),
            xlsx({FORM: sheets.form("壬", in_ten_thousands(sheets.lines("壬")), unit="万件、万元")}, decimals="0.00"),
        ),
        SampleFile(
            *("癸_202103.xlsx", "official_form", _of("癸"), ""),
            xlsx({FORM: sheets.form("癸", sheets.slipped())}, decimals="0.00"),
            fault="本期业务收入按万元填写，单位却写元，相差一万倍",
        ),
        SampleFile(
            *("子3月.csv", "official_form", _of("子"), "utf-8-sig"),
            grid_csv(sheets.tabbed(), "utf-8-sig", delimiter="\t"),
        ),
        SampleFile(
            *("丑_202103.csv", "official_form", _of("丑"), "utf-8-sig"),
            grid_csv(sheets.form("丑", sheets.miscumulated()), "utf-8-sig"),
            fault="异地业务量、业务量合计的本年累计比上月累计加本月多1,000件",
        ),
    ]


def _county_wide(sheets: Sheets) -> list[SampleFile]:
    return [
        SampleFile("进村_3月.xlsx", "coverage", "", "", xlsx({"快递进村": sheets.coverage_grid()})),
        SampleFile("绿色包装_3月.xlsx", "green", "", "", xlsx({"绿色包装": sheets.green_grid()})),
    ]


def _unreadable(sheets: Sheets) -> list[SampleFile]:
    return [
        SampleFile(
            *("无此企业.csv", "official_form", "示例寅快递有限公司", "utf-8-sig"),
            grid_csv(sheets.stranger(), "utf-8-sig"),
            fault="企业名录里没有示例寅快递有限公司",
        ),
        SampleFile("空表.csv", "unknown", "", "utf-8-sig", b"\xef\xbb\xbf" + b",,,\r\n" * 3, fault="表里没有内容"),
        SampleFile(
            *("缺列.csv", "official_form", _of("甲"), "utf-8-sig"),
            grid_csv(sheets.without_current(), "utf-8-sig"),
            fault="缺少“本期”一列",
        ),
        SampleFile(
            *("加密.xlsx", "unknown", "", ""),
            locked(xlsx({FORM: sheets.form("甲")}), PASSWORD),
            fault="工作簿设有打开密码",
        ),
        SampleFile("其实是PDF.csv", "unknown", "", "", _pdf(), fault="扩展名是csv，内容是PDF文件"),
    ]


def corrected_files(sheets: Sheets) -> list[SampleFile]:
    """What the companies send after their faulty files were returned (退回后更正)."""
    return [
        SampleFile(
            *("丁快递3月.csv", "official_form", _of("丁"), "gb18030"),
            grid_csv(sheets.crossed(faulty=False), "gb18030"),
        ),
        SampleFile("癸_202103.xlsx", "official_form", _of("癸"), "", xlsx({FORM: sheets.form("癸")}, decimals="0.00")),
        SampleFile(
            *("丑_202103.csv", "official_form", _of("丑"), "utf-8-sig"),
            grid_csv(sheets.form("丑"), "utf-8-sig"),
        ),
    ]


def _pdf() -> bytes:
    body = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    )
    return body + b"trailer<</Root 1 0 R/Size 4>>\n%%EOF\n"


def write_march(folder: Path, sheets: Sheets) -> None:
    """Write the files, the corrected ones in 更正件/, and manifest.json."""
    files, corrected = march_files(sheets), corrected_files(sheets)
    for file in files:
        write(folder / file.name, file.content)
    for file in corrected:
        write(folder / "更正件" / file.name, file.content)
    manifest = {
        "period": MARCH.key,
        "password": PASSWORD,
        "files": [file.entry() for file in files],
        "corrections": [file.entry() | {"name": f"更正件/{file.name}"} for file in corrected],
    }
    write(folder / "manifest.json", (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode())
