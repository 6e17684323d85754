"""快递进村 entered by hand: a batch of its own with its reason and its evidence, undone as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from desktop_app.errors import UserError
from desktop_app.importing.plan import FileKind, PlannedCoverage
from desktop_app.models.coverage import modes_text
from desktop_app.models.values import CoverageState, Month
from desktop_app.services import context, hand_batch
from desktop_app.services.results.coverage_entry import CoverageEntered, CoverageEntry, CoverageNow, Leave
from desktop_app.storage import batches, coverage, late_records
from desktop_app.storage.coverage import StoredCoverage
from desktop_app.storage.engine import Ledger
from desktop_app.storage.evidence import PackedFile, pack_file

TITLE = "手工登记·进村.csv"
T = TypeVar("T")

LARGEST_PROOF = 20 * 1024 * 1024
"""A photo of a telephone has 3 to 8 MB."""


def brands_of(ledger: Ledger) -> tuple[str, ...]:
    """Brands that can be entered: those of the companies, then those with records."""
    registered = [member.brand for member in context.members(ledger) if member.brand]
    with ledger.read() as session:
        recorded = coverage.recorded_brands(session)
    return tuple(dict.fromkeys([*registered, *recorded]))


def coverage_now(ledger: Ledger, village: str, month: Month) -> tuple[CoverageNow, ...]:
    """What holds in one village as of the month, by brand."""
    with ledger.read() as session:
        found = coverage.as_of(session, month, villages=[village])
    return tuple(
        CoverageNow(
            village=r.village_code,
            brand=r.brand,
            state=r.state.value,
            modes=tuple(sorted(mode.value for mode in r.modes)),
            weekly_frequency=r.weekly_frequency,
            station=r.station,
            parcels_in=r.parcels_in if r.month == month else None,
            parcels_out=r.parcels_out if r.month == month else None,
            extra_charge=r.extra_charge,
            evidence=" ".join(filter(None, (r.evidence_kind, str(r.evidence_date or ""), r.checker))),
            carried_from="" if r.month == month else str(r.month),
            reason=r.reason,
            attached=r.evidence_sha256,
        )
        for r in found
    )


def enter_coverage(ledger: Ledger, entry: CoverageEntry) -> CoverageEntered:
    """Store the entry as the next version of each village and brand in the month.

    What the entry leaves out goes on from the record that holds; a pair without one begins with what is said (and is
    running when only modes are given).

    :raises UserError: no reason, nothing said, a state missing where there is no record, or a file that cannot be kept.
    """
    check_entry(entry)
    packed = None if entry.evidence_file is None else pack_proof(entry.evidence_file)
    with ledger.write() as session:
        held = {
            (r.village_code, r.brand): r
            for r in coverage.as_of(session, entry.month, villages=entry.villages, brands=entry.brands)
        }
        proof = ""
        if packed is not None and entry.evidence_file is not None:
            proof = batches.keep_evidence(session, entry.evidence_file.name, packed)
        rows = list(records_of(entry, held, proof))
        batch = hand_batch.open_batch(
            session,
            TITLE,
            FileKind.COVERAGE,
            [HEAD, *(line_of(row) for row in rows)],
            reason=entry.reason.strip(),
            month=entry.month,
            totals={"VILLAGES": len({row.village_code for row in rows}), "RECORDS": len(rows)},
        )
        coverage.insert_coverage(session, rows, batch_id=batch)
        late_records.hand_on(session, entry.villages, batch)
    carried = sum(record.month != entry.month for record in held.values())
    return CoverageEntered(batch, len(rows), len(rows) - len(held), carried)


def check_entry(entry: CoverageEntry) -> None:
    """:raises UserError: no village or brand, no reason, nothing said, or a figure or day that cannot be."""
    if not entry.villages or not entry.brands:
        raise UserError("没有选村或品牌", hint="先在村的列表里选中若干行，再选品牌")
    if not entry.reason.strip():
        raise UserError("请写明原因", hint="例如：3月12日实地核查")
    if not entry.says_something:
        raise UserError("没有填要改的内容", hint="不填的栏目保持原样")
    times = entry.weekly_frequency
    if isinstance(times, int) and not 0 <= times <= 50:
        raise UserError(f"每周投递次数应在 0 到 50 之间：{times}")
    day = entry.evidence_date
    last = entry.month.shift(1)
    if day is not None and not isinstance(day, Leave) and (day.year, day.month) > (last.year, last.month):
        raise UserError(f"核查日期 {day} 晚于{entry.month.label}一个月以上", hint="请核对日期，或换到那个月登记")


def pack_proof(path: Path) -> PackedFile:
    """A photo or file as it is kept.

    :raises UserError: too large, or it cannot be read.
    """
    try:
        if path.stat().st_size > LARGEST_PROOF:
            raise UserError("证据文件超过 20 MB", hint="请缩小照片，或只截取有用的几页", where=path.name)
        return pack_file(path)
    except OSError as error:
        raise UserError("证据文件读不出来", hint=error.strerror or "请检查文件", where=path.name) from None


def records_of(
    entry: CoverageEntry, held: Mapping[tuple[str, str], StoredCoverage], proof: str, first: int = 2
) -> Iterator[PlannedCoverage]:
    """The records that an entry makes of those that hold, by (village, brand); ``first``: line of the evidence."""
    for row, (village, brand) in enumerate(((v, b) for v in entry.villages for b in entry.brands), start=first):
        yield _record(entry, village, brand, held.get((village, brand)), proof, row)


def _record(
    entry: CoverageEntry, village: str, brand: str, old: StoredCoverage | None, proof: str, row: int
) -> PlannedCoverage:
    modes = (old.modes if old else frozenset()) if isinstance(entry.modes, Leave) else entry.modes
    state = (old.state if old else None) if isinstance(entry.state, Leave) else entry.state
    if isinstance(entry.state, Leave) and not isinstance(entry.modes, Leave) and entry.modes:
        state = CoverageState.NORMAL
    if state is None:
        raise UserError(f"{brand}在 {village} 还没有记录，请填现状（通、未通、停运、回退）")
    if state is CoverageState.NONE:
        modes = frozenset()
    # A service that does not run has neither: 未通 that goes on keeps what a sheet of brands said of the mail there.
    over = not state.served and (state is not CoverageState.NONE or old is None or old.state is not state)
    new_proof = not isinstance(entry.evidence_date, Leave) or not isinstance(entry.evidence_kind, Leave)
    kept = "" if old is None or new_proof else old.evidence_sha256
    same_month = old is not None and old.month == entry.month
    return PlannedCoverage(
        village_code=village,
        brand=brand,
        month=entry.month,
        state=state,
        modes=modes,
        row=row,
        weekly_frequency=None if over else _or(entry.weekly_frequency, old.weekly_frequency if old else None),
        station=_or(entry.station, old.station if old else "") if state.served else "",
        # Parcels are a month's own: those of an earlier month do not go on.
        parcels_in=_or(entry.parcels_in, old.parcels_in if old is not None and same_month else None),
        parcels_out=_or(entry.parcels_out, old.parcels_out if old is not None and same_month else None),
        extra_charge=_or(entry.extra_charge, old.extra_charge if old else None),
        evidence_date=_or(entry.evidence_date, old.evidence_date if old else None),
        evidence_kind=_or(entry.evidence_kind, old.evidence_kind if old else ""),
        checker=_or(entry.checker, old.checker if old else ""),
        evidence_sha256=proof or kept,
        reason=entry.reason.strip()[:200],
    )


HEAD = (
    *(
        "村代码",
        "品牌",
        "月份",
        "现状",
        "进村方式",
        "周投递次数",
        "村级站点",
        "月收件",
        "月投件",
        "是否收费",
        "核查日期",
        "证据类型",
        "核查人",
    ),
    *("附件指纹", "原因"),
)


def line_of(row: PlannedCoverage) -> tuple[object, ...]:
    """What was entered for one village and brand, as the words of a village sheet."""
    charge = {True: "是", False: "否", None: ""}[row.extra_charge]
    return (
        *(row.village_code, row.brand, row.month, row.state.value, modes_text(row.modes), row.weekly_frequency),
        *(
            row.station,
            row.parcels_in,
            row.parcels_out,
            charge,
            row.evidence_date,
            row.evidence_kind,
            row.checker,
            row.evidence_sha256,
            row.reason,
        ),
    )


def _or(said: T | Leave, held: T) -> T:
    return held if isinstance(said, Leave) else said


def evidence_of(ledger: Ledger, sha256: str) -> tuple[str, bytes]:
    """(name, contents) of the photo or file of a record, checked against its hash.

    :raises LedgerError: it is not there or damaged.
    """
    with ledger.read() as session:
        return batches.evidence_name(session, sha256), batches.read_evidence(session, sha256)
