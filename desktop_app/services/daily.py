"""旺季日报: the days of the peak season by company, entered or imported; peak, multiple, rate of delivery.

The season is 11月1日—18日 (2020年度快递市场监管报告 四（四）; the superior's notice of the year goes before).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path

from desktop_app.errors import UserError
from desktop_app.indicators.daily import season_days
from desktop_app.models.values import CellState, DailyItem, Month, from_fixed, to_fixed
from desktop_app.services import context
from desktop_app.services.daily_sheet import SeasonData, build_sheet
from desktop_app.services.known import known_enterprises
from desktop_app.services.ledger import actor
from desktop_app.services.results.daily import DailyEntry, DailyPlan, DailySheet
from desktop_app.storage import audit, batches, daily
from desktop_app.storage.daily import DailyKey, NewDay, StoredDay
from desktop_app.storage.engine import Ledger

ACTION = "旺季日报"
TYPED = "录入"
MOST_TOLD = 5
"""Problems of a file that are told at once."""


def season_year(month: Month) -> int:
    """Which season a month looks at: its year's from November on, else the last one."""
    return month.year if month.month >= 11 else month.year - 1


def daily_sheet(ledger: Ledger, year: int, enterprise_id: int | None = None) -> DailySheet:
    """The sheet of one season over all companies, or of one company."""
    calc = context.calculator(ledger, Month(year, 11))
    return build_sheet(calc, context.scope(ledger), season_data(ledger, year, enterprise_id))


def season_data(ledger: Ledger, year: int, enterprise_id: int | None = None) -> SeasonData:
    """What the sheet of a season is made of."""
    calc = context.calculator(ledger, Month(year, 11))
    region = context.home(ledger).region
    with ledger.read() as session:
        years = daily.years_with_days(session, region)
    return SeasonData(
        year=year,
        enterprise_id=enterprise_id,
        members=calc.facts.active_members([Month(year, 11)]),
        given=_given(ledger, year),
        before=_given(ledger, year - 1),
        years=tuple(sorted({*years, year}, reverse=True)),
        last_entry=_last_entry(ledger, year),
    )


def _stored(ledger: Ledger, year: int) -> dict[DailyKey, StoredDay]:
    days = season_days(year)
    region = context.home(ledger).region

    def load() -> dict[DailyKey, StoredDay]:
        with ledger.read() as session:
            return daily.current_days(session, region, days[0], days[-1])

    return context.cached(ledger, ("daily", year), load)


def _given(ledger: Ledger, year: int) -> dict[tuple[date, int, DailyItem], Fraction]:
    return {
        (key.day, key.enterprise_id, key.item): Fraction(from_fixed(row.value))
        for key, row in _stored(ledger, year).items()
        if row.value is not None
    }


def _last_entry(ledger: Ledger, year: int) -> int | None:
    """The newest entry that stored what still stands; what an undo wrote is not undone again."""
    entries = [row.entry for row in _stored(ledger, year).values() if not row.source.startswith(UNDO)]
    return max(entries, default=None)


UNDO = "撤销"


# ------------------------------------------------------------------------------------------------ saving


def save_days(
    ledger: Ledger, year: int, entries: Sequence[DailyEntry], reason: str = "", plan: DailyPlan | None = None
) -> int:
    """Store figures as new versions; what does not change is passed over. Returns how many were stored.

    :param plan: the file that the entries came from; it is kept as evidence.
    :raises UserError: a day outside the season, a negative count, more 妥投 than 应投, or a change without a reason.
    """
    stored = _stored(ledger, year)
    wanted = [entry for entry in entries if _differs(entry, stored)]
    _check(ledger, year, wanted, stored)
    if not wanted:
        return 0
    changes = sum(1 for entry in wanted if _key(entry) in stored and stored[_key(entry)].value is not None)
    if changes and not reason.strip():
        raise UserError(f"有 {changes} 个数与已录入的不同，要写明原因", hint="例如：企业更正了 11 月 11 日的收寄量")
    region = context.home(ledger).region
    rows = [
        NewDay(
            _key(entry),
            None if entry.value is None else to_fixed(entry.value),
            CellState.MISSING if entry.value is None else CellState.VALUE,
            entry.row,
        )
        for entry in wanted
    ]
    content = _content(plan) if plan is not None else None
    with ledger.write() as session:
        sha256 = (
            batches.keep_evidence(session, plan.file, content) if plan is not None and content is not None else None
        )
        source = plan.file if plan is not None else TYPED
        number = daily.add_days(session, region, rows, source=source, by=actor(), sha256=sha256, reason=reason.strip())
        audit.append(
            session,
            actor(),
            ACTION,
            f"{year}年旺季",
            {"entry": number, "figures": len(rows), "changed": changes, "source": source, "reason": reason.strip()},
        )
    return len(rows)


