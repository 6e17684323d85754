"""What is told of a file on which the program itself has failed, or that could not be stored."""

from __future__ import annotations

from desktop_app.errors import UserError
from desktop_app.importing.plan import Issue
from desktop_app.log import write_fault_report
from desktop_app.models.values import Severity


def fault_issue(error: Exception) -> Issue:
    """The one issue of a file that could not be read; the details are in a report, which is written here."""
    hint = f"{_reported(error, '核对文件')}；可请企业把这张表另存为 .xlsx 再发。其他文件不受影响"
    return Issue(Severity.ERROR, "PROGRAM_FAULT", "核对这个文件时程序出错，没有读", hint)


def unstored_issue(error: Exception) -> Issue:
    """Why a file that was read could not be stored: what the user can mend, else a fault of ours with a report."""
    if isinstance(error, UserError):
        return Issue(Severity.ERROR, "NOT_STORED", error.message, error.hint, command=error.command)
    hint = f"{_reported(error, '入库')}。这个文件的数一个也没有入库，其他文件不受影响"
    return Issue(Severity.ERROR, "PROGRAM_FAULT", "入库时程序出错，没有入库", hint)


def _reported(error: Exception, doing: str) -> str:
    report = write_fault_report(error, doing)
    return f"故障报告在 {report}，请交给维护人员" if report else "故障报告也写不出来，请告诉维护人员"
