"""What 绿色包装 prints: monitoring table, samples with confidence, rates alone, estimates only when wanted."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop_app.cli.main import main
from desktop_app.errors import UserError
from desktop_app.importing.plan import ImportOptions
from desktop_app.models.values import Month, Period
from desktop_app.reporting.monthly.green import _joined
from desktop_app.services import imports, registers
from desktop_app.services.dependants import dependants
from desktop_app.services.green import green_board, green_report
from desktop_app.services.green_company import company_profile
from desktop_app.services.green_estimates import show_estimates
from desktop_app.services.ledger import create, open_ledger
from desktop_app.services.programmes import save
from desktop_app.services.reports.green_notice import notices
from desktop_app.services.reports.making import make_report
from desktop_app.services.results.imports import Outcome
from desktop_app.services.results.programmes import LineDraft, ProgrammeDraft
from desktop_app.services.scoring import outlet_board
from desktop_app.storage.engine import Ledger
from tests.gui.rural_green import small_county
from tests.reporting import office
from tests.reporting.reading import page_texts, whole_text

MARCH = Month(2021, 3)
PERIOD = Period.of_month(MARCH)
COMPANY = "示例己快递"
"""Has given nothing for March but what the file below says."""


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("county")
    path = small_county(folder / "ledger.db")
    file = folder / f"2021年3月绿色包装表_{COMPANY}.csv"
    file.write_text(f"企业,规范封装操作比例,瘦身胶带封装比例\n{COMPANY},87.5%,99.0%\n", encoding="utf-8-sig")
    with closing(open_ledger(str(path))) as ledger:
        before = green_report(ledger, PERIOD)
        preview = imports.preview_file(ledger, file, ImportOptions())
        assert preview.plan is not None
        assert {issue.code for issue in preview.plan.issues} == {"RATE_WITHOUT_INPUTS"}
        assert imports.commit_previews(ledger, [preview], "该企业系统只出比率")[0].outcome is Outcome.COMMITTED
        after = green_report(ledger, PERIOD)
    county = {row.indicator: row.county.value for row in before.matrix}
    assert {row.indicator: row.county.value for row in after.matrix} == county, "a rate alone moves no ratio of sums"
    return path


@pytest.fixture
def ledger(filled: Path, tmp_path: Path) -> Iterator[Ledger]:
    with closing(open_ledger(str(shutil.copy(filled, tmp_path / "ledger.db")))) as opened:
        yield opened


def printed(ledger: Ledger, kind: str, folder: Path, fmt: str = "pdf") -> Path:
    out = folder / f"{kind}.{fmt}"
    return make_report(ledger, kind, PERIOD, fmt, "internal", out, made_on=date(2021, 4, 9), proof=True).file


def words_of(file: Path) -> str:
    match file.suffix:
        case ".docx":
            return "".join(office.docx_lines(file))
        case ".xlsx":
            return "".join(office.shown(cell) for cell in office.xlsx_cells(file))
        case _:
            return whole_text(file)


def test_board_and_matrix_name_who_gave_a_rate_alone(ledger: Ledger) -> None:
    report = green_board(ledger, MARCH).report
    assert report.rate_only == (("瘦身胶带", (COMPANY,)), ("规范封装", (COMPANY,)))
    line = next(line for line in report.lines if line.indicator == "GRN.PACKOP")
    assert line.sample_range == "88.2—94.2%"
    assert line.remark == f"抽查 335 件，95% 置信区间 88.2—94.2%；不含只报比率的{COMPANY}"
    row = next(row for row in report.matrix if row.indicator == "GRN.PACKOP")
    at = report.enterprises.index(COMPANY)
    assert (row.cells[at].text, row.cells[at].rate_only, row.cells[at].place) == ("87.5", True, "")
    places = sorted(int(cell.place.split("/")[0]) for cell in row.cells if cell.place)
    assert places[0] == 1
    assert all(cell.place.endswith(f"/{len(places)}") for cell in row.cells if cell.place), "◇ takes no place"


def test_the_profile_of_a_company_shows_its_sample(ledger: Ledger) -> None:
    rows = {row.indicator: row for row in company_profile(ledger, MARCH, "示例丙快递").rows}
    assert rows["GRN.PACKOP"].sample == "抽查 34 件，95% 置信区间 73.4—95.3%"
    assert rows["GRN.TAPE"].sample == ""


@pytest.mark.parametrize("kind", ["green", "green-watch"])
def test_prints_say_the_sample_and_who_gave_a_rate_alone(ledger: Ledger, tmp_path: Path, kind: str) -> None:
    for fmt in ("pdf", "docx", "xlsx"):
        file = printed(ledger, kind, tmp_path, fmt)
        flat = office.bare(words_of(file))
        assert "抽查335件，95%置信区间88.2—94.2%" in flat, fmt
        assert f"只报比率、没有报分子分母的（◇），不计入合计：瘦身胶带：{COMPANY}" in flat, fmt
        assert "测算" not in flat, "estimates are off until the bureau turns them on"


def test_the_monitoring_table_has_every_line_with_clause_gap_and_pace(ledger: Ledger, tmp_path: Path) -> None:
    tables = [t for t in office.docx_tables(printed(ledger, "green-watch", tmp_path, "docx")) if t[0][0] == "指标"]
    report = green_report(ledger, PERIOD)
    assert [row[0] for row in tables[0][1:]] == [line.name for line in report.lines]
    bills = [row for row in tables[0] if row[0] == "电子面单使用率"]
    assert [(row[3], row[1], row[7]) for row in bills] == [
        ("≥98%", "三（四）1", "已达，两处不一致"),
        ("≥99%", "专栏7", "未达，两处不一致"),
    ]
    assert [row[8] for row in bills] == ["已到", "5 个月"]
    assert [row[0] for row in tables[1][1:]][:2] == ["重金属和特定物质超标包装袋治理", "过度包装治理"]


def test_the_strip_counts_what_the_rows_say(ledger: Ledger, tmp_path: Path) -> None:
    tables = office.docx_tables(printed(ledger, "green-watch", tmp_path, "docx"))
    states = [row[7] for table in tables if table[0][0] == "指标" for row in table[1:]]
    met, unmet, silent = (sum(state.startswith(word) for state in states) for word in ("已达", "未达", "未报"))
    rest = len(states) - met - unmet - silent
    words = whole_text(printed(ledger, "green-watch", tmp_path))
    for label, count in (("已达到", met), ("未达到", unmet), ("未报", silent), ("治理和上级总数", rest)):
        assert f"{label}{count}项共{len(states)}项" in words


def test_estimates_are_printed_with_formula_and_assumption_when_wanted(ledger: Ledger, tmp_path: Path) -> None:
    assert green_board(ledger, MARCH).estimates == ()
    show_estimates(ledger, on=True)
    board = green_board(ledger, MARCH)
    assert [each.words for each in board.estimates] == [
        "2021年一季度估算：胶带用量约少 23.3%（1,266,927 件改用瘦身胶带）。",
        "2021年一季度估算：少用二次包装约 1,241,901 个。",
    ]
    for kind in ("green", "green-watch"):
        words = whole_text(printed(ledger, kind, tmp_path))
        assert "测算（不是统计数）" in words
        assert "（60−45）÷60" in words.replace(" ", "")
        assert "假设：原来都用60毫米" in words.replace(" ", "")
    show_estimates(ledger, on=False)
    assert "测算" not in whole_text(printed(ledger, "green", tmp_path))


def test_a_notice_goes_to_who_gave_a_rate_alone_and_asks_for_both_halves(ledger: Ledger, tmp_path: Path) -> None:
    _, found = notices(ledger, MARCH)
    notice = next(each for each in found if each.company == COMPANY)
    assert [(line.code, line.value_text, line.lacking) for line in notice.lines] == [("GRN.PACKOP", "87.5 ◇", "—")]
    assert "请补报分子、分母" in notice.lines[0].remark
    words = whole_text(printed(ledger, "green-notice", tmp_path)).replace(" ", "")
    assert "抽查28件，95%置信区间72.8—96.3%，样本太小" in words
    assert "表1" not in words, "a letter to one company counts no tables"
    pages = [page.replace(" ", "") for page in page_texts(printed(ledger, "green-notice", tmp_path))]
    letters = [page for page in pages if "你单位" in page]
    assert len(letters) == len(found)
    assert all("绿色包装整改通知" in page.split("你单位")[0] for page in letters), "every letter has its title"


def test_a_notice_holds_every_clause_and_the_bureau_s_own_programme_against_a_company(
    ledger: Ledger, tmp_path: Path
) -> None:
    """电子面单 of 示例甲 is 98.6 %: above ≥98 (三（四）1), below ≥99 (专栏7), and below the bureau's ≥98.8."""
    file = tmp_path / "2021年3月绿色包装表_采购.csv"
    file.write_text("企业,瘦身胶带采购量,胶带采购总量\n示例甲快递,880,1000\n", encoding="utf-8-sig")
    preview = imports.preview_file(ledger, file, ImportOptions())
    assert imports.commit_previews(ledger, [preview], "")[0].outcome is Outcome.COMMITTED

    def lines(indicator: str) -> list[tuple[str, str, str, str]]:
        notice = next(each for each in notices(ledger, MARCH)[1] if each.company == "示例甲快递")
        return [(n.target_text, n.gap_text, n.lacking, n.clause) for n in notice.lines if n.code == indicator]

    above, below = 179_822, 182_304
    assert lines("GRN.EWAYBILL") == [("≥99%", "−0.4", f"{-(-below * 99 // 100) - above:,} 件", "专栏7")]
    assert lines("GRN.NOREPACK")[0][3] == "三（四）1、专栏7", "the same target in two clauses is one line"
    assert [line[0] for line in lines("GRN.RECYC.COV")] == ["≥98%", "100%"]
    targets = (("GRN.EWAYBILL", "电子面单使用率", "98.8"), ("GRN.TAPEBUY", "瘦身胶带采购比例", "90"))
    typed = tuple(
        LineDraft(name, indicator, "", ">", value, "%", "2021-12", "", f"第{n}条")
        for n, (indicator, name, value) in enumerate(targets, start=1)
    )
    save(ledger, ProgrammeDraft("本县方案", "本局文件", "2021", "县级", "220281000000", typed), MARCH)
    save(ledger, ProgrammeDraft("第二方案", "本局文件", "2021", "县级", "220281000000", typed[:1]), MARCH)
    assert lines("GRN.EWAYBILL") == [
        (">98.8%", "−0.2", f"{below * 988 // 1000 + 1 - above:,} 件", "本县方案 第1条、第二方案 第1条")
    ]
    assert lines("GRN.TAPEBUY") == [(">90%", "−2.0", "21 个", "本县方案 第2条")]
    words = whole_text(printed(ledger, "green-notice", tmp_path)).replace(" ", "").replace("\n", "")
    assert "对照本县方案、第二方案" in words
    matrix = {row.indicator: row for row in green_report(ledger, PERIOD).matrix}
    assert matrix["GRN.TAPEBUY"].county.text == "88.0", (
        "the second definition stands beside the first where it is given"
    )
    assert "GRN.TAPEBUY" not in {row.indicator for row in green_report(ledger, Period.parse("2021-02")).matrix}


