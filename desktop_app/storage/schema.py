"""Which schema this program knows, without loading Alembic: opening an up-to-date ledger must be quick."""

from __future__ import annotations

REVISIONS = (
    "0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010", "0011", "0012", "0013",
    "0014", "0015",
)  # fmt: skip
"""Every revision in db/versions, oldest first. A test compares them with the folder."""

HEAD = REVISIONS[-1]
"""The schema that this program reads and writes."""

APPLICATION_ID = 0x59475A54
"""Written into the head of every SQLite ledger (YGZT, 邮管台账), so that other SQLite files are told apart."""
