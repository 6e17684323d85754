"""Village registry, company register and outlet register: importing and listing them."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.errors import FileRefusedError, UserError
from desktop_app.importing.bulk.regions import BulkRegions
from desktop_app.importing.kinds.registry import TOWN_KINDS, UNIT_KINDS
from desktop_app.importing.plan import FileKind, ImportOptions, ImportPlan
from desktop_app.importing.planner import is_large
from desktop_app.models.values import Month, OutletKind, from_fixed, plain
from desktop_app.services import context
from desktop_app.services.company_doubts import with_doubts
from desktop_app.services.imports import batch_of, plan_file
from desktop_app.services.known import known_enterprises
from desktop_app.services.ledger import actor
from desktop_app.services.packing import packed_ahead
from desktop_app.services.progress import Cancelled, Progress, Told, hundredths, never, quiet, stepwise, untold
from desktop_app.services.results.imports import RegionImportResult
from desktop_app.services.results.registers import OutletRow
from desktop_app.storage import audit, batches, bulk_regions, enterprises, outlets, regions, settings
from desktop_app.storage.engine import Ledger
from desktop_app.storage.enterprises import StoredEnterprise
from desktop_app.storage.evidence import PackedFile
from desktop_app.storage.registers import RegisterCounts
from desktop_app.storage.village_stream import VillageStream

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

REGISTRY_ACTION = "导入村级名录"
"""Audit word of a village register."""
_NAMED = "named"
"""In its detail: the name that the ledger took from it."""
_TOLD = 3
"""Doubts that one message names."""

__all__ = [
    "StoredEnterprise",
    "commit_registry",
    "import_enterprises",
    "import_regions",
    "list_enterprises",
    "list_outlets",
]


def import_regions(
    ledger: Ledger,
    path: Path,
    *,
    month: Month | None = None,
    region: str | None = None,
    progress: Progress = quiet,
    cancelled: Cancelled = never,
    packing: Future[PackedFile] | None = None,
) -> RegionImportResult:
    """Import a village registry as from ``month`` (default: this month; the first registry holds since ever).

    :param packing: the file as it is being packed already (see :func:`desktop_app.services.packing.packed_ahead`).
    :param progress: called with hundredths done; cancelling before the end leaves the ledger as it was.
    :raises FileRefusedError: not a registry, or an entry in it is wrong; nothing is stored then.
    :raises CancelledError: the user has cancelled.
    """
    if is_large(path):
        options = ImportOptions(region=region)
        if packing is not None:
            return _import_large(ledger, path, month, options, progress, cancelled, packing)
        with packed_ahead(path) as started:
            return _import_large(ledger, path, month, options, progress, cancelled, started)
    plan = plan_file(ledger, path, ImportOptions(region=region), hundredths(progress, 0, 60), cancelled)
    _refuse(plan, FileKind.REGISTRY, path)
    return commit_registry(ledger, path, plan, month, hundredths(progress, 60, 100), cancelled)


def _import_large(
    ledger: Ledger,
    path: Path,
    month: Month | None,
    options: ImportOptions,
    progress: Progress,
    cancelled: Cancelled,
    packing: Future[PackedFile] | None,
) -> RegionImportResult:
    """Reading, packing and, into an empty register, writing go on beside each other, all in one transaction."""
    with (
        # The batch is stored after its villages; it is in the ledger by the end of the transaction.
        ledger.write_large() as session,
        VillageStream(session, UNIT_KINDS, batches.next_number(session)) as stream,
    ):
        sink = stream if stream.usable else None
        plan = plan_file(ledger, path, options, hundredths(progress, 0, 60), cancelled, sink)
        _refuse(plan, FileKind.REGISTRY, path)
        told = hundredths(progress, 60, 100)
        large = plan.regions if isinstance(plan.regions, BulkRegions) else None
        if large is None or not large.written:
            stream.discard()
        packed = packing.result() if packing else None
        number = stream.batch if large is not None and stream.usable else None
        if large is not None and number is not None:
            _write_rest(stream, large, stepwise(told, cancelled, "个单位"))
        return store_registry(session, path, plan, month, told, cancelled, packed, number)


def _write_rest(stream: VillageStream, large: BulkRegions, step: Callable[[int, int], None]) -> None:
    """The villages that have not gone into the empty register yet; those of a file in another order are all of them."""
    if not large.written:
        stream.restart(counted=large.counted)
    done, total = 0, large.units
    for kind, text in large.ordered():
        step(done, total)
        stream.put(kind, text)
        done += text.count(b"\n")
    stream.finish()


def commit_registry(
    ledger: Ledger,
    path: Path,
    plan: ImportPlan,
    month: Month | None = None,
    told: Told = untold,
    cancelled: Cancelled = never,
    packed: PackedFile | None = None,
) -> RegionImportResult:
    """Store a planned registry in one transaction."""
    with ledger.write() as session:
        return store_registry(session, path, plan, month, told, cancelled, packed)


def store_registry(
    session: Session,
    path: Path,
    plan: ImportPlan,
    month: Month | None = None,
    told: Told = untold,
    cancelled: Cancelled = never,
    packed: PackedFile | None = None,
    number: int | None = None,
) -> RegionImportResult:
    """Store a planned registry within a transaction. It has no control totals: it brings no figures.

    :param number: of the batch, where the villages of all blocks, which bear it, are in the database already.
    """
    start = month or _this_month()
    batch = batches.add_batch(session, batch_of(path, plan, reason="", packed=packed), plan.issues, number)
    if isinstance(plan.regions, BulkRegions):
        step = stepwise(told, cancelled, "个单位")
        units, counts, names = _store_large(session, plan.regions, start, batch, step, fresh=number is not None)
    else:
        upper = [row for row in plan.regions if row.level != "village"]
        villages = [row for row in plan.regions if row.level == "village"]
        regions.upsert_regions(session, upper, month=start, batch_id=batch)
        counts = regions.upsert_regions(session, villages, month=start, batch_id=batch)
        units, names = len(villages), {row.code: row.name for row in upper}
    own = settings.get_setting(session, "region_code")
    name = names.get(own, "")
    detail: dict[str, object] = {"batch": batch, "units": units}
    if name and not settings.get_setting(session, "region_name"):
        settings.set_setting(session, "region_name", name)
        detail[_NAMED] = name
    audit.append(session, actor(), REGISTRY_ACTION, path.name, detail)
    return _result(plan, counts, batch, units)


def _store_large(
    session: Session, large: BulkRegions, start: Month, batch: int, step: Callable[[int, int], None], *, fresh: bool
) -> tuple[int, RegisterCounts, dict[str, str]]:
    """Number of villages, what storing them did, and names of the units above them, of which the ledger's is one.

    ``fresh``: the villages of all blocks are in the register already, which was without any before.
    """
    uppers = large.uppers
    upper = uppers.others() if fresh else list(large.upper)
    regions.upsert_regions(session, upper, month=start, batch_id=batch, fresh=fresh)
    villages = large.packed_own() if fresh else large.villages()
    counts = bulk_regions.upsert_villages(session, villages, large, month=start, batch_id=batch, told=step, fresh=fresh)
    if fresh:
        bulk_regions.insert_towns(session, uppers.packed_towns(), TOWN_KINDS, batch)
        counts = replace(counts, added=large.units)
    return large.units, counts, {row.code: row.name for row in upper}


def forget_name(session: Session, batch: int) -> None:
    """The registry that gave the ledger its name is undone: the name goes, unless somebody has changed it since."""
    for event in audit.events(session, action=REGISTRY_ACTION):
        detail = json.loads(event.detail)
        if detail.get("batch") == batch:
            if detail.get(_NAMED) and settings.get_setting(session, "region_name") == detail[_NAMED]:
                settings.set_setting(session, "region_name", "")
            return


def _result(plan: ImportPlan, counts: RegisterCounts, batch: int, units: int) -> RegionImportResult:
    return RegionImportResult(
        read=plan.counts.read,
        added=counts.added,
        changed=counts.changed,
        closed=counts.closed,
        refused=plan.counts.rejected,
        villages=plan.totals.get("VILLAGES", 0),
        units=units,
        batch=batch,
    )


def _this_month() -> Month:
    today = datetime.now().astimezone()
    return Month(today.year, today.month)


def import_enterprises(ledger: Ledger, path: Path, reason: str = "") -> RegisterCounts:
    """Import the 一企一档 register.

    :param reason: why companies that are known are changed, and whatever else of the file is doubtful.
    :raises FileRefusedError: not such a register, an entry in it is wrong, or the reason is lacking; nothing is stored.
    """
    plan = with_doubts(ledger, plan_file(ledger, path, ImportOptions()))
    _refuse(plan, FileKind.ENTERPRISES, path)
    if plan.questions and not reason.strip():
        told = "；".join(f"第 {i.row} 行：{i.message}" if i.row else i.message for i in plan.questions[:_TOLD])
        more = f"；共 {len(plan.questions)} 处" if len(plan.questions) > _TOLD else ""
        raise FileRefusedError(
            f"{told}{more}",
            hint="核实后写明原因再导入",
            command='核实后加 --accept-warnings "原因" 再导入',
            where=path.name,
        )
    with ledger.write() as session:
        batch = batches.add_batch(session, batch_of(path, plan, reason=reason.strip()), plan.issues)
        counts = enterprises.upsert_enterprises(session, plan.enterprises, batch_id=batch)
        detail = {"batch": batch, "companies": len(plan.enterprises), "reason": reason.strip()}
        audit.append(session, actor(), "导入企业名录", path.name, detail)
    return counts


def list_enterprises(ledger: Ledger) -> list[StoredEnterprise]:
    """All companies of the register."""
    with ledger.read() as session:
        return enterprises.enterprises(session)


_MOST_MOVES = 20
"""Changes of code that are followed from an old code to the present one."""


def list_outlets(ledger: Ledger, company: str = "", kind: str = "") -> list[OutletRow]:
    """Outlets in the order in which they were entered.

    :param company: number, name, short name, brand or alias of one company; empty for all.
    :param kind: a word of :class:`OutletKind`; empty for all.
    :raises UserError: no such company, or no such kind.
    """
    names = {e.id: e.name for e in known_enterprises(ledger)}
    wanted = _member(ledger, company) if company else None
    if kind and kind not in set(OutletKind):
        raise UserError(f"没有“{kind}”这种网点", hint=f"可用：{'、'.join(OutletKind)}")
    with ledger.read() as session:
        stored = outlets.outlets(session, enterprise_id=wanted, kind=OutletKind(kind) if kind else None)
        prefix = context.home(ledger).region.rstrip("0")
        towns = {town.code: town.name for town in regions.towns(session, prefix=prefix)}
        villages = {village.code: village.name for village in regions.villages(session, prefix=prefix)}
        placed = {code for o in stored for code in (o.region_code, *o.serves) if code[9:].strip("0")}
        # To go through the past of a whole register takes a second in a province; mostly there is no need.
        units = [] if placed <= villages.keys() else regions.every_unit(session, prefix=prefix, level="village")
    heirs = {unit.code: unit.successor_code for unit in units if unit.successor_code not in {None, unit.code}}

    def today(code: str) -> str:
        """The code that the village has now: it may have moved to another town or become part of another."""
        for _ in range(_MOST_MOVES):
            if code in villages or not heirs.get(code):
                break
            code = heirs[code] or ""
        return code

    stored = [o._replace(region_code=today(o.region_code), serves=tuple(map(today, o.serves))) for o in stored]
    return [
        OutletRow(
            id=o.id,
            company=names[o.enterprise_id] if o.enterprise_id is not None else "",
            kind=o.kind.value,
            name=o.name,
            filing_no=o.filing_no,
            address=o.address,
            region=o.region_code,
            town=towns.get(o.region_code[:9] + "000", "") if o.region_code else "",
            village=villages.get(o.region_code, ""),
            opened=str(o.opened) if o.opened else None,
            closed=str(o.closed) if o.closed else None,
            green=o.green.value,
            recycling=o.recycling.value,
            standardised=o.standardised.value,
            cells=o.cells,
            contact=o.contact,
            phone=o.phone,
            brands=o.brands,
            serves=_serves(o),
            serves_names=tuple(villages.get(code, code) for code in _serves(o)),
            report_month=str(o.report_month) if o.report_month else None,
            income=plain(from_fixed(o.income)) if o.income is not None else None,
            parcels_in=o.parcels_in,
            parcels_out=o.parcels_out,
        )
        for o in stored
    ]


def _serves(outlet: outlets.StoredOutlet) -> tuple[str, ...]:
    """Villages that a station serves; that it lies in one says that it serves it."""
    own = outlet.region_code if outlet.kind is OutletKind.VILLAGE and outlet.region_code[9:].strip("0") else ""
    return tuple(dict.fromkeys(filter(None, (own, *outlet.serves))))


def _member(ledger: Ledger, company: str) -> int:
    from desktop_app.importing.recognise.companies import CompanyIndex

    found = CompanyIndex(known_enterprises(ledger), context.home(ledger).name).by_option(company)
    if found.one is None:
        names = "、".join(e.short_name or e.name for e in found.matches[:6])
        raise UserError(
            f"“{company}”可以是几家企业：{names}" if names else f"企业名录里没有“{company}”",
            hint="企业名称见“数据导入”里的“企业”一栏",
            command="请用 bureau-ledger enterprises list 查看企业名称",
        )
    return found.one.id


def _refuse(plan: ImportPlan, kind: FileKind, path: Path) -> None:
    if plan.errors:
        first = plan.errors[0]
        row = f"第 {first.row} 行：" if first.row else ""
        more = f"；共 {len(plan.errors)} 处" if len(plan.errors) > 1 else ""
        raise FileRefusedError(
            f"{row}{first.message}{more}", hint=first.suggestion, command=first.command, where=path.name
        )
    if plan.kind is not kind:
        raise FileRefusedError(
            f"这不是{kind.label}，认作“{plan.kind.label}”",
            hint="请检查文件，或到“数据导入”导入",
            command="请检查文件，或用 bureau-ledger import 导入",
            where=path.name,
        )
