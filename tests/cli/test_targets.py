"""``targets`` as CLI.md promises it."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run

IN_WORDS = "文字目标，不以数判断"


def test_the_register_as_of_a_month(run: Run, spring_file: Path) -> None:
    rows = run("--db", spring_file, "targets", "--period", "2021-03", "--json").json
    assert {row["document"] for row in rows} >= {"“十四五”邮政业发展规划", "吉林市快递业发展“十四五”规划"}
    reach = next(row for row in rows if row["indicator"] == "RUR.REACH" and row["clause"] == "专栏3")
    assert (reach["comparator"], reach["target"], reach["unit"], reach["due"]) == ("≥", "100", "%", "2022-12")
    assert reach["state"] in {"on_track", "behind", "open", "met"}
    assert reach["value"] is not None


def test_contradictions(run: Run, spring_file: Path) -> None:
    found = run("--db", spring_file, "targets", "--conflicts", "--json").json
    assert any("≥10万个" in row["message"] and "≥15万个" in row["message"] for row in found)


def test_the_monitoring_table_is_printed(run: Run, spring_file: Path, tmp_path: Path) -> None:
    made = run("--db", spring_file, "report", "plan", "--period", "2021-Q1", "-o", tmp_path / "p.pdf", "--json").json
    assert Path(made["file"]).read_bytes().startswith(b"%PDF-")
    assert made["pages"] >= 5
    assert made["missing_glyphs"] == []


def test_every_target_says_its_pace_and_what_is_left_or_why_not(run: Run, spring_file: Path) -> None:
    rows = run("--db", spring_file, "targets", "--period", "2021-03", "--json").json
    for row in rows:
        assert (row["pace_pct"] is None) is (row["pace_note"] is not None), row["code"]
        assert (row["needed_per_month"] is None) is (row["needed_note"] is not None), row["code"]
    reach = next(row for row in rows if row["indicator"] == "RUR.REACH" and row["clause"] == "专栏3")
    assert reach["pace_pct"] is not None
    assert reach["needed_text"].startswith("余21个月，月均需提高")
    table = run("--db", spring_file, "targets", "--period", "2021-03").out
    assert "还需、说明" in table
    assert IN_WORDS in table


def test_a_goal_over_a_change_of_prices_and_one_out_of_reach_are_listed(run: Run, spring_file: Path) -> None:
    found = run("--db", spring_file, "targets", "--conflicts", "--json").json
    assert {"values", "increment", "met", "stated", "break"} <= {row["kind"] for row in found}
    (broken,) = [row for row in found if row["kind"] == "break"]
    assert "倒算2020年为474.52亿元" in broken["message"]


def test_a_sentence_is_read_and_entered(run: Run, spring: Path) -> None:
    words = ("targets", "--text", "快递业务量完成800万件、同比增长百分之十五，重点工程完成投资35亿元")
    read = run("--db", spring, *words, "--json").json
    assert [(row["indicator"], row["measure"], row["target"], row["unit"]) for row in read["targets"]] == [
        ("MKT.VOL", "level", "800", "万件"),
        ("MKT.VOL", "yoy", "15", "%"),
    ]
    assert read["unread"] == [{"text": "重点工程完成投资35亿元", "reason": "没有认出是哪个指标"}]
    assert "倒算2020年为695.65万件" in read["bases"][0]
    assert read["entered"] == []
    assert "没有写文件名称" in run("--db", spring, *words, "--enter").err
    done = run("--db", spring, *words, "--document", "本局2021年工作要点", "--clause", "第1条", "--enter")
    assert "没有认成目标的话" in done.out
    assert "已登记 2 个目标" in done.out
    assert "没有认出目标" in run("--db", spring, "targets", "--text", "做好行风建设", "--document", "文", "--enter").err


def test_goals_in_words_are_entered_when_they_are_asked_for(run: Run, spring: Path) -> None:
    words = ("targets", "--text", "服务能力明显增强；快递业务量完成800万件；重点工程完成投资35亿元", "--year", "2021")
    told = ("--document", "本局2021年工作要点", "--clause", "第6条", "--enter")
    unread = run("--db", spring, *words, "--json").json["unread"]
    assert [each["text"] for each in unread] == ["服务能力明显增强", "重点工程完成投资35亿元"]
    assert "没有第 3 条" in run("--db", spring, *words, *told, "--words", "3").err
    assert "--words 要和 --text、--enter 同用" in run("--db", spring, *words, "--words").err
    assert len(run("--db", spring, *words, *told, "--words", "--json").json["entered"]) == 2, "no figure, no guess"
    alone = ("targets", "--text", "重点工程完成投资35亿元", "--year", "2021", *told, "--words", "1", "--json")
    assert len(run("--db", spring, *alone).json["entered"]) == 1
    rows = run("--db", spring, "targets", "--period", "2021-03", "--json").json
    own = {row["name"]: (row["pace_note"] == IN_WORDS, row["due"]) for row in rows if row["code"].startswith("OWN.")}
    assert own == {
        "服务能力明显增强": (True, "2021-12"),
        "快递业务量": (False, "2021-12"),
        "重点工程完成投资35亿元": (True, "2021-12"),
    }


def test_a_table_is_read_and_entered(run: Run, spring: Path, tmp_path: Path) -> None:
    table = tmp_path / "目标.csv"
    table.write_text(
        "文件,条款,主要目标\n本局2022年工作要点,第1条,快递业务量完成900万件，其中异地600万件\n"
        "本局2022年工作要点,第2条,做好投诉处理，完成投资35亿元\n",
        encoding="utf-8",
    )
    read = run("--db", spring, "targets", "--sheet", table, "--json").json
    assert [(row["indicator"], row["due"]) for row in read["rows"]] == [
        ("MKT.VOL", "2022-12"),
        ("MKT.VOL.INTER", "2022-12"),
    ]
    assert [(each["row"], each["reason"]) for each in read["problems"]][-1] == (3, "没有认出是哪个指标")
    entered = run("--db", spring, "targets", "--sheet", table, "--enter", "--json").json["entered"]
    assert len(entered) == 2
    assert "认不出" in run("--db", spring, "targets", "--sheet", table).out
