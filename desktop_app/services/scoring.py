"""网点与评分: outlets with their green flags, and the scored sheets of green outlets and sorting centres."""

from __future__ import annotations

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
from desktop_app.services.ledger import actor
from desktop_app.services.results.scoring import OutletBoard, OutletRow, ScoreItem, ScoreSheet
from desktop_app.storage import assessments, audit, outlets, regions
from desktop_app.storage.assessments import StoredAssessment
from desktop_app.storage.engine import Ledger

if TYPE_CHECKING:
    from desktop_app.storage.outlets import StoredOutlet

ACTION = "绿色评分"
YES, NO = "有", "无"
CENTRE = "centre"
_LONGEST = 120


def outlet_board(ledger: Ledger, month: Month) -> OutletBoard:
    """The outlets that were open in the month, by company, and the scored sorting centres."""
    names = {member.id: member.name for member in context.members(ledger)}
    with ledger.read() as session:
        register = outlets.outlets(session)
        sheets = assessments.assessments(session)
        prefix = context.home(ledger).region.rstrip("0") or "0"
        places = {unit.code: unit.name for unit in regions.every_unit(session, prefix=prefix)}
    newest: dict[tuple[int | None, str], StoredAssessment] = {}
    for sheet in sheets:
        if sheet.made_on <= _end(month):
            newest.setdefault((sheet.outlet_id, sheet.place), sheet)
    rows = [
        _row(ledger, outlet, names, places, newest.pop((outlet.id, outlet.name), None))
        for outlet in register
        if (outlet.opened is None or outlet.opened <= month) and (outlet.closed is None or month <= outlet.closed)
    ]
    rows.sort(key=lambda row: (not row.filing_no, row.company, row.kind, row.name))
    rows += [_unlisted(ledger, sheet) for sheet in newest.values()]
    found = count_outlets(context.outlet_facts(ledger), month)
    rate = "—" if found.rate_pct is None else f"{format_pct(found.rate_pct)}%"
    words = f"备案网点 {found.filed} 个，有回收装置 {found.equipped} 个，覆盖率 {rate}"
    words += f"；{found.unknown} 个名录里没有写有无，不算有" if found.unknown else ""
    return OutletBoard(str(month), tuple(rows), words)


def _end(month: Month) -> date:
    return date(month.year, month.month, month.days)


def _row(
    ledger: Ledger,
    outlet: StoredOutlet,
    names: dict[int, str],
    places: dict[str, str],
    newest: StoredAssessment | None,
) -> OutletRow:
    found = _score(ledger, newest) if newest is not None else None
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
    )


def _unlisted(ledger: Ledger, sheet: StoredAssessment) -> OutletRow:
    """A sorting centre, or an outlet that the register no longer has under this name: nothing scored gets lost."""
    found = _score(ledger, sheet)
    silent = Flag.NOT_APPLICABLE.value
    return OutletRow(
        None, "", sheet.place, "分拨中心" if sheet.form == CENTRE else "名录里没有", "", "", silent, silent, silent,
        verdict(found), found.passed, _sheet(ledger, sheet),
    )  # fmt: skip


def verdict(found: Score) -> str:
    """“96.0%，达标”, “97.0%，一票否决”, “还没有评完”."""
    if found.passed is None:
        return "还没有评完"
    word = "一票否决" if found.vetoes else "达标" if found.passed else "未达标"
    return f"{format_pct(found.rate_pct)}%，{word}"


def _score(ledger: Ledger, sheet: StoredAssessment) -> Score:
    items = [ScoredItem(name, Fraction(full), Fraction(got)) for name, full, got in sheet.items]
    return score(items, sheet.vetoes, _pass_pct(ledger, sheet.form))


def _pass_pct(ledger: Ledger, form: str) -> Fraction:
    known = context.catalogue(ledger).scorings.get(form)
    return Fraction(known.pass_pct) if known is not None else Fraction(90)


def _sheet(ledger: Ledger, stored: StoredAssessment) -> ScoreSheet:
    blank = blank_sheet(ledger, stored.form, stored.place, stored.outlet_id)
    return ScoreSheet(
        form=stored.form,
        title=blank.title,
        place=stored.place,
        outlet=stored.outlet_id,
        made_on=stored.made_on.isoformat(),
        assessor=stored.assessor,
        items=tuple(ScoreItem(*item) for item in stored.items),
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


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise UserError(f"评分日期“{text}”要写成 2021-03-12 这样", hint="年月日都要写") from None


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


def save_sheet(ledger: Ledger, sheet: ScoreSheet) -> int:
    """Store a finished sheet; its number.

    :raises UserError: something is missing or wrong.
    """
    words, passed = judged(ledger, sheet)
    if passed is None:
        raise UserError("还没有评完", hint="每一项都要打分，每个一票否决项都要选有或无")
    unscored = [item.name for item in sheet.items if not item.scored.strip()]
    if unscored or any(not said for _, said in sheet.vetoes):
        raise UserError("还没有评完", hint="每一项都要打分，每个一票否决项都要选有或无")
    made_on = _day(sheet.made_on)
    if not sheet.place.strip() or len(sheet.place) > _LONGEST:
        raise UserError("没有写评的是哪里，或者名称太长", hint=f"不超过 {_LONGEST} 字")
    if not sheet.assessor.strip():
        raise UserError("没有写评分人", hint="评分要有人负责")
    stored = StoredAssessment(
        form=sheet.form,
        outlet_id=sheet.outlet,
        place=sheet.place.strip(),
        made_on=made_on,
        assessor=sheet.assessor.strip()[:60],
        items=tuple((item.name, item.full.strip(), item.scored.strip()) for item in sheet.items),
        vetoes=tuple((text, said == YES) for text, said in sheet.vetoes),
    )
    with ledger.write() as session:
        number = assessments.add_assessment(session, stored, by=actor())
        audit.append(session, actor(), ACTION, stored.place, {"sheet": number, "what": words, "on": sheet.made_on})
    return number


def withdraw_sheet(ledger: Ledger, number: int, reason: str) -> None:
    """Take a sheet back; it stays with its reason.

    :raises UserError: no reason.
    """
    if not reason.strip():
        raise UserError("撤回评分要写明原因", hint="例如：评错了网点")
    with ledger.write() as session:
        stored = assessments.withdraw_assessment(session, number, reason.strip()[:200])
        audit.append(
            session, actor(), ACTION, stored.place, {"sheet": number, "what": "撤回", "reason": reason.strip()}
        )


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
        made_on=_day(sheet.made_on) if sheet.made_on.strip() else datetime.now().astimezone().date(),
        items=tuple((item.name, item.text, item.full, item.scored) for item in sheet.items),
        vetoes=sheet.vetoes,
        result="" if blank else judged(ledger, sheet)[0],
        note=sheet.note,
        bureau=own.bureau or own.name,
    )
    return str(write_document(build_score_sheet(page), fmt, out).file)
