"""年度快递市场监管报告 of the nation in 2020 and of the demo county, read back from its pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from desktop_app.errors import UserError
from desktop_app.importing.plan import ImportOptions
from desktop_app.models.values import Month, Period
from desktop_app.services import reports
from desktop_app.services.ledger import open_ledger
from desktop_app.services.results.visits import Finding, VisitHead, VisitLine
from desktop_app.services.visits import enter_visit, visit_sheet
from desktop_app.storage.engine import Ledger
from tests.reporting import office
from tests.reporting.reading import page_texts, whole_text
from tests.services.demo import brought, copied, fill_national, made_once, written

YEAR = Period.year(2020)

BEFORE = (
    "月份,快递业务量累计(亿件),快递业务收入累计(亿元),同城业务量累计(亿件),异地业务量累计(亿件),国际/港澳台业务量累计(亿件),CR8\n"
    "2019-12,635.25,7497.8,110.39,510.46,14.41,82.5\n"
)
MORE = (
    "月份,快递服务公众满意度(分),快递时测满意度(分),快递全程时限(小时),72小时内投递样本件数累计(件),时限测试样本件数累计(件),"
    "有效申诉量累计(件),邮政行业业务收入累计(亿元),国内快递专用货机数(架),全自动分拣分拨中心数(个),有快递网点的乡镇数(个),"
    "乡镇总数(个),快递服务制造业项目数累计(个),快递服务制造业项目业务量累计(亿件),快递服务制造业项目收入累计(亿元),"
    "支撑实物商品网上零售额累计(亿元)\n"
    "2019-12,84.0,70.5,56.20,7926,10000,,9642.5,116,,,,,,,85239\n"
    "2020-12,84.2,69.2,58.23,7711,10000,18600,11038,124,370,977,1000,1087,21.6,106.3,97590\n"
)
AREAS = {"440000": ("661.9", "6999.5"), "410000": ("111.2", "1045"), "510000": ("60.5", "750.9")}
"""One province bears the whole of its band: the bands' figures are what the published report gives."""

PART_ONE = (
    "一、市场规模",
    "（一）业务量",
    "2020年，全国快递企业业务量累计完成833.6亿件，比上年增长31.2%，净增198.4亿件。",
    "全国快递企业日均处理快件2.3亿件。",
    "（二）业务收入",
    "2020年，快递业务收入完成8795.4亿元，比上年增长17.3%",
    "快递业务收入占邮政行业业务收入比重为79.7%，上升1.9个百分点。",
    "二、市场结构",
    "（一）主体结构",
    "品牌集中度指数CR8为82.2，比上年降低0.3。",
    "（二）产品结构",
    "异地快递业务量完成693.6亿件，比上年增长35.9%，占全部快递业务量的83.2%，较上年上升2.8个百分点。",
    "同城业务量累计完成121.7亿件，比上年增长10.2%，占全部快递业务量的14.6%，较上年下降2.8个百分点。",
    "国际/港澳台业务量累计完成18.4亿件，比上年增长27.7%，占全部快递业务量的2.2%",
    "（三）区域结构",
    "东部、中部和西部快递业务量分别完成661.9亿件、111.2亿件和60.5亿件，占比分别为79.4%、13.3%和7.3%。",
    "业务收入分别为6999.5亿元、1045亿元和750.9亿元，占比分别为79.6%、11.9%和8.5%。",
    "三、服务质量",
    "（一）服务满意度",
    "总体满意度得分为76.7分，较上年下降0.6分；其中，公众满意度得分为84.2分，较上年上升0.2分；",
    "时测满意度得分为69.2分，较上年下降1.3分。",
    "（二）时限准时率",
    "全程时限为58.23小时，较上年延长2.03小时。72小时准时率为77.11%，较上年降低2.15个百分点。",
    "（三）有效申诉率",
    "有效申诉率为百万分之0.22，有效申诉1.9万件。",
    "四、服务能力",
    "国内快递专用货机124架，比上年增加8架。",
    "全自动分拣系统的分拨中心370个。",
    "五、产业贡献",
    "乡镇快递网点覆盖率为97.7%",
    "快递服务制造业项目1087项，业务量21.6亿件，业务收入106.3亿元。",
    "支撑实物商品网上零售额97590亿元，比上年增长14.5%。",
)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """The national series of 2020 with what else the published report of that year gives."""
    folder = tmp_path_factory.mktemp("published")
    with closing(open_ledger(copied(made_once("national", tmp_path_factory.mktemp, fill_national), folder))) as ledger:
        for name, text in (("全国2019年.csv", BEFORE), ("全国其他.csv", MORE)):
            result = brought(ledger, written(folder, name, text))
            assert result.outcome.value == "committed", result.issues
        for region, (volume, revenue) in AREAS.items():
            text = f"月份,快递业务量累计(亿件),快递业务收入累计(亿元)\n2020-12,{volume},{revenue}\n"
            file = written(folder, f"地区{region}.csv", text)
            assert brought(ledger, file, options=ImportOptions(region=region)).outcome.value == "committed"
        yield ledger


def made(ledger: Ledger, folder: Path, period: Period = YEAR, edition: str = "internal", kind: str = "pdf") -> Path:
    return reports.make_report(ledger, "annual", period, kind, edition, folder / f"年报.{kind}").file


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_part_one_states_the_published_figures_in_the_published_order(
    published: Ledger, tmp_path: Path, kind: str
) -> None:
    file = made(published, tmp_path, kind=kind)
    text = whole_body(file) if kind == "pdf" else office.bare("".join(office.docx_lines(file)))
    at = text.rindex("第一部分快递市场发展一、市场规模（一）业务量")
    for words in PART_ONE:
        found = text.find(words, at)
        assert found >= 0, words
        at = found + len(words)
    assert text.rindex("第二部分快递市场监管与服务") >= at


