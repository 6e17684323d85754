"""``report`` for every kind of the contract: made, or refused with the reason and without a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.services.reports import KINDS
from tests.cli.conftest import Run
from tests.cli.said import refused
from tests.reporting.reading import whole_text
from tests.services.demo import copied, fill_national, made_once


@pytest.mark.parametrize(
    ("words", "title"),
    [
        (["monthly", "--period", "2021-Q1"], "蛟河市2021年一季度邮政快递业运行情况"),
        (["rural", "--period", "2021-03"], "蛟河市快递进村工作通报（2021年3月）"),
        (["green", "--period", "2021-03"], "蛟河市快递绿色包装通报（2021年3月）"),
        (["enterprise", "--period", "2021-03"], "蛟河市快递企业一企一档（2021年3月）"),
        (["enterprise", "--period", "2021-Q1"], "蛟河市快递企业一企一档（2021年一季度）"),
        (["chase", "--period", "2021-03"], "蛟河市2021年3月企业统计报表催报单"),
        (["quality", "--period", "2021-Q1"], "蛟河市2021年一季度统计报表报送质量通报"),
    ],
)
def test_kinds_of_a_county(run: Run, spring_file: Path, tmp_path: Path, words: list[str], title: str) -> None:
    out = tmp_path / "报表.pdf"
    made = run("--db", copied(spring_file, tmp_path), "report", *words, "-o", out, "--json")
    assert made.status == 0, made.err
    assert set(made.json) == {"file", "pages", "figures", "missing_glyphs"}
    assert made.json["missing_glyphs"] == []
    assert whole_text(out).startswith(title)


@pytest.mark.parametrize(("name", "kind"), [("月报.docx", b"PK"), ("月报.XLSX", b"PK"), ("月报.pdf", b"%PDF")])
def test_the_name_of_the_file_says_its_format(
    run: Run, spring_file: Path, tmp_path: Path, name: str, kind: bytes
) -> None:
    made = run("--db", copied(spring_file, tmp_path), "report", "brief", "--period", "2021-03", "-o", tmp_path / name)
    assert made.status == 0, made.err
    assert (tmp_path / name).read_bytes().startswith(kind)


def test_the_year_of_the_nation_from_a_county_without_companies(
    run: Run, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    ledger = copied(made_once("national", tmp_path_factory.mktemp, fill_national), tmp_path)
    out = tmp_path / "年报.pdf"
    made = run("--db", ledger, "report", "annual", "--period", "2020", "-o", out, "--json")
    assert made.status == 0, made.err
    text = whole_text(out)
    assert "2020年，全国快递企业业务量累计完成833.6亿件，比上年增长31.2%。" in text
    assert "2020年，快递业务收入完成8795.4亿元，比上年增长17.3%。" in text


@pytest.mark.parametrize("kind", ["rural", "green", "annual"])
def test_what_the_ledger_has_no_figures_for_is_refused(run: Run, spring_file: Path, tmp_path: Path, kind: str) -> None:
    out = tmp_path / "报表.pdf"
    period = "2021" if kind == "annual" else "2019-06"
    refused(run("--db", copied(spring_file, tmp_path), "report", kind, "--period", period, "-o", out, "--json"))
    assert not out.exists()


@pytest.mark.parametrize("ending", ["xlsx", "docx"])
def test_the_name_of_the_file_says_what_is_made(run: Run, spring_file: Path, tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"清单.{ending}"
    made = run("--db", copied(spring_file, tmp_path), "report", "gaps", "--period", "2021-03", "-o", out, "--json")
    assert made.status == 0, made.err
    assert out.read_bytes().startswith(b"PK")


def test_help_names_every_kind(run: Run) -> None:
    told = "".join(run("report", "--help").out.split())
    assert [code for code in KINDS if code not in told] == []
