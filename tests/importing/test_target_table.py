"""Tables of targets as other offices write them: heads, values, dates, sentences; what is not understood is named."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from desktop_app.errors import FileRefusedError
from desktop_app.importing.target_cells import read_due
from desktop_app.importing.target_table import SheetTarget, TargetTable, read_target_table
from desktop_app.models.values import Month

NATIONAL = """类别,指标,2020 年,2025 年,年均增速 /增量 [累计]
规模实力,1. 邮政业业务收入（亿元）,11038,18000,10.3%
,2. 邮件快件业务量（亿件）,1089,1770,10.2%
,3. 快递业务收入（亿元）,8795,15000,11.3%
协调发展,5. 建制村快递服务通达率（%）,50,>90,[>40]
,7. 快递服务总体满意度（分）,76.7,≥80,[≥3.3]
服务水平,8. 直辖市、省会城市间邮件全程时限（天）,3,<3,-
创新发展,10. CR8 企业研发经费投入增长（%）,-,-,>12
安全发展,12. 邮件快件生产安全事故发生率（起/百亿件）,-,-,[-15%]
"""
"""The head and rows of the national plan's 专栏1, as copied from the document."""


def read(tmp_path: Path, text: str, document: str = "示例规划", year: int = 2021) -> TargetTable:
    file = tmp_path / "目标.csv"
    file.write_text(text, encoding="utf-8")
    return read_target_table(file, document, year)


def said(target: SheetTarget) -> str:
    base = "" if target.base_month is None else f" 自{target.base_month}"
    number = "" if target.base_value is None else f"={target.base_value}"
    return (
        f"{target.indicator} {target.measure.value} {target.comparator.value}{target.value}{target.unit}"
        f" {target.due}{base}{number}"
    )


def test_the_table_of_a_plan_gives_levels_rates_and_increments(tmp_path: Path) -> None:
    found = read(tmp_path, NATIONAL)
    assert not found.problems
    assert [said(target) for target in found.targets] == [
        "IND.REV level ≥18000亿元 2025-12 自2020-12=11038",
        "IND.REV average ≥10.3% 2025-12 自2020-12",
        "IND.MAILVOL level ≥1770亿件 2025-12 自2020-12=1089",
        "IND.MAILVOL average ≥10.2% 2025-12 自2020-12",
        "MKT.REV level ≥15000亿元 2025-12 自2020-12=8795",
        "MKT.REV average ≥11.3% 2025-12 自2020-12",
        "RUR.REACH level >90% 2025-12 自2020-12=50",
        "RUR.REACH increment >40% 2025-12 自2020-12",
        "SVC.SAT level ≥80分 2025-12 自2020-12=76.7",
        "SVC.SAT increment ≥3.3分 2025-12 自2020-12",
        "SVC.MAILTIME level <3天 2025-12 自2020-12=3",
        "RND.CR8 level >12% 2025-12",
        "SAF.ACC change ≤-15% 2025-12 自2020-12",
    ]


@pytest.mark.parametrize(
    ("heads", "row", "expected"),
    [
        ("指标,目标值,单位,期限", "快递业务量,800,万件,2021年", "MKT.VOL level ≥800万件 2021-12"),
        ("考核指标,目标,完成时限", "快递业务量,≥800万件,2021年底", "MKT.VOL level ≥800万件 2021-12"),
        ("指标代码,比较符,目标值,单位", "MKT.REV,>,9000.5,万元", "MKT.REV level >9000.5万元 2021-12"),
        ("指标,目标值,期限", "电子面单使用率,98%以上,2025", "GRN.EWAYBILL level ≥98% 2025-12"),
        ("指标,目标值,单位", "快递业务收入（万元）,9000,", "MKT.REV level ≥9000万元 2021-12"),
        ("指标,口径,目标值,单位", "快递业务量,同比增速,15,%", "MKT.VOL yoy ≥15% 2021-12"),
        ("指标,目标值", "快递业务量同比增长,15%", "MKT.VOL yoy ≥15% 2021-12"),
        (
            "指标,口径,目标值,期限,基期,基期数,单位",
            "快递业务量,年均增速,15%,2025年,2020年,,",
            "MKT.VOL average ≥15% 2025-12 自2020-12",
        ),
        ("指标,目标值,单位,时间", "快递业务量,400,万件,2021年1—6月", "MKT.VOL level ≥400万件 2021-06"),
        ("指标,比较符,目标值,单位", "快件延误率,=,5,‰", "SVC.DELAY level ≤5‰ 2021-12"),
        ("指标,目标值,单位", "快递业务量,约800,万件", "MKT.VOL level ≥800万件 2021-12"),
        ("指标,目标值,单位", '快递业务量,"1,200",万件', "MKT.VOL level ≥1200万件 2021-12"),
    ],
)
def test_one_row(tmp_path: Path, heads: str, row: str, expected: str) -> None:
    found = read(tmp_path, f"{heads}\n{row}\n")
    assert not found.problems
    assert [said(target) for target in found.targets] == [expected]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("快递员满意度,90,分,2021年,≥,", "没有叫“快递员满意度”的指标"),
        ("快递业务量,八百多,万件,2021年,≥,", "目标值“八百多”不是一个数"),
        ("快递业务量,800,,2021年,≥,", "没有写单位（快递业务量可用件、百件"),
        ("快递业务量,800,亿元,2021年,≥,", "快递业务量的单位是件，不能用“亿元”"),
        ("快递业务量,800万件,亿件,2021年,≥,", "单位写“亿件”，目标值里又写“万件”"),
        ("快递业务量,800,万件,下半年,≥,", "期限“下半年”不认识"),
        ("快递业务量,800,万件,2021年,～,", "比较符“～”不认识"),
        ("快递业务量,≥800,万件,2021年,≤,", "比较符写“≤”，目标值里又写“≥”"),
        ("快递业务量,15,%,2021年,≥,年均增速", "年均增速要写基期"),
        ("快递业务量,15,万件,2021年,≥,同比增速", "同比增速的单位是%"),
        ("快递业务量,15,万件,2021年,≥,随便", "口径“随便”不认识"),
        ("快递业务量,,万件,2021年,≥,", "没有目标值"),
    ],
)
def test_a_row_that_is_not_understood_is_named_with_its_line_and_reason(tmp_path: Path, row: str, reason: str) -> None:
    found = read(tmp_path, f"指标,目标值,单位,期限,比较符,口径\n电子面单使用率,98,%,2021年,≥,\n{row}\n")
    assert len(found.targets) == 1, "the good row stands"
    assert [problem.row for problem in found.problems] == [3]
    assert reason in found.problems[0].reason


