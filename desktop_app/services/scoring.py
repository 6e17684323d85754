"""网点与评分: outlets with their green flags, and the scored sheets of green outlets and sorting centres."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.catalogue.format import format_pct
from desktop_app.errors import UserError
from desktop_app.indicators.outlets import count_outlets
from desktop_app.indicators.scoring import Score, ScoredItem, score
from desktop_app.models.values import Flag, Month, plain
from desktop_app.services import context
from desktop_app.services.outlet_rates import outlet_rates, rate_heads
from desktop_app.services.results.scoring import OutletBoard, OutletRow, ScoreItem, ScoreSheet, SheetEvent
from desktop_app.storage import assessments, outlets, regions
from desktop_app.storage.assessments import StoredAssessment
from desktop_app.storage.engine import Ledger

if TYPE_CHECKING:
    from desktop_app.storage.outlets import StoredOutlet

ACTION = "绿色评分"
YES, NO = "有", "无"
CENTRE = "centre"
CORRECTED = "改正："
"""Before the reason of a sheet that a corrected one replaces."""


def outlet_board(ledger: Ledger, month: Month) -> OutletBoard:
    """The outlets that were open in the month, by company, and the scored sorting centres."""
    names = {member.id: member.name for member in context.members(ledger)}
    with ledger.read() as session:
        register = outlets.outlets(session)
        every = assessments.assessments(session, withdrawn=True)
        prefix = context.home(ledger).region.rstrip("0") or "0"
        places = {unit.code: unit.name for unit in regions.every_unit(session, prefix=prefix)}
    scored: dict[tuple[int | None, str], list[StoredAssessment]] = {}
    for sheet in every:
        if sheet.made_on <= month_end(month):
            scored.setdefault((sheet.outlet_id, sheet.place), []).append(sheet)
    rows = [
        _row(ledger, outlet, names, places, scored.pop((outlet.id, outlet.name), []))
        for outlet in register
        if in_use(outlet, month)
    ]
    rows.sort(key=lambda row: (not row.filing_no, row.company, row.kind, row.name))
    rows += [_unlisted(ledger, sheets) for sheets in scored.values()]
    found = count_outlets(context.outlet_facts(ledger), month)
    rate = "—" if found.rate_pct is None else f"{format_pct(found.rate_pct)}%"
    words = f"备案网点 {found.filed} 个，有回收装置 {found.equipped} 个，覆盖率 {rate}"
    words += f"；{found.unknown} 个名录里没有写有无，不算有" if found.unknown else ""
    if not register:
        words = "还没有网点名录。请到“数据导入”放入（每行一个网点），这里就列出网点和绿色标志；分拨中心现在就可以评分"
    rates = outlet_rates(ledger, month)
    return OutletBoard(str(month), tuple(rows), words, rates, rate_heads(ledger, rates))


def in_use(outlet: StoredOutlet, month: Month) -> bool:
    """Whether the outlet was open in the month."""
    return (outlet.opened is None or outlet.opened <= month) and (outlet.closed is None or month <= outlet.closed)


def month_end(month: Month) -> date:
    """Its last day."""
    return date(month.year, month.month, month.days)


def _row(
    ledger: Ledger,
    outlet: StoredOutlet,
    names: dict[int, str],
    places: dict[str, str],
    sheets: list[StoredAssessment],
) -> OutletRow:
    newest = next((sheet for sheet in sheets if not sheet.withdrawn), None)
    found = score_of(ledger, newest) if newest is not None else None
    passed = found.passed if found is not None else None
    flagged = {Flag.YES: True, Flag.NO: False}.get(outlet.green)
    return OutletRow(
        id=outlet.id,
        company=names.get(outlet.enterprise_id or 0, "公共"),
        name=outlet.name,
        kind=outlet.kind.value,
        filing_no=outlet.filing_no,
        place=places.get(outlet.region_code, ""),
        green=outlet.green.value,
        recycling=outlet.recycling.value,
        standardised=outlet.standardised.value,
        verdict=verdict(found) if found is not None else "",
        passed=passed,
        sheet=_sheet(ledger, newest) if newest is not None else None,
        differs=passed is not None and flagged is not None and passed is not flagged,
        made_on=newest.made_on.isoformat() if newest is not None else "",
        history=_history(ledger, sheets),
    )


def _unlisted(ledger: Ledger, sheets: list[StoredAssessment]) -> OutletRow:
    """A sorting centre, or an outlet that the register no longer has under this name: nothing scored gets lost."""
    newest = next((sheet for sheet in sheets if not sheet.withdrawn), None)
    found = score_of(ledger, newest) if newest is not None else None
    silent = Flag.NOT_APPLICABLE.value
    return OutletRow(
        id=None,
        company="",
        name=sheets[0].place,
        kind="分拨中心" if sheets[0].form == CENTRE else "名录里没有",
        filing_no="",
        place="",
        green=silent,
        recycling=silent,
        standardised=silent,
        verdict=verdict(found) if found is not None else "",
        passed=found.passed if found is not None else None,
        sheet=_sheet(ledger, newest) if newest is not None else None,
        made_on=newest.made_on.isoformat() if newest is not None else "",
        history=_history(ledger, sheets),
    )


def _history(ledger: Ledger, sheets: Sequence[StoredAssessment]) -> tuple[SheetEvent, ...]:
    """Every sheet of one place, the newest first, those withdrawn or corrected with their reason."""
    ordered = sorted(sheets, key=lambda sheet: (sheet.made_on, sheet.id), reverse=True)
    corrected = {sheet.replaces: sheet for sheet in ordered if sheet.replaces is not None}
    counted = next((sheet.id for sheet in ordered if not sheet.withdrawn), 0)

    def state(sheet: StoredAssessment) -> str:
        if sheet.id in corrected:
            return f"已改正（第 {corrected[sheet.id].id} 号）"
        return "已撤回" if sheet.withdrawn else "在用" if sheet.id == counted else "以前的"

    return tuple(
        SheetEvent(
            sheet=_sheet(ledger, sheet),
            made_on=sheet.made_on.isoformat(),
            verdict=verdict(score_of(ledger, sheet)),
            assessor=sheet.assessor,
            state=state(sheet),
            reason=sheet.withdraw_reason.removeprefix(CORRECTED),
            entered=_entered(sheet),
            in_force=not sheet.withdrawn,
        )
        for sheet in ordered
    )


def _entered(sheet: StoredAssessment) -> str:
    at = "" if sheet.entered_at is None else f"{sheet.entered_at.astimezone():%Y-%m-%d %H:%M}"
    return f"{at} {sheet.entered_by}".strip()


def verdict(found: Score) -> str:
    """“96.0%，达标”, “97.0%，一票否决”, “还没有评完”."""
    if found.passed is None:
        return "还没有评完"
    word = "一票否决" if found.vetoes else "达标" if found.passed else "未达标"
    return f"{format_pct(found.rate_pct)}%，{word}"


def score_of(ledger: Ledger, sheet: StoredAssessment) -> Score:
    """The result of a stored sheet."""
    items = [ScoredItem(name, Fraction(full), Fraction(got)) for name, full, got in sheet.items]
    return score(items, sheet.vetoes, _pass_pct(ledger, sheet.form))


def _pass_pct(ledger: Ledger, form: str) -> Fraction:
    known = context.catalogue(ledger).scorings.get(form)
    return Fraction(known.pass_pct) if known is not None else Fraction(90)


def _sheet(ledger: Ledger, stored: StoredAssessment) -> ScoreSheet:
    blank = blank_sheet(ledger, stored.form, stored.place, stored.outlet_id)
    asked = {item.name: item.text for item in blank.items}
    return ScoreSheet(
        form=stored.form,
        title=blank.title,
        place=stored.place,
        outlet=stored.outlet_id,
        made_on=stored.made_on.isoformat(),
        assessor=stored.assessor,
        items=tuple(ScoreItem(*item, asked.get(item[0], "")) for item in stored.items),
        vetoes=tuple((text, YES if applies else NO) for text, applies in stored.vetoes),
        note=blank.note,
        id=stored.id,
    )


def blank_sheet(ledger: Ledger, form: str, place: str, outlet: int | None) -> ScoreSheet:
    """An empty sheet.

    :raises UserError: no such form.
    """
    known = context.catalogue(ledger).scorings.get(form)
    if known is None:
        raise UserError(f"没有评分表 {form}", hint="请看 resources/catalogue/scoring.toml")
    return ScoreSheet(
        form=form,
        title=known.name,
        place=place,
        outlet=outlet,
        made_on="",
        assessor="",
        items=tuple(ScoreItem(item.name, plain(item.full), "", item.text) for item in known.items),
        vetoes=tuple((text, "") for text in known.vetoes),
        note=f"达到总分的 {plain(known.pass_pct)}% 且没有一票否决项为达标。{known.note}",
    )


def judged(ledger: Ledger, sheet: ScoreSheet) -> tuple[str, bool | None]:
    """The result of a sheet as typed, in words, and whether it passes (None: not whole).

    :raises UserError: points that are none, or more than an item is worth.
    """
    found = score(_items(sheet), _vetoes(sheet), _pass_pct(ledger, sheet.form))
    total = f"得分 {plain(_decimal(found.scored))} / {plain(_decimal(found.full))}，"
    return total + verdict(found), found.passed


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def _items(sheet: ScoreSheet) -> list[ScoredItem]:
    found = []
    for item in sheet.items:
        full, got = _points(item.full, item.name), _points(item.scored, item.name) if item.scored.strip() else None
        if full <= 0 or (got is not None and got > full):
            raise UserError(f"{item.name}：得分 {item.scored or '（没有写）'} 应在 0 和满分 {item.full} 之间")
        found.append(ScoredItem(item.name, full, got))
    return found


def day_of(text: str) -> date:
    """The day of a sheet.

    :raises UserError: it is none, or has not come yet.
    """
    try:
        found = date.fromisoformat(text.strip())
    except ValueError:
        raise UserError(f"评分日期“{text}”要写成 2021-03-12 这样", hint="年月日都要写") from None
    if found > datetime.now().astimezone().date():
        raise UserError(f"评分日期 {text.strip()} 还没有到", hint="请写实际评分的那一天")
    return found


def _points(text: str, name: str) -> Fraction:
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        raise UserError(f"{name}：分数“{text}”要是一个数", hint="例如 18 或 17.5") from None
    if not value.is_finite() or not 0 <= value <= 1000:
        raise UserError(f"{name}：分数“{text}”不合理", hint="例如 18 或 17.5")
    return Fraction(value)


def _vetoes(sheet: ScoreSheet) -> list[tuple[str, bool | None]]:
    return [(text, {YES: True, NO: False}.get(said)) for text, said in sheet.vetoes]


def print_sheet(ledger: Ledger, sheet: ScoreSheet, out: Path) -> str:
    """Write the sheet, filled or blank, as PDF, Word or Excel after the file's ending; the file.

    :raises UserError: another ending, or the place cannot be written.
    """
    from desktop_app.reporting.score_sheet import ScorePage, build_score_sheet
    from desktop_app.services.reports.making import check_place, write_document

    fmt = out.suffix.lower().removeprefix(".")
    if fmt not in {"pdf", "docx", "xlsx"}:
        raise UserError(f"不能存成 {out.suffix or '没有后缀的文件'}", hint="请用 .pdf、.docx 或 .xlsx")
    check_place(ledger, fmt, out)
    blank = not any(item.scored.strip() for item in sheet.items)
    own = context.home(ledger)
    page = ScorePage(
        title=sheet.title,
        place=sheet.place,
        made_on=day_of(sheet.made_on) if sheet.made_on.strip() else datetime.now().astimezone().date(),
        items=tuple((item.name, item.text, item.full, item.scored) for item in sheet.items),
        vetoes=sheet.vetoes,
        result="" if blank else judged(ledger, sheet)[0],
        note=sheet.note,
        bureau=own.bureau or own.name,
    )
    return str(write_document(build_score_sheet(page), fmt, out).file)
