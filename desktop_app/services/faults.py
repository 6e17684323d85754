"""What is told of a file on which the program itself has failed."""

from __future__ import annotations

from desktop_app.importing.plan import Issue
from desktop_app.log import write_fault_report
from desktop_app.models.values import Severity


def fault_issue(error: Exception) -> Issue:
    """The one issue of such a file; the details are in a report, which is written here."""
    report = write_fault_report(error, "核对文件")
    where = f"故障报告在 {report}，请交给维护人员" if report else "故障报告也写不出来，请告诉维护人员"
    hint = f"{where}；可请企业把这张表另存为 .xlsx 再发。其他文件不受影响"
    return Issue(Severity.ERROR, "PROGRAM_FAULT", "核对这个文件时程序出错，没有读", hint)
