"""What proves a coverage record: kind of evidence, checker, file; and why a record was entered by hand."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

COLUMNS = (
    ("evidence_kind", sa.String(20)),
    ("checker", sa.String(60)),
    ("evidence_sha256", sa.String(64)),
    ("reason", sa.String(200)),
)


def upgrade() -> None:
    """Columns are added in place: rebuilding the table would drop its append-only triggers."""
    for name, kind in COLUMNS:
        op.add_column("coverage_record", sa.Column(name, kind, nullable=True))


def downgrade() -> None:
    """Without them."""
    for name, _ in reversed(COLUMNS):
        op.drop_column("coverage_record", name)
