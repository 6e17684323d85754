"""Large files: read in pieces they mean exactly what they mean read as a whole, faults and all."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.errors import CancelledError
from desktop_app.importing.bulk import source
from desktop_app.importing.bulk.planner import plan_large
from desktop_app.importing.outcome import ISSUES_TOLD
from desktop_app.importing.plan import FileKind, ImportOptions
from desktop_app.models.values import Month
from tests.importing.bulk_files import Line, compare, context, registry, sheet, villages

Change = Callable[[list[Line], int], None]


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces of a few dozen lines, so that every test crosses their borders."""
    monkeypatch.setattr(source, "_PIECE", 3000)


def written(path: Path, lines: list[Line], *, encoding: str = "gb18030", end: str = "\n", cut: str = ",") -> Path:
    path.write_bytes((end.join(map(cut.join, lines)) + end).encode(encoding))
    return path


def cell(column: int, text: str) -> Change:
    def change(lines: list[Line], at: int) -> None:
        lines[at][column] = text

    return change


def line(*cells: str) -> Change:
    def change(lines: list[Line], at: int) -> None:
        lines.insert(at, list(cells))

    return change


def again(lines: list[Line], at: int) -> None:
    lines.append(list(lines[at]))


REGISTRY_FAULTS: dict[str, Change] = {
    "double": again,
    "double with full-width digits": lambda lines, at: lines.append(
        [lines[at][0].translate({48 + n: 0xFF10 + n for n in range(10)}), *lines[at][1:]]
    ),
    "digits lost": cell(0, "2.20281E+11"),
    "eleven digits": cell(0, "22028110020"),
    "no code": cell(0, ""),
    "words for a code": cell(0, "见附件"),
    "no name": cell(1, ""),
    "blanks around the name": cell(1, "  南山道村\u3000"),
    "a blank inside the name": cell(1, "南 山道村"),
    "backslash in the name": cell(1, "南\\山村"),
    "another county": cell(0, "220282100201"),
    "a town": cell(0, "220281100000"),
    "a town by nine digits": cell(0, "220281100"),
    "nine digits without villages": cell(0, "220281900"),
    "no town": cell(4, ""),
    "a cell too many": lambda lines, at: lines[at].append("多"),
    "cells missing": lambda lines, at: lines[at].__delitem__(slice(5, None)),
    "blank line": line(""),
    "empty cells": line(*[""] * 8),
    "total": line("合计", "700", "", "", "", "", "", ""),
    "subtotal in words": line("", "小计", "12", "", "", "", "", ""),
    "head again": lambda lines, at: lines.insert(at, list(lines[0])),
    "quoted": cell(1, '"南山道村"'),
    "quoted with a comma": cell(7, '"吉林省，旧名,吉林"'),
    "rare character": cell(1, "𠮷林村"),
    "no more": cell(1, "南山道村[已撤销]"),
    "no more, merged": cell(1, "南山道村（已并入北山村）"),
}


@pytest.mark.parametrize("fault", REGISTRY_FAULTS)
def test_a_faulty_registry_reads_the_same(fault: str, tmp_path: Path) -> None:
    lines = registry()
    for at in (3, 333, 334, 500, len(lines) - 1):
        REGISTRY_FAULTS[fault](lines, at)
    compare(written(tmp_path / "名录.csv", lines), context())


@pytest.mark.parametrize("seed", range(12))
def test_many_faults_at_once(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)  # noqa: S311  (no secret)
    lines = registry()
    if seed % 2:
        body = lines[1:]
        chance.shuffle(body)
        lines[1:] = body
    for fault in chance.choices([name for name in REGISTRY_FAULTS if name != "head again"], k=12):
        at = chance.randrange(1, len(lines))
        if len(lines[at]) == 8:
            REGISTRY_FAULTS[fault](lines, at)
    compare(written(tmp_path / "名录.csv", lines), context())


