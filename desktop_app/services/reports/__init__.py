"""Printed reports. A new one is a module here with a :class:`ReportKind`, entered in ``KINDS``."""

from desktop_app.services.reports.making import KINDS, available, make_report
from desktop_app.services.reports.monthly import MONTHLY, monthly_data

__all__ = ["KINDS", "MONTHLY", "available", "make_report", "monthly_data"]
