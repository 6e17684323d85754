"""企业名录 over a register that has companies: changed data wants a reason, one name means one company."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.errors import FileRefusedError
from desktop_app.services import imports, registers
from desktop_app.services.results.imports import FilePreview, ImportOptions, Issue, Outcome
from desktop_app.storage.engine import Ledger
from tests.services.demo import brought, in_force, stored, written

HEAD = "企业名称,简称,统一社会信用代码,电话,别名\n"
NAME = "示例甲快递有限公司"


def look(ledger: Ledger, folder: Path, lines: str) -> FilePreview:
    return imports.preview_file(ledger, written(folder, "企业名录.csv", HEAD + lines), ImportOptions())


def only(preview: FilePreview) -> Issue:
    (issue,) = preview.issues
    return issue


def test_changed_data_of_a_known_company_wants_a_reason(fresh: Ledger, tmp_path: Path) -> None:
    before = in_force(fresh)
    preview = look(fresh, tmp_path, f"{NAME},,,0432-777,\n示例寅快递有限公司,,,0432-888,\n")
    issue = only(preview)
    assert (preview.label, issue.code, issue.row, issue.column) == ("待说明 1", "COMPANY_CHANGED", 2, "电话")
    assert issue.message == f"改动已登记的企业“{NAME}”：电话 0432-00000001 → 0432-777"
    assert imports.commit_previews(fresh, [preview])[0].outcome is Outcome.REFUSED
    assert in_force(fresh) == before

    (done,) = imports.commit_previews(fresh, [preview], "企业来函换号")
    assert done.outcome is Outcome.COMMITTED
    names = {c.name: c for c in registers.list_enterprises(fresh)}
    assert (names[NAME].phone, names[NAME].short_name) == ("0432-777", "示例甲快递"), "a blank erases nothing"
    assert names["示例寅快递有限公司"].short_name == "示例寅快递"
    assert imports.list_batches(fresh)[0].reason == "企业来函换号"
    assert done.batch is not None
    imports.undo_batch(fresh, done.batch)
    assert in_force(fresh) == before


def test_the_same_register_again_changes_nothing_and_asks_nothing(fresh: Ledger, tmp_path: Path) -> None:
    preview = look(fresh, tmp_path, f"{NAME},示例甲快递,,0432-00000001,甲快递\n")
    assert (preview.label, preview.issues) == ("可入库", ())


def test_the_command_asks_for_the_reason_too(fresh: Ledger, tmp_path: Path) -> None:
    file = written(tmp_path, "企业名录.csv", HEAD + f"{NAME},,,0432-777,\n")
    before = stored(fresh)
    with pytest.raises(FileRefusedError, match="电话 0432-00000001 → 0432-777") as caught:
        registers.import_enterprises(fresh, file)
    assert "--accept-warnings" in caught.value.on_command_line
    assert "--accept-warnings" not in str(caught.value)
    assert stored(fresh) == before
    assert registers.import_enterprises(fresh, file, "企业来函").changed == 1


@pytest.mark.parametrize(
    ("lines", "says", "row"),
    [
        (
            "示例寅快递有限公司,甲寅快递,,,\n示例卯快递有限公司,甲寅快递,,,\n",
            "“示例卯快递有限公司”的简称“甲寅快递”，和第2行“示例寅快递有限公司”的简称相同",
            3,
        ),
        (
            "示例寅快递有限公司,示例甲快递,,,\n",
            f"“示例寅快递有限公司”的简称“示例甲快递”，和已登记的“{NAME}”的简称相同",
            2,
        ),
        (
            "示例寅快递有限公司,,,,甲快递\n",
            f"“示例寅快递有限公司”的别名“甲快递”，和已登记的“{NAME}”的别名相同",
            2,
        ),
    ],
)
def test_two_companies_of_one_name_are_refused(fresh: Ledger, tmp_path: Path, lines: str, says: str, row: int) -> None:
    before = stored(fresh)
    preview = look(fresh, tmp_path, lines)
    issue = only(preview)
    assert (preview.outcome, issue.code, issue.message, issue.row) == (Outcome.REFUSED, "NAME_TAKEN", says, row)
    assert issue.column == ("别名" if "别名“" in says else "简称"), "the cell is marked in the window"
    assert "请把其中一家的改得不同" in issue.suggestion
    assert preview.plan is not None
    assert preview.plan.counts.rejected == 1
    assert brought(fresh, preview.path, "硬要存").outcome is Outcome.REFUSED
    assert stored(fresh) == before


def test_the_code_of_another_company_is_refused_with_its_owner(fresh: Ledger, tmp_path: Path) -> None:
    preview = look(fresh, tmp_path, "示例乙快递有限公司,,91220281999900011R,,\n")
    errors = [issue for issue in preview.issues if issue.code == "CODE_TAKEN"]
    assert [issue.message for issue in errors] == [
        f"信用代码 91220281999900011R 是“{NAME}”的，不是“示例乙快递有限公司”的"
    ]
    assert preview.outcome is Outcome.REFUSED


def test_two_may_change_their_names_with_each_other(fresh: Ledger, tmp_path: Path) -> None:
    """What counts is how the register stands after the file."""
    lines = f"{NAME},新甲快递,,,\n示例乙快递有限公司,示例甲快递,,,\n"
    preview = look(fresh, tmp_path, lines)
    assert {issue.code for issue in preview.issues} == {"COMPANY_CHANGED"}


def test_a_short_list_that_calls_itself_a_register_is_one(fresh: Ledger, tmp_path: Path) -> None:
    """Names and telephones only: what else is known of the companies stays."""
    file = written(tmp_path, "企业名录（换号）.csv", f"企业名称,联系电话\n{NAME},0432-777\n")
    preview = imports.preview_file(fresh, file, ImportOptions())
    assert [issue.code for issue in preview.issues] == ["COMPANY_CHANGED"]
    assert brought(fresh, file, "来函").outcome is Outcome.COMMITTED
    company = next(c for c in registers.list_enterprises(fresh) if c.name == NAME)
    assert (company.phone, company.brand, company.uscc) == ("0432-777", "示例甲", "91220281999900011R")
