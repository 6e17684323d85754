"""A fingerprint of everything in a ledger, to prove that a refused input changed nothing."""

from __future__ import annotations

import hashlib
import json

from sqlalchemy import select

from desktop_app.models.schema import metadata
from desktop_app.storage.engine import Ledger


def dump_hash(ledger: Ledger) -> str:
    """SHA-256 over every row of every table in a fixed order; equal exactly when the content is."""
    digest = hashlib.sha256()
    with ledger.read() as session:
        for name in sorted(metadata.tables):
            table = metadata.tables[name]
            digest.update(f"[{name}]".encode())
            for row in session.execute(select(table).order_by(*table.primary_key)):
                digest.update(json.dumps([_plain(cell) for cell in row], ensure_ascii=False, sort_keys=True).encode())
    return digest.hexdigest()


def _plain(cell: object) -> object:
    if isinstance(cell, bytes):
        return hashlib.sha256(cell).hexdigest()
    if cell is None or isinstance(cell, bool | int | str | dict):
        return cell
    return str(cell)