@pytest.mark.parametrize(
    ("encoding", "end", "cut"),
    [
        ("utf-8", "\n", ","),
        ("utf-8-sig", "\r\n", ","),
        ("gb18030", "\r\n", "\t"),
        ("gb18030", "\r", ";"),
        ("utf-8", "\n", "，"),
    ],
)
def test_encodings_line_ends_and_delimiters(encoding: str, end: str, cut: str, tmp_path: Path) -> None:
    path = written(tmp_path / "名录.csv", registry(), encoding=encoding, end=end, cut=cut)
    if end == "\r":
        assert plan_large(path, context(), ImportOptions(), lambda *_: None) is None, "no line feed to cut at"
    else:
        assert compare(path, context()).reading.encoding == encoding


def test_title_notes_and_a_missing_last_line_feed(tmp_path: Path) -> None:
    lines = [["吉林省蛟河市村级名录"], ["单位：个"], *registry(), [""], ["注：以民政部门为准"], ["填表人：示例"]]
    path = tmp_path / "名录.csv"
    path.write_bytes("\n".join(map(",".join, lines)).encode("gb18030"))
    plan = compare(path, context())
    assert plan.reading.title == "吉林省蛟河市村级名录"
    assert plan.reading.header_rows == (3,)


def test_other_columns_in_another_order_with_head_counts(tmp_path: Path) -> None:
    lines = [["序号", "乡镇", "名称", "区划代码", "户数", "人口"]]
    for n, row in enumerate(registry()[1:], start=1):
        name = {5: "全胜村", 405: "计家村"}.get(n, row[1])
        counts = {7: ["1,200", "x"], 407: ["", "12345678901"]}.get(n, [str(n), str(3 * n)])
        lines.append([str(n), row[4], name, row[0], *counts])
    plan = compare(written(tmp_path / "名录.txt", lines, cut="\t"), context())
    assert plan.counts.accepted == 700


def test_broken_bytes_are_read_and_named(tmp_path: Path) -> None:
    path = written(tmp_path / "名录.csv", registry())
    data = path.read_bytes().replace("第444村".encode("gb18030"), b"\xb5\xff444\xb4\xe5")
    path.write_bytes(data)
    (warning,) = compare(path, context()).reading.warnings
    assert warning.startswith("第446行第2格有乱码字符")


def test_quotes_everywhere(tmp_path: Path) -> None:
    lines = [[f'"{text}"' for text in row] + ['"名录, 2023"'] for row in registry()]
    compare(written(tmp_path / "名录.csv", lines), context())


def test_the_real_registry_of_a_prefecture(tmp_path: Path) -> None:
    path = Path(__file__).parents[1] / "data" / "villages_220200_jilin.csv"
    plan = compare(path, context(), ImportOptions(region="220200"))
    assert plan.kind is FileKind.REGISTRY
    assert plan.counts.accepted == 1778


def test_what_pieces_cannot_show_is_left_to_the_other_reading(tmp_path: Path) -> None:
    lines = registry()
    lines[400][1] = '"南山\n道村"'
    whole = written(tmp_path / "名录.csv", lines)
    assert plan_large(whole, context(), ImportOptions(), lambda *_: None) is None
    second = [*registry(), [""], ["企业", "件"], ["甲", "1"], ["乙", "2"]]
    tables = written(tmp_path / "两表.csv", second)
    assert plan_large(tables, context(), ImportOptions(), lambda *_: None) is None


def test_issues_of_one_kind_are_counted_beyond_a_thousand(tmp_path: Path) -> None:
    lines = registry(1500)
    for row in lines[200:1400]:
        row[1] = ""
    plan = compare(written(tmp_path / "名录.csv", lines), context())
    assert len(plan.issues) == ISSUES_TOLD + 1
    assert any(issue.message == "另有 200 处同样的问题" for issue in plan.issues)
    assert plan.counts.rejected == 1200


COVERAGE_FAULTS: dict[str, Change] = {
    "double": again,
    "unknown village": cell(0, "220281999201"),
    "visit long after the month": cell(8, "2021-06-09"),
    "parcels with words": cell(7, "约30件"),
    "parcels unknown": cell(7, "未统计"),
    "another name": cell(1, "别处村"),
    "no code": cell(0, ""),
    "full-width code": cell(0, "２２０２８１１００２０３"),
    "unknown brand": cell(3, "示例癸"),
    "alias": cell(3, "示例甲速递"),
    "unknown mode": cell(4, "飞来"),
    "suspended": cell(4, "邮快（停运）"),
    "too often": cell(5, "70"),
    "no frequency": cell(5, "未报"),
    "no date": cell(8, "去年"),
    "date in words": cell(8, "2021年3月6日"),
    "cells missing": lambda lines, at: lines[at].__delitem__(slice(6, None)),
    "a cell too many": lambda lines, at: lines[at].append("多"),
    "blank line": line(""),
    "total": line("合计", "", "", "", "", "7", "", "", ""),
    "blanks": cell(4, " 直投 "),
}


