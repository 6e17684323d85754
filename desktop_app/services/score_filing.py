"""A scored sheet is stored, corrected or withdrawn; the register's 绿色网点 and the month's number follow it.

The flag is set by a batch of the register and the number (GRN.OUTLET) by an entry of the bureau, so that history, undo
and 此数从何来 know both without more.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from desktop_app.errors import UserError
from desktop_app.importing.plan import FileKind
from desktop_app.models.values import BatchState, Flag, Month, Period
from desktop_app.services import context, entry, hand_batch, imports
from desktop_app.services.ledger import actor
from desktop_app.services.results.entry import CellKey, TypedCell
from desktop_app.services.results.scoring import Filed, ScoreSheet
from desktop_app.services.scoring import CORRECTED, YES, day_of, in_use, judged, month_end, score_of
from desktop_app.storage import assessments, audit, batches, observations, outlets
from desktop_app.storage.assessments import StoredAssessment
from desktop_app.storage.engine import Ledger

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

ACTION = "绿色评分"
TITLE = "绿色网点评分.csv"
COUNT = "GRN.OUTLET"
_LONGEST = 120


def save_sheet(ledger: Ledger, sheet: ScoreSheet, reason: str = "") -> Filed:
    """Store a finished sheet; one that is stored already (``sheet.id``) is replaced by it and stays in the history.

    :raises UserError: something is missing or wrong; a correction without its reason or without a change.
    """
    if sheet.id and not reason.strip():
        raise UserError("改正评分要写明原因", hint="例如：满分按市局指引调整")
    words, stored = _whole(ledger, sheet)
    month = _month(stored.made_on)
    old: StoredAssessment | None = None
    if sheet.id:
        with ledger.read() as session:
            old = next((each for each in assessments.assessments(session) if each.id == sheet.id), None)
        if old is not None and _same(old, stored):
            raise UserError("没有改动", hint="改了什么再保存；不改就关闭")
        if old is not None:
            _take_count_back(ledger, old)
    before = count_green(ledger, month)
    with ledger.write() as session:
        gone = None
        if sheet.id:
            gone = assessments.withdraw_assessment(session, sheet.id, f"{CORRECTED}{reason.strip()}"[:200])
            stored = replace(stored, replaces=gone.id)
        stored = replace(stored, flag_before=_flag_before(session, stored, gone))
        number = assessments.add_assessment(session, stored, by=actor())
        detail = {"sheet": number, "what": words, "on": sheet.made_on, "replaces": sheet.id, "reason": reason.strip()}
        audit.append(session, actor(), ACTION, stored.place, detail)
        told = [_set_flag(ledger, session, stored, f"评分表第 {number} 号，{words}")]
    told.append(_set_count(ledger, number, stored, month, before))
    if old is not None and _month(old.made_on) != month:
        told.append(_renew_count(ledger, _month(old.made_on)))
    return Filed(number, "".join(told))


def withdraw_sheet(ledger: Ledger, number: int, reason: str) -> Filed:
    """Take a sheet back; it stays with its reason, and the sheet before it counts again.

    :raises UserError: no reason.
    """
    if not reason.strip():
        raise UserError("撤回评分要写明原因", hint="例如：评错了网点")
    with ledger.read() as session:
        known = next((each for each in assessments.assessments(session) if each.id == number), None)
    if known is not None:
        _take_count_back(ledger, known)
    with ledger.write() as session:
        stored = assessments.withdraw_assessment(session, number, reason.strip()[:200])
        detail = {"sheet": number, "what": "撤回", "reason": reason.strip()}
        audit.append(session, actor(), ACTION, stored.place, detail)
        told = _set_flag(ledger, session, stored, f"撤回评分表第 {number} 号，{reason.strip()}")
    return Filed(number, told + _renew_count(ledger, _month(stored.made_on)))


# ------------------------------------------------------------------------------------------------- the sheet


def _whole(ledger: Ledger, sheet: ScoreSheet) -> tuple[str, StoredAssessment]:
    """The result in words and the sheet as it is stored.

    :raises UserError: something is missing or wrong.
    """
    words, passed = judged(ledger, sheet)
    unscored = any(not item.scored.strip() for item in sheet.items)
    if passed is None or unscored or any(not said for _, said in sheet.vetoes):
        raise UserError("还没有评完", hint="每一项都要打分，每个一票否决项都要选有或无")
    made_on = day_of(sheet.made_on)
    if not sheet.place.strip() or len(sheet.place) > _LONGEST:
        raise UserError("没有写评的是哪里，或者名称太长", hint=f"不超过 {_LONGEST} 字")
    if not sheet.assessor.strip():
        raise UserError("没有写评分人", hint="评分要有人负责")
    return words, StoredAssessment(
        form=sheet.form,
        outlet_id=sheet.outlet,
        place=sheet.place.strip(),
        made_on=made_on,
        assessor=sheet.assessor.strip()[:60],
        items=tuple((item.name, item.full.strip(), item.scored.strip()) for item in sheet.items),
        vetoes=tuple((text, said == YES) for text, said in sheet.vetoes),
    )


def _same(old: StoredAssessment, new: StoredAssessment) -> bool:
    return (old.place, old.made_on, old.assessor, old.items, old.vetoes) == (
        *(new.place, new.made_on, new.assessor, new.items, new.vetoes),
    )


def _month(day: date) -> Month:
    return Month(day.year, day.month)


# ------------------------------------------------------------------------------------------------- the flag


def _sheets_of(session: Session, outlet: int | None, place: str) -> list[StoredAssessment]:
    """Sheets in force of one place, the newest first."""
    return [s for s in assessments.assessments(session) if (s.outlet_id, s.place) == (outlet, place)]


def _flag_before(session: Session, sheet: StoredAssessment, gone: StoredAssessment | None) -> Flag | None:
    """What the register said before the outlet was scored for the first time."""
    if sheet.outlet_id is None:
        return None
    known = [*_sheets_of(session, sheet.outlet_id, sheet.place), *([gone] if gone is not None else [])]
    said = next((each.flag_before for each in known if each.flag_before is not None), None)
    if said is not None:
        return said
    return next((outlet.green for outlet in outlets.outlets(session) if outlet.id == sheet.outlet_id), None)


def _set_flag(ledger: Ledger, session: Session, sheet: StoredAssessment, reason: str) -> str:
    """Bring the register to the newest sheet, or back to what it said before there was any."""
    if sheet.outlet_id is None:
        return ""
    outlet = next((o for o in outlets.outlets(session) if (o.id, o.name) == (sheet.outlet_id, sheet.place)), None)
    if outlet is None:
        return f"名录里没有“{sheet.place}”，没有改标志。"
    standing = _sheets_of(session, sheet.outlet_id, sheet.place)
    if standing:
        wanted = Flag.YES if score_of(ledger, standing[0]).passed else Flag.NO
    else:
        wanted = sheet.flag_before or outlet.green
    if wanted is outlet.green:
        return ""
    head = ("网点", "备案编号", "绿色网点原为", "绿色网点", "依据")
    line = (outlet.name, outlet.filing_no, outlet.green.value, wanted.value, reason)
    batch = hand_batch.open_batch(session, TITLE, FileKind.OUTLETS, [head, line], reason=reason)
    outlets.mark_green(session, outlet.id, wanted, batch_id=batch)
    return f"名录的绿色网点标志由“{outlet.green.value}”改为“{wanted.value}”。"


# ------------------------------------------------------------------------------------------------- the number


def count_green(ledger: Ledger, month: Month) -> int:
    """Green outlets and sorting centres at the end of a month: by their newest sheet, without one by the register."""
    with ledger.read() as session:
        register = outlets.outlets(session)
        sheets = assessments.assessments(session)
    last = month_end(month)
    found = 0
    for outlet in register:
        mine = [s for s in sheets if (s.outlet_id, s.place) == (outlet.id, outlet.name)]
        then = next((s for s in mine if s.made_on <= last), None)
        if not in_use(outlet, month):
            continue
        if then is not None:
            found += score_of(ledger, then).passed is True
        else:  # the register shows what a later sheet says
            found += (mine[-1].flag_before if mine else outlet.green) is Flag.YES
    centres: dict[str, StoredAssessment] = {}
    for sheet in sheets:
        if sheet.outlet_id is None and sheet.made_on <= last:
            centres.setdefault(sheet.place, sheet)
    return found + sum(score_of(ledger, sheet).passed is True for sheet in centres.values())


def _standing(ledger: Ledger, month: Month) -> int | None:
    """The month's number as the ledger has it."""
    value = context.calculator(ledger, month).amount(COUNT, Period.of_month(month)).value
    return None if value is None else int(value)