def whole_body(file: Path) -> str:
    """All pages as one text without feet, heads and page numbers, which come between the lines of a sentence."""
    furniture = r"(示例数据)?(内部资料)?(—\d+—)?全国2020年度快递市场监管报告内部版编号[0-9A-Z-]{11}(—\d+—)?"
    return "".join(re.sub(furniture, "", page) for page in page_texts(file))


def test_the_contents_lead_to_the_chapters(published: Ledger, tmp_path: Path) -> None:
    pages = page_texts(made(published, tmp_path))
    front = "".join(pages[1:3])
    for words in ("一、市场规模", "五、产业贡献", "七、开展行业绿色治理", "第二部分快递市场监管与服务"):
        page = int(re.findall(rf"{words}(\d\d?)(?=（一）|一、)", front)[0])
        assert words in pages[page - 1]
    assert "目录" in pages[1]
    assert "前言" in pages[3]


def test_what_is_lacking_is_dropped_and_said(nation: Ledger, tmp_path: Path) -> None:
    """The series alone: no 2019, no regions, no quality figures."""
    text = whole_body(made(nation, tmp_path))
    assert "业务量累计完成833.6亿件，比上年增长31.2%。" in text
    assert "净增" not in text
    assert "（一）服务满意度〔缺快递服务总体满意度、快递服务公众满意度、快递时测满意度：在“数据导入”里" in text
    assert "放入有2020年数的表，或在其中“录入”页填写，重新生成后本节自动写出〕" in text
    assert "（三）区域结构〔2020年区域结构写不出（没有分地区的数）：在“数据导入”里放入或改正" in text
    assert "区域结构从略：没有分地区的数。" in text
    assert re.search(r"没有数据、正文中有关的句子从略：.*快递服务公众满意度", text)
    assert re.search(r"没有上年数、不写增减：.*异地快递业务量", text)
    assert "快递业务量和快递业务收入" in text.partition("的增速采用报送或公布的数")[0][-60:] or "增速采用报送" in text


def test_regions_that_do_not_make_up_the_whole_are_not_told_of(published: Ledger, tmp_path: Path) -> None:
    """2021 has a national total but no regions; a single band must not pass for the whole."""
    text = whole_text(made(published, tmp_path, Period.year(2021)))
    assert "1083亿件，比上年增长29.9%，净增249.4亿件" in text
    assert "区域结构从略" in text


def test_part_two_takes_what_the_ledgers_know_and_leaves_places(county: Ledger, tmp_path: Path) -> None:
    text = whole_text(made(county, tmp_path))
    assert "“一企一档”登记快递企业12家" in text
    assert "应报送月度统计报表144家次，已报144家次。企业月度统计报表全年报齐。" in text
    assert re.search(r"全年审核入库报表文件\d+份；企业更正2家次。", text)
    assert "全市共有建制村256个，快递服务通达率" in text
    assert "（一）法治保障〔待填写：立法、制度和普法工作〕" in text
    assert "全市快递企业业务量累计完成655.17万件。" in text


def test_the_strip_has_no_gap(county: Ledger, tmp_path: Path) -> None:
    """The demo county knows nothing of its satisfaction: the share of villages reached stands there."""
    preface = page_texts(made(county, tmp_path))[3]
    assert preface.index("建制村通达率82.8%") < preface.index("表1")
    assert "未报" not in preface


def test_visits_and_letters_of_the_year_stand_in_part_two(own_county: Ledger, tmp_path: Path) -> None:
    """Two villages seen on the spot, one of them twice, and one month's letters to the two companies that owe it."""
    assert "实地核查" not in whole_text(made(own_county, tmp_path))
    month = Month(2020, 6)
    form = visit_sheet(own_county, "003", month)
    for day, place in ((12, 0), (12, 1), (26, 1)):
        head = VisitHead(date(2020, 6, day), "王五", month)
        enter_visit(own_county, form, head, VisitLine(form.places[place], Finding.NO))
    text = whole_text(made(own_county, tmp_path))
    assert "全年实地核查建制村2个，共3村次。" in text
    assert "出具催报函" not in text
    march = Period.parse("2021-03")
    reports.make_report(own_county, "chase", march, "pdf", "internal", tmp_path / "函.pdf", made_on=date(2021, 4, 20))
    assert "出具催报函" not in whole_text(made(own_county, tmp_path)), "the letters are of the year after"
    assert "出具催报函2份。" in whole_text(made(own_county, tmp_path, Period.year(2021)))


def test_a_year_that_is_not_over_is_refused(county: Ledger, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="还没有报到12月"):
        made(county, tmp_path, Period.year(2022))
    with pytest.raises(UserError, match="不能按 2020-12 做"):
        made(county, tmp_path, Period.parse("2020-12"))
    assert list(tmp_path.iterdir()) == []


def test_the_public_edition_names_no_company(county: Ledger, tmp_path: Path) -> None:
    file = made(county, tmp_path, edition="public")
    text = whole_text(file)
    assert "公开版" in text
    assert "内部资料" not in text
    assert not re.search(r"示例.快递", text)


def test_a_workbook_of_the_year_has_its_tables(published: Ledger, tmp_path: Path) -> None:
    made_sheets = office.sheets(made(published, tmp_path, kind="xlsx"))
    assert [sheet.title[:2] for sheet in made_sheets] == ["表1", "表2", "附注"]
