"""A large ledger: ten years × twenty companies × a hundred indicators, written straight into its tables."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from desktop_app.catalogue.loader import load_catalogue
from desktop_app.catalogue.model import Kind, Owner
from desktop_app.models.values import Month, Span
from desktop_app.services import ledger

REGION, COMPANIES, YEARS, INDICATORS = "220281000000", 20, range(2012, 2022), 100
STORED = "2022-01-05T00:00:00.000Z"


def figure_codes() -> list[str]:
    """A hundred indicators that companies can give; the leading ones first, 业务量 with its parts among them."""
    kinds = (Kind.FLOW, Kind.STOCK)
    catalogue = load_catalogue()
    known = [i.code for i in catalogue.indicators.values() if i.kind in kinds and i.formula is None]
    by_company = [code for code in known if catalogue.indicator(code).owner is Owner.COMPANY]
    return list(dict.fromkeys((*by_company, *known)))[:INDICATORS]


def write_ledger(path: Path) -> Path:
    """The ledger, with one batch a month; 240 000 figures and a few more or less."""
    ledger.create(path, REGION, "示例县").close()
    codes = figure_codes()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany(
            "INSERT INTO enterprise (id, name, short_name, brand, licence_no, kind, contact, phone) "
            "VALUES (?, ?, ?, ?, '', '', '', '')",
            [(n, f"示例{n}快递有限公司", f"示例{n}快递", f"示例{n}") for n in range(1, COMPANIES + 1)],
        )
        connection.execute(
            "INSERT INTO evidence_file (sha256, name, size, content, stored_at) VALUES (?, 'x.csv', 0, x'', ?)",
            ("0" * 64, STORED),
        )
        for batch, month in enumerate((Month(y, m) for y in YEARS for m in range(1, 13)), start=1):
            _month(connection, batch, month, codes)
    return path


def _month(connection: sqlite3.Connection, batch: int, month: Month, codes: list[str]) -> None:
    connection.execute(
        "INSERT INTO import_batch (id, file_name, sha256, kind, month, region_code, status, state, reason, encoding, "
        "sheet, rows_read, rows_accepted, rows_rejected, rows_skipped, totals, created_at, created_by, undone_reason) "
        "VALUES (?, 'x.csv', ?, 'wide', ?, ?, '月报', 'committed', '', '', '', 0, 0, 0, 0, '{}', ?, '', '')",
        (batch, "0" * 64, month.key, REGION, STORED),
    )
    connection.executemany(
        "INSERT INTO observation (indicator, month, span, region_code, enterprise_id, value, state, status, version, "
        'batch_id, sheet, row, "column", reason, created_at) '
        "VALUES (?, ?, ?, ?, ?, ?, 'value', '月报', 1, ?, '', 1, '', '', ?)",
        [
            (
                code,
                month.key,
                Span.MONTH.value,
                REGION,
                who,
                (1000 + 37 * who + 11 * month.month + n) * 10_000,
                batch,
                STORED,
            )
            for n, code in enumerate(codes)
            for who in range(1, COMPANIES + 1)
        ],
    )
