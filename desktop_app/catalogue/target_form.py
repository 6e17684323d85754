"""The form in which targets travel as a table (目标表): its columns, and the words that stand in them."""

from __future__ import annotations

from enum import StrEnum

from desktop_app.catalogue.targets import Measure
from desktop_app.models.values import Comparator, Polarity

SHEET = "目标"
LISTS = "指标和单位"
GUIDE = "填写说明"
STATES_NOT = frozenset({LISTS, GUIDE, "说明", "封面", "目录"})
"""Sheets that hold no targets."""
WORDED = "文字目标"
"""Under 口径: a goal in words, whose text is all there is to it."""


class TargetField(StrEnum):
    """A column; the value is its head in the program's own workbook."""

    DOCUMENT = "文件"
    CLAUSE = "条款"
    CODE = "指标代码"
    NAME = "指标名称"
    MEASURE = "口径"
    COMPARATOR = "比较符"
    VALUE = "目标值"
    UNIT = "单位"
    DUE = "期限"
    SCOPE = "范围"
    BASE_MONTH = "基期"
    BASE_VALUE = "基期数"
    REGION = "地区代码"
    TEXT = "原文"
    YEARLY = "年均增速/增量"
    """Only in foreign tables: the yearly rate, or in brackets the increment over the whole plan."""


HEAD_WORDS: dict[TargetField, tuple[str, ...]] = {
    TargetField.DOCUMENT: ("文件", "文件名称", "文件名", "规划名称", "来源文件", "依据文件", "来源", "依据"),
    TargetField.CLAUSE: ("条款", "依据条款", "章节", "出处", "条文", "条"),
    TargetField.CODE: ("指标代码", "代码"),
    TargetField.NAME: ("指标名称", "指标", "目标名称", "主要指标", "考核指标", "项目", "名称"),
    TargetField.MEASURE: ("口径", "算什么", "目标类型", "类型"),
    TargetField.COMPARATOR: ("比较符", "比较", "符号", "方向"),
    TargetField.VALUE: ("目标值", "目标", "目标数", "计划值", "计划数", "计划", "数值", "任务数"),
    TargetField.UNIT: ("单位", "计量单位"),
    TargetField.DUE: ("期限", "期", "完成时间", "完成期限", "截止时间", "完成时限", "时限", "时间", "年度", "年份"),
    TargetField.SCOPE: ("范围", "适用范围", "对象"),
    TargetField.BASE_MONTH: ("基期", "基年"),
    TargetField.BASE_VALUE: ("基期数", "基期值", "基数"),
    TargetField.REGION: ("地区代码", "区划代码", "行政区划代码"),
    TargetField.TEXT: (
        "原文",
        "目标内容",
        "内容",
        "主要目标",
        "工作目标",
        "目标任务",
        "任务",
        "表述",
        "句子",
        "目标表述",
    ),
    TargetField.YEARLY: ("年均增速/增量", "年均增速", "年均增长", "年均增速/增量累计", "年均增速增量"),
}
"""Heads by which a column is known; blanks, brackets and signs in them do not matter."""

MEASURE_WORDS: dict[str, Measure] = {
    **{measure.label: measure for measure in Measure if measure is not Measure.STATED},
    "绝对值": Measure.LEVEL,
    "总量": Measure.LEVEL,
    "期末数": Measure.LEVEL,
    "累计": Measure.LEVEL,
    "同比": Measure.YOY,
    "同比增长": Measure.YOY,
    "增速": Measure.YOY,
    "年均": Measure.AVERAGE,
    "年均增长": Measure.AVERAGE,
    "增量": Measure.INCREMENT,
    "新增": Measure.INCREMENT,
    "增幅": Measure.CHANGE,
}

COMPARATORS: tuple[str, ...] = ("≥", ">", "≤", "<", "=", "约")
"""Signs that the form offers, in its order."""

_AT_LEAST = frozenset({"≥", ">=", "不低于", "不少于", "不小于", "以上", "及以上", "至少"})
_AT_MOST = frozenset({"≤", "<=", "不高于", "不超过", "不大于", "以内", "至多", "控制在"})
_MORE = frozenset({">", "大于", "超过", "高于", "超"})
_LESS = frozenset({"<", "小于", "低于", "以下", "少于"})
_EQUAL = frozenset({"=", "达到", "等于", "实现"})
_ABOUT = frozenset({"约", "左右", "约等于", "≈"})


def read_comparator(word: str, polarity: Polarity) -> tuple[Comparator, str] | None:
    """A comparator as written → how it is registered and what is said about it; None for no such word.

    “=” and “约” set no bound of their own: what is promised is reached, or (the lower the better) not exceeded.
    """
    for words, found in (
        (_AT_LEAST, Comparator.GE),
        (_AT_MOST, Comparator.LE),
        (_MORE, Comparator.GT),
        (_LESS, Comparator.LT),
    ):
        if word in words:
            return found, ""
    reached = Comparator.LE if polarity is Polarity.DOWN else Comparator.GE
    if word in _EQUAL:
        return reached, f"“{word}”按{reached.value}登记"
    return (reached, f"“{word}”按{reached.value}登记") if word in _ABOUT else None
