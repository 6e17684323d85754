"""简报: the month on one page, a paragraph a matter, for those who read no more than that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from desktop_app.reporting.content import Block, Closing, Document, KeepTogether, Note, Paragraph, Text
from desktop_app.reporting.monthly.build import badges_of
from desktop_app.reporting.monthly.green import green_words
from desktop_app.reporting.monthly.moves import move_words
from desktop_app.reporting.monthly.notes import gaps_words
from desktop_app.reporting.monthly.outlook import next_paragraph
from desktop_app.reporting.monthly.rural import rural_words
from desktop_app.reporting.monthly.standing import standing_words
from desktop_app.reporting.monthly_data import MonthlyData
from desktop_app.reporting.slots import FigureSlots
from desktop_app.reporting.templates import fill_section, load_templates
from desktop_app.reporting.wording import Runs, area_words, span_words

_MATTERS = ("market", "rural", "green", "service", "reporting")
_AHEAD = 3
"""Matters of the next period: a page holds no more."""


def build_brief(data: MonthlyData) -> Document:
    """Five short paragraphs, what comes first in the next period, one note, 落款."""
    own = load_templates("brief")
    blocks: list[Block] = []
    for matter in _MATTERS:
        words = _words(matter, data)
        said = [] if words is None else fill_section(own, matter, FigureSlots(data.figures, words), january=data.whole)
        lead = Text(own.text(f"lead_{matter}"), bold=True)
        first, *others = said or [Paragraph((Text(own.text("none")),), key=f"{matter}.none")]
        runs = (*first.runs, *(run for each in others for run in each.runs))
        blocks.append(replace(first, runs=(lead, *runs)))
    ahead = next_paragraph(data, _AHEAD)
    if ahead is not None:
        blocks.append(replace(ahead, runs=(Text(f"{data.next_words}重点。", bold=True), *ahead.runs)))
    notes = tuple(Note(words, label="备注" if number == 0 else "") for number, words in enumerate(_notes(data)))
    return Document(
        title=own.text("title", region=data.region_name, month=data.label),
        period_label=data.label,
        blocks=(*blocks, KeepTogether((*notes, Closing(data.bureau)))),
        edition=data.edition,
        made_on=data.made_on,
        issuer=data.bureau,
        badges=badges_of(data),
    )


def _words(matter: str, data: MonthlyData) -> Mapping[str, Runs | str | None] | None:
    """Plain slots of a paragraph; None when nothing has been entered of it."""
    match matter:
        case "market":
            area = area_words(data.region_name)
            return {"span": span_words(data.month), "month": data.words, "area": area, **move_words(data)}
        case "rural":
            known = data.rural is not None and data.rural.coverage.rate_pct is not None
            return rural_words(data, data.rural) if data.rural is not None and known else None
        case "green":
            return None if data.green is None else green_words(data, data.green.report)
        case "reporting":
            return None if data.reporting is None else standing_words(data, data.month, data.reporting)
        case _:
            return {"month": data.words}


def _notes(data: MonthlyData) -> Iterator[Runs]:
    yield (Text("部分数据因四舍五入的原因，存在着与分项合计不等的情况。"), *gaps_words(data))
