"""Targets out of a sentence (粘贴一句话): 快递业务量完成24亿件、同比增长15% → a level and a growth rate.

Nothing is decided here: what was understood is shown for confirmation, with what is doubtful said in words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from desktop_app.catalogue.lookup import find_unit
from desktop_app.catalogue.model import Catalogue, Indicator
from desktop_app.catalogue.targets import Measure
from desktop_app.importing.numerals import read_numeral
from desktop_app.importing.recognise.vocabulary import aliases, recognising
from desktop_app.models.values import Comparator, Month

_SENTENCE = re.compile(r"[。；;\n]+")
_BRACKETED_FIGURE = re.compile(r"[（(][^（）()]*\d[^（）()]*[）)]")
"""窄胶带（≤45mm）: a figure in brackets belongs to the name, not to the target."""
_CLAUSE = re.compile(r"[，,、]+")
_NUMBER = re.compile(
    r"(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>亿件|万件|亿元|万元|亿人次|万人次|人次|万个|个百分点|万组|%|％|‰|[件元个组处家人分天项辆倍位]|小时)"
)
_FRACTION = re.compile(r"(?P<base>千|万|十万)分之(?P<digits>[零一二三四五六七八九十百\d]+)")
_OF_TEN_THOUSAND = {"千": "‰", "万": "‱", "十万": "件/十万件"}
_YOY = re.compile(r"同比|比上年|较上年|较去年|比去年")
_AVERAGE = re.compile(r"年均")
_ADDED = re.compile(r"新增|累计增加|净增")
_GROWS = re.compile(r"增长|增速|提高|提升")
_BELOW = re.compile(r"以下|低于|小于|不足")
_AT_MOST = re.compile(r"不超过|不高于|以内|控制在|降低到|降至|≤")
_ABOVE = re.compile(r"超过|超|大于|突破|高于|＞|>")
_AT_LEAST = re.compile(r"不超过|不高于|不低于|不少于")
_ABOUT = re.compile(r"左右|约|近")
_HOPED = re.compile(r"力争|争取")
_YEAR = re.compile(r"(?P<year>20\d\d)\s*年(?:底|末|(?P<month>\d{1,2})月)?")
_PLANS = {"十三五": 2020, "十四五": 2025, "十五五": 2030}
_NOISE = re.compile(
    r"同比|比上年|较上年|增长|增速|年均|新增|累计|增加|净增|完成|达到|达|实现|保持在|力争|争取|超过|以上|以下|左右|不低于|不超过|均|约|全年|其中|"
    r"[\d.,%％‰\s]"
)
_MEANINGFUL = 6
"""Letters beside numbers and known words from which on a clause has a subject of its own that we do not know."""
_LONGEST = 30
"""Letters of an indicator's name at most; longer runs are speech."""


@dataclass(frozen=True)
class TargetDraft:
    """One target as understood; ``doubts`` are said to the clerk before she confirms."""

    indicator: str
    name: str
    measure: Measure
    comparator: Comparator
    value: Decimal
    unit: str
    due: Month
    text: str
    expected: bool = False
    doubts: tuple[str, ...] = field(default=())


def read_targets(text: str, year: int, catalogue: Catalogue | None = None) -> tuple[TargetDraft, ...]:
    """Every target in the text, in its order; ``year``: the document's own, for what names no date.

    A clause without an indicator of its own goes on about the one before it in the same sentence. ``catalogue``:
    whose names are known; the shipped one by default.
    """
    with recognising(catalogue):
        return _read(text, year)


def _read(text: str, year: int) -> tuple[TargetDraft, ...]:
    found: list[TargetDraft] = []
    for sentence in filter(str.strip, _SENTENCE.split(_BRACKETED_FIGURE.sub("", text))):
        due = _due(sentence, year)
        subject: Indicator | None = None
        waiting: list[Indicator] = []
        for clause in filter(str.strip, _CLAUSE.split(sentence)):
            named = _indicator(clause)
            other_subject = named is None and len(_NOISE.sub("", clause)) > _MEANINGFUL
            drafts = [] if other_subject else _drafts(clause, named or subject, due, sentence.strip())
            if named is not None and not drafts:
                # 电子面单使用率、二次包装率、中转袋使用率均达到98%以上: the value comes with the last of them.
                waiting.append(named)
            elif drafts and waiting and "均" in clause:
                found += [each for other in waiting for each in _drafts(clause, other, due, sentence.strip())]
                waiting = []
            found += drafts
            subject = named or subject
    return tuple(found)