def test_a_column_of_sentences_alone(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "序号,主要目标\n1,快递业务量完成24亿件、同比增长15%\n2,继续做好行风建设\n3,建制村快递服务通达率达到90%以上\n",
        year=2021,
    )
    assert [said(target) for target in found.targets] == [
        "MKT.VOL level ≥24亿件 2021-12",
        "MKT.VOL yoy ≥15% 2021-12",
        "RUR.REACH level ≥90% 2021-12",
    ]
    assert {target.document for target in found.targets} == {"示例规划"}
    assert [(problem.row, problem.reason[:6]) for problem in found.problems] == [(3, "没有数，不作")]


def test_sentences_without_any_head(tmp_path: Path) -> None:
    found = read(tmp_path, "快递业务量完成24亿件\n快递业务收入完成260亿元\n")
    assert [target.indicator for target in found.targets] == ["MKT.VOL", "MKT.REV"]


def test_a_merged_document_name_holds_for_its_rows_and_formulas_without_result_are_refused(tmp_path: Path) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["某市目标汇总表"])
    page.append(["文件", "指标", "目标值", "单位", "期限"])
    page.append(["本局2021年工作要点", "快递业务量", 800, "万件", "2021年"])
    page.append([None, "快递业务收入", 9000, "万元", "2021年"])
    page.append([None, "从业人员数", "=1+1", "人", "2021年"])
    page.merge_cells("A3:A5")
    book.save(tmp_path / "合并.xlsx")
    found = read_target_table(tmp_path / "合并.xlsx", "", 2021)
    assert [(t.row, t.document, t.value) for t in found.targets] == [
        (3, "本局2021年工作要点", Decimal(800)),
        (4, "本局2021年工作要点", Decimal(9000)),
    ]
    assert [(problem.row, problem.reason[:4]) for problem in found.problems] == [(5, "有公式没")]


def test_without_a_document_nothing_is_taken(tmp_path: Path) -> None:
    found = read(tmp_path, "指标,目标值,单位\n快递业务量,800,万件\n", document="")
    assert not found.targets
    assert found.problems[0].reason == "没有写文件名称"


def test_a_file_without_targets_says_what_is_wanted(tmp_path: Path) -> None:
    with pytest.raises(FileRefusedError, match="表里没有目标"):
        read(tmp_path, "指标,目标值,单位\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025", Month(2025, 12)),
        ("2025年", Month(2025, 12)),
        ("2025年底", Month(2025, 12)),
        ("“十四五”期末", Month(2025, 12)),
        ("2022年6月", Month(2022, 6)),
        ("2021年1—9月累计", Month(2021, 9)),
        ("2021年上半年", Month(2021, 6)),
        ("2021年前三季度", Month(2021, 9)),
        ("2025-12-31 00:00:00", Month(2025, 12)),
        ("2022-06", Month(2022, 6)),
        ("2021年4—6月", None),
        ("长期", None),
    ],
)
def test_dates(text: str, expected: Month | None) -> None:
    assert read_due(text) == expected


def test_the_unit_of_a_row_is_the_levels_and_not_the_yearly_rates(tmp_path: Path) -> None:
    found = read(tmp_path, "指标,单位,2020年,2022年目标,年均增速/增量\n快递业务量,万件,650,900,15%\n", year=2021)
    assert not found.problems
    assert [said(target) for target in found.targets] == [
        "MKT.VOL level ≥900万件 2022-12 自2020-12=650",
        "MKT.VOL average ≥15% 2022-12 自2020-12",
    ]
