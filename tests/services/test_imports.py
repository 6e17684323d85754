"""Files in: preview, commit, refusal, duplicates, undo; a refused file leaves no trace, an undone one no effect."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from desktop_app.errors import CancelledError, LedgerError
from desktop_app.importing import planner
from desktop_app.importing.checks import run_checks
from desktop_app.importing.draft import Draft
from desktop_app.importing.plan import ImportOptions
from desktop_app.models.values import Month, Period, Severity
from desktop_app.paths import log_dir
from desktop_app.services import imports, registers
from desktop_app.services.duties import duties
from desktop_app.services.figures import figure_report, indicator_board
from desktop_app.services.green import green_report
from desktop_app.services.ledger import info, open_ledger
from desktop_app.services.overview import build_overview
from desktop_app.services.results.imports import ImportResult, Outcome
from desktop_app.services.rural import coverage_report
from desktop_app.storage.engine import Ledger
from tests.services.demo import MARCH, MARCH_FILES, REASON, SAMPLE, brought, in_force, manifest, stored, written

PERIOD = Period.of_month(MARCH)
OPTIONS = ImportOptions()


def names(outcome: str) -> list[str]:
    return [entry["name"] for entry in manifest(outcome)]


def outcomes(results: tuple[ImportResult, ...]) -> list[Outcome]:
    return [result.outcome for result in results]


def errors(result: ImportResult) -> list[str]:
    return [issue.message for issue in result.issues if issue.severity is Severity.ERROR]


def chinese(text: str) -> bool:
    return any("一" <= char <= "鿿" for char in text)


# ----------------------------------------------------------------------------------------------- refused


def test_a_fault_of_ours_ends_one_file_and_not_the_others(
    spring: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fault is put in on purpose: none is known."""
    bad = written(tmp_path, "坏.csv", (MARCH_FILES / "乙3月.csv").read_text("gb18030"))

    def failing(draft: Draft) -> None:
        if draft.file.name == bad.name:
            raise RecursionError
        run_checks(draft)

    monkeypatch.setattr(planner, "run_checks", failing)
    first, second = imports.preview_files(spring, [bad, MARCH_FILES / "己.csv"])
    assert (first.outcome, first.label, first.plan) == (Outcome.REFUSED, "出错", None)
    (issue,) = first.issues
    assert "程序出错" in issue.message
    (report,) = log_dir().glob("故障-*.txt")
    assert str(report) in issue.suggestion
    assert "RecursionError" in report.read_text("utf-8")
    assert second.plan is not None
    assert imports.commit_previews(spring, [first])[0].outcome is Outcome.REFUSED


@pytest.mark.parametrize("entry", manifest("refused"), ids=lambda entry: entry["name"])
def test_a_refused_file_says_why_and_changes_nothing(spring: Ledger, entry: dict[str, str]) -> None:
    before = stored(spring)
    result = brought(spring, MARCH_FILES / entry["name"])
    assert result.outcome is Outcome.REFUSED
    assert result.batch is None
    said = errors(result)
    assert said
    assert all(chinese(message) for message in said)
    assert all(chinese(issue.suggestion) for issue in result.issues)
    assert stored(spring) == before


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("缺列.csv", "缺少“本期”"),
        ("空表.csv", "没有任何内容"),
        ("加密.xlsx", "有密码"),
        ("其实是PDF.csv", "PDF"),
        ("无此企业.csv", "示例寅快递有限公司"),
        ("丁快递3月.csv", "分项之和 35,391 ≠ 合计 35,401"),
        ("癸_202103.xlsx", "一万倍"),
    ],
)
def test_each_fault_has_one_message_that_names_it(spring: Ledger, name: str, words: str) -> None:
    said = [issue.message for issue in imports.preview_file(spring, MARCH_FILES / name, OPTIONS).issues]
    assert len(said) == 1
    assert words in said[0]


