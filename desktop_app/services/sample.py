"""The demo county (示例数据): fills a ledger through the ordinary import path."""

from __future__ import annotations

from pathlib import Path

from desktop_app.errors import CancelledError, UserError
from desktop_app.importing.plan import ImportOptions
from desktop_app.models.values import Month
from desktop_app.paths import resources_dir
from desktop_app.services.imports import commit_previews, preview_file
from desktop_app.services.ledger import create_sample, set_work_month
from desktop_app.services.progress import Cancelled, Progress, never, quiet
from desktop_app.services.registers import import_enterprises, import_regions
from desktop_app.services.results.imports import ImportResult, Outcome
from desktop_app.storage import enterprises
from desktop_app.storage.engine import Ledger
from desktop_app.storage.files import discard

WORK_MONTH = Month(2021, 3)
"""The month whose company files lie ready in resources/sample/2021-03 to be imported by hand."""
FIRST_YEAR = 2020
REASON = "示例数据：季节波动与示例说明"
"""Reason under which the warnings of invented figures are accepted."""


def sample_dir() -> Path:
    """Folder of the demo county's files."""
    return resources_dir() / "sample"


def month_files() -> list[Path]:
    """Every monthly file in the order in which it arrived."""
    return [
        file
        for folder in sorted((sample_dir() / "months").iterdir())
        if folder.is_dir()
        for file in sorted(folder.iterdir())
        if file.suffix in {".csv", ".xlsx", ".xls"}
    ]


def make_sample(
    db: str | Path, region: str, name: str = "", progress: Progress = quiet, cancelled: Cancelled = never
) -> tuple[Ledger, int]:
    """Create the demo county's ledger and fill it; returns it open, with the number of files imported.

    A file ledger that could not be filled to the end is removed again: half a demo county would show wrong figures.

    :raises UserError: as :func:`create_sample` and :func:`fill`.
    :raises CancelledError: the user has cancelled.
    """
    ledger = create_sample(db, region, name)
    try:
        return ledger, len(fill(ledger, progress, cancelled))
    except BaseException:
        ledger.close()
        if ledger.path is not None:
            discard(ledger.path)
        raise


def fill(ledger: Ledger, progress: Progress = quiet, cancelled: Cancelled = never) -> tuple[ImportResult, ...]:
    """Import registry, companies, outlets and 24 months; returns what became of the monthly files.

    :raises UserError: a sample file was refused: the installation is damaged.
    :raises CancelledError: the user has cancelled.
    """
    import_regions(ledger, sample_dir() / "villages_220281.csv", month=Month(FIRST_YEAR, 1))
    import_enterprises(ledger, sample_dir() / "enterprises.csv")
    _name_major_brands(ledger)
    _bring(ledger, sample_dir() / "outlets.csv")
    files = month_files()
    results = []
    for number, file in enumerate(files):
        if cancelled():
            raise CancelledError
        progress(number, len(files), file.name)
        # Planned one by one, because each month's checks look at the months before.
        results.append(_bring(ledger, file))
    set_work_month(ledger, WORK_MONTH)
    progress(len(files), len(files), "")
    return tuple(results)


def _bring(ledger: Ledger, file: Path) -> ImportResult:
    result = commit_previews(ledger, [preview_file(ledger, file, ImportOptions())], REASON)[0]
    if result.outcome is not Outcome.COMMITTED:
        said = "；".join(issue.message for issue in result.issues[:3])
        raise UserError(f"示例文件没有导入：{said}", hint="请重新安装程序", where=file.name)
    return result


def _name_major_brands(ledger: Ledger) -> None:
    """The first nine of the demo's brands are its 主要品牌; the other three serve no village."""
    with ledger.write() as session:
        brands = [company.brand for company in enterprises.enterprises(session)][:9]
        enterprises.set_major_brands(session, FIRST_YEAR, brands)
