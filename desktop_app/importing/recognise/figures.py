"""What a column of figures means: indicator, aspect (本月, 累计, 上年同期, 同比 …) and unit, from its head."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache
from itertools import permutations

from desktop_app.catalogue.lookup import AliasIndex, find_unit, split_unit
from desktop_app.catalogue.model import Indicator, Unit
from desktop_app.importing.recognise.units import pick, units_in
from desktop_app.importing.recognise.vocabulary import aliases


class Aspect(Enum):
    """Which of an indicator's figures it is (指标的哪一栏)."""

    MONTH = "本月"
    YTD = "本年累计"
    PREVIOUS_YEAR = "上年同期"
    YOY = "同比"
    YTD_PREVIOUS_YEAR = "上年同期累计"
    YTD_YOY = "累计同比"
    LAST_MONTH = "上月"
    MOM = "环比"
    CHANGE = "增减"
    PLAN = "计划"
    PLAN_RATE = "计划完成率"

    @property
    def percent(self) -> bool:
        """Rates, in %."""
        return self in {Aspect.YOY, Aspect.YTD_YOY, Aspect.MOM, Aspect.PLAN_RATE}

    @property
    def planned(self) -> bool:
        """What was to be reached: never taken for what was."""
        return self in {Aspect.PLAN, Aspect.PLAN_RATE}


@dataclass(frozen=True)
class FigureColumn:
    """A column of figures. ``unit`` is what the head says, None when it says nothing."""

    column: int
    name: str
    indicator: Indicator
    aspect: Aspect
    unit: Unit | None
    explicit: bool = False
    """Whether the head itself names the aspect (本月, 累计 …)."""


_YTD = re.compile(
    r"(?:本年|年度|自年初|年初至今|当年|今年)?(?:1月?[-—~至到]+(?:1[0-2]|[1-9])月|累计)(?:数|值|完成)?|自年初|年初至今"
)
_LAST_YEAR = re.compile(r"(?:上年|去年|上一年)(?:同期|同月|本期|当月|度)?(?:数|值|完成)?|同期(?:数|值)?(?=$|累计)")
_YOY = re.compile(
    r"同比(?:上年同期|去年同期)?(?:增长|增减|增幅|增速|升降)?(?:率|幅度|幅)?"
    r"|(?:比|较)(?:上年|去年)(?:同期|同月)?(?:增长|增减)?(?:率)?|增幅|增速|增长率"
)
_MOM = re.compile(r"环比(?:增长|增减|增幅|增速)?(?:率|幅度)?|(?:比|较)上[月期](?:增长|增减)?(?:率)?")
_LAST = re.compile(r"上月(?:数|值|完成)?|上期(?:数|值)?")
_MONTH_WORD = re.compile(
    r"(?:本月|当月|本期|当期|单月|报告期)(?:实际)?(?:数|值|完成|实际)?|(?:实际)?完成(?:数|值|情况)?$|实际(?:数|值)?$|实绩|绝对[数量值]"
)
_PLAN_RATE = re.compile(
    r"(?:年度?|全年|本月|月度?|累计)?(?:计划|目标|任务|预算)?完成(?:率|进度|比例?|百分比)"
    r"|(?:占|为|完成)(?:年度?|全年|本月|月度?)?(?:计划|目标|任务|预算)(?:数|任务)?的?(?:百分比|比例?|比重|率|进度)?"
)
_PLAN = re.compile(r"(?:年度?|全年|本年|本月|当月|月度?|季度?|累计)?(?:计划|目标|任务|预算)(?:任务)?(?:数|值|量$|额$)?")
_CHANGE = re.compile(r"增减(?:量|额|数|值)?|增加(?:量|额)|净增")


def find_indicator(parts: tuple[str, ...]) -> Indicator | None:
    """The indicator that the parts of a head name together, in any order (业务量 + 同城)."""
    return _find(aliases(), parts)


@lru_cache(maxsize=8192)
def _find(index: AliasIndex, parts: tuple[str, ...]) -> Indicator | None:
    parts = tuple(part for part in parts if part)
    if not parts:
        return None
    for ordered in permutations(parts) if len(parts) <= 3 else (parts,):
        if found := index.find("".join(ordered)):
            return found
    return None


_SCALE = re.compile(r"[(\[【〔]\s*(?:单位\s*:?\s*)?(十万|百万|千万|百|千|万|亿)\s*[)\]】〕]\s*$")


def read_head(levels: Sequence[str], column: int, name: str) -> FigureColumn | None:
    """Head of a column, level by level → what it means; None when it names no known indicator.

    A scale without its unit (业务量（万）) is one of the indicator's own unit.
    """
    found = _read_head(levels, column, name)
    plain = [unicodedata.normalize("NFKC", level) for level in levels]
    scale = next((match[1] for level in plain if (match := _SCALE.search(level))), "")
    if found is not None or not scale:
        return found
    bare = _read_head([rest for level in plain if (rest := _SCALE.sub("", level).strip())], column, name)
    if bare is None or bare.unit is not None or bare.aspect.percent:
        return None
    unit = find_unit(scale + bare.indicator.base_unit)
    return replace(bare, unit=unit) if unit is not None else None