@pytest.mark.parametrize("fault", COVERAGE_FAULTS)
@pytest.mark.parametrize("coded", [True, False])
def test_a_faulty_village_sheet_reads_the_same(fault: str, coded: bool, tmp_path: Path) -> None:
    known = villages()
    lines = sheet(known)
    for at in (4, 401, 402, len(lines) - 1):
        COVERAGE_FAULTS[fault](lines, at)
    if not coded:
        lines = [row[1:] if len(row) > 1 else row for row in lines]
    compare(written(tmp_path / "进村_202103.csv", lines), context(known))


def test_months_of_their_own(tmp_path: Path) -> None:
    known = villages()
    lines = sheet(known)
    lines[0].append("月份")
    for n, row in enumerate(lines[1:]):
        row.append("2021-02" if n % 2 else "2021年3月")
    lines[500][-1] = "某月"
    plan = compare(written(tmp_path / "进村.csv", lines), context(known))
    assert plan.month is None
    assert len(plan.issues) == 1


def test_progress_is_told_and_cancelling_stops(tmp_path: Path) -> None:
    path = written(tmp_path / "名录.csv", registry())
    told: list[float] = []

    def tell(share: float, _word: str) -> None:
        told.append(share)
        if len(told) == 4:
            raise CancelledError

    with pytest.raises(CancelledError):
        plan_large(path, context(), ImportOptions(), tell)
    assert told == sorted(told)
    assert told[-1] < 0.8


def test_who_has_checked_and_how_reads_the_same(tmp_path: Path) -> None:
    known = villages(300)
    head, *body = sheet(known)
    kinds = ("现场核查", "电话", "照片", "无", "村干部证明", "")
    lines = [[*head, "核查人", "证据类型"], *([*row, f"员{n % 4}", kinds[n % 6]] for n, row in enumerate(body))]
    plan = compare(written(tmp_path / "进村.csv", lines), context(known), ImportOptions(month=Month(2021, 3)))
    assert {record.evidence_kind for record in plan.coverage} == {"实地核查", "电话核实", "照片", "村干部证明", ""}
    assert {record.checker for record in plan.coverage} <= {"员0", "员1", "员2", "员3"}


@pytest.mark.parametrize("days", [("1月5日", "1月20日"), ("05/01/2022", "20/01/2022"), ("44566", "2022.1.20")])
def test_days_that_need_a_reading_are_read_the_same(days: tuple[str, str], tmp_path: Path) -> None:
    known = villages()
    lines = sheet(known)
    for at, row in enumerate(lines[1:]):
        row[-1] = days[at % 2]
    plan = compare(written(tmp_path / "进村2022年1月.csv", lines), context(known))
    told = {str(record.evidence_date) for record in plan.coverage}
    assert told == {"2022-01-05", "2022-01-20"}
    assert plan.changes


def test_extra_charges_and_odd_words_for_them_read_the_same(tmp_path: Path) -> None:
    known = villages(300)
    head, *body = sheet(known)
    said = ("否", "收2元", "", "不收费")
    lines = [[*head, "是否收费"], *([*row, said[n % 4]] for n, row in enumerate(body))]
    plan = compare(written(tmp_path / "进村.csv", lines), context(known), ImportOptions(month=Month(2021, 3)))
    assert {record.extra_charge for record in plan.coverage} == {True, False, None}
    lines[20][-1] = "个别"
    odd = compare(written(tmp_path / "另一表.csv", lines), context(known), ImportOptions(month=Month(2021, 3)))
    assert [issue.code for issue in odd.errors] == ["FLAG_UNKNOWN"]
    assert len(odd.coverage) == len(plan.coverage) - 1
