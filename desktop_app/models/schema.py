"""All entities in one import, for Alembic and for whoever needs the whole metadata."""

from __future__ import annotations

from desktop_app.models.audit import AuditEvent
from desktop_app.models.base import Base
from desktop_app.models.batch import EvidenceFile, ImportBatch, ImportIssueRecord, RegisterChange
from desktop_app.models.coverage import CoverageRecord
from desktop_app.models.daily import DailyFigure
from desktop_app.models.enterprise import Enterprise, EnterpriseAlias, MajorBrand
from desktop_app.models.green import GreenAssessment, OutletFigure
from desktop_app.models.observation import ComparableBase, Observation
from desktop_app.models.outlet import Outlet
from desktop_app.models.profile import MappingProfile
from desktop_app.models.region import Region
from desktop_app.models.report import ReportSnapshot
from desktop_app.models.rule import RuleSetting
from desktop_app.models.setting import LedgerSetting
from desktop_app.models.target import OwnTarget

metadata = Base.metadata

__all__ = [
    "AuditEvent",
    "ComparableBase",
    "CoverageRecord",
    "DailyFigure",
    "Enterprise",
    "EnterpriseAlias",
    "EvidenceFile",
    "GreenAssessment",
    "ImportBatch",
    "ImportIssueRecord",
    "LedgerSetting",
    "MajorBrand",
    "MappingProfile",
    "Observation",
    "Outlet",
    "OutletFigure",
    "OwnTarget",
    "Region",
    "RegisterChange",
    "ReportSnapshot",
    "RuleSetting",
    "metadata",
]
