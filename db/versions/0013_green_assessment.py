"""Scored sheets of green outlets and sorting centres."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLE = "green_assessment"


def upgrade() -> None:
    """One table."""
    whole = "(withdrawn_at IS NULL) = (withdraw_reason = '')"
    op.create_table(
        TABLE,
        sa.Column("id", KEY, nullable=False),
        sa.Column("form", sa.String(20), nullable=False),
        sa.Column("outlet_id", KEY, nullable=True),
        sa.Column("place", sa.String(120), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("assessor", sa.String(60), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("entered_at", sa.String(24), nullable=False),
        sa.Column("entered_by", sa.String(60), nullable=False),
        sa.Column("withdrawn_at", sa.String(24), nullable=True),
        sa.Column("withdraw_reason", sa.String(200), nullable=False),
        sa.CheckConstraint(whole, name=op.f("ck_green_assessment_withdrawn")),
        sa.PrimaryKeyConstraint("id", name="pk_green_assessment"),
    )


def downgrade() -> None:
    """Without it."""
    op.drop_table(TABLE)
