"""方案编辑: the bureau's own green programmes, in its file beside the ledger; every change noted with its reason."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from desktop_app.catalogue.model import Catalogue, Kind, Programme, ProgrammeLine
from desktop_app.catalogue.own import PROGRAMME
from desktop_app.catalogue.own_writing import programme_text
from desktop_app.catalogue.programmes import CAMPAIGN_ENDS
from desktop_app.errors import UserError
from desktop_app.models.values import NATIONAL_REGION, YES_NO_UNIT, Comparator, Month, plain, region_ancestors
from desktop_app.services import context, entry, own_file
from desktop_app.services.pinyin import initials
from desktop_app.services.programme_lines import line_fault, number
from desktop_app.services.results.entry import CellKey, TypedCell
from desktop_app.services.results.programmes import Item, LineDraft, ProgrammeBook, ProgrammeDraft, ProgrammeRow
from desktop_app.storage import audit
from desktop_app.storage.engine import Ledger

ACTION = own_file.ACTIONS[PROGRAMME]
LEVELS = {12: "县级", 6: "县级", 4: "市级", 2: "省级", 0: "全国"}
_LONGEST = 120
_YEARS = range(2000, 2100)


def programme_book(ledger: Ledger) -> ProgrammeBook:
    """The list, what has been changed, and what the dialog offers."""
    known = context.catalogue(ledger)
    with ledger.read() as session:
        events = audit.events(session, action=ACTION)
    rows = [
        ProgrammeRow(p.code, draft_of(p), p.code in known.own_programmes, p.retired, p.source)
        for p in known.programmes.values()
    ]
    rows.sort(key=lambda row: (not row.own, row.retired, -int(row.draft.year)))
    return ProgrammeBook(
        file=own_file.own_place(ledger),
        rows=tuple(rows),
        history=tuple(
            _event(e.at.astimezone().strftime("%Y-%m-%d %H:%M"), e.actor, json.loads(e.detail)) for e in events
        ),
        items=_items(known),
        units=tuple(unit for unit in known.units if unit != YES_NO_UNIT),
        places=_places(ledger),
    )


def _event(at: str, who: str, known: dict[str, object]) -> tuple[str, str, str, str, str]:
    return at, who, str(known.get("name", "")), str(known.get("what", "")), str(known.get("reason", ""))


def _items(known: Catalogue) -> tuple[Item, ...]:
    """Green indicators first, then everything else that can have a target; campaigns before all."""
    campaigns = {code[: -len(CAMPAIGN_ENDS[0])] for code in known.indicators if code.endswith(CAMPAIGN_ENDS[0])}
    named = []
    for stem in sorted(campaigns):
        first = known.indicator(f"{stem}{CAMPAIGN_ENDS[0]}")
        named.append(Item(first.name.removesuffix("检查数"), first.base_unit, campaign=stem))
    entries = [
        i
        for i in known.indicators.values()
        if i.kind is not Kind.CATEGORY and not i.retired and i.code[:-4] not in campaigns
    ]
    entries.sort(key=lambda i: not i.code.startswith("GRN.") or i.code.endswith((".NUM", ".DEN")))
    named += [Item(i.name, i.display["county"].unit.name, code=i.code, ban=i.base_unit == YES_NO_UNIT) for i in entries]
    return tuple(replace(item, initials=initials(item.name)) for item in named)


def _places(ledger: Ledger) -> tuple[tuple[str, str, str], ...]:
    own = context.home(ledger)
    found = [("本局", own.region, own.name or own.region[:6])]
    for code in [own.region, *region_ancestors(own.region)]:
        digits = 0 if code == NATIONAL_REGION else len(code.rstrip("0"))
        level = LEVELS.get(digits + digits % 2, "县级")
        found.append((level, code, context.region_name(ledger, code)))
    return tuple(found)


def draft_of(programme: Programme) -> ProgrammeDraft:
    """A programme as the dialog shows it."""
    return ProgrammeDraft(
        name=programme.name,
        document=programme.document,
        year=str(programme.year),
        level=programme.level,
        region=programme.region,
        lines=tuple(
            LineDraft(
                name=line.name,
                indicator=line.indicator or "",
                campaign=line.campaign,
                comparator=line.comparator.value,
                value="" if line.value is None else plain(line.value),
                unit=line.unit,
                due=line.as_of,
                scope=line.scope,
                clause=line.clause,
                text="" if line.text == line.name else line.text,
                increment=line.increment,
            )
            for line in programme.lines
        ),
    )


# ----------------------------------------------------------------------------------------------- checking


def check(ledger: Ledger, draft: ProgrammeDraft) -> tuple[str, ...]:
    """What stands against storing the draft; empty when nothing does."""
    known = context.catalogue(ledger)
    found = []
    if not draft.name.strip():
        found.append("没有写方案名称")
    if max(len(draft.name), len(draft.document)) > _LONGEST:
        found.append(f"名称和文件名称都不能超过 {_LONGEST} 字")
    if not draft.document.strip():
        found.append("没有写文件名称，例如：本局2021年绿色包装工作方案")
    if not (draft.year.strip().isdecimal() and int(draft.year) in _YEARS):
        found.append(f"年份“{draft.year}”写法不对，例如 2021")
    if not draft.lines:
        found.append("方案里还没有目标，至少要有一行")
    for place, line in enumerate(draft.lines, start=1):
        wrong = line_fault(known, line)
        if wrong:
            found.append(f"第{place}行{line.name}：{wrong}")
    return tuple(found)


# ----------------------------------------------------------------------------------------------- storing


def save(ledger: Ledger, draft: ProgrammeDraft, month: Month, reason: str = "", editing: str = "") -> str:
    """Store a new programme, or (``editing``) change one; its code. Counts typed with it are entered for ``month``.

    :raises UserError: something stands against it, no reason for a change, or the file cannot be written.
    """
    wrong = check(ledger, draft)
    if wrong:
        raise UserError(wrong[0], hint="改正后再保存")
    if editing and not reason.strip():
        raise UserError("改方案要写明原因", hint="例如：市局来文调整目标")
    known = context.catalogue(ledger)
    if editing and editing not in known.own_programmes:
        raise UserError("程序自带的方案不能改", hint="可以“照抄”成本局的方案再改")
    twin = next((p for p in known.programmes.values() if p.name == draft.name.strip() and p.code != editing), None)
    if twin is not None:
        raise UserError(f"已经有“{twin.name}”这个方案", hint="请换一个名称，例如加上年份和地区")
    made = _programme(known, draft, editing or _code(known, draft.year.strip()))
    cells = _cells(draft, month, context.home(ledger).region)
    if not editing or made != known.programmes[editing]:
        _write(ledger, made, "改正" if editing else "新增", reason)
    elif not cells:
        raise UserError("没有改动", hint="改了什么再保存；不改就关闭")
    for why, typed in cells.items():
        answer = entry.enter(ledger, typed, reason=why or reason.strip() or f"随绿色方案“{made.name}”录入")
        if answer.refused:
            raise UserError(f"方案已存好；{answer.refused[0].message}", hint=answer.refused[0].hint)
    return made.code


def _cells(draft: ProgrammeDraft, month: Month, region: str) -> dict[str, list[TypedCell]]:
    """Counts of campaigns and yes or no of bans, by the reason under which they are entered."""
    found: dict[str, list[TypedCell]] = {}

    def put(code: str, text: str, why: str = "") -> None:
        if text.strip():
            found.setdefault(why, []).append(TypedCell(CellKey(code, str(month), region), text.strip()))

    for line in draft.lines:
        if line.campaign:
            for end, text in zip(CAMPAIGN_ENDS, (line.checked, line.failed), strict=True):
                put(f"{line.campaign}{end}", text)
        elif line.done:
            put(line.indicator, line.done, line.evidence.strip())
    return found


def _code(known: Catalogue, year: str) -> str:
    number = 1
    while f"OWN-{year}-{number}" in known.programmes:
        number += 1
    return f"OWN-{year}-{number}"


def _programme(known: Catalogue, draft: ProgrammeDraft, code: str) -> Programme:
    return Programme(
        code=code,
        name=draft.name.strip(),
        year=int(draft.year),
        level=draft.level,
        document=draft.document.strip(),
        source=draft.document.strip(),
        region=draft.region,
        lines=tuple(_line(known, line, draft) for line in draft.lines),
    )


def _line(known: Catalogue, line: LineDraft, draft: ProgrammeDraft) -> ProgrammeLine:
    done = line.comparator == Comparator.DONE.value
    base = known.indicators[line.indicator].base_unit if line.indicator else "项"
    name = re.sub(r"\s+", " ", line.name.strip())
    return ProgrammeLine(
        name=name,
        indicator=line.indicator or None,
        comparator=Comparator(line.comparator),
        value=None if done else number(line.value),
        unit=line.unit or base,
        as_of=str(Month.parse(line.due)),
        scope=line.scope.strip() or draft.level,
        clause=line.clause.strip(),
        text=line.text.strip() or name,
        increment=line.increment,
        campaign=line.campaign,
    )


def retire(ledger: Ledger, code: str, reason: str) -> None:
    """停用: no longer offered; what was printed with it stays. A retired one is taken up again.

    :raises UserError: no own programme, or no reason.
    """
    found = _known(ledger, code)
    if not reason.strip():
        raise UserError("停用或恢复要写明原因", hint="例如：年度任务已结束")
    _write(ledger, replace(found, retired=not found.retired), "恢复使用" if found.retired else "停用", reason)


def undo(ledger: Ledger, code: str, reason: str) -> None:
    """Take the last change of a programme back; of a new one, the programme itself.

    :raises UserError: no own programme, or no reason.
    """
    found = _known(ledger, code)
    if not reason.strip():
        raise UserError("撤销要写明原因", hint="例如：录错了")
    with ledger.read() as session:
        events = [e for e in audit.events(session, action=ACTION) if e.subject == code]
    before = str(json.loads(events[1].detail).get("entry", "")) if len(events) > 1 else ""
    own_file.change(
        ledger, PROGRAMME, code, before or None, name=found.name, what="撤销上次改动", reason=reason.strip()
    )


def _known(ledger: Ledger, code: str) -> Programme:
    known = context.catalogue(ledger)
    if code not in known.own_programmes:
        raise UserError(f"没有本局的方案 {code}", hint="程序自带的方案不能改")
    return known.programmes[code]


def _write(ledger: Ledger, made: Programme, what: str, reason: str) -> None:
    own_file.change(
        ledger, PROGRAMME, made.code, programme_text(made), name=made.name, what=what, reason=reason.strip()
    )