def _drafts(clause: str, indicator: Indicator | None, due: Month, sentence: str) -> list[TargetDraft]:
    amount = _amount(clause)
    if indicator is None or amount is None:
        return []
    value, unit_name = amount
    measure = _measure(clause, unit_name)
    unit = find_unit(unit_name)
    doubts = []
    if measure.is_rate or (unit_name == "个百分点" and indicator.base_unit == "%"):
        unit_name = "%"
    elif unit is None or unit.base != indicator.base_unit:
        doubts.append(f"{indicator.name}的单位是{indicator.base_unit}，句中是{unit_name}")
    if "邮政" in sentence and indicator.code.startswith("MKT.") and "快递" not in clause and _indicator(clause):
        doubts.append(f"句中没有写“快递”，按{indicator.name}读，也可能指邮政行业的数")
    if _ABOUT.search(clause):
        doubts.append("句中说“左右”，按不低于登记")
    return [
        TargetDraft(
            indicator=indicator.code,
            name=indicator.name,
            measure=measure,
            comparator=_comparator(clause),
            value=value,
            unit=unit_name if unit is None or unit_name == "%" else unit.name,
            due=due,
            text=sentence,
            expected=bool(_HOPED.search(clause)),
            doubts=tuple(doubts),
        )
    ]


def _amount(clause: str) -> tuple[Decimal, str] | None:
    """The last number with a unit; 千分之五 and the like count too."""
    if fraction := _FRACTION.search(clause):
        numeral = fraction["digits"]
        read = read_numeral(numeral)
        number = Decimal(numeral) if numeral.isdigit() else (read.number if read is not None else None)
        return None if number is None else (number, _OF_TEN_THOUSAND[fraction["base"]])
    matches = list(_NUMBER.finditer(clause))
    if not matches:
        return None
    last = matches[-1]
    return Decimal(last["number"].replace(",", "")), last["unit"].replace("％", "%")


def _measure(clause: str, unit: str) -> Measure:
    if _AVERAGE.search(clause):
        return Measure.AVERAGE
    if unit == "%" and _YOY.search(clause):
        return Measure.YOY
    if unit == "%" and _GROWS.search(clause) and _indicator(clause) is None:
        return Measure.YOY
    if _ADDED.search(clause) or unit == "个百分点":
        return Measure.INCREMENT
    return Measure.LEVEL


def _comparator(clause: str) -> Comparator:
    if _AT_LEAST.search(clause):
        return Comparator.LE if "超过" in clause or "高于" in clause else Comparator.GE
    if _BELOW.search(clause):
        return Comparator.LT
    if _AT_MOST.search(clause):
        return Comparator.LE
    return Comparator.GT if _ABOVE.search(clause) else Comparator.GE


def _due(sentence: str, year: int) -> Month:
    """到2025年, “十四五”期末, 全年, 年底; the document's own year where nothing is said."""
    for name, end in _PLANS.items():
        if name in sentence and "期末" in sentence:
            return Month(end, 12)
    if match := _YEAR.search(sentence):
        month = int(match["month"] or 12)
        return Month(int(match["year"]), month if 1 <= month <= 12 else 12)
    return Month(year, 12)


def _indicator(clause: str) -> Indicator | None:
    """The indicator with the longest name or alias that stands in the clause."""
    words = re.split(r"完成|达到|(?<!通)达(?!率|标)|实现|保持在|降低到|力争|超过|超|均|[：:\d]", clause)
    for word in words:
        letters = "".join(word.split())[-_LONGEST:]
        for start in range(len(letters) - 1):
            for end in (*range(len(letters), start + 1, -1),):
                if found := aliases().find(letters[start:end]):
                    return found
    return None
