"""四、报送情况: who has reported, who has not. A public edition gives counts and no names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop_app.models.values import Month
from desktop_app.reporting.content import Block, Heading, Paragraph, Text
from desktop_app.reporting.monthly_data import MonthlyData, ReportingPart
from desktop_app.reporting.slots import FigureSlots
from desktop_app.reporting.templates import Templates, fill, fill_section
from desktop_app.reporting.wording import Origin, Runs, count_words, month_words

DUTY = "REPORTING"
"""Code of the counts of companies; they come from the duties, not from an indicator."""


def reporting_section(data: MonthlyData, templates: Templates) -> list[Block]:
    """Heading and one paragraph."""
    heading = Heading(templates.text("heading_reporting"))
    part = data.reporting
    if part is None or part.expected == 0:
        return [heading, Paragraph((Text(templates.text("none_reporting")),))]
    blocks: list[Block] = [heading]
    told, quiet = [*data.reporting_before, (data.month, part)], []
    while told and _nothing_to_tell(told[0][1]) and told[0][1].expected == part.expected:
        quiet.append(told.pop(0))
    if len(quiet) > 1:
        # A sentence for each month of half a year says the same six times.
        words = {"months": (Text(_run_of(quiet[0][0], quiet[-1][0])),), "expected": _expected(quiet[-1])}
        blocks.append(Paragraph(fill(templates.texts["reporting_all"], words.get) or (), key="reporting.all"))
    else:
        told = quiet + told
    for month, each in told:
        slots = FigureSlots(data.figures, standing_words(data, month, each))
        blocks += fill_section(templates, "reporting", slots, january=False)
    return blocks


def _nothing_to_tell(part: ReportingPart) -> bool:
    """Everybody has reported, on time, figures that were not noughts, and nobody has corrected any."""
    return part.reported == part.expected and not (part.late or part.zero or part.corrected)


def _run_of(first: Month, last: Month) -> str:
    return f"{first.month}—{last.month}月"


def _expected(told: tuple[Month, ReportingPart]) -> Runs:
    return count_words(told[1].expected, "家", Origin(DUTY, str(told[0])))


def standing_words(data: MonthlyData, month: Month, part: ReportingPart) -> Mapping[str, Runs | str | None]:
    """Plain slots of the section: how many companies stand how, and their names."""
    origin = Origin(DUTY, str(month))

    def number(count: int) -> Runs | None:
        return count_words(count, "家", origin) if count else None

    def names(companies: Sequence[str]) -> str | None:
        return "、".join(companies) if companies and data.edition.names_companies else None

    words: dict[str, Runs | str | None] = {
        "month": month_words(month),
        "due": part.due_label or None,
        "expected": number(part.expected),
        "reported": count_words(part.reported, "家", origin),
        "zero": number(len(part.zero)),
        "complete": None if part.missing or part.returned else (),
    }
    for key in ("missing", "returned", "late", "corrected"):
        companies: tuple[str, ...] = getattr(part, key)
        words[key] = number(len(companies))
        words[f"{key}_names"] = names(companies)
    return words
