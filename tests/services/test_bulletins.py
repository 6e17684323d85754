"""快递进村通报, 绿色包装通报, 一企一档 and 催报函 of the demo county, read back as somebody would who has the paper."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH

from desktop_app.errors import UserError
from desktop_app.models.values import Month, Period
from desktop_app.services import reports
from desktop_app.services.duties import duties
from desktop_app.services.figures import figure_report
from desktop_app.services.green import green_report
from desktop_app.services.rural import coverage_report
from desktop_app.storage.engine import Ledger
from tests.reporting import office
from tests.reporting.reading import page_texts, whole_text
from tests.services.demo import MARCH

PERIOD = Period.of_month(MARCH)
LATER = date(2021, 4, 20)
KINDS = ("rural", "green", "enterprise", "chase", "quality")


def made(ledger: Ledger, kind: str, folder: Path, fmt: str = "pdf", period: Period = PERIOD) -> Path:
    out = folder / f"{kind}.{fmt}"
    return reports.make_report(ledger, kind, period, fmt, "internal", out, made_on=LATER).file


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_figures_stand_in_all_three_files(county: Ledger, tmp_path: Path, kind: str) -> None:
    counted = set()
    for fmt in ("pdf", "docx", "xlsx"):
        out = tmp_path / f"a.{fmt}"
        done = reports.make_report(county, kind, PERIOD, fmt, "internal", out, made_on=LATER)
        assert done.missing_glyphs == ()
        counted.add(done.figures)
    assert len(counted) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_there_is_no_public_edition_of_what_names_single_companies(county: Ledger, tmp_path: Path, kind: str) -> None:
    with pytest.raises(UserError, match="没有公开版"):
        reports.make_report(county, kind, PERIOD, "pdf", "public", tmp_path / "a.pdf")
    assert list(tmp_path.iterdir()) == []


class TestRural:
    def test_rates_by_every_definition(self, county: Ledger, tmp_path: Path) -> None:
        text = whole_text(made(county, "rural", tmp_path))
        for definition in ("any", "direct", "major"):
            found = coverage_report(county, MARCH, definition)
            numbers = (found.villages, found.covered, found.villages - found.covered, found.rate_pct)
            assert found.definition_text + "".join(map(str, numbers)) in text

    def test_the_list_of_villages_is_that_of_the_command_line_by_line(self, county: Ledger, tmp_path: Path) -> None:
        gaps = coverage_report(county, MARCH, gaps=True).gaps
        tables = office.docx_tables(made(county, "rural", tmp_path, "docx"))
        (listed,) = (table[1:] for table in tables if "所缺服务" in table[0] and len(table) - 1 == len(gaps))
        assert [row[1:] for row in listed] == [[g.town, g.name, g.code, g.missing, g.since, g.evidence] for g in gaps]
        text = whole_text(made(county, "rural", tmp_path))
        assert all(gap.code in text for gap in gaps)

    def test_relapses_have_a_list_of_their_own(self, county: Ledger, tmp_path: Path) -> None:
        relapsed = [gap for gap in coverage_report(county, MARCH, gaps=True).gaps if gap.relapsed]
        text = whole_text(made(county, "rural", tmp_path)).partition("四、通达后停运、回退的建制村")[2]
        assert relapsed
        assert all(gap.name in text for gap in relapsed)

    def test_without_records_it_is_refused(self, fresh: Ledger, tmp_path: Path) -> None:
        with pytest.raises(UserError, match="没有村级名录或进村记录"):
            made(fresh, "rural", tmp_path)


class TestGreen:
    def test_every_company_and_rate_of_the_matrix(self, county: Ledger, tmp_path: Path) -> None:
        report = green_report(county, PERIOD)
        tables = office.docx_tables(made(county, "green", tmp_path, "docx"))
        columns: dict[str, list[str]] = {}
        for table in tables:
            if table[0][0] == "企业":
                for at, head in enumerate(table[0][1:], start=1):
                    columns[head.replace("\n", "")] = [row[at] for row in table[1:]]
        for row in report.matrix:
            if all(cell.value is None for cell in row.cells):
                continue
            expected = [cell.text if cell.value is not None else cell.state.label for cell in (*row.cells, row.county)]
            assert columns[row.name] == [row.target_text, *expected]

    def test_what_holds_the_county_back_adds_up_from_the_companies(self, county: Ledger, tmp_path: Path) -> None:
        text = whole_text(made(county, "green", tmp_path))
        assert "三、影响全市的主要环节" in text
        assert re.search(r"电商快件不再二次包装率≥98%示例丙快递−\d\.\d\d", text)
        assert "没有报送绿色包装数据的企业：" in text

    def test_without_figures_it_is_refused(self, fresh: Ledger, tmp_path: Path) -> None:
        with pytest.raises(UserError, match="没有绿色包装数据"):
            made(fresh, "green", tmp_path)


class TestEnterprise:
    def test_each_company_has_a_section_with_its_own_figures(self, county: Ledger, tmp_path: Path) -> None:
        pages = page_texts(made(county, "enterprise", tmp_path))
        text = "".join(pages)
        rows = figure_report(county, "MKT.VOL", PERIOD, by="enterprise").rows
        for number, name in enumerate("甲乙丙丁戊己庚辛壬癸子丑", start=1):
            heading = "一二三四五六七八九十"[number - 1] if number <= 10 else "十" + "一二"[number - 11]
            assert f"{heading}、示例{name}快递" in text
        for place, row in enumerate((row for row in rows if row.value is not None), start=1):
            assert f"{row.name}业务量居全市第{place}位（10家有数的企业中），占全市的{row.share_pct}%" in text
            assert f"快递业务量万件{row.text}" in text

    def test_the_record_says_who_did_not_report(self, county: Ledger, tmp_path: Path) -> None:
        text = whole_text(made(county, "enterprise", tmp_path))
        section = text.partition("六、示例己快递")[2].partition("七、示例庚快递")[0]
        assert "2021年3月没有报送绿色包装数据。" in section
        assert "近十二个月应报12次，已报11次，未报1次。" in section
        assert "2021年3月未报—" in section

    def test_a_figure_is_traced_to_its_company(self, county: Ledger, tmp_path: Path) -> None:
        done = reports.make_report(county, "enterprise", PERIOD, "pdf", "internal", tmp_path / "a.pdf")
        assert done.snapshot is not None
        first = figure_report(county, "MKT.VOL", PERIOD, by="enterprise").rows[0]
        volumes = {
            (code, subject): Decimal(value)
            for code, measure, period, subject, _, value, _ in done.snapshot.figures
            if measure == "value" and period == "2021-03"
        }
        assert volumes["MKT.VOL", first.key] == first.value


class TestChase:
    def test_a_letter_to_each_company_that_is_late_on_a_page_of_its_own(self, county: Ledger, tmp_path: Path) -> None:
        late = [row.enterprise for row in duties(county, MARCH) if row.state in ("未报", "退回")]
        pages = page_texts(made(county, "chase", tmp_path))
        assert len(pages) == 1 + len(late)
        assert "2021年3月应报企业12家（2021年4月8日前报送），已报10家，未报2家。现催报如下" in pages[0]
        assert "本页由本局留存" in pages[0]
        assert all("清单留存、函送企业编号" in page for page in pages), "true of the list and of the letters"
        for name, page in zip(late, pages[1:], strict=True):
            assert f"催报函{name}有限公司：" in page
            assert "应于2021年4月8日前报送2021年3月" in page
            assert "截至2021年4月20日，本局尚未收到，已逾期12天。" in page
            assert "企业签收：" in page
            assert not any(other in page for other in late if other != name)

    def test_before_the_due_day_nothing_is_called_overdue(self, county: Ledger, tmp_path: Path) -> None:
        out = tmp_path / "a.pdf"
        reports.make_report(county, "chase", PERIOD, "pdf", "internal", out, made_on=date(2021, 4, 5))
        text = whole_text(out)
        assert "逾期" in text  # the head of the column
        assert "已逾期" not in text

    def test_the_letter_is_laid_out_as_a_letter_in_word_too(self, county: Ledger, tmp_path: Path) -> None:
        word = docx.Document(str(made(county, "chase", tmp_path, "docx")))
        styled = {p.text: p for p in word.paragraphs}
        to = styled["示例己快递有限公司："]
        assert to.style is not None
        assert to.style.name == "主送"
        closing = styled["2021年4月20日"]
        assert closing.style is not None
        assert closing.style.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.RIGHT
        letters = [p for p in word.paragraphs if p.text == "催报函"]
        assert all(p.paragraph_format.page_break_before for p in letters)

    def test_when_all_have_reported_there_is_nobody_to_write_to(self, county: Ledger, tmp_path: Path) -> None:
        with pytest.raises(UserError, match="没有可催报的"):
            made(county, "chase", tmp_path, period=Period.of_month(Month(2021, 2)))
        with pytest.raises(UserError, match="不能按 2021-Q1 做"):
            made(county, "chase", tmp_path, period=Period.parse("2021-Q1"))
