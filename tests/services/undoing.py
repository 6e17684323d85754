"""Small files of every kind for the stateful test of undoing, and what a ledger shows, free of numbers and moments."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from desktop_app.errors import UserError
from desktop_app.importing.plan import ImportOptions
from desktop_app.models.values import Month, Period
from desktop_app.services import imports, registers
from desktop_app.services.duties import duties
from desktop_app.services.figures import indicator_board
from desktop_app.services.results.imports import ImportResult, Outcome
from desktop_app.services.rural import coverage_report
from desktop_app.storage import coverage, enterprises, observations, regions, settings
from desktop_app.storage.engine import Ledger

MONTHS = (Month(2021, 1), Month(2021, 2), Month(2021, 3))
COMPANIES = ("示例甲快递有限公司", "示例乙快递有限公司", "示例丙快递有限公司")
CODES = ("91220281999900011R", "9122028199990002XH", "")
BRANDS = ("示例甲", "示例乙", "示例丙")
TOWNS = {"220281001": "民主街道", "220281100": "白石山镇"}
VILLAGES = {
    "220281001200": "金星村",
    "220281001201": "先锋村",
    "220281100201": "红星村",
    "220281100202": "团山村",
}
MODES = ("直投", "邮快", "直投+驻村设点", "否", "停运")
WHY = "已向企业核实"


@dataclass(frozen=True)
class Step:
    """One file with what is done with it: stored, or sent back."""

    name: str
    content: bytes
    returned: bool = False


def registry(present: tuple[str, ...], renamed: str) -> Step:
    """A village register with some villages, one of them under another name."""
    lines = ["代码,村名,乡镇代码,乡镇,区县代码,区县"]
    for code in present:
        name = VILLAGES[code].replace("村", "新村") if code == renamed else VILLAGES[code]
        lines.append(f"{code},{name},{code[:9]},{TOWNS[code[:9]]},220281,蛟河市")
    return Step("村级名录.csv", "\r\n".join(lines).encode())


def companies(present: tuple[int, ...], short: str, alias: str) -> Step:
    """A company register; short names and aliases change from file to file."""
    lines = ["统一社会信用代码,企业名称,简称,品牌,别名"]
    for number in present:
        name = COMPANIES[number]
        lines.append(f"{CODES[number]},{name},{name[:5]}{short},{BRANDS[number]},{name[2]}{alias}")
    return Step("企业名录.csv", "\r\n".join(lines).encode("gb18030"))


def market(numbers: tuple[int, ...], month: Month, volume: int, status: str, *, returned: bool = False) -> Step:
    """A sheet of some companies for a month; volumes stay near each other, so that nothing looks like a slip."""
    lines = [f"{month.label}快递企业业务量及收入汇总表", f"单位：件、元,数据状态：{status}"]
    lines.append("企业名称,同城业务量,异地业务量,国际/港澳台业务量,快递业务量合计")
    for number in numbers:
        local = volume + number
        lines.append(f"{COMPANIES[number]},{local},{local * 2},0,{local * 3}")
    return Step(f"{status}_{month}.csv", "\r\n".join(lines).encode(), returned)


def rural(villages: tuple[str, ...], month: Month, modes: tuple[str, ...]) -> Step:
    """A village sheet with the three brands."""
    lines = [f"蛟河市{month.label}快递进村情况表", f"代码,乡镇,建制村,{','.join(BRANDS)}"]
    for place, code in enumerate(villages):
        cells = [modes[(place + n) % len(modes)] for n in range(len(BRANDS))]
        lines.append(f"{code},{TOWNS[code[:9]]},{VILLAGES[code]},{','.join(cells)}")
    return Step(f"进村_{month}.csv", "\r\n".join(lines).encode("gb18030"))


def do(ledger: Ledger, step: Step, folder: Path) -> int | None:
    """Carry a step out as the window does; the batch, or None when the ledger would not have it."""
    path = folder / step.name
    path.write_bytes(step.content)
    preview = imports.preview_file(ledger, path, ImportOptions())
    if step.returned:
        plan = preview.plan
        known = plan is not None and plan.enterprise_id is not None and plan.month is not None
        return imports.return_file(ledger, preview, WHY) if known else None
    if preview.plan is not None and preview.plan.kind.value == "registry" and preview.ready:
        # From one month on, whenever the test is run.
        return registers.import_regions(ledger, path, month=MONTHS[1]).batch
    result: ImportResult = imports.commit_previews(ledger, [preview], WHY)[0]
    return result.batch if result.outcome is Outcome.COMMITTED else None


def shown(ledger: Ledger) -> dict[str, object]:
    """Everything that counts and what the window shows of it, without row numbers, batch numbers and moments."""
    with ledger.read() as session:
        firms = enterprises.enterprises(session)
        names = {firm.id: firm.name for firm in firms}
        figures = [
            (o.indicator, o.month, o.span, o.region, names.get(o.enterprise_id or 0), o.value, o.state, o.status,
             o.row, o.column, o.reason)
            for o in observations.current_observations(session)
        ]  # fmt: skip
        records = [c._replace(id=0, batch_id=0, version=0) for c in coverage.timeline(session)]
        units = [u._replace(id=0) for u in regions.every_unit(session)]
        known = {k: v for k, v in settings.all_settings(session).items() if k != "audit_head"}
    return {
        "figures": sorted(map(repr, figures)),
        "coverage": sorted(map(repr, records)),
        "units": sorted(map(repr, units)),
        "companies": sorted(repr(f._replace(id=0, aliases=tuple(sorted(f.aliases)))) for f in firms),
        "settings": known,
        "duties": [_plain(duties(ledger, month)) for month in MONTHS],
        "board": [_plain(indicator_board(ledger, month, "市场规模")) for month in MONTHS],
        "rural": [_rural(ledger, month) for month in MONTHS],
        "period": str(Period.of_month(MONTHS[-1])),
    }


def _rural(ledger: Ledger, month: Month) -> str:
    try:
        return _plain(coverage_report(ledger, month, by="brand", gaps=True))
    except UserError as error:
        return error.message


def _plain(answer: object) -> str:
    """Words of an answer without numbers that only tell when something was stored."""
    text = re.sub(r"(enterprise_id|batch|batches|id)=(\d+|\([\d, ]*\))", r"\1", repr(answer))
    return re.sub(r"第\d+版", "第版", text)
