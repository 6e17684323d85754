"""What a village station reports: brands, villages it serves, income and parcels of a month."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
COLUMNS: tuple[tuple[str, sa.types.TypeEngine[Any]], ...] = (
    ("brands", sa.String(200)),
    ("serves", sa.Text()),
    ("report_month", sa.Integer()),
    ("income", sa.BigInteger()),
    ("parcels_in", KEY),
    ("parcels_out", KEY),
)


def upgrade() -> None:
    """Added in place."""
    for name, kind in COLUMNS:
        op.add_column("outlet", sa.Column(name, kind, nullable=True))


def downgrade() -> None:
    """Without them."""
    for name, _ in reversed(COLUMNS):
        op.drop_column("outlet", name)
