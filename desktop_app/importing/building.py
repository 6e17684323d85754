"""Filling a draft with what its recognised rows would store, and telling what would be left out or read wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable

from desktop_app.catalogue.lookup import split_unit
from desktop_app.importing.draft import Draft
from desktop_app.importing.lines import is_number
from desktop_app.importing.plan import FileKind
from desktop_app.importing.readers.text import BROKEN_MARKS
from desktop_app.importing.recognise.context import settle_region, settle_status
from desktop_app.importing.recognise.contradictions import (
    tell_month_over_total,
    tell_other_brand,
    tell_other_company,
    tell_other_month,
    tell_other_place,
    tell_other_unit,
)
from desktop_app.importing.recognise.figures import Aspect, split_aspect
from desktop_app.importing.recognise.grounds import complete_grounds
from desktop_app.importing.recognise.kind import Recognised
from desktop_app.importing.recognise.side_rows import pass_over_other_places
from desktop_app.importing.recognise.strange import tell_strange_heads, tell_strange_rows
from desktop_app.models.values import Severity


def build(draft: Draft, found: Recognised) -> None:
    """Fill the draft with what the recognised rows would store."""
    draft.kind = found.kind
    draft.ground(found.ground)
    settle_region(draft)
    if not draft.kind.is_register:
        settle_status(draft)
    tell_other_place(draft)
    _ragged_rows(draft)
    tell_strange_heads(draft)
    if draft.kind in {FileKind.WIDE, FileKind.GREEN, FileKind.LONG, FileKind.MONTHS}:
        pass_over_other_places(draft)
    found.build(draft)
    tell_strange_rows(draft)
    _tell_no_figures(draft)
    _tell_unread_columns(draft)
    _tell_repairs(draft)
    complete_grounds(draft)
    _finish_facts(draft)
    tell_other_company(draft)
    tell_other_brand(draft)
    tell_other_unit(draft)
    tell_other_month(draft)
    tell_month_over_total(draft)


def tell_damage(draft: Draft, warnings: Iterable[str]) -> None:
    """A damaged name or figure may have been another one: whoever stores it says that it was looked at."""
    for words in warnings:
        if BROKEN_MARKS in words:
            draft.warn("BROKEN_TEXT", words, "请企业重发；核对过这几格不碍事的，写明原因")


def _ragged_rows(draft: Draft) -> None:
    """A row with filled cells beyond the head has slipped: a separator inside a figure, most likely."""
    head = draft.table.head
    if head is None:
        return
    named = max((c for c, levels in enumerate(head.levels) if levels), default=-1) + 1
    for row, _ in draft.body():
        extra = sum(1 for cell in draft.table.cells[row][named:] if cell)
        if extra:
            draft.error(
                "ROW_TOO_LONG",
                f"这一行比表头多 {extra} 格，各列可能错位",
                "表格右边没有列名的地方不要写字；请移到备注列再发"
                if draft.table.sheet.name
                else "多半是数字里的逗号没有加引号；请企业另存为 .xlsx 再发",
                row=row,
                value="｜".join(draft.table.cells[row][named:])[:60],
            )


_TOLD = 6
_RATE_WORDS = re.compile("率|占比|比重|日均|人均|件均|均价|单价")
_FIGURE_WORDS = re.compile(r"业务量|收入|投递|揽收|收寄|件数|件量|数量|票数|完成")


_PART_WORDS = re.compile(r"(?:其中\s*[:：]?\s*)?(?:国内)?(?:同城|异地|国际|港澳台|国际[/及、]?港澳台)(?:件|快递)?")
_NO_FIGURES = re.compile(r"序号|编号|代码|行次|行号|电话|手机|邮编|日期|时间|年份|月份")


def _tell_unread_columns(draft: Draft) -> None:
    """Columns of figures that were taken for nothing: asked about where they speak of volume or revenue, else told."""
    if draft.kind not in {FileKind.WIDE, FileKind.GREEN, FileKind.OFFICIAL_FORM}:
        return
    quiet = bool(draft.issues)
    others: list[str] = []
    for column, head in enumerate(draft.shown):
        word = split_unit(head)[0]
        if column in draft.meanings or column in draft.said or not word or not _holds_numbers(draft, column):
            continue
        if (_FIGURE_WORDS.search(head) or _PART_WORDS.fullmatch(word)) and not quiet:
            draft.warn(
                "UNREAD_COLUMN",
                f"“{head}”这一列没有认出是什么，里面的数没有收",
                "要收的请说明这一列是什么；不要的写明原因",
                column=head,
            )
        elif not _NO_FIGURES.search(head) and split_aspect([word])[0] is Aspect.MONTH:
            others.append(f"“{head}”")
    if others and not any(issue.severity is Severity.ERROR and issue.row is None for issue in draft.issues):
        draft.notes.append(f"有数、没有认出、没有收的列：{'、'.join(others[:_TOLD])}" + " 等" * (len(others) > _TOLD))


def _holds_numbers(draft: Draft, column: int) -> bool:
    rows = draft.table.data_rows
    numbers = sum(1 for row in rows if is_number(draft.cell(row, column)))
    return numbers > 0 and 2 * numbers >= len(rows)


_FIGURE_KINDS = frozenset(
    {FileKind.OFFICIAL_FORM, FileKind.WIDE, FileKind.LONG, FileKind.MONTHS, FileKind.GREEN, FileKind.NATIONAL}
)


def _tell_no_figures(draft: Draft) -> None:
    """A report of which nothing can be stored is refused; one without a single number is worth a question.

    Most often the wrong or an empty form was sent.
    """
    if (
        draft.kind in _FIGURE_KINDS
        and not (draft.facts or draft.outlet_figures)
        and not any(i.severity is Severity.ERROR for i in draft.issues)
    ):
        rates = [head for head in draft.shown if _RATE_WORDS.search(head)]
        if rates:
            draft.error(
                "NOTHING_TO_STORE",
                f"表里只有比率或日均（{'、'.join(rates)[:60]}），没有一个可以入库的数，所以没有收",
                "请企业报算出它们的数：分子和分母的件数、整月的业务量和收入；比率和日均由程序算",
            )
            return
    if draft.kind not in _FIGURE_KINDS or draft.issues or any(fact.value is not None for fact in draft.facts):
        return
    draft.warn("NO_FIGURES", "表里没有一个数，全是空格或“未报”“不适用”", "请核对企业是不是发错了表；确无数据的写明原因")


def _tell_repairs(draft: Draft) -> None:
    """Accepted repairs are said in one sentence that stays with the batch; one that fits no cell is an error."""
    for repair in draft.options.repairs:
        if repair not in draft.repaired:
            draft.error(
                "REPAIR_LOST",
                f"第{repair.row}行第{repair.column + 1}列不是可以按{repair.unit}读的数",
                "文件或读法已经变了，请重新核对后再改读单位",
            )
    if draft.repaired:
        told = sorted(draft.repaired, key=lambda repair: (repair.row, repair.column))
        rows = "、".join(dict.fromkeys(str(repair.row) for repair in told))
        units = "、".join(dict.fromkeys(repair.unit for repair in told))
        draft.warn(
            "UNIT_REPAIRED",
            f"单位改读：第{rows}行共 {len(told)} 格按{units}读（{draft.options.repair_reason}）",
            "企业的原文件不动；改读随批次留存，撤销批次即恢复",
            row=told[0].row - 1,
            column=draft.name(told[0].column),
            value=draft.cell(told[0].row - 1, told[0].column),
        )


def _finish_facts(draft: Draft) -> None:
    """Figures of rows with errors are not planned."""
    draft.unread |= {fact.indicator.code for fact in draft.facts if fact.figure.row in draft.broken_rows}
    draft.left_out = [fact for fact in draft.facts if fact.figure.row in draft.broken_rows]
    draft.facts = [fact for fact in draft.facts if fact.figure.row not in draft.broken_rows]
