"""The files as files: repeatable, complete, small; the month to import by hand has just the faults it says."""

from __future__ import annotations

import io
import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import msoffcrypto
import openpyxl
import pytest
import xlrd
from demo_county.build import Truth
from demo_county.expected import expected_json

from tests.sample.reading import number, rows_of

Cells = list[list[Any]]


@pytest.fixture(scope="module")
def manifest(sample: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((sample / "2021-03" / "manifest.json").read_text(encoding="utf-8"))
    return document


def decrypted(path: Path, password: str) -> io.BytesIO:
    with path.open("rb") as file:
        office = msoffcrypto.OfficeFile(file)
        assert office.is_encrypted()
        office.load_key(password=password)
        plain = io.BytesIO()
        office.decrypt(plain)
    plain.seek(0)
    return plain


def cells(path: Path, password: str) -> dict[str, Cells]:
    if path.suffix == ".xls":
        sheets = xlrd.open_workbook(str(path)).sheets()
        return {sheet.name: [list(sheet.row_values(row)) for row in range(sheet.nrows)] for sheet in sheets}
    source = decrypted(path, password) if path.stem == "加密" else path
    book = openpyxl.load_workbook(source, data_only=True)
    content = {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets}
    book.close()
    return content


def files_below(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_the_generator_makes_the_same_files_again(sample: Path, regenerated: Path, manifest: dict[str, Any]) -> None:
    made = files_below(regenerated)
    assert [name for name in files_below(sample) if name != "README.md"] == made
    for name in made:
        ours, again = sample / name, regenerated / name
        if again.suffix in {".xlsx", ".xls"}:
            assert cells(ours, manifest["password"]) == cells(again, manifest["password"]), name
        else:
            assert ours.read_bytes() == again.read_bytes(), name


def test_expected_totals_are_those_of_the_generator(truth: Truth) -> None:
    assert expected_json(truth) == (Path(__file__).parent / "expected.json").read_bytes()


def test_the_sample_is_small(sample: Path) -> None:
    assert sum(path.stat().st_size for path in sample.rglob("*") if path.is_file()) < 6_000_000


def test_the_manifest_names_every_file_and_a_fault_for_each_refusal(sample: Path, manifest: dict[str, Any]) -> None:
    entries = [*manifest["files"], *manifest["corrections"]]
    names = [entry["name"] for entry in entries]
    assert sorted([*names, "manifest.json"]) == files_below(sample / "2021-03")
    assert all((entry["expect"] == "refused") == bool(entry["fault"]) for entry in entries)
    assert {entry["encoding"] for entry in entries} == {"", "utf-8", "utf-8-sig", "utf-16", "gb18030"}


def test_csv_files_are_in_the_encoding_they_say(sample: Path, manifest: dict[str, Any]) -> None:
    for entry in manifest["files"]:
        if entry["encoding"]:
            content = (sample / "2021-03" / entry["name"]).read_bytes()
            content.decode(entry["encoding"])
            assert content.startswith(b"\xef\xbb\xbf") == (entry["encoding"] == "utf-8-sig")
            if entry["encoding"] == "gb18030":
                with pytest.raises(UnicodeDecodeError):
                    content.decode("utf-8")


def form_amounts(rows: list[list[Any]]) -> dict[str, list[Decimal]]:
    """Row name → 本期, 上年同期, 本年累计 of a form, wherever it is kept."""
    amounts = {}
    for row in rows:
        name = str(row[0] or "")
        if (
            name.startswith(("国内", "国际", "快递业务", "其他快递", "快递投递"))
            and len(row) >= 6
            and row[-1] not in {None, ""}
        ):
            picked = [row[-4], row[-3], row[-1]]
            amounts[name] = [number(str(cell)) for cell in picked]
    return amounts


SOUND = [
    "甲_202103.xlsx",
    "乙3月.csv",
    "丙 月报(终).xls",
    "戊-更正.xlsx",
    "庚_零报.xlsx",
    "壬_202103（万件）.xlsx",
    "子3月.csv",
]
CORRECTED = ["更正件/癸_202103.xlsx", "更正件/丑_202103.csv"]


@pytest.mark.parametrize("name", [*SOUND, *CORRECTED])
def test_sound_forms_state_the_truth(
    sample: Path, manifest: dict[str, Any], expected: dict[str, Any], name: str
) -> None:
    path = sample / "2021-03" / name
    if path.suffix == ".csv":
        rows: list[list[Any]] = list(rows_of(path, "\t" if path.name.startswith("子") else ","))
    else:
        rows = next(iter(cells(path, manifest["password"]).values()))
    amounts = form_amounts(rows)
    short = f"示例{path.name[0]}快递"
    factor = 10_000 if path.name.startswith("壬") else 1
    want = expected["by_hand"][short]
    assert set(amounts) == set(want)
    for row, (current, previous, cumulative) in amounts.items():
        assert current * factor == Decimal(want[row]["current"])
        assert previous * factor == Decimal(want[row]["previous"])
        assert cumulative * factor == Decimal(want[row]["cumulative"])


@pytest.mark.parametrize("stem", list("甲乙丙丁戊己庚辛壬癸子丑"))
def test_forms_cumulate_over_the_months_and_add_up(truth: Truth, expected: dict[str, Any], stem: str) -> None:
    form = expected["by_hand"][f"示例{stem}快递"]
    values = {
        column: [Decimal(row[column]) for row in form.values()] for column in ("current", "previous", "cumulative")
    }
    # 示例壬 rounds to 万件 and 万元 with two decimals: parts may miss the total by half of the last digit each.
    slack = (150, 200) if stem == "壬" else (0, 0)
    for amounts in values.values():
        assert abs(sum(amounts[:3], -amounts[3])) <= slack[0]
        assert abs(sum(amounts[4:8], -amounts[8])) <= slack[1]
    months = [figures for (month, own), figures in truth.market.items() if own == stem and month.key[:4] == "2021"][:3]
    exact = [Decimal(sum(f.volume for f in months)), Decimal(sum(f.revenue for f in months)) / 100]
    assert abs(values["cumulative"][3] - exact[0]) <= (50 if stem == "壬" else 0)
    assert abs(values["cumulative"][8] - exact[1]) <= (50 if stem == "壬" else 0)


def test_each_planted_fault_is_there_and_alone(
    sample: Path, manifest: dict[str, Any], expected: dict[str, Any]
) -> None:
    folder = sample / "2021-03"
    ding = {row[1] or row[0]: row for row in rows_of(folder / "丁快递3月.csv")[4:9]}
    assert ding["国内异地"][2] == "３１,077"
    parts = [number(ding[name][2]) for name in ("国内同城", "国内异地", "国际及港澳台")]
    assert (sum(parts), ding["合计"][2]) == (35_391, "35,401")
    for place in (3, 4, 5):
        told = [number(row[place]) for name, row in ding.items() if name != "合计" and row[place] != "—"]
        assert sum(told) == number(ding["合计"][place])

    gui = form_amounts(next(iter(cells(folder / "癸_202103.xlsx", manifest["password"]).values())))
    want = expected["by_hand"]["示例癸快递"]
    for name, (current, previous, cumulative) in gui.items():
        true = Decimal(want[name]["current"])
        assert current == true if "收入" not in name else abs(current * 10_000 - true) <= 150
        assert [previous, cumulative] == [Decimal(want[name]["previous"]), Decimal(want[name]["cumulative"])]

    chou = form_amounts(list(rows_of(folder / "丑_202103.csv")))
    want = expected["by_hand"]["示例丑快递"]
    off = {name: amounts[2] - Decimal(want[name]["cumulative"]) for name, amounts in chou.items()}
    assert {name: gap for name, gap in off.items() if gap} == {"国内异地快递业务量": 1000, "快递业务量合计": 1000}
    assert all(amounts[0] == Decimal(want[name]["current"]) for name, amounts in chou.items())

    assert not any("".join(row) for row in rows_of(folder / "空表.csv"))
    lacking = next(row for row in rows_of(folder / "缺列.csv") if "指标名称" in row)
    assert "本期" not in lacking
    assert (folder / "其实是PDF.csv").read_bytes().startswith(b"%PDF-")
    register = (sample / "enterprises.csv").read_text(encoding="utf-8-sig")
    assert "示例寅快递有限公司" in (folder / "无此企业.csv").read_text(encoding="utf-8-sig")
    assert "示例寅" not in register
    with pytest.raises(Exception, match="zip"):
        openpyxl.load_workbook(folder / "加密.xlsx")


def test_late_and_long_files_state_the_truth(sample: Path, expected: dict[str, Any]) -> None:
    folder = sample / "2021-03"
    late = next(row for row in rows_of(folder / "己.csv") if row[1] == "示例己快递")
    long = {row[2]: row[3] for row in rows_of(folder / "辛3月明细.csv")[1:]}
    for short, volume, revenue in [
        ("示例己快递", late[5], late[10]),
        ("示例辛快递", long["快递业务量合计"], long["快递业务收入合计"]),
    ]:
        want = expected["by_hand"][short]
        assert number(volume) == Decimal(want["快递业务量合计"]["current"])
        assert number(revenue) == Decimal(want["快递业务收入合计"]["current"])


def test_the_march_round_of_villages_agrees_with_the_monthly_lists(
    sample: Path, manifest: dict[str, Any], expected: dict[str, Any]
) -> None:
    rows = next(iter(cells(sample / "2021-03" / "进村_3月.xlsx", manifest["password"]).values()))
    villages = [row for row in rows if str(row[0]).startswith("220281")]
    assert len(villages) == 256
    assert all(isinstance(row[14], datetime) and row[14].date() <= date(2021, 3, 31) for row in villages)
    reached = [any(cell not in {"否", "停运", "回退"} for cell in row[3:12]) for row in villages]
    assert sum(reached) == expected["months"]["2021-03"]["coverage"]["any"]
    counted = [row for row in villages if row[15] is not None]
    assert 100 < len(counted) < 221


def test_the_green_sheet_of_march_by_hand_lacks_only_one_company(
    sample: Path, manifest: dict[str, Any], expected: dict[str, Any]
) -> None:
    rows = next(iter(cells(sample / "2021-03" / "绿色包装_3月.xlsx", manifest["password"]).values()))
    total = next(row for row in rows if row[1] == "合计")
    assert dict(zip(rows[2][2:], total[2:], strict=True)) == expected["green_by_hand"]
    assert [row[1] for row in rows if row[2] == "未报"] == ["示例癸快递有限公司"]