BROKEN: dict[str, Callable[[], bytes]] = {
    "乱码.csv": lambda: bytes(random.Random(7).randrange(128, 256) for _ in range(4_000)),  # noqa: S311 (no secret)
    "错存.csv": lambda: (MARCH_FILES / "乙3月.csv").read_bytes().decode("gb18030").encode("ascii", "replace"),
    "截断.xlsx": lambda: (MARCH_FILES / "甲_202103.xlsx").read_bytes()[:3_000],
    "零字节.csv": lambda: b"",
    "图片.xlsx": lambda: b"\x89PNG\r\n\x1a\n" + bytes(500),
    "空格.csv": lambda: b"  \r\n\t\r\n",
    "只有表头.csv": "企业名称,快递业务量（件）\r\n".encode,
    "日记.txt": lambda: "今天下乡，看了三个村。\n下午回来。\n".encode("gb18030"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_is_no_table_is_refused_in_one_sentence(fresh: Ledger, tmp_path: Path, name: str) -> None:
    before = stored(fresh)
    file = tmp_path / name
    file.write_bytes(BROKEN[name]())
    result = brought(fresh, file)
    assert result.outcome is Outcome.REFUSED
    assert len(result.issues) == 1
    assert chinese(result.issues[0].message)
    assert result.issues[0].suggestion
    assert stored(fresh) == before


@pytest.mark.parametrize("kind", ["missing", "folder"])
def test_what_is_no_file_is_refused(county: Ledger, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "没有.csv" if kind == "missing" else tmp_path
    preview = imports.preview_file(county, path, OPTIONS)
    assert preview.outcome is Outcome.REFUSED
    assert preview.issues[0].message in {"找不到这个文件", "这是文件夹，不是文件"}


def test_one_bad_file_does_not_hold_up_the_good_ones(spring: Ledger) -> None:
    files = [MARCH_FILES / name for name in ("甲_202103.xlsx", "丁快递3月.csv", "乙3月.csv")]
    results = imports.commit_previews(spring, imports.preview_files(spring, files), REASON)
    assert outcomes(results) == [Outcome.COMMITTED, Outcome.REFUSED, Outcome.COMMITTED]


def test_a_file_changed_after_the_preview_is_not_stored(spring: Ledger, tmp_path: Path) -> None:
    file = tmp_path / "乙3月.csv"
    file.write_bytes((MARCH_FILES / "乙3月.csv").read_bytes())
    preview = imports.preview_file(spring, file, OPTIONS)
    file.write_bytes(file.read_bytes().replace(b"107", b"207", 1))
    before = stored(spring)
    (result,) = imports.commit_previews(spring, [preview], REASON)
    assert (result.outcome, result.issues[0].code) == (Outcome.REFUSED, "NOT_STORED")
    assert "文件在核对之后又被改动" in result.issues[0].message
    assert stored(spring) == before


# ----------------------------------------------------------------------------------------------- accepted


def test_previewing_stores_nothing(spring: Ledger) -> None:
    before = stored(spring)
    previews = imports.preview_files(spring, [MARCH_FILES / name for name in names("committed")])
    assert {preview.outcome for preview in previews} == {Outcome.PREVIEW}
    assert {preview.label for preview in previews} == {"可入库", "待说明 1", "待说明 3"}
    assert stored(spring) == before


def test_the_whole_month_by_hand(spring: Ledger) -> None:
    """Every file of 2021-03 with the corrected ones: complete, of status 月报, each row accounted for."""
    files = [MARCH_FILES / name for name in names("committed")]
    files += [MARCH_FILES / "更正件" / name for name in ("丁快递3月.csv", "癸_202103.xlsx", "丑_202103.csv")]
    results = [brought(spring, file) for file in files]
    assert {result.outcome for result in results} == {Outcome.COMMITTED}
    for result in results:
        assert result.read == result.accepted + result.rejected + result.skipped
        assert (result.period, result.rejected) == ("2021-03", 0)
        assert result.totals
    overview = build_overview(spring, MARCH)
    assert {row.state for row in overview.duties} == {"已报", "零报"}
    assert overview.steps[0].state == "done"
    figure = figure_report(spring, "MKT.VOL", PERIOD).figure
    assert figure.completeness.complete
    assert figure.status == "月报"
    assert {source.batch for source in figure.sources} >= {result.batch for result in results[:3]}


def test_warnings_want_a_reason(spring: Ledger) -> None:
    before = stored(spring)
    file = MARCH_FILES / "庚_零报.xlsx"
    for reason in ("", "   "):
        refused = brought(spring, file, reason)
        assert refused.outcome is Outcome.REFUSED
        assert [issue.severity for issue in refused.issues] == [Severity.WARNING]
    assert stored(spring) == before
    accepted = brought(spring, file, "停业整顿，确无业务")
    assert accepted.outcome is Outcome.COMMITTED
    row = next(row for row in imports.list_batches(spring) if row.id == accepted.batch)
    assert row.reason == "停业整顿，确无业务"


def test_the_same_file_again_is_a_duplicate(spring: Ledger, tmp_path: Path) -> None:
    first = brought(spring, MARCH_FILES / "甲_202103.xlsx")
    before = stored(spring)
    renamed = tmp_path / "换了名字.xlsx"
    renamed.write_bytes((MARCH_FILES / "甲_202103.xlsx").read_bytes())
    for file in (MARCH_FILES / "甲_202103.xlsx", renamed):
        again = brought(spring, file)
        assert (again.outcome, again.batch) == (Outcome.DUPLICATE, first.batch)
        assert "甲_202103.xlsx" in again.issues[0].message
    assert stored(spring) == before


def test_an_undone_file_may_be_imported_again(spring: Ledger) -> None:
    first = brought(spring, MARCH_FILES / "甲_202103.xlsx")
    assert first.batch is not None
    imports.undo_batch(spring, first.batch)
    again = brought(spring, MARCH_FILES / "甲_202103.xlsx")
    assert again.outcome is Outcome.COMMITTED
    assert again.batch != first.batch


def test_two_files_of_one_company_in_one_go_are_versions(spring: Ledger) -> None:
    """The flash of the sample, then the official form: two versions, the later one counts, both stay on record."""
    before = figure_report(spring, "MKT.VOL", PERIOD).figure.value
    assert before is not None
    result = brought(spring, MARCH_FILES / "戊-更正.xlsx")
    assert result.outcome is Outcome.COMMITTED
    figure = figure_report(spring, "MKT.VOL", PERIOD).figure
    assert figure.value == before + 77_031 - 77_013
    source = next(source for source in figure.sources if source.enterprise == "示例戊快递")
    assert (source.version, source.batch, source.amount) == (2, result.batch, "77031")


def test_cancelling_between_files_keeps_whole_files_only(spring: Ledger) -> None:
    previews = imports.preview_files(spring, [MARCH_FILES / "甲_202103.xlsx", MARCH_FILES / "乙3月.csv"])
    asked: list[int] = []

    def cancelled() -> bool:
        asked.append(1)
        return len(asked) > 1

    with pytest.raises(CancelledError):
        imports.commit_previews(spring, previews, REASON, cancelled=cancelled)
    rows = imports.list_batches(spring)
    assert rows[0].file_name == "甲_202103.xlsx"
    assert "乙3月.csv" not in {row.file_name for row in rows}


def test_progress_is_told_file_by_file(county: Ledger) -> None:
    told: list[tuple[int, int, str]] = []
    files = [MARCH_FILES / "甲_202103.xlsx", MARCH_FILES / "乙3月.csv"]
    imports.preview_files(county, files, progress=lambda *step: told.append(step))
    assert told == [(0, 2, "甲_202103.xlsx"), (1, 2, "乙3月.csv"), (2, 2, "")]


# ----------------------------------------------------------------------------------------------- undo


@pytest.mark.parametrize("name", ["己.csv", "进村_3月.xlsx", "绿色包装_3月.xlsx"])
def test_undo_brings_everything_back(spring: Ledger, name: str) -> None:
    def seen() -> tuple[object, ...]:
        return (
            indicator_board(spring, MARCH, "市场规模"),
            coverage_report(spring, MARCH, by="brand", gaps=True),
            green_report(spring, PERIOD),
            duties(spring, MARCH),
        )

    before, shown = in_force(spring), seen()
    result = brought(spring, MARCH_FILES / name)
    assert result.batch is not None
    assert in_force(spring) != before
    row = imports.undo_batch(spring, result.batch, "放错了")
    assert (row.state_label, row.reason) == ("已撤销", "放错了")
    assert in_force(spring) == before
    assert seen() == shown


def test_undo_in_any_order_equals_never_imported(spring: Ledger) -> None:
    """Flash, form and correction of several companies; taken back in another order than they came."""
    before = in_force(spring)
    files = ["甲_202103.xlsx", "戊-更正.xlsx", "己.csv", "进村_3月.xlsx", "绿色包装_3月.xlsx", "更正件/癸_202103.xlsx"]
    batches = [brought(spring, MARCH_FILES / name).batch for name in files]
    middle = None
    for number, batch in enumerate([batches[i] for i in (3, 0, 5, 1, 4, 2)]):
        assert batch is not None
        imports.undo_batch(spring, batch)
        if number == 2:
            middle = in_force(spring)
    assert middle != before
    assert in_force(spring) == before


def test_undo_weeks_later_leaves_what_came_after(own_county: Ledger) -> None:
    """The January sheet goes; a correction of one of its companies that came later stays in force."""
    january = Month(2021, 1)
    batch = next(row for row in imports.list_batches(own_county) if row.file_name == "企业月报_2021年9月.csv")
    imports.undo_batch(own_county, batch.id)
    figure = figure_report(own_county, "MKT.VOL", Period.parse("2021-09"), by="enterprise")
    assert {row.name for row in figure.rows if row.value is not None} == {"示例乙快递"}  # corrected in October
    assert figure_report(own_county, "MKT.VOL", Period.of_month(january)).figure.value == 581_053


def test_a_registry_is_taken_back_as_well(spring: Ledger, tmp_path: Path) -> None:
    before = in_force(spring)
    text = (SAMPLE / "villages_220281.csv").read_text(encoding="utf-8-sig")
    changed = written(tmp_path, "名录.csv", text.replace("先锋村", "先锋新村", 1))
    done = registers.import_regions(spring, changed, month=Month(2021, 6))
    assert (done.changed, done.added) == (1, 0)
    assert done.batch is not None
    assert in_force(spring) != before
    imports.undo_batch(spring, done.batch)
    assert in_force(spring) == before


def test_nothing_is_undone_twice(spring: Ledger) -> None:
    batch = brought(spring, MARCH_FILES / "甲_202103.xlsx").batch
    assert batch is not None
    imports.undo_batch(spring, batch)
    before = stored(spring)
    with pytest.raises(LedgerError, match="已经撤销"):
        imports.undo_batch(spring, batch)
    with pytest.raises(LedgerError, match="没有第 99999 号"):
        imports.undo_batch(spring, 99_999)
    assert stored(spring) == before


def test_undoing_a_return_waits_for_the_company_again(fresh: Ledger) -> None:
    preview = imports.preview_file(fresh, MARCH_FILES / "丁快递3月.csv", OPTIONS)
    batch = imports.return_file(fresh, preview, "分项不符")
    imports.undo_batch(fresh, batch)
    assert next(row for row in duties(fresh, MARCH) if row.enterprise == "示例丁快递").state == "未报"


# ----------------------------------------------------------------------------------------------- kept results


def test_what_is_shown_follows_every_write(spring: Ledger) -> None:
    """Boards are kept until something is written, and not a moment longer."""

    def shown() -> tuple[object, ...]:
        overview = build_overview(spring, MARCH)
        figure = figure_report(spring, "MKT.VOL", PERIOD).figure
        return figure.value, overview.steps[0].detail, coverage_report(spring, MARCH).covered

    start = shown()
    assert shown() == start
    first = brought(spring, MARCH_FILES / "己.csv").batch
    with_one = shown()
    assert with_one[1] == "12 家中 11 家已报"
    assert with_one[0] != start[0]
    assert first is not None
    imports.undo_batch(spring, first)
    assert shown() == start


def test_a_second_window_s_write_is_seen(spring: Ledger) -> None:
    assert spring.path is not None
    before = figure_report(spring, "MKT.VOL", PERIOD).figure.value
    other = open_ledger(spring.path)
    try:
        brought(other, MARCH_FILES / "己.csv")
    finally:
        other.close()
    assert figure_report(spring, "MKT.VOL", PERIOD).figure.value != before
    assert info(spring).last_month == "2021-03"


# ----------------------------------------------------------------------------------------------- two at once


def _both(ledger: Ledger, commit: Callable[[Ledger], ImportResult]) -> list[ImportResult]:
    """The same step by two windows on one ledger, at the same moment."""
    assert ledger.path is not None
    gate = threading.Barrier(2)

    def one() -> ImportResult:
        with closing(open_ledger(ledger.path)) as own:  # type: ignore[arg-type]  # asserted above
            gate.wait(timeout=30)
            return commit(own)

    with ThreadPoolExecutor(2) as pool:
        return [job.result(timeout=120) for job in (pool.submit(one), pool.submit(one))]


def test_of_two_imports_of_one_file_at_the_same_moment_one_is_a_duplicate(spring: Ledger, tmp_path: Path) -> None:
    preview = imports.preview_file(spring, MARCH_FILES / "甲_202103.xlsx", OPTIONS)
    copy = tmp_path / "另一份.xlsx"
    copy.write_bytes(preview.path.read_bytes())
    again = imports.preview_file(spring, copy, OPTIONS)
    assert preview.ready
    assert again.ready
    both = iter([preview, again])
    results = _both(spring, lambda own: imports.commit_previews(own, [next(both)], REASON)[0])
    assert sorted(outcomes(tuple(results))) == [Outcome.COMMITTED, Outcome.DUPLICATE]
    stored_as, doubled = sorted(results, key=lambda result: result.outcome)
    assert doubled.batch == stored_as.batch
    assert [batch.sha256 for batch in imports.list_batches(spring)].count(preview.sha256) == 1


def test_of_two_registries_at_the_same_moment_one_is_a_duplicate(fresh: Ledger, tmp_path: Path) -> None:
    lines = (SAMPLE / "villages_220281.csv").read_text(encoding="utf-8-sig").splitlines()
    file = tmp_path / "名录.csv"
    file.write_text("\n".join(lines) + "\n\n", encoding="utf-8")
    preview = imports.preview_file(fresh, file, OPTIONS)
    assert preview.ready
    results = _both(fresh, lambda own: imports.commit_previews(own, [preview], REASON)[0])
    assert sorted(outcomes(tuple(results))) == [Outcome.COMMITTED, Outcome.DUPLICATE]


def _delivered(folder: Path, name: str, amount: int) -> Path:
    file = folder / name
    file.write_text(f"期间,企业,指标,数值,单位\n2021年3月,示例甲快递,快递投递量,{amount},件\n", encoding="utf-8")
    return file


def test_what_became_doubtful_after_the_preview_is_not_stored(spring: Ledger, tmp_path: Path) -> None:
    files = [_delivered(tmp_path, "一.csv", 250_000), _delivered(tmp_path, "二.csv", 260_000)]
    previews = imports.preview_files(spring, files)
    assert all(preview.ready for preview in previews)
    first, second = imports.commit_previews(spring, previews, REASON)
    assert (first.outcome, second.outcome) == (Outcome.COMMITTED, Outcome.REFUSED)
    assert "CORRECTION" in [issue.code for issue in second.issues]
    (third,) = imports.commit_previews(spring, imports.preview_files(spring, [files[1]]), REASON)
    assert third.outcome is Outcome.COMMITTED
