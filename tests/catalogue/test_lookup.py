"""Recognition of column heads, row names and units as companies write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.catalogue.loader import load_catalogue
from desktop_app.catalogue.lookup import AliasIndex, find_unit, fold, split_unit

INDEX = AliasIndex(load_catalogue())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("快递业务量", "MKT.VOL"),
        ("业务量合计", "MKT.VOL"),
        ("快递业务量(件)", "MKT.VOL"),
        ("快递业务量（单位：万件）", "MKT.VOL"),
        ("快 递 业 务 量", "MKT.VOL"),
        ("快递业务量／件", "MKT.VOL"),
        ("业务量\n(万件)", "MKT.VOL"),
        ("一、快递业务量", "MKT.VOL"),
        ("1.快递业务量合计", "MKT.VOL"),
        ("其中：国内同城快递业务量", "MKT.VOL.LOCAL"),
        ("（1）国内异地业务量", "MKT.VOL.INTER"),
        ("① 国际及港澳台快递业务量（件）", "MKT.VOL.INTL"),
        ("国内异地快递业务量(件)", "MKT.VOL.INTER"),
        ("国际／港澳台业务量", "MKT.VOL.INTL"),
        ("国内同城" + "业务量", "MKT.VOL.LOCAL"),
        ("业务量" + "国内同城", "MKT.VOL.LOCAL"),
        ("国际及港澳台" + "业务收入", "MKT.REV.INTL"),
        ("业务收入合计", "MKT.REV"),
        ("快递业务收入（万元）", "MKT.REV"),
        ("其他业务收入", "REL.REVOTHER"),
        ("其它收入(元)", "REL.REVOTHER"),
        ("投递量", "OPS.IN"),
        ("派件量", "OPS.IN"),
        ("进港量（万件）", "OPS.IN"),
        ("出港量", "MKT.VOL"),
        ("出港（收寄）量", "MKT.VOL"),
        ("OPS.OUT", "MKT.VOL"),
        ("mkt.vol.local", "MKT.VOL.LOCAL"),
        ("末端网点", "NET.OUTLET"),
        ("分支机构（处）", "NET.BRANCH"),
        ("智能快件箱(组)", "NET.LOCKER"),
        ("从业人员 人", "NET.STAFF"),
        ("瘦身胶带封装件数", "GRN.TAPE.NUM"),
        ("使用45毫米以下“瘦身胶带”封装件数", "GRN.TAPE.NUM"),
        ("胶带封装件数", "GRN.TAPE.DEN"),
        ("电商快件总数", "GRN.NOREPACK.DEN"),
        ("未二次包装电商快件", "GRN.NOREPACK.NUM"),
        ("可循环中转袋（箱）使用次数", "GRN.BAG.NUM"),
        ("电子运单使用率（%）", "GRN.EWAYBILL"),
        ("备案网点", "GRN.RECYC.COV.DEN"),
        ("可循环快递箱（盒）使用量（个）", "GRN.BOX"),
        ("电子面单使用率分子", "GRN.EWAYBILL.NUM"),
        ("建 制 村 总 数", "RUR.VILLAGES"),
        ("有效申诉率", "SVC.CMPLRATE"),
        ("CR8", "MKT.CR8"),
    ],
)
def test_words_of_files(text: str, code: str) -> None:
    found = INDEX.find(text)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    "text", ["", "合计", "同城", "企业名称", "序号", "业务总量", "件", "（件）", "备注", "量" * 5000]
)
def test_words_that_name_no_indicator_alone(text: str) -> None:
    assert INDEX.find(text) is None


def test_every_name_finds_itself_even_full_width_and_with_its_unit() -> None:
    catalogue = load_catalogue()
    for entry in catalogue.indicators.values():
        same_as = entry.formula.same_as if entry.formula is not None else None
        unit = entry.display["county"].unit.name
        for text in (entry.name, f" {entry.name}（{unit}）", f"{entry.name} ({unit})", f"二、{entry.name}", entry.code):
            found = INDEX.find(text)
            assert found is not None, text
            assert found.code == (same_as or entry.code), text


@pytest.mark.parametrize(
    ("text", "name", "base", "factor"),
    [
        ("件", "件", "件", 1),
        ("万 件", "万件", "件", 10_000),
        ("亿件", "亿件", "件", 10**8),
        ("票", "件", "件", 1),
        ("万元", "万元", "元", 10_000),
        ("％", "%", "%", 1),
        ("处", "处", "个", 1),
        ("组", "组", "个", 1),
        ("个百分点", "百分点", "百分点", 1),
        ("元／件", "元/件", "元/件", 1),
    ],
)
def test_units(text: str, name: str, base: str, factor: int) -> None:
    unit = find_unit(text)
    assert unit is not None
    assert (unit.name, unit.base) == (name, base)
    assert unit.factor == factor


def test_permille_is_a_tenth_of_a_percent() -> None:
    unit = find_unit("‰")
    assert unit is not None
    assert (unit.base, str(unit.factor)) == ("%", "0.1")


@pytest.mark.parametrize("text", ["", "万", "业务量", "件元", "百分之"])
def test_words_that_are_no_unit(text: str) -> None:
    assert find_unit(text) is None


@pytest.mark.parametrize(
    ("text", "name", "unit"),
    [
        ("快递业务量（万件）", "快递业务量", "万件"),
        ("快递业务量", "快递业务量", None),
        ("业务收入【单位：元】", "业务收入", "元"),
        ("业务收入_万元", "业务收入", "万元"),
        ("单件收入 元/件", "单件收入", "元/件"),
        ("业务量及收入（件、元）", "业务量及收入", None),
        ("投递量（含邮政）", "投递量(含邮政)", None),
        ("国际/港澳台", "国际/港澳台", None),
        ("件", "件", None),
        ("（万件）", "(万件)", None),
    ],
)
def test_unit_in_a_head(text: str, name: str, unit: str | None) -> None:
    found, which = split_unit(text)
    assert (found, which.name if which else None) == (name, unit)


def test_fold_sees_no_difference_of_width_blank_or_unit() -> None:
    assert fold("快递业务量（万件）") == fold(" 快 递业务量(件) ") == fold("快递业务量") == "快递业务量"
    assert fold("ＣＲ８") == "cr8"


@given(st.text(max_size=60))
def test_any_text_can_be_folded_again_and_again(text: str) -> None:
    once = fold(text)
    assert all(map(str.isalnum, once)) or not once
    INDEX.find(text)
    find_unit(text)
