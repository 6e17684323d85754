"""Scored sheets that are corrected, and what they have changed in the register and the figures."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLE = "green_assessment"


def upgrade() -> None:
    """Three columns that old sheets leave empty."""
    op.add_column(TABLE, sa.Column("replaces", KEY, nullable=True))
    op.add_column(TABLE, sa.Column("flag_before", sa.String(10), nullable=True))
    op.add_column(TABLE, sa.Column("count_batch", KEY, nullable=True))


def downgrade() -> None:
    """Without them."""
    for name in ("count_batch", "flag_before", "replaces"):
        op.drop_column(TABLE, name)
