"""自设指标: the bureau's own indicators, kept in a file beside the ledger; every change noted with its reason."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

from desktop_app.catalogue.model import Dimension, Frequency, Indicator, Kind, Owner
from desktop_app.catalogue.own import INDICATOR
from desktop_app.catalogue.own_writing import entry_text
from desktop_app.errors import CatalogueError, UserError
from desktop_app.models.values import YES_NO_UNIT, Month, Polarity
from desktop_app.services import context, own_file
from desktop_app.services.figures import regions_with_figures
from desktop_app.services.own_drafts import check, draft_of, fit, lie_beside
from desktop_app.services.pinyin import initials
from desktop_app.services.results.own_indicators import OwnBook, OwnDraft, OwnRow, Word
from desktop_app.storage import audit, comparable, observations
from desktop_app.storage import targets as stored_targets
from desktop_app.storage.engine import Ledger

ACTION = own_file.ACTIONS[INDICATOR]
"""Audit word of every change."""
KINDS = (
    (Kind.FLOW, "流量（各月相加）"),
    (Kind.STOCK, "存量（取期末）"),
    (Kind.RATIO, "比率（由公式算）"),
    (Kind.SCORE, "得分、时长（不相加）"),
    (Kind.COUNT, "计数（各月相加）"),
    (Kind.RANK, "名次"),
    (Kind.CATEGORY, "分类"),
)
OWNERS = ((Owner.BUREAU, "本局录入"), (Owner.COMPANY, "企业报送"), (Owner.SUPERIOR, "上级下发"))
POLARITIES = ((Polarity.UP, "越高越好"), (Polarity.DOWN, "越低越好"), (Polarity.NEUTRAL, "不分好坏"))
DIMENSIONS = ((Dimension.COMPANY, "按企业"), (Dimension.TOWN, "按乡镇"))

# ----------------------------------------------------------------------------------------------- showing


def own_book(ledger: Ledger) -> OwnBook:
    """The list, what is wrong in the file, and what the dialog offers."""
    reading, catalogue = context.own_reading(ledger), context.catalogue(ledger)
    with ledger.read() as session:
        figures = observations.figures_of(session, list(reading.entries))
        events = audit.events(session, action=ACTION)
    names = {code: entry.name for code, entry in catalogue.indicators.items()}
    return OwnBook(
        file=str(ledger.own_file or ""),
        rows=tuple(_row(entry, figures.get(code, 0), names) for code, entry in reading.entries.items()),
        faults=tuple((f"{f.where}：{f.message}" if f.where else f.message, f.hint) for f in own_file.faults(ledger)),
        history=tuple(_event(e.at.astimezone().strftime("%Y-%m-%d %H:%M"), e.actor, e.detail) for e in events),
        groups=tuple(dict.fromkeys(("本局自设/自设指标", *catalogue.groups))),
        units=tuple((unit.name, unit.base) for unit in catalogue.units.values() if unit.name != YES_NO_UNIT),
        kinds=tuple((kind.value, label) for kind, label in KINDS),
        owners=tuple((owner.value, label) for owner, label in OWNERS),
        polarities=tuple((each.value, label) for each, label in POLARITIES),
        frequencies=tuple((each.value, each.label) for each in Frequency),
        dimensions=tuple((each.value, label) for each, label in DIMENSIONS),
        words=tuple(
            Word(entry.code, entry.name, entry.base_unit, initials(entry.name))
            for entry in catalogue.indicators.values()
            if entry.kind is not Kind.CATEGORY
        ),
        regions=tuple((choice.key, choice.name) for choice in regions_with_figures(ledger)),
    )


def _event(at: str, who: str, detail: str) -> tuple[str, str, str, str, str]:
    known = json.loads(detail)
    return at, who, str(known.get("name", "")), str(known.get("what", "")), str(known.get("reason", ""))


def _row(entry: Indicator, figures: int, names: Mapping[str, str]) -> OwnRow:
    newest_first = (entry, *reversed(entry.earlier))
    return OwnRow(
        draft=draft_of(entry),
        kind=dict(KINDS)[entry.kind].split("（")[0] if entry.kind in dict(KINDS) else entry.kind.value,
        computed=entry.formula.describe(names) if entry.formula is not None else "",
        version=entry.definition_version,
        validity=_validity(entry),
        figures=figures,
        retired=entry.retired,
        versions=tuple(f"第{e.definition_version}版（{_validity(e)}）：{e.definition}" for e in newest_first),
    )


def _validity(entry: Indicator) -> str:
    if entry.valid_from is None and entry.valid_to is None:
        return "一直有效"
    start = f"{entry.valid_from.label}起" if entry.valid_from else ""
    return start + (f"至{entry.valid_to.label}" if entry.valid_to else "")


# ----------------------------------------------------------------------------------------------- storing


def save(ledger: Ledger, draft: OwnDraft, reason: str = "", editing: str = "") -> str:
    """Store a new indicator, or (``editing``) another wording or version of one; its code.

    :raises UserError: something stands against it, no reason for a change, or the file cannot be written.
    """
    wrong = check(ledger, draft, editing)
    if wrong:
        raise UserError(wrong[0][1], hint="改正后再保存")
    if editing and not reason.strip():
        raise UserError("改指标要写明原因", hint="例如：市局来文调整口径")
    known, own = context.catalogue(ledger), context.own_reading(ledger).entries
    made = fit(draft, editing, known, own)
    if editing and made == fit(draft_of(own[editing]), editing, known, own):
        raise UserError("没有改动", hint="改了什么再保存；不改就关闭")
    what = "改正" if editing else "新增"
    if draft.new_from:
        what = f"改口径，{draft.new_from} 起为第{made.definition_version}版"
    _write(ledger, made.code, made, what, reason.strip())
    return made.code


def retire(ledger: Ledger, code: str, last: Month, reason: str) -> None:
    """停用: the last month for which it holds; it is no longer offered or recognised, its figures stay.

    :raises UserError: unknown, retired already, no reason.
    """
    entry = _known(ledger, code)
    if entry.retired:
        raise UserError(f"{entry.name}已经停用", where=code)
    if not reason.strip():
        raise UserError("停用要写明原因", hint="例如：改用市局统一的指标")
    if entry.valid_from is not None and last < entry.valid_from:
        raise UserError(f"停用的月份早于启用的 {entry.valid_from}", hint="请换一个月份")
    _write(ledger, code, replace(entry, retired=True, valid_to=last), f"停用，用到 {last}", reason.strip())


def resume(ledger: Ledger, code: str, reason: str) -> None:
    """Take a retired one up again.

    :raises UserError: unknown, not retired, or its words have been given to another one meanwhile.
    """
    entry = _known(ledger, code)
    if not entry.retired:
        raise UserError(f"{entry.name}没有停用", where=code)
    again = replace(entry, retired=False, valid_to=None)
    _fit_again(ledger, again)
    _write(ledger, code, again, "恢复使用", reason.strip())


def remove(ledger: Ledger, code: str, reason: str) -> None:
    """Take one out that nothing rests on.

    :raises UserError: it has figures, targets or comparable bases, or another formula reads it.
    """
    entry = _known(ledger, code)
    with ledger.read() as session:
        count = observations.figures_of(session, [code]).get(code, 0)
        aims = [t.name for t in stored_targets.own_targets(session) if t.indicator == code]
        bases = [b for b in comparable.current_bases(session) if b.indicator == code]
    readers = [
        each.name
        for each in context.catalogue(ledger).indicators.values()
        if any(v.formula is not None and code in v.formula.inputs for v in (each, *each.earlier))
    ]
    schemes = [p.name for p in context.catalogue(ledger).programmes.values() if code in {x.indicator for x in p.lines}]
    rests = [
        *([f"台账里有它的 {count} 个数"] if count else []),
        *([f"目标“{'、'.join(aims)}”用到它"] if aims else []),
        *(["录有它的可比口径基数"] if bases else []),
        *([f"{'、'.join(readers)}的公式用到它"] if readers else []),
        *([f"绿色方案“{'、'.join(schemes)}”用到它"] if schemes else []),
    ]
    if rests:
        raise UserError(f"{entry.name}不能删：{'；'.join(rests)}", hint="不再用就停用，以前的数都还在")
    _write(ledger, code, None, "删去", reason.strip(), entry.name)


def _fit_again(ledger: Ledger, entry: Indicator) -> None:
    own = context.own_reading(ledger).entries
    try:
        lie_beside(entry, own)
    except CatalogueError as error:
        raise UserError(error.message, hint="先改掉重复的名称或别名") from None


def _known(ledger: Ledger, code: str) -> Indicator:
    found = context.own_reading(ledger).entries.get(code)
    if found is None:
        raise UserError(f"没有自设指标 {code}", hint="程序自带的指标不能改")
    return found


def _write(ledger: Ledger, code: str, entry: Indicator | None, what: str, reason: str, name: str = "") -> None:
    text = entry_text(entry) if entry is not None else None
    own_file.change(
        ledger, INDICATOR, code, text, name=entry.name if entry is not None else name, what=what, reason=reason
    )
