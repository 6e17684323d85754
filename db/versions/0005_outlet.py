"""Outlets: branches, terminal outlets, stations and lockers; a batch's changes to them can be put back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KINDS = ("分支机构", "末端网点", "村级站", "公共服务站", "快件箱组")
FLAGS = ("是", "否", "未报", "不适用")
CHECK = "ck_register_change_entity"
BEFORE = "entity IN ('region', 'enterprise', 'alias')"
AFTER = "entity IN ('region', 'enterprise', 'alias', 'outlet')"


def upgrade() -> None:
    """One table, and one more word in the list of registers."""
    op.create_table(
        "outlet",
        sa.Column("id", KEY, nullable=False),
        sa.Column("enterprise_id", KEY, nullable=True),
        _word("kind", KINDS),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("filing_no", sa.String(60), nullable=True),
        sa.Column("address", sa.String(200), nullable=False),
        sa.Column("region_code", sa.String(12), nullable=True),
        sa.Column("opened", sa.Integer(), nullable=True),
        sa.Column("closed", sa.Integer(), nullable=True),
        _word("green", FLAGS),
        _word("recycling", FLAGS),
        _word("standardised", FLAGS),
        sa.Column("cells", sa.Integer(), nullable=True),
        sa.Column("contact", sa.String(60), nullable=False),
        sa.Column("phone", sa.String(60), nullable=False),
        sa.CheckConstraint(
            "closed IS NULL OR opened IS NULL OR closed >= opened", name=op.f("ck_outlet_closed_after_opened")
        ),
        sa.CheckConstraint("cells IS NULL OR cells >= 0", name=op.f("ck_outlet_cells")),
        sa.CheckConstraint("region_code IS NULL OR length(region_code) = 12", name=op.f("ck_outlet_region_length")),
        sa.ForeignKeyConstraint(["enterprise_id"], ["enterprise.id"], name="fk_outlet_enterprise_id_enterprise"),
        sa.PrimaryKeyConstraint("id", name="pk_outlet"),
        sa.UniqueConstraint("enterprise_id", "name", name="uq_outlet_enterprise_id_name"),
        sa.UniqueConstraint("enterprise_id", "filing_no", name="uq_outlet_enterprise_id_filing_no"),
    )
    op.create_index("ix_outlet_region_code", "outlet", ["region_code"])
    _allow(AFTER)


def downgrade() -> None:
    """Without outlets; what batches did to them goes with them."""
    op.execute("DELETE FROM register_change WHERE entity = 'outlet'")
    _allow(BEFORE)
    op.drop_table("outlet")


def _word(name: str, words: tuple[str, ...]) -> sa.Column[str]:
    kind = sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=12)
    return sa.Column(name, kind, nullable=False)


def _allow(condition: str) -> None:
    """The check on the registers' names; SQLite rebuilds the table."""
    with op.batch_alter_table("register_change") as table:
        table.drop_constraint(op.f(CHECK), type_="check")
        table.create_check_constraint(op.f(CHECK), condition)
