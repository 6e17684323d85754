"""Targets that the bureau enters itself."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """One table."""
    op.create_table(
        "own_target",
        sa.Column("id", KEY, nullable=False),
        sa.Column("document", sa.String(120), nullable=False),
        sa.Column("clause", sa.String(80), nullable=False),
        sa.Column("region_code", sa.String(12), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("indicator", sa.String(40), nullable=False),
        sa.Column("measure", sa.String(12), nullable=False),
        sa.Column("comparator", sa.String(4), nullable=False),
        sa.Column("value", sa.String(40), nullable=False),
        sa.Column("unit", sa.String(20), nullable=False),
        sa.Column("due", sa.Integer(), nullable=False),
        sa.Column("base_month", sa.Integer(), nullable=True),
        sa.Column("base_value", sa.String(40), nullable=True),
        sa.Column("scope", sa.String(80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.String(24), nullable=False),
        sa.Column("created_by", sa.String(60), nullable=False),
        sa.Column("closed_at", sa.String(24), nullable=True),
        sa.Column("close_reason", sa.Text(), nullable=False),
        sa.CheckConstraint("(closed_at IS NULL) = (close_reason = '')", name=op.f("ck_own_target_closed")),
        sa.CheckConstraint(
            "due BETWEEN 190001 AND 299912 AND due % 100 BETWEEN 1 AND 12", name=op.f("ck_own_target_due")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_own_target"),
    )
    op.create_index("ix_own_target_indicator", "own_target", ["indicator"])


def downgrade() -> None:
    """Without it."""
    op.drop_table("own_target")
