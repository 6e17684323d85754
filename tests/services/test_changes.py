"""Corrections cell by cell, the same figures in another file, and what hangs on a batch that is to be undone."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.errors import LedgerError
from desktop_app.importing.plan import ImportOptions
from desktop_app.models.values import Month, Severity
from desktop_app.services import changes, imports, registers
from desktop_app.services.dependants import dependants
from desktop_app.services.results.changes import CellDiff, ImportDiff
from desktop_app.services.results.imports import FilePreview, Outcome
from desktop_app.storage.engine import Ledger
from tests.importing.makers import csv_bytes, save, xlsx_bytes
from tests.services.demo import MARCH_FILES, SAMPLE, brought, in_force, stored, written

HEAD = ["企业名称", "同城业务量", "异地业务量", "国际/港澳台业务量", "快递业务量合计"]
TITLE = "2021年3月快递企业业务量及收入汇总表"


def sheet(*rows: tuple[str, int, int | str], status: str = "月报") -> list[list[str]]:
    body = []
    for name, local, inter in rows:
        total = str(local + inter) if isinstance(inter, int) else inter
        body.append([name, str(local), str(inter), "0", total])
    return [[TITLE], ["单位：件", f"数据状态：{status}"], HEAD, *body]


def look(ledger: Ledger, file: Path) -> FilePreview:
    return imports.preview_file(ledger, file, ImportOptions())


def diff_of(ledger: Ledger, file: Path) -> ImportDiff:
    found = look(ledger, file).diff
    assert found is not None
    return found


def told(rows: tuple[CellDiff, ...]) -> list[tuple[str, ...]]:
    return [(row.change, row.whose, row.name, row.span, row.old, row.new, row.difference) for row in rows]


# ----------------------------------------------------------------------------------------------- corrections


def test_a_first_report_changes_nothing(fresh: Ledger, tmp_path: Path) -> None:
    assert look(fresh, save(tmp_path, "丙.csv", csv_bytes(sheet(("示例丙快递", 1000, 2000))))).diff is None


def test_a_correction_tells_every_cell_with_its_batch(fresh: Ledger, tmp_path: Path) -> None:
    first = brought(fresh, save(tmp_path, "一.csv", csv_bytes(sheet(("示例丙快递", 1000, 2000)))))
    again = save(tmp_path, "二.csv", csv_bytes(sheet(("示例丙快递", 1000, 2100))))
    diff = diff_of(fresh, again)
    assert diff.headline == "更正：2 格不同，2 格相同"
    assert told(diff.rows) == [
        ("changed", "示例丙快递", "异地快递业务量", "本月", "2,000", "2,100", "+100"),
        ("changed", "示例丙快递", "快递业务量", "本月", "3,000", "3,100", "+100"),
    ]
    assert {row.old_batch for row in diff.rows} == {first.batch}
    assert (diff.rows[0].old_amount, diff.rows[0].new_amount, diff.rows[0].period) == ("2000", "2100", "2021-03")
    assert (diff.changed, diff.unchanged, diff.kept, diff.same_as) == (2, 2, 0, ())


def test_states_are_told_as_words_and_what_is_not_mentioned_is_counted(fresh: Ledger, tmp_path: Path) -> None:
    brought(fresh, save(tmp_path, "一.csv", csv_bytes(sheet(("示例丙快递", 1000, "未报")))))
    short = [row[:1] + row[2:4] if number >= 2 else row for number, row in enumerate(sheet(("示例丙快递", 1000, 2100)))]
    diff = diff_of(fresh, save(tmp_path, "二.csv", csv_bytes(short)))
    (row,) = diff.rows
    assert (row.old, row.new, row.old_state, row.new_state) == ("未报", "2,100", "missing", "value")
    assert (row.old_amount, row.difference) == (None, "")
    assert diff.headline == "更正：1 格不同，1 格相同，2 格没有提到，仍用旧数"


def test_the_diff_of_a_stored_correction_is_that_of_its_preview(spring: Ledger) -> None:
    preview = look(spring, MARCH_FILES / "戊-更正.xlsx")
    assert preview.diff is not None
    batch = imports.commit_previews(spring, [preview], "报错一栏")[0].batch
    assert batch is not None
    kept = changes.diff_of_batch(spring, batch)
    assert kept is not None
    assert told(kept.rows) == told(preview.diff.rows)
    assert kept.reason == "报错一栏"
    assert kept.headline.startswith("快报改为月报：2 格不同")


def test_a_later_undo_of_the_old_batch_shows_in_the_history(fresh: Ledger, tmp_path: Path) -> None:
    """What has been undone was never there, for the comparison as well."""
    first = brought(fresh, save(tmp_path, "一.csv", csv_bytes(sheet(("示例丙快递", 1000, 2000))))).batch
    second = brought(fresh, save(tmp_path, "二.csv", csv_bytes(sheet(("示例丙快递", 1000, 2100))))).batch
    assert first is not None
    assert second is not None
    imports.undo_batch(fresh, first)
    assert changes.diff_of_batch(fresh, second) is None
    with pytest.raises(LedgerError, match="没有第 999 号"):
        changes.diff_of_batch(fresh, 999)


def test_village_records_are_compared_by_village_and_brand(spring: Ledger, tmp_path: Path) -> None:
    brought(spring, MARCH_FILES / "进村_3月.xlsx")
    lines = [
        "蛟河市2021年3月快递进村情况表,,,",
        "代码,乡镇,建制村,示例甲,示例乙,周投递次数",
        "220281003204,河南街道,西荒地村,停运,直投,6",
    ]
    diff = diff_of(spring, written(tmp_path, "进村更正.csv", "\r\n".join(lines)))
    first = next(row for row in diff.rows if row.whose == "示例甲")
    assert (first.subject, first.name, first.period) == ("coverage", "河南街道西荒地村", "2021-03")
    assert first.new.startswith("停运")
    assert first.old != first.new
    assert diff.headline.startswith("更正：")


def test_a_register_tells_new_gone_and_renamed_villages(spring: Ledger, tmp_path: Path) -> None:
    text = (SAMPLE / "villages_220281.csv").read_text(encoding="utf-8-sig").splitlines()
    gone = next(line for line in text if ",西荒地村," in line)
    lines = [line.replace("先锋村", "先锋新村") for line in text if line != gone]
    new = gone.replace("西荒地村", "新荒地村").replace(gone[:12], "220281003299")
    file = written(tmp_path, "名录.csv", "\n".join([*lines, new]))
    diff = diff_of(spring, file)
    assert diff.headline.startswith("村级名录：新增 1，更名 1，停用 1，未变 ")
    assert {(row.change, row.name, row.old, row.new) for row in diff.rows} == {
        ("added", "新荒地村", "—", "在册"),
        ("renamed", "先锋新村", "先锋村", "先锋新村"),
        ("closed", "西荒地村", "在册", "停用"),
    }
    done = registers.import_regions(spring, file, month=Month(2021, 6))
    assert (done.added, done.changed, done.closed) == (1, 1, 1), "the import does what was told"
    assert done.batch is not None
    kept = changes.diff_of_batch(spring, done.batch)
    assert kept is not None
    assert {(row.change, row.name) for row in kept.rows} == {(row.change, row.name) for row in diff.rows}


def test_a_company_register_tells_what_is_new(spring: Ledger, tmp_path: Path) -> None:
    text = (SAMPLE / "enterprises.csv").read_text(encoding="utf-8-sig").replace("0432-00000001", "0432-99999999")
    diff = diff_of(spring, written(tmp_path, "企业.csv", text))
    assert diff.headline == "企业名录：变更 1，未变 11"
    assert told(diff.rows) == [
        ("changed", "示例甲", "示例甲快递有限公司", "电话", "0432-00000001", "0432-99999999", "")
    ]
    same = written(tmp_path, "同.csv", (SAMPLE / "enterprises.csv").read_text(encoding="utf-8-sig") + "\r\n")
    assert diff_of(spring, same).headline == "企业名录：没有变化（12 条相同）"


# ----------------------------------------------------------------------------------------------- the same again


def test_the_same_figures_in_another_format_are_said_to_be_there(fresh: Ledger, tmp_path: Path) -> None:
    rows = sheet(("示例丙快递", 1000, 2000))
    first = brought(fresh, save(tmp_path, "丙.csv", csv_bytes(rows)))
    other = save(tmp_path, "丙三月.xlsx", xlsx_bytes(rows, "三月"))
    preview = look(fresh, other)
    assert preview.diff is not None
    assert preview.diff.same_as == (first.batch,)
    (issue,) = [i for i in preview.issues if i.code == "SAME_FIGURES"]
    assert issue.severity is Severity.WARNING
    assert issue.message == f"示例丙快递有限公司2021年3月的数与第 {first.batch} 号批次的数完全相同"
    before = stored(fresh)
    assert brought(fresh, other, "").outcome is Outcome.REFUSED, "nothing is stored twice without a word"
    assert stored(fresh) == before
    assert brought(fresh, other, "另存正式表").outcome is Outcome.COMMITTED


def test_equal_figures_that_become_final_are_no_repetition(fresh: Ledger, tmp_path: Path) -> None:
    brought(fresh, save(tmp_path, "快.csv", csv_bytes(sheet(("示例丙快递", 1000, 2000), status="快报"))))
    preview = look(fresh, save(tmp_path, "月.csv", csv_bytes(sheet(("示例丙快递", 1000, 2000)))))
    assert not [i for i in preview.issues if i.code == "SAME_FIGURES"]
    assert preview.diff is not None
    assert preview.diff.headline == "快报改为月报：4 格相同"


def test_the_same_bytes_under_another_name_are_a_duplicate(fresh: Ledger, tmp_path: Path) -> None:
    content = csv_bytes(sheet(("示例丙快递", 1000, 2000)))
    first = brought(fresh, save(tmp_path, "丙.csv", content))
    again = look(fresh, save(tmp_path, "丙（1）.csv", content))
    assert (again.outcome, again.duplicate_of) == (Outcome.DUPLICATE, first.batch)


# ----------------------------------------------------------------------------------------------- before an undo


def number(batch: int | None) -> int:
    assert batch is not None
    return batch


def test_what_disappears_comes_back_or_stays_is_told_and_happens(fresh: Ledger, tmp_path: Path) -> None:
    one = number(brought(fresh, save(tmp_path, "一.csv", csv_bytes(sheet(("示例丙快递", 1000, 2000))))).batch)
    rows = sheet(("示例丙快递", 1000, 2100), ("示例乙快递", 500, 700))
    two = number(brought(fresh, save(tmp_path, "二.csv", csv_bytes(rows))).batch)
    three = number(brought(fresh, save(tmp_path, "三.csv", csv_bytes(sheet(("示例乙快递", 500, 710))))).batch)
    found = dependants(fresh, two)
    assert not found.refused
    assert told(found.come_back) == [
        ("changed", "示例丙快递", "异地快递业务量", "本月", "2,100", "2,000", "−100"),
        ("changed", "示例丙快递", "快递业务量", "本月", "3,100", "3,000", "−100"),
    ]
    assert found.disappear == 0, "the four of 乙 have been corrected since"
    assert [(later.id, later.what) for later in found.corrected_by] == [(three, "更正了其中 4 格")]
    assert f"2 格仍按第 {one} 号批次所报，数不变" in found.lines
    assert dependants(fresh, three).disappear == 0
    assert dependants(fresh, one).lines[0].startswith(f"第 {two} 号批次（二.csv）更正了其中 4 格")
    before = in_force(fresh)
    imports.undo_batch(fresh, one)
    assert in_force(fresh) == before, "nothing that counts hung on it"


def test_months_whose_cumulation_was_checked_against_it_are_named(spring: Ledger) -> None:
    later = number(brought(spring, MARCH_FILES / "甲_202103.xlsx").batch)
    january = next(row for row in imports.list_batches(spring) if row.file_name == "企业月报_2021年1月.csv")
    found = dependants(spring, january.id)
    assert [(each.id, each.what) for each in found.checked_by] == [(later, "示例甲快递2021年3月的累计核对用过这些数")]
    assert found.disappear > 100
    assert "示例甲快递 2021年1月" in found.lines[0]


def test_registers_with_data_upon_them_are_not_taken_back(spring: Ledger) -> None:
    rows = {row.file_name: row.id for row in imports.list_batches(spring)}
    for name, words in (("villages_220281.csv", "已有它们的数据"), ("enterprises.csv", "是这一批次新增的企业")):
        found = dependants(spring, rows[name])
        assert words in found.refused
        assert found.used_by
        assert found.lines[0].startswith("不能撤销：")
        before = stored(spring)
        with pytest.raises(LedgerError, match=words):
            imports.undo_batch(spring, rows[name])
        assert stored(spring) == before


def test_a_register_that_nothing_stands_on_goes_whole(fresh: Ledger) -> None:
    rows = {row.file_name: row.id for row in imports.list_batches(fresh)}
    found = dependants(fresh, rows["villages_220281.csv"])
    assert not found.refused
    assert any("停用 304" in line for line in found.lines)


def test_a_newer_register_goes_first(spring: Ledger, tmp_path: Path) -> None:
    text = (SAMPLE / "enterprises.csv").read_text(encoding="utf-8-sig")
    changed = written(tmp_path, "企业.csv", text.replace("-00000001", "-00000009"))
    newer = registers.import_enterprises(spring, changed, "换了电话")
    assert newer.changed == 1
    rows = {row.file_name: row.id for row in imports.list_batches(spring)}
    found = dependants(spring, rows["enterprises.csv"])
    assert [later.id for later in found.used_by] == [rows["企业.csv"]]
    back = dependants(spring, rows["企业.csv"])
    assert told(back.come_back) == [
        ("changed", "示例甲", "示例甲快递有限公司", "电话", "0432-00000009", "0432-00000001", "")
    ]


def test_a_return_and_an_undone_batch_say_so(spring: Ledger) -> None:
    preview = look(spring, MARCH_FILES / "丁快递3月.csv")
    batch = imports.return_file(spring, preview, "分项不符")
    assert "退回的登记将取消" in dependants(spring, batch).lines[0]
    imports.undo_batch(spring, batch)
    assert dependants(spring, batch).refused == f"第 {batch} 号批次已经撤销"
    with pytest.raises(LedgerError, match="没有第 999 号"):
        dependants(spring, 999)
