"""Village stations (村级寄递物流综合服务站): listed with the villages they serve, entered and corrected by hand."""

from __future__ import annotations

from collections.abc import Collection

from desktop_app.errors import UserError
from desktop_app.importing.outlet_plan import PlannedOutlet
from desktop_app.importing.plan import FileKind
from desktop_app.models.values import Flag, OutletKind, to_fixed
from desktop_app.services import context, hand_batch
from desktop_app.services.known import known_enterprises
from desktop_app.services.registers import list_outlets
from desktop_app.services.results.registers import OutletRow
from desktop_app.services.results.stations import StationEntry
from desktop_app.storage import outlets, regions
from desktop_app.storage.engine import Ledger

TITLE = "手工登记·村级站.csv"


def station_rows(ledger: Ledger) -> tuple[OutletRow, ...]:
    """Stations in the order of their villages."""
    rows = list_outlets(ledger, kind=OutletKind.VILLAGE.value)
    return tuple(sorted(rows, key=lambda row: (row.region or "9", row.name)))


def save_station(ledger: Ledger, entry: StationEntry) -> int:
    """Enter or correct a station; returns the batch, for undoing.

    :raises UserError: something is missing, unknown or impossible; nothing is stored then.
    """
    _check(entry)
    companies = {known.name: known.id for known in known_enterprises(ledger)}
    if entry.company and entry.company not in companies:
        raise UserError(f"企业名录里没有“{entry.company}”", hint="不属于哪一家的站，企业一栏留空")
    with ledger.read() as session:
        prefix = context.home(ledger).region.rstrip("0")
        known = {unit.code for unit in regions.villages(session, prefix=prefix)}
        old = next((o for o in outlets.outlets(session) if o.id == entry.id), None)
    _check_villages(known, [entry.village, *entry.serves])
    with ledger.write() as session:
        batch = hand_batch.open_batch(session, TITLE, FileKind.OUTLETS, _lines(entry), reason=entry.reason.strip())
        row = PlannedOutlet(
            enterprise_id=companies.get(entry.company),
            kind=OutletKind.VILLAGE,
            name=entry.name.strip(),
            # What this form does not ask for stays.
            filing_no=old.filing_no if old else "",
            address=entry.address.strip(),
            region_code=entry.village,
            opened=entry.opened,
            closed=entry.closed,
            green=old.green if old else Flag.MISSING,
            recycling=old.recycling if old else Flag.MISSING,
            standardised=entry.standardised,
            cells=old.cells if old else None,
            contact=entry.contact.strip(),
            phone=entry.phone.strip(),
            row=1,
            brands="、".join(entry.brands),
            serves=tuple(code for code in dict.fromkeys(entry.serves) if code != entry.village),
            report_month=entry.month,
            income=None if entry.income is None else to_fixed(entry.income),
            parcels_in=entry.parcels_in,
            parcels_out=entry.parcels_out,
        )
        outlets.write_outlet(session, entry.id, row, batch_id=batch)
    return batch


def _lines(entry: StationEntry) -> list[tuple[object, ...]]:
    """The station as a table of one line."""
    cells = {
        "站点名称": entry.name,
        "区划代码": entry.village,
        "企业": entry.company,
        "地址": entry.address,
        "负责人": entry.contact,
        "电话": entry.phone,
        "服务品牌": "、".join(entry.brands),
        "服务村": "、".join(entry.serves),
        "标准化": entry.standardised.value,
        "开办日期": entry.opened,
        "停办日期": entry.closed,
        "统计月份": entry.month,
        "月收入": entry.income,
        "月投递量": entry.parcels_in,
        "月寄件量": entry.parcels_out,
        "原因": entry.reason.strip(),
    }
    return [tuple(cells), tuple(cells.values())]


def _check(entry: StationEntry) -> None:
    if not entry.name.strip():
        raise UserError("请填站点名称")
    if not entry.village:
        raise UserError("请选站点所在的村")
    if not entry.reason.strip():
        raise UserError("请写明登记或更改的原因", hint="例如：3月新建站点验收")
    reported = (entry.income, entry.parcels_in, entry.parcels_out)
    if any(number is not None for number in reported) and entry.month is None:
        raise UserError("填了收入或件量，请写明是哪个月的")
    if entry.opened is not None and entry.closed is not None and entry.closed < entry.opened:
        raise UserError("停办月份早于开办月份", hint="请核对日期")
    if any(number is not None and number < 0 for number in reported):
        raise UserError("收入和件量不能小于 0")


def _check_villages(known: Collection[str], wanted: Collection[str]) -> None:
    for code in wanted:
        if code not in known:
            raise UserError(f"名录里没有代码为 {code} 的村", hint="请先在村名录里登记")
