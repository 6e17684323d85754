# ruff: noqa: S608 (statements are put together of our own words and numbers; what a file says is a parameter)
"""快递进村 as of one month for every village of a province at once: the database joins, one text for each village."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import text

from desktop_app.models.values import CoverageState, Month
from desktop_app.storage.coverage import recorded_brands

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

FIELD, RECORD = "\x1f", "\x1e"
"""What separates the fields of a record, and the records of a village."""


_VILLAGES = """
    FROM region r LEFT JOIN (
        SELECT code, MAX(valid_to) AS ends FROM region
        WHERE level = 'village' AND successor_code <> code AND valid_to < :month GROUP BY code
    ) p ON p.code = r.code AND p.ends < r.valid_from
    WHERE r.level = 'village' AND r.administrative_village AND r.code BETWEEN :low AND :high
        AND r.valid_from <= :month AND (r.valid_to IS NULL OR r.valid_to >= :month)
"""
"""建制村 that hold in ``:month``; ``p.ends``: end of another village that had the same code."""


class VillageLatest(NamedTuple):
    """A 建制村 of the month. ``records``: brand, month, state and modes of its latest records as one text."""

    code: str
    name: str
    town_code: str
    records: str


def latest(session: Session, month: Month, prefix: str) -> list[VillageLatest]:
    """建制村 that hold in ``month`` by code, with the latest committed record of each brand up to it.

    Records from before the end of another village that had the same code are left out.
    """
    server = session.connection().dialect.name == "postgresql"
    listed = "json_array_elements_text(CAST(:brands AS json)) AS b(value)" if server else "json_each(:brands) AS b"
    joined = "string_agg" if server else "group_concat"
    query = f"""
        SELECT r.code, r.name, r.parent_code, (
            SELECT {joined}(
                b.value || :field || CAST(c.month AS TEXT) || :field || c.state || :field || c.modes, :record)
            FROM {listed} CROSS JOIN coverage_record c WHERE c.id = (
                SELECT x.id FROM coverage_record x JOIN import_batch i ON i.id = x.batch_id
                WHERE i.state = 'committed' AND x.village_code = r.code AND x.brand = b.value
                    AND x.month BETWEEN COALESCE(p.ends, 0) + 1 AND :month
                ORDER BY x.month DESC, x.version DESC LIMIT 1))
        {_VILLAGES}
        ORDER BY r.code"""
    brands = json.dumps(recorded_brands(session), ensure_ascii=False)
    values = {**_place(prefix), "brands": brands, "field": FIELD, "record": RECORD, "month": month.key}
    # Through the connection: the ORM's own loading takes as long again.
    found = session.connection().execute(text(query), values)
    return [VillageLatest(code, name, town, records or "") for code, name, town, records in found]


class TownReach(NamedTuple):
    """建制村 of the month in one town, and how many of them are reached."""

    town_code: str
    villages: int
    covered: int


def reached(
    session: Session, month: Month, prefix: str, brands: Sequence[str], *, least: int = 1, mode: str = ""
) -> list[TownReach]:
    """How many 建制村 of each town, by code, at least ``least`` of ``brands`` reach in ``month``.

    Counted by the database, which looks at a village only until the answer is certain.

    :param mode: 进村方式 by which they must come; any when empty.
    """
    server = session.connection().dialect.name == "postgresql"
    listed = "json_array_elements_text(CAST(:brands AS json)) AS j(value)" if server else "json_each(:brands) AS j"
    serving = "x.state = :served AND '+' || x.modes || '+' LIKE :mode" if mode else "x.state = :served"
    held = f"""
        FROM listed b WHERE (
            SELECT {serving} FROM coverage_record x JOIN import_batch i ON i.id = x.batch_id
            WHERE i.state = 'committed' AND x.village_code = r.code AND x.brand = b.value
                AND x.month BETWEEN COALESCE(p.ends, 0) + 1 AND :month
            ORDER BY x.month DESC, x.version DESC LIMIT 1)"""
    enough = f"EXISTS (SELECT 1 {held})" if least == 1 else f"(SELECT COUNT(*) {held}) >= :least"
    query = f"""
        WITH listed AS MATERIALIZED (SELECT value FROM {listed})
        SELECT r.parent_code, COUNT(*), SUM(CASE WHEN {enough} THEN 1 ELSE 0 END)
        {_VILLAGES}
        GROUP BY r.parent_code ORDER BY r.parent_code"""
    values = {
        **_place(prefix),
        "brands": json.dumps(list(dict.fromkeys(brands)), ensure_ascii=False),
        "month": month.key,
        "served": CoverageState.NORMAL.value,
        **({"mode": f"%+{mode}+%"} if mode else {}),
        **({"least": least} if least != 1 else {}),
    }
    return [TownReach(*row) for row in session.connection().execute(text(query), values)]


def started(session: Session, month: Month, prefix: str) -> bool:
    """Whether any committed record is of ``month`` or before."""
    query = """
        SELECT EXISTS (SELECT 1 FROM coverage_record c JOIN import_batch i ON i.id = c.batch_id
        WHERE i.state = 'committed' AND c.month <= :month AND c.village_code BETWEEN :low AND :high)"""
    return bool(session.execute(text(query), {**_place(prefix), "month": month.key}).scalar())


def _place(prefix: str) -> dict[str, str]:
    return {"low": prefix.ljust(12, "0"), "high": prefix.ljust(12, "9")}
