"""From a large text file to the same plan that the reading of small files would make."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import is_
from pathlib import Path

import numpy as np

from desktop_app.importing.building import build, tell_damage
from desktop_app.importing.bulk.condense import condensed, wanted_lines
from desktop_app.importing.bulk.coverage import CoverageScan
from desktop_app.importing.bulk.regions import Block, BulkRegions
from desktop_app.importing.bulk.registry import RegistryScan
from desktop_app.importing.bulk.sink import Sink
from desktop_app.importing.bulk.source import HEAD_LINES, BulkText, OrdinaryError, open_rungs
from desktop_app.importing.bulk.upper import Uppers
from desktop_app.importing.checks import run_checks
from desktop_app.importing.columns import typed_columns
from desktop_app.importing.draft import Draft
from desktop_app.importing.grid import RawSheet
from desktop_app.importing.kinds import coverage, coverage_words, registry
from desktop_app.importing.kinds.coverage_villages import villages_then
from desktop_app.importing.outcome import counts_of, make_plan
from desktop_app.importing.plan import (
    FileKind,
    ImportContext,
    ImportOptions,
    ImportPlan,
    PreviewRow,
    Reading,
    RowCounts,
    RowRole,
)
from desktop_app.importing.planner import make_draft
from desktop_app.importing.readers.text import broken_cells
from desktop_app.importing.recognise.by_hand import settle_said
from desktop_app.importing.recognise.by_profile import settle_code, settle_profile
from desktop_app.importing.recognise.companies import CompanyIndex
from desktop_app.importing.recognise.context import settle_region
from desktop_app.importing.recognise.kind import Recognised, recognise
from desktop_app.importing.recognise.units import is_unit
from desktop_app.importing.recognise.words import find_columns
from desktop_app.importing.table import Table, read_table

SHOWN = 2000
"""Lines of a large file that are shown."""
Tell = Callable[[float, str], None]
_KINDS: Mapping[FileKind, Mapping[str, tuple[str, ...]]] = {
    FileKind.REGISTRY: registry.VOCABULARY,
    FileKind.COVERAGE: {role: words for role, words in coverage_words.VOCABULARY.items() if role != "ignored"},
}


def plan_large(
    path: Path, context: ImportContext, options: ImportOptions, tell: Tell, sink: Sink | None = None
) -> ImportPlan | None:
    """The plan, or None where the file must be read as a whole.

    :param sink: takes villages while the file is still being read; what it has taken counts only when the plan says so.
    :param tell: called with a share and a word; may raise CancelledError.
    """
    if options.encoding is not None or options.meanings or options.repairs:
        # What the user has said of single columns and cells concerns the file as it reads as a whole.
        return None
    try:
        for source in open_rungs(path):
            try:
                return _Large(path, context, options, source, sink).plan(tell)
            except UnicodeDecodeError:
                continue
    except OrdinaryError:
        return None
    return None


@dataclass(frozen=True)
class _Head:
    """What the first lines say."""

    draft: Draft
    columns: Mapping[str, int]
    width: int
    named: int


class _Large:
    def __init__(
        self, path: Path, context: ImportContext, options: ImportOptions, source: BulkText, sink: Sink | None
    ) -> None:
        self._path, self._context, self._options, self._source = path, context, options, source
        self._sink = sink
        self._given: list[Block] = []
        self._companies = CompanyIndex(context.enterprises, context.region_name)

    def plan(self, tell: Tell) -> ImportPlan:
        head = self._head()
        scan = self._scan(head)
        for piece in self._source.pieces(head.width):
            tell(0.8 * self._source.share, f"读到第 {piece.first + piece.lines} 行")
            scan.take(piece)
            if isinstance(scan, RegistryScan):
                self._give(scan)
        tell(0.8, "核对")
        total = self._source.total
        odd = self._source.lines_at(sorted(scan.odd), head.width)
        also = scan.lines_of(odd)
        numbers = wanted_lines([*odd, *also], (), total)
        rows = self._source.lines_at(numbers, head.width)
        table = condensed(rows, head.width)
        draft, found = self._recognised(table)
        if found is None or found.kind is not head.draft.kind or self._columns(draft, found.kind) != head.columns:
            raise OrdinaryError
        build(draft, found)
        tell(0.9, "审核")
        if isinstance(scan, RegistryScan):
            plan = self._registry(draft, scan, rows)
        else:
            plan = self._coverage(draft, scan, rows)
        tell(1.0, "完成")
        return plan

    def _give(self, scan: RegistryScan) -> None:
        """Pass on what has been found and is settled."""
        if self._sink is None or not scan.ascending:
            return
        for block in scan.blocks[len(self._given) : scan.settled]:
            if not self._given:
                self._sink.restart(counted=scan.counted)
            self._sink.put(block.kind, block.text)
            self._given.append(block)

    def _written(self, blocks: Sequence[Block]) -> int:
        """How many of the first blocks are written; none where what was written is not in the plan."""
        given = len(self._given)
        return given if all(map(is_, self._given, blocks[:given])) else 0

    # ------------------------------------------------------------------------------------------- head

    def _head(self) -> _Head:
        table = read_table(RawSheet("", tuple(map(tuple, self._source.head_rows()))), is_unit)
        if table.head is None or table.warnings or table.width < 3:
            raise OrdinaryError
        draft, found = self._recognised(table)
        if found is None or found.kind not in _KINDS:
            raise OrdinaryError
        draft.kind = found.kind
        columns = self._columns(draft, found.kind)
        lengths = Counter(len(row) for row in table.sheet.rows if any(row))
        width = lengths.most_common(1)[0][0]
        named = max((c for c, levels in enumerate(table.head.levels) if levels), default=-1) + 1
        if named > width:
            raise OrdinaryError
        return _Head(draft, columns, width, named)

    def _recognised(self, table: Table) -> tuple[Draft, Recognised | None]:
        draft = make_draft(self._path, table, self._context, self._options, self._companies)
        settle_code(draft)
        settle_said(draft)
        settle_profile(draft)
        return draft, recognise(draft)

    @staticmethod
    def _columns(draft: Draft, kind: FileKind) -> dict[str, int]:
        return find_columns(draft.names, _KINDS[kind])

    def _scan(self, head: _Head) -> RegistryScan | CoverageScan:
        draft, columns = head.draft, head.columns
        if draft.kind is FileKind.COVERAGE:
            if not {"brand"} <= columns.keys() or not {"mode", "state"} & columns.keys():
                raise OrdinaryError
            settle_region(draft)
            coverage.prepare(draft, columns, ())
            if draft.stopped():
                raise OrdinaryError
            return CoverageScan(draft, columns, head.width, head.named, villages_then(draft))
        settle_region(draft)
        assert draft.table.head is not None  # noqa: S101  (there is no draft of a kind without a head)
        typed = typed_columns(draft.table.cells, draft.table.head.last + 1)
        if not {"code", "name"} <= columns.keys() or draft.stopped() or columns["code"] not in typed:
            raise OrdinaryError
        return RegistryScan(columns, head.width, head.named, registry.shared_prefix(draft.region), HEAD_LINES)

    # ------------------------------------------------------------------------------------------- results

    def _registry(self, draft: Draft, scan: RegistryScan, rows: Mapping[int, list[str]]) -> ImportPlan:
        read = np.fromiter(rows, np.int64, len(rows))
        blocks = tuple(block.without(read) for block in scan.blocks)
        accepted = sum(len(block.numbers) for block in blocks)
        skipped = sum(int((~np.isin(numbers, read)).sum()) for numbers in scan.skipped)
        own = tuple(region for region in draft.regions if region.level == "village")
        upper = {region.code: region for region in draft.regions if region.level != "village"}
        uppers = Uppers(self._context, upper, scan.towns)
        regions = BulkRegions(uppers, own, blocks, scan.counted, self._written(blocks))
        reading = self._reading(draft, rows)
        tell_damage(draft, reading.warnings)
        plan = make_plan(draft, reading)
        counts = _with(counts_of(draft), accepted, skipped, broken=draft.file_broken)
        if draft.file_broken:
            return replace(plan, counts=counts)
        return replace(plan, counts=counts, regions=regions, totals={"VILLAGES": regions.administrative})

    def _coverage(self, draft: Draft, scan: CoverageScan, rows: Mapping[int, list[str]]) -> ImportPlan:
        merged = [record for record in scan.records if record.row - 1 not in rows]
        scan.records.clear()
        merged += draft.coverage
        merged.sort(key=lambda record: record.row)
        draft.coverage = merged
        draft.changes += [change for change in scan.changes if change.row - 1 not in rows]
        draft.changes.sort(key=lambda change: change.row)
        if scan.untold:
            draft.ground(f"另有 {scan.untold} 格日期也照同样的写法换读")
        run_checks(draft)
        reading = self._reading(draft, rows)
        tell_damage(draft, reading.warnings)
        plan = make_plan(draft, reading)
        odd = set(scan.odd)
        plain = scan.plain - sum(1 for number in rows if number not in odd)
        return replace(plan, counts=_with(counts_of(draft), plain, 0, broken=draft.file_broken))

    def _reading(self, draft: Draft, rows: Mapping[int, list[str]]) -> Reading:
        table, source = draft.table, self._source
        roles = Counter(role for _, role in table.numbered())
        roles[RowRole.DATA] += source.total - len(rows)
        numbered = list(table.numbered())
        shown = numbered[:SHOWN]
        damaged = any("\ufffd" in cell or "锟斤拷" in cell for row in rows.values() for cell in row)
        return Reading(
            file_name=self._path.name,
            sha256=source.sha256,
            size=source.size,
            encoding=source.rung.label,
            delimiter=source.dialect.delimiter,
            quote=source.quote,
            sheet="",
            sheets=(),
            title=table.title,
            unit=table.unit,
            layout=draft.kind,
            header_rows=tuple(row + 1 for row in table.head.rows) if table.head else (),
            columns=table.names(self._options.join),
            rows=tuple(PreviewRow(n + 1, role, tuple(rows[n]), n in draft.broken_rows) for n, role in shown),
            total_rows=tuple(row + 1 for row in table.total_rows),
            note_rows=tuple(row + 1 for row, role in numbered if role is RowRole.NOTE),
            warnings=(broken_cells(rows.items()),) if damaged else (),
            roles=roles,
        )


def _with(counts: RowCounts, accepted: int, skipped: int, *, broken: bool) -> RowCounts:
    """Counts with those of the lines that ordinary code has not seen."""
    read = counts.read + accepted + skipped
    if broken:
        return RowCounts(read, 0, read, 0)
    return RowCounts(read, counts.accepted + accepted, counts.rejected, counts.skipped + skipped)
