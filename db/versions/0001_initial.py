"""The first schema: settings, registers, evidence and batches, figures, coverage, audit chain.

The types stand here as they were then, not as imports: a migration must not change when the models do.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MONTH = "month BETWEEN 190001 AND 299912 AND month % 100 BETWEEN 1 AND 12"
COMPANY = sa.text("enterprise_id IS NOT NULL")
NO_COMPANY = sa.text("enterprise_id IS NULL")


def upgrade() -> None:
    """All tables."""
    op.create_table(
        "audit_event",
        sa.Column("id", KEY, nullable=False),
        sa.Column("at", sa.String(24), nullable=False),
        sa.Column("actor", sa.String(60), nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("previous_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_event"),
        sa.UniqueConstraint("hash", name="uq_audit_event_hash"),
    )
    op.create_table(
        "enterprise",
        sa.Column("id", KEY, nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("short_name", sa.String(40), nullable=False),
        sa.Column("brand", sa.String(40), nullable=False),
        sa.Column("uscc", sa.String(18), nullable=True),
        sa.Column("licence_no", sa.String(60), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("contact", sa.String(60), nullable=False),
        sa.Column("phone", sa.String(60), nullable=False),
        sa.Column("opened", sa.Integer(), nullable=True),
        sa.Column("closed", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "closed IS NULL OR opened IS NULL OR closed >= opened", name=op.f("ck_enterprise_closed_after_opened")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_enterprise"),
        sa.UniqueConstraint("name", name="uq_enterprise_name"),
        sa.UniqueConstraint("uscc", name="uq_enterprise_uscc"),
    )
    op.create_table(
        "evidence_file",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("name", sa.String(260), nullable=False),
        sa.Column("size", KEY, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("stored_at", sa.String(24), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_evidence_file"),
    )
    op.create_table(
        "ledger_setting",
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_ledger_setting"),
    )
    op.create_table(
        "major_brand",
        sa.Column("id", KEY, nullable=False),
        sa.Column("brand", sa.String(40), nullable=False),
        sa.Column("year_from", sa.Integer(), nullable=False),
        sa.Column("year_to", sa.Integer(), nullable=True),
        sa.CheckConstraint("year_to IS NULL OR year_to >= year_from", name=op.f("ck_major_brand_years")),
        sa.PrimaryKeyConstraint("id", name="pk_major_brand"),
        sa.UniqueConstraint("brand", "year_from", name="uq_major_brand_brand_year_from"),
    )
    op.create_table(
        "comparable_base",
        sa.Column("id", KEY, nullable=False),
        sa.Column("indicator", sa.String(40), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column(
            "span", sa.Enum("M", "C", name="span", native_enum=False, create_constraint=True, length=12), nullable=False
        ),
        sa.Column("region_code", sa.String(12), nullable=False),
        sa.Column("enterprise_id", KEY, nullable=True),
        sa.Column("published", sa.BigInteger(), nullable=True),
        sa.Column("comparable", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", sa.String(24), nullable=False),
        sa.CheckConstraint(MONTH, name=op.f("ck_comparable_base_month")),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name="fk_comparable_base_enterprise_id_enterprise"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_comparable_base"),
    )
    op.create_index(
        "ix_comparable_base_key", "comparable_base", ["indicator", "month", "span", "region_code", "enterprise_id"]
    )

    op.create_table(
        "enterprise_alias",
        sa.Column("id", KEY, nullable=False),
        sa.Column("enterprise_id", KEY, nullable=False),
        sa.Column("alias", sa.String(120), nullable=False),
        sa.ForeignKeyConstraint(
            ["enterprise_id"],
            ["enterprise.id"],
            name="fk_enterprise_alias_enterprise_id_enterprise",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_enterprise_alias"),
        sa.UniqueConstraint("alias", name="uq_enterprise_alias_alias"),
    )
    op.create_index("ix_enterprise_alias_enterprise_id", "enterprise_alias", ["enterprise_id"])

    op.create_table(
        "import_batch",
        sa.Column("id", KEY, nullable=False),
        sa.Column("file_name", sa.String(260), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("enterprise_id", KEY, nullable=True),
        sa.Column("month", sa.Integer(), nullable=True),
        sa.Column("region_code", sa.String(12), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "预计", "快报", "月报", "年报", name="status", native_enum=False, create_constraint=True, length=12
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "committed", "undone", "returned", name="state", native_enum=False, create_constraint=True, length=12
            ),
            nullable=False,
        ),
        sa.Column("profile", sa.String(80), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("encoding", sa.String(20), nullable=False),
        sa.Column("sheet", sa.String(80), nullable=False),
        sa.Column("rows_read", sa.Integer(), nullable=False),
        sa.Column("rows_accepted", sa.Integer(), nullable=False),
        sa.Column("rows_rejected", sa.Integer(), nullable=False),
        sa.Column("rows_skipped", sa.Integer(), nullable=False),
        sa.Column("totals", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.String(24), nullable=False),
        sa.Column("created_by", sa.String(60), nullable=False),
        sa.Column("undone_at", sa.String(24), nullable=True),
        sa.Column("undone_reason", sa.Text(), nullable=False),
        sa.CheckConstraint("(state = 'undone') = (undone_at IS NOT NULL)", name=op.f("ck_import_batch_undone")),
        sa.CheckConstraint(
            "rows_read = rows_accepted + rows_rejected + rows_skipped", name=op.f("ck_import_batch_rows")
        ),
        sa.ForeignKeyConstraint(["enterprise_id"], ["enterprise.id"], name="fk_import_batch_enterprise_id_enterprise"),
        sa.ForeignKeyConstraint(["sha256"], ["evidence_file.sha256"], name="fk_import_batch_sha256_evidence_file"),
        sa.PrimaryKeyConstraint("id", name="pk_import_batch"),
    )
    op.create_index("ix_import_batch_month_enterprise_id", "import_batch", ["month", "enterprise_id"])
    op.create_index("ix_import_batch_sha256", "import_batch", ["sha256"])
    op.create_index("ix_import_batch_state", "import_batch", ["state"])

    op.create_table(
        "coverage_record",
        sa.Column("id", KEY, nullable=False),
        sa.Column("village_code", sa.String(12), nullable=False),
        sa.Column("brand", sa.String(40), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("正常", "未通", "停运", "回退", name="state", native_enum=False, create_constraint=True, length=12),
            nullable=False,
        ),
        sa.Column("modes", sa.String(60), nullable=False),
        sa.Column("weekly_frequency", sa.Integer(), nullable=True),
        sa.Column("station", sa.String(120), nullable=False),
        sa.Column("parcels_in", KEY, nullable=True),
        sa.Column("parcels_out", KEY, nullable=True),
        sa.Column("extra_charge", sa.Boolean(), nullable=True),
        sa.Column("evidence_date", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("batch_id", KEY, nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(80), nullable=False),
        sa.CheckConstraint(MONTH, name=op.f("ck_coverage_record_month")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_coverage_record_version")),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name="fk_coverage_record_batch_id_import_batch"),
        sa.PrimaryKeyConstraint("id", name="pk_coverage_record"),
        sa.UniqueConstraint(
            "village_code", "brand", "month", "version", name="uq_coverage_record_village_code_brand_month_version"
        ),
    )
    op.create_index("ix_coverage_record_batch_id", "coverage_record", ["batch_id"])

    op.create_table(
        "import_issue",
        sa.Column("id", KEY, nullable=False),
        sa.Column("batch_id", KEY, nullable=False),
        sa.Column(
            "severity",
            sa.Enum("error", "warning", name="severity", native_enum=False, create_constraint=True, length=12),
            nullable=False,
        ),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("suggestion", sa.Text(), nullable=False),
        sa.Column("sheet", sa.String(80), nullable=False),
        sa.Column("row", sa.Integer(), nullable=True),
        sa.Column("column", sa.String(200), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name="fk_import_issue_batch_id_import_batch"),
        sa.PrimaryKeyConstraint("id", name="pk_import_issue"),
    )
    op.create_index("ix_import_issue_batch_id", "import_issue", ["batch_id"])

    op.create_table(
        "observation",
        sa.Column("id", KEY, nullable=False),
        sa.Column("indicator", sa.String(40), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column(
            "span", sa.Enum("M", "C", name="span", native_enum=False, create_constraint=True, length=12), nullable=False
        ),
        sa.Column("region_code", sa.String(12), nullable=False),
        sa.Column("enterprise_id", KEY, nullable=True),
        sa.Column("value", sa.BigInteger(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "value", "missing", "na", "returned", name="state", native_enum=False, create_constraint=True, length=12
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "预计", "快报", "月报", "年报", name="status", native_enum=False, create_constraint=True, length=12
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("batch_id", KEY, nullable=False),
        sa.Column("sheet", sa.String(80), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("column", sa.String(200), nullable=False),
        sa.Column("reported_previous", sa.BigInteger(), nullable=True),
        sa.Column("reported_yoy", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", sa.String(24), nullable=False),
        sa.CheckConstraint("(state = 'value') = (value IS NOT NULL)", name=op.f("ck_observation_value_with_state")),
        sa.CheckConstraint(MONTH, name=op.f("ck_observation_month")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_observation_version")),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name="fk_observation_batch_id_import_batch"),
        sa.ForeignKeyConstraint(["enterprise_id"], ["enterprise.id"], name="fk_observation_enterprise_id_enterprise"),
        sa.PrimaryKeyConstraint("id", name="pk_observation"),
    )
    op.create_index("ix_observation_batch_id", "observation", ["batch_id"])
    op.create_index("ix_observation_indicator_month_region_code", "observation", ["indicator", "month", "region_code"])
    op.create_index("ix_observation_month_enterprise_id", "observation", ["month", "enterprise_id"])
    op.create_index(
        "uq_observation_company",
        "observation",
        ["indicator", "month", "span", "region_code", "enterprise_id", "version"],
        unique=True,
        sqlite_where=COMPANY,
        postgresql_where=COMPANY,
    )
    op.create_index(
        "uq_observation_region",
        "observation",
        ["indicator", "month", "span", "region_code", "version"],
        unique=True,
        sqlite_where=NO_COMPANY,
        postgresql_where=NO_COMPANY,
    )

    op.create_table(
        "region",
        sa.Column("id", KEY, nullable=False),
        sa.Column("code", sa.String(12), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("level", sa.String(12), nullable=False),
        sa.Column("unit_kind", sa.String(20), nullable=False),
        sa.Column("parent_code", sa.String(12), nullable=False),
        sa.Column("valid_from", sa.Integer(), nullable=False),
        sa.Column("valid_to", sa.Integer(), nullable=True),
        sa.Column("successor_code", sa.String(12), nullable=True),
        sa.Column("administrative_village", sa.Boolean(), nullable=False),
        sa.Column("flag_reason", sa.String(200), nullable=False),
        sa.Column("households", sa.Integer(), nullable=True),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.Column("source_batch_id", KEY, nullable=True),
        sa.CheckConstraint(
            "level IN ('national', 'province', 'prefecture', 'county', 'town', 'village')", name=op.f("ck_region_level")
        ),
        sa.CheckConstraint("length(code) = 12", name=op.f("ck_region_code_length")),
        sa.CheckConstraint(
            "valid_from BETWEEN 190001 AND 299912 AND valid_from % 100 BETWEEN 1 AND 12",
            name=op.f("ck_region_valid_from"),
        ),
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_region_validity")),
        sa.ForeignKeyConstraint(
            ["source_batch_id"], ["import_batch.id"], name="fk_region_source_batch_id_import_batch"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_region"),
        sa.UniqueConstraint("code", "valid_from", name="uq_region_code_valid_from"),
    )
    op.create_index("ix_region_level_parent_code", "region", ["level", "parent_code"])
    op.create_index("ix_region_parent_code_name", "region", ["parent_code", "name"])
    op.create_index("ix_region_source_batch_id", "region", ["source_batch_id"])

    op.create_table(
        "register_change",
        sa.Column("id", KEY, nullable=False),
        sa.Column("batch_id", KEY, nullable=False),
        sa.Column("entity", sa.String(12), nullable=False),
        sa.Column("entity_id", KEY, nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.CheckConstraint("entity IN ('region', 'enterprise', 'alias')", name=op.f("ck_register_change_entity")),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name="fk_register_change_batch_id_import_batch"),
        sa.PrimaryKeyConstraint("id", name="pk_register_change"),
    )
    op.create_index("ix_register_change_batch_id", "register_change", ["batch_id"])
    op.create_index("ix_register_change_entity_entity_id", "register_change", ["entity", "entity_id"])


def downgrade() -> None:
    """Back to an empty database; indexes go with their tables."""
    op.drop_table("register_change")
    op.drop_table("region")
    op.drop_table("observation")
    op.drop_table("import_issue")
    op.drop_table("coverage_record")
    op.drop_table("import_batch")
    op.drop_table("enterprise_alias")
    op.drop_table("comparable_base")
    op.drop_table("major_brand")
    op.drop_table("ledger_setting")
    op.drop_table("evidence_file")
    op.drop_table("enterprise")
    op.drop_table("audit_event")
