"""Many companies' files dropped at once, under names that say nothing: each finds its company, month and kind."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from desktop_app.services import imports
from desktop_app.services.results.imports import FilePreview, Outcome
from desktop_app.storage.engine import Ledger
from tests.importing.makers import (
    MARKET_HEAD,
    Rows,
    csv_bytes,
    html_bytes,
    market_row,
    official_table,
    old_xls_bytes,
    save,
    xls_bytes,
    xlsx_bytes,
)

MONTH = "2021年5月"


def company(letter: str) -> str:
    return f"示例{letter}快递有限公司"


def form(letter: str, month: str = MONTH) -> Rows:
    """国邮定2.1表 of one company, who and when written above the table."""
    return official_table(month, company(letter) if letter else "")


def wide(letter: str) -> Rows:
    row = market_row(company(letter), 1000, 20000, 100)
    return [["蛟河市快递企业业务量及收入表"], ["2021年5月", "", "单位：件、元"], MARKET_HEAD, row]


def long(letter: str) -> Rows:
    head = ("报告期", "企业", "指标", "数值", "计量单位")
    parts = (
        *(("国内同城快递业务量", "1000", "件"), ("国内异地快递业务量", "20000", "件")),
        *(("国际/港澳台快递业务量", "0", "件"), ("快递业务量", "2.1", "万件"), ("投递量", "4", "万件")),
    )
    return [head, *(("2021-05", f"{letter}快递", *part) for part in parts)]


def months(letter: str) -> Rows:
    return [[f"示例{letter}快递2021年业务量"], ["指标", "单位", "1月", "2月"], ["快递业务量", "件", "9000", "9100"]]


def green(letter: str) -> Rows:
    head = ("企业名称", "可循环中转袋使用次数", "中转袋使用总次数", "电子面单件数", "快件总数")
    return [["二〇二一年五月绿色包装情况"], ["单位：件、次"], head, (f"示例{letter}", "950", "1000", "20000", "20100")]


def villages(letter: str) -> Rows:
    head = ("乡镇", "建制村", "品牌", "进村方式", "周投递次数")
    return [["2021年5月快递进村情况"], head, ("漂河镇", "漂河村", f"示例{letter}", "直投", "5")]


def outlet_list(letter: str) -> Rows:
    head = ("网点名称", "网点类型", "备案编号", "地址", "绿色网点", "有无回收装置")
    return [[f"{company(letter)}网点名录"], head, ("河南街店", "末端网点", "0220281900001", "示例路", "是", "无")]


def found(preview: FilePreview) -> tuple[str, str, str]:
    plan = preview.plan
    assert plan is not None, (preview.file_name, preview.issues)
    return plan.kind.value, plan.enterprise_name, str(plan.month) if plan.month else ""


@pytest.fixture
def files(tmp_path: Path) -> dict[str, tuple[bytes, tuple[str, str, str]]]:
    """Name → content, and what the file is: eleven companies, eight layouts, five formats, four encodings."""
    may = "2021-05"
    return {
        "a.csv": (csv_bytes(form("甲")), ("official_form", company("甲"), may)),
        "b.xlsx": (xlsx_bytes(form("乙")), ("official_form", company("乙"), may)),
        "c.xls": (old_xls_bytes(form("丙")), ("official_form", company("丙"), may)),
        "d.csv": (csv_bytes(wide("丁"), "gb18030"), ("wide", company("丁"), may)),
        "e.csv": (csv_bytes(long("戊"), "utf-8-sig", ";"), ("long", company("戊"), may)),
        "f.xls": (html_bytes(wide("己")), ("wide", company("己"), may)),
        "g.csv": (b"\xff\xfe" + csv_bytes(months("庚"), "utf-16-le", "\t"), ("months", company("庚"), "")),
        "h.xls": (xls_bytes(green("辛")), ("green", company("辛"), may)),
        "i.xlsx": (xlsx_bytes(villages("壬")), ("coverage", "", may)),
        "j.csv": (csv_bytes(outlet_list("癸"), "gb18030"), ("outlets", company("癸"), "")),
        "k.xlsx": (xlsx_bytes(form(""), "子快递5月"), ("official_form", company("子"), may)),
    }


def dropped(ledger: Ledger, folder: Path, contents: Sequence[tuple[str, bytes]]) -> tuple[FilePreview, ...]:
    return imports.preview_files(ledger, [save(folder, name, content) for name, content in contents])


def test_eleven_companies_files_sort_themselves_out(
    fresh: Ledger, tmp_path: Path, files: dict[str, tuple[bytes, tuple[str, str, str]]]
) -> None:
    previews = dropped(fresh, tmp_path, [(name, content) for name, (content, _) in files.items()])
    assert {p.file_name: found(p) for p in previews} == {name: truth for name, (_, truth) in files.items()}
    for preview in previews:
        assert preview.ready, (preview.file_name, [issue.message for issue in preview.issues])
        assert preview.plan is not None
        spoken = {ground.partition("：")[0].partition("按")[0] for ground in preview.plan.grounds}
        assert {"种类", "企业", "月份", "地区", "单位"} <= spoken, preview.file_name
    results = imports.commit_previews(fresh, previews, "已核实")
    assert {result.outcome for result in results} == {Outcome.COMMITTED}


@pytest.mark.parametrize(
    ("rows", "code", "how"),
    [
        (form(""), "COMPANY_MISSING", "--company"),
        ([["示例甲快递、示例乙快递业务量及收入表"], *form("")], "COMPANY_AMBIGUOUS", "--company"),
        (form("寅"), "UNKNOWN_COMPANY", "企业名录文件"),
        (form("甲", month=""), "MONTH_MISSING", "年月"),
        ([*outlet_list("")[1:]], "COMPANY_MISSING", "--company"),
    ],
)
def test_what_is_truly_open_is_asked(fresh: Ledger, tmp_path: Path, rows: Rows, code: str, how: str) -> None:
    (preview,) = dropped(fresh, tmp_path, [("z.csv", csv_bytes(rows))])
    assert preview.outcome is Outcome.REFUSED
    issue = next(issue for issue in preview.issues if issue.code == code)
    assert how in issue.on_command_line
    assert "--" not in issue.suggestion, "the window speaks of its own controls"
