"""Targets read out of the sentences of published plans, as a clerk pastes them."""

from __future__ import annotations

import pytest

from desktop_app.importing.target_text import TargetDraft, read_targets


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
    assert [said(draft) for draft in read_targets(text, year)] == expected


def test_the_main_goals_of_a_year_with_what_is_doubtful() -> None:
    found = read_targets(
        "全年邮政业务总量完成540亿元、同比增长13.8%，业务收入完成300亿元、同比增长11.3%；"
        "快递业务量完成24亿件、同比增长15%，快递业务收入完成260亿元、同比增长11%",
        2021,
    )
    assert [draft.indicator for draft in found] == [
        *["IND.GROSS"] * 2,
        *["MKT.REV"] * 2,
        *["MKT.VOL"] * 2,
        *["MKT.REV"] * 2,
    ]
    doubtful = [draft for draft in found if draft.doubts]
    assert [str(draft.value) for draft in doubtful] == ["300"]
    assert "邮政行业" in doubtful[0].doubts[0]


def test_hopes_and_units_are_said() -> None:
    hoped = read_targets("力争年底可循环快递箱（盒）使用量达10万个", 2021)[0]
    assert hoped.expected
    wrong = read_targets("从业人员达到4000个以上", 2025)[0]
    assert "单位是人" in wrong.doubts[0]
    about = read_targets("人口密集地区智能快件箱箱投率达到10%左右", 2025)[0]
    assert "左右" in about.doubts[0]
