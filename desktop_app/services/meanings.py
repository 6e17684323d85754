"""What a column of a file may be said to mean: indicators by group, aspects, units, and what is no figure."""

from __future__ import annotations

from desktop_app.catalogue.model import Catalogue, Indicator, Kind
from desktop_app.importing.kinds.wide import is_computed
from desktop_app.importing.recognise.figures import find_indicator, read_head
from desktop_app.importing.recognise.vocabulary import recognising
from desktop_app.services import context
from desktop_app.services.pinyin import initials
from desktop_app.services.results.meanings import IndicatorMeaning, MeaningBook
from desktop_app.storage.engine import Ledger

ROLES = (
    *("企业", "月份", "地区", "建制村", "村代码", "乡镇", "指标", "数值", "单位"),
    *("品牌", "进村方式", "现状", "周投递次数", "村级站点", "月收件", "月投件", "核查日期"),
)
"""Words that :func:`~desktop_app.importing.recognise.by_profile.understood` knows as roles of columns."""
ASPECTS = ("本月", "本年累计", "上年同期", "同比", "上年同期累计", "累计同比", "上月", "环比")
_UNITS = {"件": ("件", "千件", "万件", "亿件"), "元": ("元", "千元", "万元", "亿元"), "个": ("个", "万个")}


def meaning_book(ledger: Ledger) -> MeaningBook:
    """The ledger's catalogue; loads the pinyin dictionary at the first call."""
    return context.cached(ledger, "meanings", lambda: _book(context.catalogue(ledger)))


def _book(catalogue: Catalogue) -> MeaningBook:
    with recognising(catalogue):
        return MeaningBook(
            tuple(_entry(each) for each in catalogue.indicators.values() if _reported(each)),
            tuple((role, (role, initials(role))) for role in ROLES),
            ASPECTS,
            _UNITS,
        )


def _reported(indicator: Indicator) -> bool:
    """Files carry it: it is not computed, and its name is not just another word for one that is carried."""
    computed = is_computed(indicator) or indicator.kind is Kind.INDEX or indicator.retired
    found = find_indicator((indicator.name,))
    return not computed and found is not None and found.code == indicator.code


def _entry(indicator: Indicator) -> IndicatorMeaning:
    words = dict.fromkeys(
        word.casefold()
        for name in (indicator.name, indicator.short, *indicator.aliases)
        for word in (name, initials(name))
        if word
    )
    read = read_head([f"{indicator.name}{ASPECTS[1]}"], 0, "")
    whole = read is not None and read.indicator.code == indicator.code
    group = indicator.group.replace("/", " › ")
    return IndicatorMeaning(indicator.name, group, indicator.base_unit, tuple(words), whole)