def _read_head(levels: Sequence[str], column: int, name: str) -> FigureColumn | None:
    words: list[str] = []
    unit: Unit | None = None
    measured = ""
    for level in levels:
        word, found = split_unit(level)
        alone = None if found is not None else _unit_alone(level)
        unit = found or alone or unit
        measured = word if found is not None else measured
        if alone is None:
            words.append(word)
    whole = find_indicator(tuple(words))
    if whole is not None:
        unit = unit or pick(listed_units(levels), whole.base_unit)
        return FigureColumn(column, name, whole, Aspect.MONTH, unit)
    aspect, rest = split_aspect(words)
    indicator = find_indicator(tuple(rest))
    if indicator is None:
        return None
    if aspect.percent and measured and not split_aspect([measured])[0].percent:
        # 业务量（件） over or below 同比: the unit of the amounts.
        unit = None
    elif unit is None and not aspect.percent:
        unit = pick(listed_units(levels), indicator.base_unit)
    return FigureColumn(column, name, indicator, aspect, unit, explicit=True)


def listed_units(levels: Sequence[str]) -> list[Unit]:
    """Units of a head that names several in brackets (本月（万件、万元）): each amount has the one that fits it."""
    inside = (match[1] for level in levels for match in _BRACKETED.finditer(unicodedata.normalize("NFKC", level)))
    return [unit for text in inside for unit in units_in(_UNIT_LABEL.sub("", text))]


_BRACKETED = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")
_UNIT_LABEL = re.compile(r"^\s*(?:计量)?单位\s*:?\s*")


def _unit_alone(level: str) -> Unit | None:
    return find_unit(level.strip("()（） "))


def split_aspect(words: Sequence[str]) -> tuple[Aspect, list[str]]:
    """Words of a head → the aspect they name and what is left of them (``业务量累计同比`` → 累计同比, 业务量)."""
    seen: set[Aspect] = set()
    rest: list[str] = []
    for word in words:
        plain = re.sub("[—–−－~～]", "-", "".join(unicodedata.normalize("NFKC", word).split()))
        plain = re.sub(r"[(](?:%|±%|\+/-%?)[)]|±%|%", "", plain)
        for aspect, pattern in _PATTERNS:
            plain, count = pattern.subn("", plain)
            if count:
                seen.add(aspect)
        rest.append(re.sub(r"[()/_:.\-]+$|^[()/_:.\-]+", "", plain))
    return _combine(seen), [word for word in rest if word]


_PATTERNS = (
    (Aspect.PLAN_RATE, _PLAN_RATE),
    (Aspect.PLAN, _PLAN),
    (Aspect.YOY, _YOY),
    (Aspect.MOM, _MOM),
    (Aspect.PREVIOUS_YEAR, _LAST_YEAR),
    (Aspect.YTD, _YTD),
    (Aspect.LAST_MONTH, _LAST),
    (Aspect.MONTH, _MONTH_WORD),
    (Aspect.CHANGE, _CHANGE),
)


def _combine(seen: set[Aspect]) -> Aspect:
    """累计 joins with 同比 and 上年同期; a rate is a rate whatever stands beside it."""
    cumulative = Aspect.YTD in seen
    for planned in (Aspect.PLAN_RATE, Aspect.PLAN):
        if planned in seen:
            return planned
    if Aspect.MOM in seen:
        return Aspect.MOM
    if Aspect.YOY in seen:
        return Aspect.YTD_YOY if cumulative else Aspect.YOY
    if Aspect.PREVIOUS_YEAR in seen:
        return Aspect.YTD_PREVIOUS_YEAR if cumulative else Aspect.PREVIOUS_YEAR
    for aspect in (Aspect.CHANGE, Aspect.YTD, Aspect.LAST_MONTH):
        if aspect in seen:
            return aspect
    return Aspect.MONTH


_OF_STRETCH = {
    Aspect.MONTH: Aspect.YTD,
    Aspect.PREVIOUS_YEAR: Aspect.YTD_PREVIOUS_YEAR,
    Aspect.YOY: Aspect.YTD_YOY,
}
_PERIOD_WORD = re.compile("[本当]期|报告期|期间")
_ONE_MONTH = re.compile("[本当单]月")


def of_stretch(aspect: Aspect) -> Aspect:
    """What a column says where its period is January up to a month (一季度): 本期 is the 累计, 同比 the 累计同比."""
    return _OF_STRETCH.get(aspect, aspect)


def means_period(head: str, *, explicit: bool) -> bool:
    """Whether a column of current figures is the period's own, however long that is: unmarked or 本期, not 本月."""
    return not explicit or _PERIOD_WORD.search(head) is not None or _ONE_MONTH.search(head) is None


def names_aspect(text: str) -> bool:
    """Whether a head is nothing but an aspect (本期, 上年同期, 同比±%, 本年累计)."""
    words = [split_unit(text)[0]]
    aspect, rest = split_aspect(words)
    return not rest and (aspect is not Aspect.MONTH or _MONTH_WORD.search(text) is not None)