def test_every_notice_is_a_letter_with_its_title_and_its_own_company(ledger: Ledger, tmp_path: Path) -> None:
    _, found = notices(ledger, MARCH)
    pages = page_texts(printed(ledger, "green-notice", tmp_path))
    assert len(pages) == len(found) > 1
    for notice, page in zip(found, pages, strict=True):
        assert page.count("绿色包装整改通知") == 2, "title and foot"
        assert f"{notice.full_name}：你单位2021年3月报送" in page
        assert f"有{len(notice.lines)}项没有达到目标" in page
        assert "送企业" in page
        assert "内部版" not in page
        assert page.index("（单位名称、公章）") > page.index("十五日内书面回复")
        assert not [other.company for other in found if other is not notice and other.company in page]


def test_the_command_line_says_it_too(filled: Path, capfd: pytest.CaptureFixture[str]) -> None:
    asked = ["green", "--db", str(filled), "--period", "2021-03", "--by", "enterprise"]
    capfd.readouterr()
    assert main(asked) == 0
    told = capfd.readouterr().out
    assert f"◇ 只报比率、没有报分子分母，不计入全县：瘦身胶带：{COMPANY}；规范封装：{COMPANY}" in told
    assert "87.5 ◇" in told
    assert main([*asked, "--json"]) == 0
    data = json.loads(capfd.readouterr().out)
    line = next(line for line in data["lines"] if line["indicator"] == "GRN.PACKOP")
    assert (line["note"], line["rate_only"]) == ("抽查 335 件，95% 置信区间 88.2—94.2%", [COMPANY])


