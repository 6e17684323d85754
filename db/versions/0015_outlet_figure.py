"""Green figures of single outlets, of which the company's are the sums."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLE = "outlet_figure"
MONTH = "month BETWEEN 190001 AND 299912 AND month % 100 BETWEEN 1 AND 12"


def upgrade() -> None:
    """One table."""
    op.create_table(
        TABLE,
        sa.Column("id", KEY, nullable=False),
        sa.Column("batch_id", KEY, nullable=False),
        sa.Column("enterprise_id", KEY, nullable=True),
        sa.Column("outlet", sa.String(120), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("indicator", sa.String(40), nullable=False),
        sa.Column("value", KEY, nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.CheckConstraint(MONTH, name=op.f("ck_outlet_figure_month")),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name="fk_outlet_figure_batch_id_import_batch"),
        sa.ForeignKeyConstraint(["enterprise_id"], ["enterprise.id"], name="fk_outlet_figure_enterprise_id_enterprise"),
        sa.PrimaryKeyConstraint("id", name="pk_outlet_figure"),
    )
    op.create_index("ix_outlet_figure_month", TABLE, ["month"])


def downgrade() -> None:
    """Without it."""
    op.drop_table(TABLE)
