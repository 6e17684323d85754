"""Village registry and company register: importing and listing them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from desktop_app.errors import FileRefusedError
from desktop_app.importing.bulk.regions import BulkRegions
from desktop_app.importing.plan import FileKind, ImportOptions, ImportPlan
from desktop_app.importing.planner import is_large
from desktop_app.models.values import Month
from desktop_app.services.imports import batch_of, plan_file
from desktop_app.services.ledger import actor
from desktop_app.services.progress import Cancelled, Progress, Told, hundredths, never, quiet, stepwise, untold
from desktop_app.services.results.imports import RegionImportResult
from desktop_app.storage import audit, batches, bulk_regions, enterprises, regions, settings
from desktop_app.storage.engine import Ledger
from desktop_app.storage.enterprises import StoredEnterprise
from desktop_app.storage.evidence import PackedFile, pack_file
from desktop_app.storage.registers import RegisterCounts

__all__ = ["StoredEnterprise", "commit_registry", "import_enterprises", "import_regions", "list_enterprises"]


def import_regions(
    ledger: Ledger,
    path: Path,
    *,
    month: Month | None = None,
    region: str | None = None,
    progress: Progress = quiet,
    cancelled: Cancelled = never,
) -> RegionImportResult:
    """Import a village registry as from ``month`` (default: this month; the first registry holds since ever).

    :param progress: called with hundredths done; cancelling before the end leaves the ledger as it was.
    :raises FileRefusedError: not a registry, or an entry in it is wrong; nothing is stored then.
    :raises CancelledError: the user has cancelled.
    """
    with ThreadPoolExecutor(1, "pack") as other:
        # Packing leaves the interpreter free, so it goes on beside the reading.
        packing = other.submit(pack_file, path) if is_large(path) else None
        plan = plan_file(ledger, path, ImportOptions(region=region), hundredths(progress, 0, 60), cancelled)
        _refuse(plan, FileKind.REGISTRY, path)
        packed = packing.result() if packing else None
    return commit_registry(ledger, path, plan, month, hundredths(progress, 60, 100), cancelled, packed)


def commit_registry(
    ledger: Ledger,
    path: Path,
    plan: ImportPlan,
    month: Month | None = None,
    told: Told = untold,
    cancelled: Cancelled = never,
    packed: PackedFile | None = None,
) -> RegionImportResult:
    """Store a planned registry in one transaction. It has no control totals: it brings no figures."""
    start = month or _this_month()
    large = plan.regions if isinstance(plan.regions, BulkRegions) else None
    upper = large.upper if large else [row for row in plan.regions if row.level != "village"]
    with ledger.write() as session:
        new = replace(batch_of(path, plan, reason="", packed=packed), totals={})
        batch = batches.add_batch(session, new, plan.issues)
        regions.upsert_regions(session, upper, month=start, batch_id=batch)
        if large is None:
            units = [row for row in plan.regions if row.level == "village"]
            counts = regions.upsert_regions(session, units, month=start, batch_id=batch)
        else:
            counts = bulk_regions.upsert_villages(
                session, large.villages(), large, month=start, batch_id=batch, told=stepwise(told, cancelled, "个单位")
            )
        own = settings.get_setting(session, "region_code")
        name = next((row.name for row in upper if row.code == own), "")
        if name and not settings.get_setting(session, "region_name"):
            settings.set_setting(session, "region_name", name)
        audit.append(
            session, actor(), "导入村级名录", path.name, {"batch": batch, "units": len(plan.regions) - len(upper)}
        )
    return RegionImportResult(
        read=plan.counts.read,
        added=counts.added,
        changed=counts.changed,
        closed=counts.closed,
        refused=plan.counts.rejected,
        villages=plan.totals.get("VILLAGES", 0),
        units=len(plan.regions) - len(upper),
        batch=batch,
    )


def _this_month() -> Month:
    today = datetime.now().astimezone()
    return Month(today.year, today.month)


def import_enterprises(ledger: Ledger, path: Path) -> RegisterCounts:
    """Import the 一企一档 register.

    :raises FileRefusedError: not such a register, or an entry in it is wrong; nothing is stored then.
    """
    plan = plan_file(ledger, path, ImportOptions())
    _refuse(plan, FileKind.ENTERPRISES, path)
    with ledger.write() as session:
        batch = batches.add_batch(session, batch_of(path, plan, reason=""), plan.issues)
        counts = enterprises.upsert_enterprises(session, plan.enterprises, batch_id=batch)
        audit.append(session, actor(), "导入企业名录", path.name, {"batch": batch, "companies": len(plan.enterprises)})
    return counts


def list_enterprises(ledger: Ledger) -> list[StoredEnterprise]:
    """All companies of the register."""
    with ledger.read() as session:
        return enterprises.enterprises(session)


def _refuse(plan: ImportPlan, kind: FileKind, path: Path) -> None:
    if plan.errors:
        first = plan.errors[0]
        row = f"第 {first.row} 行：" if first.row else ""
        more = f"；共 {len(plan.errors)} 处" if len(plan.errors) > 1 else ""
        raise FileRefusedError(f"{row}{first.message}{more}", hint=first.suggestion, where=path.name)
    if plan.kind is not kind:
        raise FileRefusedError(
            f"这不是{kind.label}，认作“{plan.kind.label}”",
            hint="请检查文件，或用 bureau-ledger import 导入",
            where=path.name,
        )
