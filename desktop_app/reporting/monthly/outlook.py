"""服务质量, 存在问题 and 下月重点: what the figures themselves ask for, as sentences that can be signed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from desktop_app.models.values import CellState
from desktop_app.reporting.content import Block, Heading, Paragraph, Run, Text
from desktop_app.reporting.monthly.green import green_words
from desktop_app.reporting.monthly.moves import REVENUE, VOLUME
from desktop_app.reporting.monthly.rural import rural_words
from desktop_app.reporting.monthly.standing import DUTY
from desktop_app.reporting.monthly_data import MonthlyData
from desktop_app.reporting.slots import FigureSlots
from desktop_app.reporting.templates import Slots, Templates, fill, fill_section, joined, load_templates
from desktop_app.reporting.wording import Origin, Runs, count_words, listed, month_words

_MATTERS = ("missing", "returned", "market", "price", "relapsed", "gaps", "green", "targets", "next")
_ORDINALS = "一二三四五六七八九"
_NAMED = 3


def service_section(data: MonthlyData, templates: Templates) -> list[Block]:
    """Complaints, satisfaction, times, losses: what has been entered of them."""
    heading = Heading(templates.text("heading_service"))
    slots = FigureSlots(data.figures, {"month": data.words})
    said = fill_section(templates, "service", slots, january=data.whole)
    return [heading, *(said or [Paragraph((Text(templates.text("none_service", month=data.words)),))])]


def outlook_sections(data: MonthlyData, templates: Templates) -> list[Block]:
    """存在问题 and 下月重点, each a paragraph 一是…；二是…"""
    problems, after = (
        Heading(templates.text("heading_problems")),
        Heading(templates.text("heading_next", next=data.next_words)),
    )
    if not data.figures and data.rural is None and data.green is None and data.reporting is None:
        nothing = Paragraph((Text(templates.text("none_outlook", month=data.words)),))
        return [problems, nothing, after, nothing]
    slots = FigureSlots(data.figures, _words(data))
    return [
        problems,
        _listed("problem", templates, slots) or Paragraph((Text(templates.text("none_problems", this=data.this)),)),
        after,
        _listed("next", templates, slots) or Paragraph((Text(templates.text("none_next")),)),
    ]


def next_paragraph(data: MonthlyData, most: int) -> Paragraph | None:
    """What the figures ask for first in the next period, ``most`` matters; None when it is nothing."""
    return _listed("next", load_templates("monthly"), FigureSlots(data.figures, _words(data)), most)


def _listed(what: str, templates: Templates, slots: Slots, most: int = len(_ORDINALS)) -> Paragraph | None:
    """The matters that can be said, counted when there are several."""
    found = [said for matter in _MATTERS if (said := _matter(f"{what}_{matter}", templates, slots)) is not None]
    if not found:
        return None
    runs: list[Run] = []
    for number, each in enumerate(found[:most]):
        if len(found) > 1:
            runs.append(Text(f"{'；' if number else ''}{_ORDINALS[number]}是"))
        runs += each
    return Paragraph(joined([*runs, Text("。")]), key=f"{what}.1")


def _matter(key: str, templates: Templates, slots: Slots) -> Runs | None:
    words = templates.texts.get(key)
    return None if words is None else fill(words, slots)


def _words(data: MonthlyData) -> Mapping[str, Runs | str | None]:
    rural = rural_words(data, data.rural) if data.rural and data.rural.coverage.rate_pct is not None else {}
    green = green_words(data, data.green.report) if data.green is not None else {}
    behind = data.behind
    return {
        "this": data.this,
        "month": data.words,
        "last_month": month_words(data.month),
        "next": data.next_words,
        "next_due": data.next_due or None,
        "area": rural.get("area"),
        **dict(_standing(data)),
        "gaps": rural.get("gaps"),
        "relapsed": rural.get("relapsed"),
        "unmet": green.get("unmet"),
        "behind": count_words(len(behind), "项", Origin("LEDGER", str(data.time))) if behind else None,
        "behind_names": listed(behind[:_NAMED]) + ("等" if len(behind) > _NAMED else "") if behind else None,
        "falls": _falls(data),
        "scissors": _scissors(data),
    }


def _standing(data: MonthlyData) -> Iterator[tuple[str, Runs | str | None]]:
    part = data.reporting
    for key in ("missing", "returned"):
        names: Sequence[str] = () if part is None else getattr(part, key)
        yield key, count_words(len(names), "家", Origin(DUTY, str(data.month))) if names else None
        shown = names and data.edition.names_companies
        yield f"{key}_names", "、".join(names) if shown else None


def _falls(data: MonthlyData) -> Runs | None:
    """业务量同比下降5.9%、业务收入同比下降…: only what has really fallen."""
    slots = FigureSlots(data.figures, {})
    runs: list[Run] = []
    for code, name in ((VOLUME, "业务量"), (REVENUE, "业务收入")):
        figure = data.figures.get(code)
        words = slots(f"{code}:yoy")
        if figure is None or figure.yoy_surplus or (figure.yoy_pct or 0) >= 0 or words is None:
            continue
        runs += [*((Text("，"),) if runs else ()), Text(name), *words]
    return tuple(runs) or None


def _scissors(data: MonthlyData) -> Runs | None:
    """量收增速: volume grows faster than revenue and the income a parcel falls."""
    volume, revenue, price = (data.figures.get(code) for code in (VOLUME, REVENUE, "MKT.UNITPRICE"))
    if volume is None or revenue is None or price is None or price.state is not CellState.VALUE:
        return None
    if price.yoy_pct is None or price.yoy_pct >= 0 or (volume.yoy_pct or 0) <= (revenue.yoy_pct or 0):
        return None
    return FigureSlots(data.figures, {})("MKT.UNITPRICE:yoy")