def test_rates_of_single_outlets_are_kept_shown_and_taken_back(
    ledger: Ledger, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    before = {row.indicator: row.county.value for row in green_report(ledger, PERIOD).matrix}

    def put(name: str, *lines: str) -> int:
        file = tmp_path / f"{name}.csv"
        file.write_text("\n".join(("2021年3月绿色包装表", *lines)), encoding="utf-8-sig")
        result = imports.commit_previews(ledger, [imports.preview_file(ledger, file, ImportOptions())], "核对过")[0]
        assert result.outcome is Outcome.COMMITTED
        assert result.batch is not None
        return result.batch

    put("分子分母", "企业,网点,胶带采购总量,瘦身胶带采购量", f"{COMPANY},城东网点,40,39", f"{COMPANY},城西网点,10,8")
    alone = put("比率", "企业,网点,循环中转袋使用率", f"{COMPANY},城西网点,88.5%")

    def told() -> list[tuple[str, str, dict[str, tuple[str, str]]]]:
        found = outlet_board(ledger, MARCH).rates
        return [(r.company, r.outlet, {c: (x.text, x.basis) for c, x in r.rates.items()}) for r in found]

    assert told() == [
        (COMPANY, "城东网点", {"GRN.TAPEBUY": ("97.5", "39 / 40")}),
        (COMPANY, "城西网点", {"GRN.BAG": ("88.5 ◇", "只报了比率"), "GRN.TAPEBUY": ("80.0", "8 / 10")}),
    ]
    assert outlet_board(ledger, MARCH).heads == (("GRN.BAG", "循环中转袋"), ("GRN.TAPEBUY", "瘦身胶带采购"))
    after = {row.indicator: row.county.value for row in green_report(ledger, PERIOD).matrix}
    assert after.pop("GRN.TAPEBUY") == 94, "47 of 50"
    assert after == before, "an outlet's rate alone enters no ratio of sums"
    paper = whole_text(printed(ledger, "green", tmp_path))
    assert "各网点绿色包装比率（%）" in paper
    assert f"{COMPANY}城西网点88.5◇80.0" in paper
    capfd.readouterr()
    assert main(["green", "--db", str(tmp_path / "ledger.db"), "--period", "2021-03", "--by", "outlet"]) == 0
    words = capfd.readouterr().out
    assert "分网点" in words
    assert "88.5 ◇" in words
    assert dependants(ledger, alone).lines == ("1 个网点自己的绿色包装数不再算数",)
    imports.undo_batch(ledger, alone, "发错了")
    assert [set(rates) for _, _, rates in told()] == [{"GRN.TAPEBUY"}, {"GRN.TAPEBUY"}]
    assert outlet_board(ledger, Month(2021, 2)).rates == ()


def test_a_company_whose_outlets_have_figures_is_not_taken_back_with_its_register(tmp_path: Path) -> None:
    with closing(create(tmp_path / "ledger.db", "220281", "蛟河市")) as ledger:
        register, sheet = tmp_path / "企业.csv", tmp_path / "2021年3月绿色包装表.csv"
        register.write_text("企业名称,简称,品牌,别名\n红叶快递有限公司,红叶快递,红叶,红叶\n", encoding="utf-8-sig")
        sheet.write_text("企业,网点,循环中转袋使用率\n红叶快递,城东网点,91%\n", encoding="utf-8-sig")
        registers.import_enterprises(ledger, register)
        result = imports.commit_previews(ledger, [imports.preview_file(ledger, sheet, ImportOptions())], "只有率")[0]
        assert result.outcome is Outcome.COMMITTED
        with pytest.raises(UserError, match="已有它的数据"):
            imports.undo_batch(ledger, 1, "试")


def test_a_rate_that_meets_two_targets_is_named_once_with_both(ledger: Ledger) -> None:
    line = next(line for line in green_report(ledger, PERIOD).lines if line.indicator == "GRN.EWAYBILL")
    lines = [replace(line, met=True, target_text=text) for text in ("≥98%", "≥99%")]
    assert [(each.name, each.target_text) for each in _joined(lines)] == [("电子面单使用率", "≥98%、≥99%")]


def test_the_bulletin_tells_its_tables_apart_and_says_what_was_handed_down(ledger: Ledger, tmp_path: Path) -> None:
    file = tmp_path / "下发.csv"
    file.write_text("2021年3月绿色包装比率\n地区,瘦身胶带封装比例(%)\n蛟河市,65\n", encoding="utf-8-sig")
    preview = imports.preview_file(ledger, file, ImportOptions())
    assert imports.commit_previews(ledger, [preview], "上级通报")[0].outcome is Outcome.COMMITTED
    text = whole_text(printed(ledger, "green", tmp_path))
    assert "各企业绿色包装指标（%）（一）" in text
    assert "各企业绿色包装指标（%）（二）" in text
    assert "各企业绿色用品和设施（一）" not in text, "a table that stands alone needs no number"
    assert "上级下发65%" in text
