"""Words of a target beside its figure: how it is met (不低于), what of it is meant (同比、新增), when it is due."""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop_app.catalogue.model import Indicator
from desktop_app.catalogue.targets import Measure
from desktop_app.models.values import Comparator, Month, Polarity

_NOT_BELOW = re.compile(r"不(?:得|能)?(?:低于|少于|小于|低过|下)|至少|≥|>=|以上|保底")
_NOT_ABOVE = re.compile(
    r"不(?:得|能)?(?:超过|高于|多于|大于|超出|突破|超)|以内|之内|控制在|控制到|压(?:减|降|缩)(?:到|至)|"
    r"(?:降低|下降|降|减少|缩短|压缩|回落)(?:到|至)|≤|<="
)
_BELOW = re.compile(r"以下|低于|小于|少于|不足|<")
_ABOVE = re.compile(r"超过|超|大于|多于|突破|高于|>")
_ABOUT = re.compile(r"左右|上下|大约|约(?!束)|近(?=\d)|接近")
_AVERAGE = re.compile(r"年均|年平均|平均每年|复合增长")
_OVERALL = re.compile(r"累计(?:增长|增加|提高|提升|下降|减少|降低)|五年(?:增长|累计)")
_YOY = re.compile(r"同比|(?:比|较)(?:上年|去年)(?:同期)?")
_TO = re.compile(r"(?:增长|增加|提高|提升|上升|扩大|增|升|降低|下降|减少|缩短|压缩|降|回落|压减|压降)(?:到|至)")
_UP = re.compile(r"增长|增速|增幅|提高|提升|上升|增加|新增|净增|多增|扩大")
_DOWN = re.compile(r"下降|降低|减少|缩短|压缩|压减|压降|降幅|负增长")
_FULL = re.compile(r"全覆盖|全部(?:达标|实现|覆盖|使用)|村村通(?:快递|邮)?|百分百")
_NONE = re.compile(r"不发生|零发生|零事故|杜绝|不出现|为零")
_RISES = re.compile(r"稳中有升|稳步(?:提升|提高|上升)|进一步(?:提高|提升)|有所(?:提高|提升)|逐[年步](?:提高|提升)")
SCOPES = re.compile(
    r"城区|市区|各县(?:（市）|\(市\))?(?:、?区)?|主要品牌|农村地区|人口密集地区|西部地区|中部地区|东部地区|重点地区|边远地区"
)
HOPED = re.compile(r"力争|争取|预期")

_YEARS = re.compile(
    r"(?<!\d)(?P<year>20\d\d)\s*年(?P<part>底|末|全年|度|期间|终|上半年|一季度|前三季度|(?:1[—–\-~至]{1,2})?(?P<month>\d{1,2})月)?"
)
_OF_BASE = re.compile(r"(?:是|为|达到?|相当于)?\s*(?P<year>20\d\d)\s*年(?:底|末|全年)?的(?=\s*\d+(?:\.\d+)?\s*倍)")
"""是2020年的2倍: the year is the base, and two times of it are 100 % more."""
_TIMES_OF = re.compile(r"(?:基期|(?:上年|去年)(?:同期)?)的\s*\d+(?:\.\d+)?\s*倍")
_OVER_YEARS = re.compile(
    r"(?P<years>[2-6二两三四五六])年(?:期间|来|内)?累计|十[二三四五]五”?(?!期?末)[^，。；]{0,16}累计"
)
_BASE_YEAR = re.compile(
    r"(?:比|较|由|从|在)\s*(?P<year>20\d\d)\s*年(?:底|末)?|(?:比|较)“?(?P<plan>十[二三四五]五)”?(?:期?末|时期末)?"
)
_PARTS = {"上半年": 6, "一季度": 3, "前三季度": 9}
_PART = re.compile(
    r"上半年|一季度|前三季度|1[—–\-~至]{1,2}(?P<last>\d{1,2})月|(?<![\d年])(?P<month>\d{1,2})月(?:底|末)"
)
PLAN_YEARS = 5
_NUMERALS = {"二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6}
PLAN_ENDS = {"十二五": 2015, "十三五": 2020, "十四五": 2025, "十五五": 2030}
_PLAN = re.compile(r"(?P<name>十[二三四五]五)”?(?P<end>[^，。；]{0,4}期?末|时期|期间)?")


@dataclass(frozen=True)
class Dates:
    """When what a sentence says is due; ``base`` where it names the period that it compares with."""

    due: Month
    base: Month | None = None
    told: bool = False
    """Whether the text itself says when, rather than the document's year."""


def title_year(document: str) -> int | None:
    """The year that a document's title sets for what names none: 本局2022年工作要点 → 2022, “十四五” → 2025."""
    if match := re.search(r"(20\d\d)\s*年", document):
        return int(match[1])
    return next((end for name, end in PLAN_ENDS.items() if name in document), None)


def read_dates(text: str, year: int, before: Dates | None = None) -> Dates:
    """到2025年, “十四五”期末, 全年, 6月底, 上半年; ``before``: what an earlier sentence of the paragraph said."""
    base = None
    if match := _OF_BASE.search(text):
        base = Month(int(match["year"]), 12)
        text = text[: match.start()] + text[match.end() :]
    elif match := _BASE_YEAR.search(text):
        base = Month(int(match["year"]) if match["year"] else PLAN_ENDS[match["plan"]], 12)
        text = text[: match.start()] + text[match.end() :]
    match = _YEARS.search(text)
    if match is not None:
        month = int(match["month"] or _PARTS.get(match["part"] or "", 12))
        return Dates(Month(int(match["year"]), month if 1 <= month <= 12 else 12), base, told=True)
    plan = _PLAN.search(text)
    if plan is not None and (plan["end"] or "") and "规划" not in text:
        return Dates(Month(PLAN_ENDS[plan["name"]], 12), base, told=True)
    if part := _PART.search(text):
        month = int(part["last"] or part["month"] or _PARTS.get(part[0], 12))
        due_year = before.due.year if before is not None and before.told else year
        return Dates(Month(due_year, month if 1 <= month <= 12 else 12), base, told=True)
    if before is not None and before.told:
        return Dates(before.due, base or before.base, told=True)
    return Dates(Month(year, 12), base)


def without_dates(text: str) -> str:
    """The text without dates and numbering, so that their digits are no figures."""
    text = _YEARS.sub("", _BASE_YEAR.sub("比基期", _OF_BASE.sub("为基期的", text)))
    text = re.sub(r"第\s*\d+\s*(?:条|号|款|项工作|次会议|轮)", "", text)
    text = re.sub(r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、]|\d{1,3}[.．](?!\d))\s*", "", text)
    return re.sub(r"1[—–\-~至]{1,2}\d{1,2}月|\d{1,2}月(?:底|末)?前?", "", text)