def undo_entry(ledger: Ledger, entry: int) -> int:
    """Take an entry back: what stood before each of its figures stands again, as new versions. Returns how many.

    :raises UserError: nothing of it stands any more.
    """
    region = context.home(ledger).region
    with ledger.write() as session:
        before = daily.before_entry(session, region, entry)
        if not before:
            raise UserError("这次录入的数都已被后来的录入替换，不用撤销")
        rows = [
            NewDay(
                key,
                None if old is None else old.value,
                CellState.MISSING if old is None else old.state,
                None if old is None else old.row,
            )
            for key, old in before.items()
        ]
        note = f"{UNDO}第{entry}次录入"
        number = daily.add_days(session, region, rows, source=note, by=actor(), reason=note)
        audit.append(session, actor(), ACTION, note, {"entry": number, "figures": len(rows)})
    return len(rows)


def _key(entry: DailyEntry) -> DailyKey:
    return DailyKey(entry.day, entry.enterprise_id, entry.item)


def _differs(entry: DailyEntry, stored: dict[DailyKey, StoredDay]) -> bool:
    old = stored.get(_key(entry))
    before = None if old is None or old.value is None else from_fixed(old.value)
    return before != entry.value


def _check(ledger: Ledger, year: int, entries: Sequence[DailyEntry], stored: dict[DailyKey, StoredDay]) -> None:
    days = set(season_days(year))
    names = {member.id: member.name for member in context.members(ledger)}
    after: dict[DailyKey, Fraction | None] = {
        key: None if row.value is None else Fraction(from_fixed(row.value)) for key, row in stored.items()
    }
    for entry in entries:
        if entry.day not in days:
            raise UserError(f"{entry.day.month}月{entry.day.day}日不在 11 月 1 日至 18 日内", hint="请核对日期")
        if entry.enterprise_id not in names:
            raise UserError("没有这家企业", hint="请先用企业名录文件登记")
        if entry.value is not None and entry.value < 0:
            raise UserError("件数不能是负数", hint="请核对", where=f"{entry.day.month}月{entry.day.day}日")
        after[_key(entry)] = None if entry.value is None else Fraction(entry.value)
    for entry in entries:
        due = after.get(DailyKey(entry.day, entry.enterprise_id, DailyItem.DUE))
        done = after.get(DailyKey(entry.day, entry.enterprise_id, DailyItem.DELIVERED))
        if due is not None and done is not None and done > due:
            raise UserError(
                f"妥投 {int(done):,} 件，多于应投 {int(due):,} 件",
                hint="请核对这两个数，没有保存",
                where=f"{names[entry.enterprise_id]} {entry.day.month}月{entry.day.day}日",
            )


def _content(plan: DailyPlan) -> bytes:
    """The file once more, unchanged since it was read.

    :raises UserError: it has been changed or taken away.
    """
    import hashlib

    from desktop_app.importing.readers import load_bytes

    content = load_bytes(Path(plan.path))
    if hashlib.sha256(content).hexdigest() != plan.sha256:
        raise UserError("文件在读入之后被改动了，没有保存", hint="请重新导入", where=plan.file)
    return content


# ------------------------------------------------------------------------------------------------ files


def read_file(ledger: Ledger, path: Path, year: int, enterprise_id: int | None = None) -> DailyPlan:
    """What a file of daily figures would store; stores nothing.

    :param enterprise_id: whose it is, where no column names the companies.
    :raises UserError: no such table, or rows that cannot be understood: then nothing is taken.
    """
    import hashlib

    from desktop_app.importing.daily import read_daily
    from desktop_app.importing.plan import ImportOptions
    from desktop_app.importing.readers import load_bytes, open_workbook
    from desktop_app.importing.recognise.companies import CompanyIndex

    content = load_bytes(path)
    book = open_workbook(path, ImportOptions(), data=content)
    days = season_days(year)
    index = CompanyIndex(known_enterprises(ledger), context.home(ledger).name)
    sheets = [sheet for sheet in book.sheets if sheet.rows and not sheet.hidden]
    readings = [read_daily(sheet, days[0], days[-1], index, company=enterprise_id) for sheet in sheets]
    reading = next((each for each in readings if each.lines or len(readings) == 1), readings[0] if readings else None)
    if reading is None:
        raise UserError("文件里没有表", hint="请核对文件", where=path.name)
    if reading.problems:
        more = f"；另有 {len(reading.problems) - MOST_TOLD} 处" if len(reading.problems) > MOST_TOLD else ""
        raise UserError(
            "；".join(reading.problems[:MOST_TOLD]) + more, hint="改好后重新导入；整份文件都没有录入", where=path.name
        )
    entries = tuple(DailyEntry(x.day, x.enterprise_id, x.item, x.value, x.row) for x in reading.lines)
    stored = _stored(ledger, year)
    new = [entry for entry in entries if _differs(entry, stored)]
    _check(ledger, year, new, stored)
    changed = sum(1 for entry in new if _key(entry) in stored and stored[_key(entry)].value is not None)
    names = {member.id: member.name for member in context.members(ledger)}
    return DailyPlan(
        file=path.name,
        path=str(path),
        sha256=hashlib.sha256(content).hexdigest(),
        entries=entries,
        changes=changed,
        added=len(new) - changed,
        companies=tuple(names[i] for i in dict.fromkeys(entry.enterprise_id for entry in entries)),
        skipped=reading.skipped,
    )
