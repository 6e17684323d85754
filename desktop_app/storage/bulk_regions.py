# ruff: noqa: S608 (statements are put together of our own words and numbers; what a file says is a parameter)
"""A registry of very many villages into the register: what is new or unchanged is settled by the database itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from sqlalchemy import TextClause, text

from desktop_app.models.region import FIRST_MONTH
from desktop_app.models.values import Month
from desktop_app.storage.bulk import unchecked
from desktop_app.storage.regions import RegisterUpdate
from desktop_app.storage.registers import RegisterCounts
from desktop_app.storage.shapes import RegionLike

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_SLICE = 50_000
_COUNT = 9
FLAGGED = "村委会"
"""Kind of the units that are 建制村 unless somebody says otherwise."""
Told = Callable[[int, int], None]
"""(done, total); may raise CancelledError, which undoes everything."""


class Packing(Protocol):
    """How villages are packed into text: ``importing.bulk.regions.BulkRegions`` knows."""

    @property
    def kinds(self) -> Sequence[str]:
        """Names of the kinds of units, by the digit that stands for them."""
        ...

    @property
    def counted(self) -> bool:
        """Whether households and population stand before the name, nine characters each."""
        ...

    def unpack(self, villages: Sequence[str]) -> Sequence[RegionLike]:
        """Packed villages as objects."""
        ...


def insert_statement(kind: str, *, flagged: bool, counted: bool, server: bool) -> str:
    """Inserts the villages of one kind in ``:rows``, a JSON list of packed ones, from ``:month`` on."""
    start = 14 + (2 * _COUNT if counted else 0)
    flag = str(flagged).upper() if server else str(int(flagged))
    return (
        "INSERT INTO region (code, name, level, unit_kind, parent_code, valid_from, administrative_village, "
        "flag_reason, households, population, source_batch_id) "
        f"SELECT substr(value, 1, 12), substr(value, {start}), 'village', '{kind}', substr(value, 1, 9) || '000', "
        f":month, {flag}, '', {_count(14, counted)}, {_count(14 + _COUNT, counted)}, :batch FROM {_source(server)}"
    )


def _source(server: bool) -> str:  # noqa: FBT001  (says which of two databases)
    # SQLite takes bytes as they are; a text would be copied once more.
    return (
        "json_array_elements_text(CAST(:rows AS json)) AS j(value)" if server else "json_each(CAST(:rows AS TEXT)) AS j"
    )


def _count(at: int, counted: bool) -> str:  # noqa: FBT001  (whether the file has head counts)
    return f"CAST(NULLIF(TRIM(substr(value, {at}, {_COUNT})), '') AS INTEGER)" if counted else "NULL"


class _Statements:
    """The statements for one layout of packed villages; ``:rows`` is a JSON list of them."""

    def __init__(self, kinds: Sequence[str], *, counted: bool, server: bool) -> None:
        # Put together of our own words and numbers only; what a file says goes in as a parameter.
        words = " ".join(f"WHEN '{n}' THEN '{kind}'" for n, kind in enumerate(kinds))
        start = 14 + (2 * _COUNT if counted else 0)
        source = _source(server)
        yes, no = ("TRUE", "FALSE") if server else ("1", "0")
        kind = f"CASE substr(value, 13, 1) {words} END"
        parent = "substr(value, 1, 9) || '000'"
        flag = f"CASE substr(value, 13, 1) WHEN '{kinds.index(FLAGGED)}' THEN {yes} ELSE {no} END"
        households, population = _count(14, counted), _count(14 + _COUNT, counted)
        self.insert = [
            text(insert_statement(kind, flagged=kind == FLAGGED, counted=counted, server=server)) for kind in kinds
        ]
        head_counts = (
            f" AND COALESCE({households}, r.households, -1) = COALESCE(r.households, -1)"
            f" AND COALESCE({population}, r.population, -1) = COALESCE(r.population, -1)"
            if counted
            else ""
        )
        self.different = text(
            f"SELECT value FROM {source} WHERE NOT EXISTS (SELECT 1 FROM region r WHERE r.code = substr(value, 1, 12) "
            f"AND r.valid_to IS NULL AND r.name = substr(value, {start}) AND r.level = 'village' "
            f"AND r.unit_kind = {kind} AND r.parent_code = {parent} "
            f"AND (r.flag_reason <> '' OR r.administrative_village = {flag}){head_counts})"
        )
        self.unknown = text(
            f"SELECT value FROM {source} WHERE NOT EXISTS (SELECT 1 FROM region r WHERE r.code = substr(value, 1, 12))"
        )
        self.missing = text(
            "SELECT r.id, r.parent_code FROM region r WHERE r.code > :after AND r.code <= :last "
            "AND r.level = 'village' AND r.valid_to IS NULL "
            f"AND r.code NOT IN (SELECT substr(value, 1, 12) FROM {source})"
        )


def upsert_villages(
    session: Session,
    villages: Sequence[str],
    packing: Packing,
    *,
    month: Month,
    batch_id: int,
    told: Told,
    fresh: bool = False,
) -> RegisterCounts:
    """The same as :func:`desktop_app.storage.regions.upsert_regions` for villages alone.

    New rows are noted by their ``source_batch_id`` only (see :func:`desktop_app.storage.registers.revert`).

    :param villages: by code, each once; packed: 12 digits of code, digit of the kind, counts, name.
    :param packing: for the few that change.
    :param fresh: the register had no villages when the import began.
    """
    connection = session.connection()
    server = connection.dialect.name == "postgresql"
    statements = _Statements(packing.kinds, counted=packing.counted, server=server)
    update = RegisterUpdate(session, month, batch_id)
    known = set() if fresh else update.known_counties()
    covered = {village[:9] + "000" for village in villages} if known else set()
    added = unchanged = 0
    after = ""
    with unchecked(session):
        for start in range(0, len(villages), _SLICE):
            told(start, len(villages))
            part = villages[start : start + _SLICE]
            first = [village for village in part if village[:6] not in known] if known else part
            _insert(session, statements, first, FIRST_MONTH, batch_id)
            added += len(first)
            if not known:
                continue
            others = [village for village in part if village[:6] in known]
            different = _ask(session, statements.different, others)
            unknown = _ask(session, statements.unknown, different)
            _insert(session, statements, unknown, month.key, batch_id)
            added += len(unknown)
            unchanged += len(others) - len(different)
            new = set(unknown)
            update.take(packing.unpack([village for village in different if village not in new]))
            last = part[-1][:12] if start + _SLICE < len(villages) else "9" * 12
            found = session.execute(statements.missing, {"rows": _json(part), "after": after, "last": last})
            update.close([row[0] for row in found if row[1] in covered])
            after = last
    session.flush()
    told(len(villages), len(villages))
    counts = update.finish()
    return RegisterCounts(counts.added + added, counts.changed, counts.closed, counts.unchanged + unchanged)


def insert_towns(session: Session, towns: Sequence[str], kinds: Sequence[str], batch_id: int) -> None:
    """Towns of an empty register, as from ever: 12 digits of code, digit of the kind in ``kinds``, name."""
    server = session.connection().dialect.name == "postgresql"
    words = " ".join(f"WHEN '{n}' THEN '{kind}'" for n, kind in enumerate(kinds))
    statement = (
        "INSERT INTO region (code, name, level, unit_kind, parent_code, valid_from, administrative_village, "
        "flag_reason, source_batch_id) "
        f"SELECT substr(value, 1, 12), substr(value, 14), 'town', CASE substr(value, 13, 1) {words} END, "
        f"substr(value, 1, 6) || '000000', :month, {'FALSE' if server else '0'}, '', :batch FROM {_source(server)}"
    )
    if towns:
        with unchecked(session):
            session.execute(text(statement), {"rows": _json(towns), "month": FIRST_MONTH, "batch": batch_id})


def _json(villages: Sequence[str]) -> str:
    joined = '","'.join(villages)
    if "\\" in joined or joined.count('"') != 2 * (len(villages) - 1):
        return json.dumps(list(villages), ensure_ascii=False)
    return f'["{joined}"]'


def _insert(session: Session, statements: _Statements, villages: Sequence[str], month: int, batch_id: int) -> None:
    for kind, statement in enumerate(statements.insert):
        if chosen := [village for village in villages if village[12] == str(kind)]:
            session.execute(statement, {"rows": _json(chosen), "month": month, "batch": batch_id})


def _ask(session: Session, statement: TextClause, villages: Sequence[str]) -> list[str]:
    return list(session.execute(statement, {"rows": _json(villages)}).scalars()) if villages else []
