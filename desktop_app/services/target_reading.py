"""Sentences pasted by the clerk: read, and held against the ledger where they say what last year was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop_app.catalogue.targets import Target
from desktop_app.indicators.amounts import Calculator
from desktop_app.indicators.scope import Scope
from desktop_app.indicators.target_bases import base_asked_and_known, implied_base_words
from desktop_app.indicators.target_conflicts import growth_pairs, implied_words
from desktop_app.indicators.target_pace import amount_text
from desktop_app.models.values import Month
from desktop_app.services import context
from desktop_app.services.ledger import work_month
from desktop_app.services.results.targets import Reading, TargetDraft
from desktop_app.storage.engine import Ledger


def read_text(ledger: Ledger, text: str, year: int, document: str = "") -> Reading:
    """What targets pasted sentences hold, what is left of them, and what value and growth ask of last year.

    Nothing is stored.

    :param year: for what names no date, unless the title does.
    """
    from desktop_app.importing.target_text import read_sentences

    catalogue, scope = context.catalogue(ledger), context.scope(ledger)
    reading = read_sentences(text, year, catalogue, document)
    drafts, bases = list(reading.drafts), []
    calc = context.calculator(ledger, work_month(ledger))
    for level, growth in growth_pairs(_as_targets(reading.drafts, scope.region)):
        words, alarm = _base_words(calc, level, growth, scope)
        bases.append(words)
        if alarm:
            place = int(growth.code)
            drafts[place] = replace(drafts[place], doubts=(*drafts[place].doubts, words))
    return replace(reading, drafts=tuple(drafts), bases=tuple(bases))


def _as_targets(drafts: Sequence[TargetDraft], region: str) -> list[Target]:
    """As they would stand in the register; the code is the place in the list."""
    return [
        Target(
            code=str(place),
            document="",
            document_code="",
            region=region,
            name=draft.name,
            indicator=draft.indicator,
            measure=draft.measure,
            comparator=draft.comparator,
            value=draft.value,
            unit=draft.unit,
            due=draft.due,
            clause=draft.text,
            text=draft.text,
            scope=draft.scope,
            base_month=draft.base_month,
            base_value=draft.base_value,
        )
        for place, draft in enumerate(drafts)
    ]


def _base_words(calc: Calculator, level: Target, growth: Target, scope: Scope) -> tuple[str, bool]:
    """“快递业务量倒算2020年为20.87亿件，台账上年为…，相符”, and whether it is an alarm."""
    indicator = calc.catalogue.indicator(level.indicator or "")
    said = f"{indicator.name}{implied_words(level, growth, calc.catalogue.units)}"
    before = Month(level.due.year - 1, level.due.month)
    broken = indicator.break_between(before, level.due)
    _, own = base_asked_and_known(calc, indicator, level, growth, scope)
    if own is None and broken is not None:
        return f"{said}；{broken.month.label}起{broken.reason}，以前的数是旧价，不能直接相比", True
    if own is None:
        return f"{said}；台账没有完整的{before.year}年的数，没有核对", False
    ours = f"台账上年为{amount_text(indicator, own, scope)}"
    if implied_base_words(calc, level, growth, scope):
        return f"{said}，{ours}，对不上；请核对目标或上年的数", True
    return f"{said}，{ours}，相符", False
