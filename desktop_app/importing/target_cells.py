"""The cells of one row of a table of targets: value with sign and unit, 口径, date; each refusal names the cell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from desktop_app.catalogue.loader import load_catalogue
from desktop_app.catalogue.lookup import AliasIndex, find_unit, split_unit
from desktop_app.catalogue.model import Indicator
from desktop_app.catalogue.target_form import MEASURE_WORDS, WORDED, TargetField, read_comparator
from desktop_app.catalogue.targets import Measure
from desktop_app.importing.recognise.months import find_month
from desktop_app.models.values import YES_NO_UNIT, Comparator, Month

_VALUE = re.compile(
    r"(?P<open>\[?)(?P<sign>≥|>=|≤|<=|>|<|=|≈|约|不低于|不少于|不超过|不高于|超过|达到)?"
    r"(?P<number>[+\-−]?\d[\d,]*(?:\.\d+)?)(?P<unit>[^\d\[\]]*?)(?P<tail>以上|及以上|以下|以内|左右)?\]?"
)
_MEASURED_NAME = re.compile(
    r"(?P<name>.{2,}?)(?P<word>同比增速|同比增长|年均增速|年均增长|累计增量|累计增幅|增量|增速)$"
)
_DONE = {"是", "做到", "完成", "实现", "全面实现"}
_NO_VALUE = {"", "-", "—", "--", "/", "…"}
_PLANS = {"十三五": 2020, "十四五": 2025, "十五五": 2030}
_PLAN_YEARS = 5

Cell = Callable[[TargetField], str]


class CellError(Exception):
    """Why a row is not understood, in plain Chinese."""


@dataclass(frozen=True)
class ReadCells:
    """One target of a row; a goal in words has neither indicator nor value."""

    indicator: str
    name: str
    measure: Measure
    comparator: Comparator
    value: Decimal | None
    unit: str
    due: Month
    base_month: Month | None
    base_value: Decimal | None
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Value:
    """“≥98%以上”, “[>40]”, “18000亿元”."""

    number: Decimal
    sign: str
    unit: str
    bracketed: bool


def read_row(cell: Cell, years: Sequence[tuple[int, str]], year: int) -> Iterator[ReadCells]:
    """The targets of a row: one, and with a column of yearly rates (年均增速/增量) another.

    :param years: cells under heads that are years, earliest first.
    :param year: for a row without a date.
    :raises CellError: something in it is not understood.
    """
    if is_worded(cell):
        yield _in_words(cell, years, year)
        return
    indicator, name, named_measure, head_unit = _indicator(cell)
    due, told_due = _due(cell(TargetField.DUE), years, year)
    base_month, base_value = _base(cell, years, due)
    value_text = cell(TargetField.VALUE) or (years[-1][1] if years else "")
    if _bare(value_text) not in _NO_VALUE:
        measure = _measure(cell(TargetField.MEASURE), named_measure, value_text)
        yield _target(cell, indicator, name, measure, value_text, head_unit, due, base_month, base_value, told_due)
    yearly = cell(TargetField.YEARLY)
    if _bare(yearly) not in _NO_VALUE:
        measure = _yearly_measure(_parse(yearly, "年均增速/增量"), indicator)
        start = base_month or Month(due.year - _PLAN_YEARS, 12)
        told = "" if measure is Measure.LEVEL else "增量" if measure is Measure.INCREMENT else measure.label
        # The column 单位 is of the level: a rate stands in % whatever it says.
        beside = _without_unit(cell) if measure.is_rate else cell
        yield _target(beside, indicator, name + told, measure, yearly, head_unit, due, start, None, told_due)
    elif _bare(value_text) in _NO_VALUE:
        raise CellError("没有目标值")


def is_worded(cell: Cell) -> bool:
    """Whether the row says that it is a goal in words (文字目标)."""
    return _bare(cell(TargetField.MEASURE)) == WORDED


def _in_words(cell: Cell, years: Sequence[tuple[int, str]], year: int) -> ReadCells:
    given = [cell(TargetField.VALUE), cell(TargetField.YEARLY), *(text for _, text in years)]
    if figure := next((text for text in given if _bare(text) not in _NO_VALUE | _DONE), ""):
        raise CellError(f"口径写“{WORDED}”，又写了目标值“{figure}”，请改口径或去掉目标值")
    if not cell(TargetField.TEXT):
        raise CellError(f"{WORDED}要写原文")
    due, told_due = _due(cell(TargetField.DUE), years, year)
    return ReadCells(
        indicator="",
        name=cell(TargetField.NAME),
        measure=Measure.LEVEL,
        comparator=Comparator.DONE,
        value=None,
        unit="",
        due=due,
        base_month=None,
        base_value=None,
        notes=(told_due,) if told_due else (),
    )


def _without_unit(cell: Cell) -> Cell:
    return lambda field: "" if field is TargetField.UNIT else cell(field)


def _yearly_measure(read: _Value, indicator: Indicator) -> Measure:
    """10.3% a year, [>40] over the whole plan, [-15%] of an amount; a growth that is itself the indicator."""
    if not read.bracketed:
        return Measure.LEVEL if indicator.base_unit == "%" else Measure.AVERAGE
    return Measure.CHANGE if read.unit == "%" and indicator.base_unit != "%" else Measure.INCREMENT


def _target(
    cell: Cell,
    indicator: Indicator,
    name: str,
    measure: Measure,
    value_text: str,
    head_unit: str,
    due: Month,
    base_month: Month | None,
    base_value: Decimal | None,
    told_due: str,
) -> ReadCells:
    notes = [told_due] if told_due else []
    if _bare(value_text) in _DONE and indicator.base_unit == YES_NO_UNIT:
        read = _Value(Decimal(1), "", YES_NO_UNIT, bracketed=False)
    else:
        read = _parse(value_text, "目标值")
    written = cell(TargetField.COMPARATOR).strip()
    sign = unicodedata.normalize("NFKC", written) or read.sign or ("≥" if read.number >= 0 else "≤")
    comparator = read_comparator(sign, indicator.polarity)
    if comparator is None:
        raise CellError(f"比较符“{written}”不认识，可用 ≥ > ≤ < = 约")
    if written and read.sign and read_comparator(read.sign, indicator.polarity) != comparator:
        raise CellError(f"比较符写“{written}”，目标值里又写“{read.sign}”")
    if comparator[1]:
        notes.append(comparator[1])
    if due.month != 12 and indicator.kind.adds_over_months and measure is Measure.LEVEL:
        notes.append(f"{due.label}指1—{due.month}月累计")
    needs_base = measure in {Measure.AVERAGE, Measure.INCREMENT, Measure.CHANGE}
    if needs_base and base_month is None:
        raise CellError(f"{measure.label}要写基期，例如 2020-12")
    return ReadCells(
        indicator=indicator.code,
        name=name,
        measure=measure,
        comparator=comparator[0],
        value=read.number,
        unit=_unit(cell(TargetField.UNIT), read.unit, head_unit, indicator, measure),
        due=due,
        base_month=base_month if needs_base or base_value is not None else None,
        base_value=base_value,
        notes=tuple(notes),
    )


# ----------------------------------------------------------------------------------------------- single cells


@lru_cache(maxsize=1)
def _index() -> AliasIndex:
    return AliasIndex(load_catalogue())


def _indicator(cell: Cell) -> tuple[Indicator, str, Measure | None, str]:
    """Indicator, name as written, what the name says of the measure, unit in the name."""
    code, written = cell(TargetField.CODE), cell(TargetField.NAME)
    name, unit = split_unit(written)
    name = re.sub(r"^\d{1,2}\s*[.．、]\s*", "", name)
    by_code = load_catalogue().indicators.get(code.upper()) if code else None
    if code and by_code is None:
        raise CellError(f"没有指标代码“{code}”，见“指标和单位”页")
    match = _MEASURED_NAME.fullmatch(name)
    by_name = _index().find(name) if name else None
    measure = None
    if by_name is None and match is not None and (found := _index().find(match["name"])) is not None:
        by_name, measure = found, MEASURE_WORDS[match["word"]]
    if by_code is None and by_name is None:
        raise CellError(f"没有叫“{written}”的指标，请填指标代码")
    if by_code is not None and by_name is not None and by_code.code != by_name.code:
        raise CellError(f"代码 {by_code.code} 是{by_code.name}，名称却写“{written}”")
    chosen = by_code or by_name
    assert chosen is not None  # noqa: S101 (one of both is known, see above)
    return chosen, name or chosen.name, measure, unit.name if unit is not None else ""


def _measure(written: str, named: Measure | None, value: str) -> Measure:
    word = "".join(written.split())
    if not word:
        return Measure.INCREMENT if _parse(value, "目标值").bracketed else named or Measure.LEVEL
    found = MEASURE_WORDS.get(word)
    if found is None:
        raise CellError(f"口径“{written}”不认识，可用 水平、同比增速、年均增速、累计增量、累计增幅")
    return found


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _parse(text: str, column: str) -> _Value:
    match = _VALUE.fullmatch(_bare(text).replace("【", "[").replace("】", "]"))
    if match is None:
        raise CellError(f"{column}“{text}”不是一个数")
    number = Decimal(match["number"].replace(",", "").replace("−", "-"))
    return _Value(number, match["sign"] or match["tail"] or "", match["unit"], bool(match["open"]))


def _unit(written: str, in_value: str, in_name: str, indicator: Indicator, measure: Measure) -> str:
    """The unit in its registered name; growth is in %, shares that move are in points."""
    told = [each for each in (written, in_value) if each] or [each for each in (in_name,) if each]
    if measure.is_rate:
        wrong = next((each for each in (written, in_value) if each and _unit_name(each) != "%"), None)
        if wrong is not None:
            raise CellError(f"{measure.label}的单位是%，表里是“{wrong}”")
        return "%"
    names = [_unit_name(each) for each in told]
    if not names:
        same = [unit for unit in load_catalogue().units.values() if unit.base == indicator.base_unit]
        if len(same) > 1 and indicator.base_unit != "%":
            raise CellError(f"没有写单位（{indicator.name}可用{'、'.join(unit.name for unit in same[:4])}）")
        return indicator.base_unit
    if len(set(names)) > 1:
        raise CellError(f"单位写“{told[0]}”，目标值里又写“{told[1]}”")
    unit = load_catalogue().units.get(names[0])
    if unit is None or unit.base != indicator.base_unit:
        raise CellError(f"{indicator.name}的单位是{indicator.base_unit}，不能用“{told[0]}”")
    return unit.name


def _unit_name(text: str) -> str:
    if text in {"个百分点", "百分点"}:
        return "%"
    found = find_unit(text)
    return text if found is None else found.name


def _due(text: str, years: Sequence[tuple[int, str]], year: int) -> tuple[Month, str]:
    """The date, and what is said about it when the row has none."""
    if not text:
        if years:
            return Month(years[-1][0], 12), ""
        return Month(year, 12), f"没有写期限，按{year}年登记"
    found = read_due(text)
    if found is None:
        raise CellError(f"期限“{text}”不认识，请写成 2025年、2022年6月 或 2021年1—9月")
    return found, ""


def read_due(text: str) -> Month | None:
    """2025, 2025年底, 2022年6月, 2021年1—9月累计, 2021年上半年, “十四五”期末, 2025-12-31 → its last month."""
    bare = _bare(text).replace("—", "-").replace("–", "-")
    if match := re.fullmatch(r"(20\d\d)(?:年?(?:底|末|全年|度|终)?)?", bare):
        return Month(int(match[1]), 12)
    for name, end in _PLANS.items():
        if name in bare:
            return Month(end, 12)
    mention = find_month(text)
    if mention.stretch:
        return None
    if mention.month is not None:
        return mention.month
    return Month(mention.year, 12) if mention.year is not None and mention.number is None else None


def _base(cell: Cell, years: Sequence[tuple[int, str]], due: Month) -> tuple[Month | None, Decimal | None]:
    month_text, value_text = cell(TargetField.BASE_MONTH), cell(TargetField.BASE_VALUE)
    month = read_due(month_text) if month_text else None
    if month_text and month is None:
        raise CellError(f"基期“{month_text}”不认识，例如 2020-12")
    if not month_text and len(years) > 1:
        month = Month(years[0][0], 12)
        value_text = value_text or years[0][1]
    if month is not None and month >= due:
        raise CellError("基期要在期限之前")
    if _bare(value_text) in _NO_VALUE:
        return month, None
    value = _parse(value_text, "基期数").number
    if month is None:
        raise CellError("写了基期数，没有写基期")
    return month, value