def _set_count(ledger: Ledger, number: int, sheet: StoredAssessment, month: Month, before: int) -> str:
    """Enter the month's number; left alone where register and sheets know of fewer outlets than the ledger."""
    after = count_green(ledger, month)
    standing = _standing(ledger, month)
    if standing is not None and after < standing + (after - before):
        return (
            f"{month.label}绿色网点数没有改：名录和评分合起来是 {after} 个，台账里是 {standing} 个；"
            "请核对名录里的绿色网点标志。"
        )
    return _enter(ledger, number, month, after, f"{sheet.place} {sheet.made_on} 评分（第 {number} 号）")


def _enter(ledger: Ledger, number: int, month: Month, count: int, reason: str) -> str:
    standing = _standing(ledger, month)
    if standing == count:
        return ""
    key = CellKey(COUNT, str(month), context.home(ledger).region)
    answer = entry.enter(ledger, [TypedCell(key, str(count))], reason=reason)
    if answer.refused:
        raise UserError(f"评分表已存好；绿色网点数没有记上：{answer.refused[0].message}", hint=answer.refused[0].hint)
    with ledger.write() as session:
        assessments.note_count(session, number, answer.batch)
        audit.append(session, actor(), ACTION, reason, {"sheet": number, "count": count, "month": str(month)})
    was = "" if standing is None else f"（原为 {standing} 个）"
    return f"{month.label}快递绿色网点数记为 {count} 个{was}。"


def _take_count_back(ledger: Ledger, sheet: StoredAssessment) -> None:
    """Undo the entry that the sheet has made, so that what stood before counts again."""
    if sheet.count_batch is None:
        return
    with ledger.read() as session:
        stands = batches.get_batch(session, sheet.count_batch).state is BatchState.COMMITTED
    if stands:
        imports.undo_batch(ledger, sheet.count_batch, f"撤回或改正评分表第 {sheet.id} 号")


def _renew_count(ledger: Ledger, month: Month) -> str:
    """After a sheet is gone: a number that another sheet has set is set anew; one from elsewhere stays."""
    with ledger.read() as session:
        setting = {s.count_batch: s for s in assessments.assessments(session, withdrawn=True) if s.count_batch}
        region = context.home(ledger).region
        stands = observations.current_observations(
            session, indicators={COUNT}, first=month, last=month, regions=[region], enterprises=[None]
        )
    last = setting.get(stands[0].batch_id) if stands else None
    count = count_green(ledger, month)
    told = _enter(ledger, last.id, month, count, f"评分有撤回或改正，按第 {last.id} 号以来的评分重计") if last else ""
    standing = _standing(ledger, month)
    return told or ("" if standing is None else f"{month.label}快递绿色网点数为 {standing} 个。")
