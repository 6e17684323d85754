"""Targets read out of the sentences of published plans, as a clerk pastes them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.importing.target_draft import TargetDraft
from desktop_app.importing.target_text import read_sentences


def said(draft: TargetDraft) -> str:
    return f"{draft.indicator} {draft.measure.value} {draft.comparator.value}{draft.value}{draft.unit} {draft.due}"


@pytest.mark.parametrize(
    ("text", "year", "expected"),
    [
        (
            "快递业务量完成24亿件、同比增长15%",
            2021,
            ["MKT.VOL level ≥24亿件 2021-12", "MKT.VOL yoy ≥15% 2021-12"],
        ),
        (
            "到“十四五”期末，快递业务量力争达到8000万件，增速年均15%以上。",
            2021,
            ["MKT.VOL level ≥8000万件 2025-12", "MKT.VOL average ≥15% 2025-12"],
        ),
        (
            "到2022年6月，智能快递箱达到 700 组，箱投率达到 10%",
            2021,
            ["NET.LOCKER level ≥700组 2022-06", "NET.LOCKERRATE level ≥10% 2022-06"],
        ),
        (
            "快件延误率降低到千分之五，损毁率降低到万分之一以下，丢失率降低到十万分之五以下。",
            2025,
            [
                "SVC.DELAY level ≤5‰ 2025-12",
                "SVC.DAMAGE level <1‱ 2025-12",
                "SVC.LOSS level <5件/十万件 2025-12",
            ],
        ),
        (
            "推动实现电子面单使用率、电商件不再进行二次包装率、循环中转袋使用率、包装回收箱覆盖率均达到98%以上",
            2025,
            [f"GRN.{code} level ≥98% 2025-12" for code in ("EWAYBILL", "NOREPACK", "BAG", "RECYC.COV")],
        ),
        (
            "窄胶带（≤45mm）使用比例达到98%以上，废弃物回收装置实现所有网点全覆盖，电子面单使用率达到99%以上",
            2025,
            ["GRN.TAPE level ≥98% 2025-12", "GRN.EWAYBILL level ≥99% 2025-12"],
        ),
        (
            "消费者申诉受理率达到100%，消费者申诉处理满意认可率达到95%以上。",
            2025,
            ["SVC.CMPLACC level ≥100% 2025-12", "SVC.CMPLSAT level ≥95% 2025-12"],
        ),
        ("全年培训从业人员力争超2000人次。", 2021, ["HR.TRAIN level >2000人次 2021-12"]),
        ("建制村快递服务通达率达到90%以上", 2021, ["RUR.REACH level ≥90% 2021-12"]),
        ("全程时限不超过58小时", 2021, ["SVC.TIME level ≤58小时 2021-12"]),
        ("继续开展“扫黄打非”进基层工作。（普遍服务处牵头）", 2021, []),
        ("服务能力明显增强，重点工程完成投资35亿元", 2021, []),
        ("", 2021, []),
    ],
)
def test_a_sentence(text: str, year: int, expected: list[str]) -> None:
    assert [said(draft) for draft in read_sentences(text, year).drafts] == expected


def test_the_main_goals_of_a_year_with_what_is_doubtful() -> None:
    found = read_sentences(
        "全年邮政业务总量完成540亿元、同比增长13.8%，业务收入完成300亿元、同比增长11.3%；"
        "快递业务量完成24亿件、同比增长15%，快递业务收入完成260亿元、同比增长11%",
        2021,
    ).drafts
    assert [draft.indicator for draft in found] == [
        *["IND.GROSS"] * 2,
        *["IND.REV"] * 2,
        *["MKT.VOL"] * 2,
        *["MKT.REV"] * 2,
    ]
    doubtful = [draft for draft in found if draft.doubts]
    assert [str(draft.value) for draft in doubtful] == ["300", "11.3"]
    assert "邮政行业" in doubtful[0].doubts[0]


def test_hopes_and_units_are_said() -> None:
    hoped = read_sentences("力争年底可循环快递箱（盒）使用量达10万个", 2021).drafts[0]
    assert hoped.expected
    wrong = read_sentences("从业人员达到4000个以上", 2025).drafts[0]
    assert wrong.doubts == ("句中单位是个，按人登记",)
    about = read_sentences("人口密集地区智能快件箱箱投率达到10%左右", 2025).drafts[0]
    assert "左右" in about.doubts[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("快递业务量同比增长百分之十五", ["MKT.VOL yoy ≥15% 2021-12"]),
        ("快递业务量达到八百万件", ["MKT.VOL level ≥800万件 2021-12"]),
        ("快递业务量达到1亿2000万件", ["MKT.VOL level ≥12000万件 2021-12"]),
        ("快递业务量达到两亿五千万件", ["MKT.VOL level ≥2.5亿件 2021-12"]),
        ("邮政业业务收入达到1.8万亿元", ["IND.REV level ≥18000亿元 2021-12"]),
        ("快递业务量突破1,200万件", ["MKT.VOL level >1200万件 2021-12"]),
        ("到2025年快递业务量比2020年翻一番", ["MKT.VOL change ≥100% 2025-12"]),
        ("到2025年快递业务收入比2020年翻两番", ["MKT.REV change ≥300% 2025-12"]),
        ("快递服务总体满意度比上年提高1.5分", ["SVC.SAT increment ≥1.5分 2021-12"]),
        ("新增就业岗位500个", ["NET.STAFF increment ≥500人 2021-12"]),
        ("建制村快递服务通达率不低于95%", ["RUR.REACH level ≥95% 2021-12"]),
        ("建成快递绿色网点不少于30个", ["GRN.OUTLET level ≥30个 2021-12"]),
        ("快递业务量超过800万件", ["MKT.VOL level >800万件 2021-12"]),
        ("有效申诉率控制在百万分之三以内", ["SVC.CMPLRATE level ≤3件/百万件 2021-12"]),
        ("全程时限降到48小时", ["SVC.TIME level ≤48小时 2021-12"]),
        ("全程时限缩短2小时", ["SVC.TIME increment ≤-2小时 2021-12"]),
        ("生产安全事故起数下降10%以上", ["SAF.ACC.NUM yoy ≤-10% 2021-12"]),
        ("不发生重特大安全生产事故", ["SAF.MAJOR level ≤0起 2021-12"]),
        ("快递行业规模稳居全省前三", ["PLAN.RANK level ≤3位 2021-12"]),
        ("快递服务满意度稳中有升", ["SVC.SAT increment >0分 2021-12"]),
        ("上半年快递业务量完成400万件", ["MKT.VOL level ≥400万件 2021-06"]),
        (
            "快递业务量达到24亿件，其中异地快递业务量18亿件、同城4亿件",
            [
                "MKT.VOL level ≥24亿件 2021-12",
                "MKT.VOL.INTER level ≥18亿件 2021-12",
                "MKT.VOL.LOCAL level ≥4亿件 2021-12",
            ],
        ),
        (
            "快递业务量、快递业务收入分别完成24亿件、260亿元，分别增长15%、11%",
            [
                "MKT.VOL level ≥24亿件 2021-12",
                "MKT.REV level ≥260亿元 2021-12",
                "MKT.VOL yoy ≥15% 2021-12",
                "MKT.REV yoy ≥11% 2021-12",
            ],
        ),
        (
            "快递业务量完成24亿件增长15%。建成快递绿色网点30个以上；到2025年，智能快件箱达到700组。箱投率达到10%",
            [
                "MKT.VOL level ≥24亿件 2021-12",
                "MKT.VOL yoy ≥15% 2021-12",
                "GRN.OUTLET level ≥30个 2021-12",
                "NET.LOCKER level ≥700组 2025-12",
                "NET.LOCKERRATE level ≥10% 2025-12",
            ],
        ),
        ("快递业务量完成800万件（同比增长12%）", ["MKT.VOL level ≥800万件 2021-12", "MKT.VOL yoy ≥12% 2021-12"]),
        ("企业从业人员岗前培训覆盖率达到100%", ["HR.PREJOB level ≥100% 2021-12"]),
        ("直辖市、省会城市间邮件全程时限不超过3天", ["SVC.MAILTIME level ≤3天 2021-12"]),
        ("快递业务量为上年的1.2倍", ["MKT.VOL yoy ≥20.0% 2021-12"]),
        ("单件收入不低于9元/件", ["MKT.UNITPRICE level ≥9元/件 2021-12"]),
        ("日均业务量达到1万件", ["MKT.VOL.DAILY level ≥1万件/日 2021-12"]),
        # The year is the base; what follows is due in the document's year all the same.
        (
            "快递业务量是2020年的2倍。快递全程时限缩短2小时",
            ["MKT.VOL change ≥100% 2021-12", "SVC.TIME increment ≤-2小时 2021-12"],
        ),
    ],
)
def test_the_ways_in_which_plans_speak(text: str, expected: list[str]) -> None:
    reading = read_sentences(text, 2021)
    assert [said(draft) for draft in reading.drafts] == expected
    assert reading.unread == ()


@pytest.mark.parametrize(
    ("document", "text", "expected"),
    [
        ("本局2022年工作要点", "快递业务量完成900万件", ["MKT.VOL level ≥900万件 2022-12"]),
        ("示例市邮政业发展“十四五”规划", "快递业务量达到8000万件", ["MKT.VOL level ≥8000万件 2025-12"]),
        ("示例市邮政业发展“十四五”规划", "到2022年底，快递业务量达到800万件", ["MKT.VOL level ≥800万件 2022-12"]),
        ("工作要点", "快递业务量完成900万件", ["MKT.VOL level ≥900万件 2021-12"]),
    ],
)
def test_the_year_is_the_titles_unless_the_sentence_says_another(document: str, text: str, expected: list[str]) -> None:
    assert [said(draft) for draft in read_sentences(text, 2021, document=document).drafts] == expected


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("到2025年快递业务量比2020年翻一番", "2020-12"),
        ("快递服务总体满意度比上年提高1.5分", "2020-12"),
        ("“十四五”期末，从业人员新增500人", "2020-12"),
        ("到2025年底，快递业务量年均增长15%", "2020-12"),
        ("2022年新增就业岗位500个", "2021-12"),
    ],
)
def test_whence_an_increase_is_counted(text: str, base: str) -> None:
    (draft,) = read_sentences(text, 2021).drafts
    assert str(draft.base_month) == base
    guessed = any("没有写从哪年算起" in doubt for doubt in draft.doubts)
    assert guessed is not any(word in text for word in ("2020年", "上年", "十四五"))


@pytest.mark.parametrize(
    ("text", "base"),
    [("快递业务量五年累计达到1.4亿件", "2020-12"), ("快递业务量3年累计达到1.4亿件", "2022-12")]
    + [(f"“十四五”期间{words}完成1.4亿件", "2020-12") for words in ("快递业务量累计", "累计快递业务量")],
)
def test_the_sum_of_several_years_is_no_years_level(text: str, base: str) -> None:
    (draft,) = read_sentences(text, 2025).drafts
    assert said(draft) == "MKT.VOL increment ≥1.4亿件 2025-12"
    assert str(draft.base_month) == base


def test_a_base_in_the_sentence_is_kept() -> None:
    (draft,) = read_sentences("快递服务总体满意度由76.7分提高到80分以上", 2021).drafts
    assert (draft.value, draft.base_value, str(draft.base_month)) == (Decimal(80), Decimal("76.7"), "2020-12")


@pytest.mark.parametrize(
    ("text", "left", "reason"),
    [
        ("快递业务量完成24亿件，重点工程完成投资35亿元", "重点工程完成投资35亿元", "没有认出是哪个指标"),
        ("从业人员达到40%", "从业人员达到40%", "单位是人"),
        ("箱投率达到10%—12%", "箱投率达到10%—12%", "是一个范围"),
        ("培训从业人员3000人次，其中女性500人次", "其中女性500人次", "只指一部分"),
        ("形成多个年业务量超过200亿件的品牌", "形成多个年业务量超过200亿件的品牌", "单个企业"),
        ("废弃物回收装置实现所有网点全覆盖", "废弃物回收装置实现所有网点全覆盖", "覆盖率"),
        ("快递业务量稳步增长", "快递业务量稳步增长", "没有写数"),
        ("服务能力明显增强", "服务能力明显增强", "没有数"),
    ],
)
def test_what_was_not_understood_is_said_back(text: str, left: str, reason: str) -> None:
    unread = read_sentences(text, 2021).unread
    assert [each.text for each in unread] == [left]
    assert reason in unread[0].reason


def test_only_a_part_is_meant() -> None:
    drafts = read_sentences("市区建成3家工作站，城区“扫黄打非”工作点建设覆盖率达40%以上", 2021).drafts
    assert [(draft.scope, said(draft)) for draft in drafts if draft.scope == "城区"] == []
    (draft,) = read_sentences("主要品牌寄递企业备案网点包装废弃物回收装置覆盖率达50%以上", 2021).drafts
    assert (draft.scope, draft.doubts) == ("主要品牌", ("只指主要品牌",))


@pytest.mark.parametrize("code", ["SZ2021", "JL145"])
def test_no_figure_of_a_whole_plan_is_lost(code: str) -> None:
    """Every figure with a unit of the published passages is a target or said back: none goes without a word."""
    from desktop_app.importing.target_numbers import figures, plain_numbers
    from desktop_app.importing.target_words import without_dates

    text = (Path(__file__).parents[1] / "reference" / "plans" / f"{code}.txt").read_text(encoding="utf-8")
    reading = read_sentences(text, 2021, document="2021年工作要点" if code == "SZ2021" else "“十四五”规划")
    told = " ".join(
        [f"{draft.value.normalize():f}" for draft in reading.drafts] + [each.text for each in reading.unread]
    )
    told += " ".join(doubt for draft in reading.drafts for doubt in draft.doubts)
    for line in text.splitlines():
        for figure in figures(without_dates(plain_numbers(line.replace("（≤45mm）", "")))):
            assert f"{figure.number:f}" in told, line