def comparator_of(words: str, indicator: Indicator, measure: Measure, *, falls: bool) -> tuple[Comparator, str]:
    """How a target is met, and what is to be said of it (左右、越低越好)."""
    about = _ABOUT.search(words) is not None
    bare = _NOT_BELOW.sub("", _NOT_ABOVE.sub("", words))
    down = indicator.polarity is Polarity.DOWN and measure is Measure.LEVEL
    found, said = Comparator.GE, "不低于"
    if falls:
        # 下降10%以上: at least that far down; a fall stands as a negative number.
        found, said = Comparator.LE, "至少下降这么多"
    elif _NOT_ABOVE.search(words):
        found, said = Comparator.LT if _BELOW.search(bare) else Comparator.LE, "不超过"
    elif _NOT_BELOW.search(words):
        pass
    elif _BELOW.search(bare):
        found, said = Comparator.LT, "低于"
    elif _ABOVE.search(bare):
        found, said = Comparator.GT, "超过"
    elif down:
        found, said = Comparator.LE, "不超过"
        return found, f"句中说“左右”一类的话，按{said}登记" if about else f"越低越好的指标，按{said}登记"
    return found, f"句中说“左右”一类的话，按{said}登记" if about else ""


def measure_of(words: str, unit: str, indicator: Indicator, dates: Dates) -> tuple[Measure, bool, str]:
    """What of the indicator is meant, whether it falls, and a doubt. ``unit``: as written, without 万 and 亿."""
    falls = _DOWN.search(words) is not None and not _TO.search(words)
    grows = _UP.search(words) is not None and not _TO.search(words)
    share = indicator.base_unit == "%"
    if is_times_of(words):
        return Measure.CHANGE if "基期的" in words else Measure.YOY, False, ""
    if unit == "%" and _AVERAGE.search(words):
        return Measure.AVERAGE, falls, ""
    if unit in {"%", "倍", "‰"} and (falls or grows or _YOY.search(words)):
        over_years = dates.base is not None and dates.base != dates.due.shift(-12)
        if share and not _YOY.search(words):
            return Measure.INCREMENT, falls, f"句中说“%”，{indicator.name}本身是%，按百分点登记"
        overall = _OVERALL.search(words) is not None or over_years or unit == "倍"
        return Measure.CHANGE if overall else Measure.YOY, falls, ""
    together = indicator.kind.adds_over_months and years_together(words) > 0
    added = unit in {"个百分点", "百分点"} or falls or grows or together
    return Measure.INCREMENT if added else Measure.LEVEL, falls, ""


def is_times_of(words: str) -> bool:
    """为基期的2倍, 是上年的1.5倍: a multiple of an earlier figure."""
    return _TIMES_OF.search(words) is not None


def years_together(words: str) -> int:
    """五年累计 → 5, “十四五”期间累计 → 5: of how many years a figure is the sum; 0 of one year's."""
    match = _OVER_YEARS.search(words)
    return 0 if match is None else _NUMERALS.get(match["years"] or "五", 0) or int(match["years"])


def is_full(words: str) -> bool:
    """全覆盖, 村村通: a share of 100 % without a figure."""
    return _FULL.search(words) is not None


def is_none(words: str) -> bool:
    """不发生, 杜绝: a count of 0 without a figure."""
    return _NONE.search(words) is not None


def rises(words: str) -> bool:
    """稳中有升: an increase without a figure."""
    return _RISES.search(words) is not None


def says_growth(words: str) -> bool:
    """Whether words speak of a growth rather than name an indicator."""
    return bool(_YOY.search(words) or _AVERAGE.search(words) or _UP.search(words) or _DOWN.search(words))
