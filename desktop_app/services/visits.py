"""录入巡查表: what was found in the villages becomes records with their evidence, each line a batch of its own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from desktop_app.errors import UserError
from desktop_app.importing.kinds.coverage_cells import read_frequency, read_service
from desktop_app.importing.plan import FileKind, PlannedCoverage
from desktop_app.indicators.visit_forms import form_numbers, read_form_number
from desktop_app.models.values import CoverageMode, CoverageState, Month
from desktop_app.services import hand_batch
from desktop_app.services.coverage_entry import (
    HEAD,
    brands_of,
    check_entry,
    line_of,
    pack_proof,
    records_of,
)
from desktop_app.services.pinyin import initials
from desktop_app.services.results.coverage_entry import AS_IS, CoverageEntry, EvidenceKind, Leave
from desktop_app.services.results.rural import VillageRow
from desktop_app.services.results.visits import Finding, VisitHead, VisitLine, VisitPlace, VisitSheet, VisitStored
from desktop_app.services.town_sheets import town_sheets
from desktop_app.storage import batches, coverage, late_records, regions
from desktop_app.storage.coverage import StoredCoverage
from desktop_app.storage.engine import Ledger

_SPLIT = re.compile(r"[、，,;；/\s]+")
_PHOTOS = frozenset({".jpg", ".jpeg", ".png", ".heic", ".webp", ".bmp", ".pdf"})
Held = dict[tuple[str, str], StoredCoverage]


def visit_sheet(ledger: Ledger, typed: str, month: Month) -> VisitSheet:
    """The sheet with this number (``104``, ``104-2103``), or of the town with this code, name or initials.

    :raises UserError: no such sheet, or several.
    """
    plain = unicodedata.normalize("NFKC", typed).strip()
    if not plain:
        raise UserError("请填表号", hint="巡查表每张纸的左上印着表号，例如 104-2103；也可填乡镇名")
    number = read_form_number(plain, month)
    of = number[1] if number is not None else month
    towns = town_sheets(ledger, of)
    numbers = form_numbers((town.code for town, _ in towns), of)
    if number is not None:
        found = [t for t in towns if number[0] in {numbers[t[0].code].partition("-")[0], t[0].code[:9], t[0].code}]
    else:
        exact = [each for each in towns if each[0].name == plain]
        found = exact or [t for t in towns if plain in t[0].name or initials(t[0].name).startswith(plain.lower())]
    if len(found) != 1:
        listed = "、".join(f"{numbers[town.code]} {town.name}" for town, _ in (found or towns)[:6])
        raise UserError(
            f"{of.label}没有这张巡查表：{plain}" if not found else f"“{plain}”不止一张表",
            hint=f"例如 {listed}" if listed else "台账里还没有村级名录",
        )
    town, rows = found[0]
    places = tuple(_place(place, row) for place, row in enumerate(rows, start=1))
    return VisitSheet(numbers[town.code], town.name, of, places)


def _place(number: int, row: VillageRow) -> VisitPlace:
    standing = f"{row.state} {len(row.brands)}家" if row.brands else row.state
    return VisitPlace(number, row.code, row.name, row.initials, standing, row.brands, row.modes)


def enter_visit(ledger: Ledger, sheet: VisitSheet, head: VisitHead, line: VisitLine) -> VisitStored:
    """Store one line at once, as a batch that can be undone.

    是: the brands written down run; brands that the ledger had running and the paper does not name have fallen back
    (回退). 否: every running brand has fallen back, the others are 未通. 同账: what holds, seen again.
    Every record gets the day, the checker and the photo.

    :raises UserError: a word that cannot be read, no brand where one must be named, or no such photo.
    """
    if not head.checker.strip():
        raise UserError("请填巡查人", hint="纸的下面签着名")
    place = line.place
    named = _brands(line.brands, brands_of(ledger))
    photo = _photo(line.photo, head.photos)
    packed = pack_proof(photo) if photo is not None else None
    with ledger.write() as session:
        units = regions.every_unit(session, prefix=place.code, level="village")
        if not any(u.valid_from <= head.month.key <= (u.valid_to or head.month.key) for u in units):
            raise UserError(
                f"{head.month.label}的名录里已没有“{place.name}”（{place.code}）",
                hint="它可能已合并或换了代码：“记入”改成纸上的月份，或登记到现在的村",
            )
        held: Held = {(r.village_code, r.brand): r for r in coverage.as_of(session, head.month, villages=[place.code])}
        # 未通 is said of the brands that serve villages at all; a company that never did gets no column of noughts.
        brands = coverage.recorded_brands(session) or list(brands_of(ledger))
        entries = list(_entries(sheet, head, line, named, held, brands))
        proof = batches.keep_evidence(session, photo.name, packed) if photo is not None and packed is not None else ""
        rows: list[PlannedCoverage] = []
        for entry in entries:
            check_entry(entry)
            rows += records_of(entry, held, proof, 2 + len(rows))
        batch = hand_batch.open_batch(
            session,
            f"巡查表{sheet.number}第{place.number}行·{place.name}.csv",
            FileKind.COVERAGE,
            [HEAD, *(line_of(row) for row in rows)],
            reason=entries[0].reason,
            month=head.month,
            totals={"VILLAGES": 1, "RECORDS": len(rows)},
        )
        coverage.insert_coverage(session, rows, batch_id=batch)
        late_records.hand_on(session, [place.code], batch)
    return VisitStored(batch, _words(rows), photo.name if photo is not None else "")


def _words(rows: Sequence[PlannedCoverage]) -> str:
    """正常 示例甲、示例乙；回退 示例丙."""
    by_state: dict[CoverageState, list[str]] = {}
    for row in rows:
        by_state.setdefault(row.state, []).append(row.brand)
    return "；".join(f"{state.value} {'、'.join(by_state[state])}" for state in CoverageState if state in by_state)


# ----------------------------------------------------------------------------------------------- what it becomes


def _entries(
    sheet: VisitSheet, head: VisitHead, line: VisitLine, named: Sequence[str], held: Held, brands: Sequence[str]
) -> Iterator[CoverageEntry]:
    """One entry for the brands that run, that have gone, that never came, and that are as they were."""
    known = {brand: record.state.served for (_, brand), record in held.items()}
    running, idle = ([b for b in brands if known.get(b) is served] for served in (True, False))
    finding = line.finding
    if finding is Finding.SAME and (named or not held):
        # A brand written down says more than the tick; a village without any record is one where nobody comes.
        finding = Finding.YES if named else Finding.NO
    if finding is Finding.NO:
        if named or line.modes.strip():
            raise UserError("圈了“否”又写了品牌或方式", hint="有快递到村就圈“是”；没有就把品牌和方式清掉")
        never = [brand for brand in brands if brand not in known]
        if not running and not idle and not never:
            raise UserError("台账里还没有任何品牌", hint="请先导入企业名录，或圈“是”并写品牌")
        yield from _entry(sheet, head, line, running, CoverageState.RELAPSED)
        yield from _entry(sheet, head, line, never, CoverageState.NONE)
        yield from _entry(sheet, head, line, idle, AS_IS)
        return
    come = list(named) or running
    if not come and finding is Finding.YES:
        raise UserError(f"“{line.place.name}”账上没有通达的品牌", hint="圈了“是”，请写到村的品牌")
    yield from _entry(sheet, head, line, come, CoverageState.NORMAL, served=True)
    if named:
        yield from _entry(sheet, head, line, [b for b in running if b not in named], CoverageState.RELAPSED)
    yield from _entry(sheet, head, line, [b for b in idle if b not in come], AS_IS)


def _entry(
    sheet: VisitSheet,
    head: VisitHead,
    line: VisitLine,
    brands: Sequence[str],
    state: CoverageState | Leave,
    *,
    served: bool = False,
) -> Iterator[CoverageEntry]:
    if not brands:
        return
    station, contact = [*_SPLIT.split(line.station.strip(), maxsplit=1), ""][:2]
    told = (
        f"巡查表{sheet.number}第{line.place.number}行",
        f"见证人{head.witness.strip()}" if head.witness.strip() else "",
        f"负责人{contact.strip()}" if contact.strip() else "",
        f"照片{line.photo.strip()}" if line.photo.strip() else "",
    )
    modes, times = _modes(line.modes), _times(line.frequency)
    yield CoverageEntry(
        villages=(line.place.code,),
        brands=tuple(brands),
        month=head.month,
        reason="，".join(filter(None, told)),
        state=state,
        modes=modes if served and modes else AS_IS,
        weekly_frequency=times if served and times is not None else AS_IS,
        station=station if served and station else AS_IS,
        extra_charge=line.charged if served and line.charged is not None else AS_IS,
        evidence_date=head.day,
        evidence_kind=EvidenceKind.VISIT.value,
        checker=head.checker.strip(),
    )


# ----------------------------------------------------------------------------------------------- reading by hand


def read_visit_day(text: str, month: Month) -> date:
    """``12``, ``3-12``, ``2021-03-12``, ``20210312`` or 3月12日; what is left out is the month's.

    :raises UserError: no such day.
    """
    parts = [int(part) for part in re.findall(r"\d+", unicodedata.normalize("NFKC", text))]
    if len(parts) == 1 and parts[0] > 10_000_000:
        parts = [parts[0] // 10_000, parts[0] // 100 % 100, parts[0] % 100]
    whole = [month.year, month.month, *parts][-3:] if len(parts) < 3 else parts
    if parts and len(whole) == 3:
        if len(parts) == 2:
            whole = [month.year, *parts]
        try:
            return date(*whole)
        except ValueError:
            pass
    raise UserError(f"巡查日期读不懂：{text.strip() or '（空）'}", hint="写 3-12 或 2021-03-12") from None


def _brands(text: str, brands: Sequence[str]) -> tuple[str, ...]:
    """Brands by name, by a part of it that only one has, or by initials."""
    found: list[str] = []
    for word in filter(None, _SPLIT.split(unicodedata.normalize("NFKC", text).strip())):
        low = word.lower()
        tests = (
            [b for b in brands if b.lower() == low],
            [b for b in brands if low in b.lower()],
            [b for b in brands if initials(b).startswith(low)],
        )
        hits = next((hit for hit in tests if hit), [])
        if len(hits) != 1:
            some = "、".join((hits or list(brands))[:9])
            raise UserError(
                f"“{word}”是几个品牌的简称" if hits else f"不认识的品牌：{word}",
                hint=f"请写全：{some}" if hits else f"台账里有 {some}；新品牌请先登记企业",
            )
        found.append(hits[0])
    return tuple(dict.fromkeys(found))


def _modes(text: str) -> frozenset[CoverageMode]:
    found: set[CoverageMode] = set()
    for word in filter(None, _SPLIT.split(unicodedata.normalize("NFKC", text).strip())):
        service = read_service(word)
        if service is not None and not isinstance(service, str) and service.modes:
            found |= service.modes
            continue
        hits = [mode for mode in CoverageMode if initials(mode.value).startswith(word.lower())]
        if len(hits) != 1:
            known = "、".join(mode.value for mode in CoverageMode)
            raise UserError(f"方式读不懂：{word}", hint=f"可写 {known}，或拼音首字母")
        found.add(hits[0])
    return frozenset(found)


def _times(text: str) -> int | None:
    if not text.strip():
        return None
    times = read_frequency(text)
    if times is None:
        raise UserError(f"每周投递次数读不懂：{text.strip()}", hint="例如 5；天天投写 7")
    return times


def _photo(text: str, folder: Path | None) -> Path | None:
    """The photo whose name is the number, or ends with it; only when a folder is given.

    Of several numbers the first is attached; the others stand in the reason.
    """
    word = next(iter(filter(None, _SPLIT.split(unicodedata.normalize("NFKC", text).strip()))), "")
    if folder is None or not word:
        return None
    try:
        files = [path for path in sorted(folder.iterdir()) if path.suffix.lower() in _PHOTOS]
    except OSError as error:
        raise UserError("照片文件夹打不开", hint=error.strerror or "请检查", where=str(folder)) from None
    same = [path for path in files if word.lower() in {path.stem.lower(), path.name.lower()}]
    found = same or [path for path in files if word.isdecimal() and _last_number(path.stem) == int(word)]
    if len(found) != 1:
        several = "、".join(path.name for path in found[:4])
        raise UserError(
            f"照片 {word} 有几张：{several}" if found else f"文件夹里没有照片 {word}",
            hint="写全文件名" if found else "核对照片号，或清掉“照片夹”只记号码",
            where=folder.name,
        )
    return found[0]


def _last_number(stem: str) -> int | None:
    digits = re.search(r"(\d+)\D*$", stem)
    return int(digits.group(1)) if digits else None
