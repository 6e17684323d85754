"""自设指标: added, known everywhere, changed with versions, retired, backed up; a faulty file stops nothing."""

from __future__ import annotations

import tomllib
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.cli.main import main
from desktop_app.errors import UserError
from desktop_app.importing.plan import ImportOptions
from desktop_app.models.values import CellState, Month, Period, to_fixed
from desktop_app.services import context, imports, maintenance, own_drafts, own_file, own_indicators
from desktop_app.services.figures import figure_report, indicator_board, indicator_tree
from desktop_app.services.ledger import open_ledger
from desktop_app.services.meanings import meaning_book
from desktop_app.services.overview import build_overview
from desktop_app.services.results.own_indicators import OwnDraft
from desktop_app.services.search import find
from desktop_app.services.target_reading import read_text
from desktop_app.storage import audit, observations
from desktop_app.storage.engine import Ledger
from desktop_app.storage.files import own_file_of

MARCH = Month(2021, 3)
PERIOD = Period.of_month(MARCH)
PATROLS = OwnDraft(
    name="乡镇网点巡查次数",
    code="OWN.XZWDXCCS",
    unit="家次",
    kind="count",
    definition="本局当月实地巡查乡镇网点的次数，同一网点一天只算一次。",
    owner="company",
    aliases=("网点巡查", "巡查网点次数"),
    source="本局工作台账",
)
PER_PIECE = OwnDraft(
    name="同城件均收入",
    code="OWN.TCJJSR",
    unit="元/件",
    kind="ratio",
    decimals=2,
    definition="同城快递业务收入除以同城快递业务量。",
    formula="MKT.REV.LOCAL / MKT.VOL.LOCAL",
)


def value(ledger: Ledger, code: str, period: Period = PERIOD) -> Decimal | None:
    return figure_report(ledger, code, period).figure.value


def written(ledger: Ledger) -> Path:
    assert ledger.own_file is not None
    return ledger.own_file


def brought(ledger: Ledger, path: Path) -> str:
    preview = imports.preview_files(ledger, [path], ImportOptions())
    return imports.commit_previews(ledger, preview, "已核实")[0].outcome.value


def patrol_file(folder: Path, head: str = "网点巡查") -> Path:
    file = folder / "巡查_2021年3月.csv"
    lines = ["2021年3月企业汇总表,,", f"企业名称,快递业务量(件),{head}(家次)"]
    lines += ["示例甲快递,1000,12", "示例乙快递,2000,30"]
    file.write_text("\r\n".join(lines) + "\r\n", encoding="utf-8")
    return file


# ----------------------------------------------------------------------------------------------- adding


def test_a_formula_is_an_indicator_like_any_other(spring: Ledger) -> None:
    assert own_indicators.save(spring, PER_PIECE) == "OWN.TCJJSR"
    figure = figure_report(spring, "OWN.TCJJSR", PERIOD).figure
    revenue, volume = value(spring, "MKT.REV.LOCAL"), value(spring, "MKT.VOL.LOCAL")
    assert revenue is not None
    assert volume
    assert figure.value == (revenue / volume).quantize(Decimal("0.0001"))
    assert figure.display_unit == "元/件"
    assert figure.formula.endswith("同城快递业务收入 ÷ 同城快递业务量")
    assert "第1版口径：同城快递业务收入除以" in figure.definition
    leaves = {leaf.code for upper in indicator_tree(spring) for lower in upper.children for leaf in lower.children}
    assert "OWN.TCJJSR" in leaves
    board = indicator_board(spring, MARCH, "本局自设")
    assert [line.figure.name for line in board.lines] == ["同城件均收入"]
    assert find(spring, "tcjj")[0].key == "OWN.TCJJSR"
    assert value(spring, "MKT.VOL") is not None


def test_the_command_line_knows_it(spring: Ledger, capsys: pytest.CaptureFixture[str]) -> None:
    own_indicators.save(spring, PER_PIECE)
    assert main(["--db", spring.name, "indicator", "own.tcjjsr", "--period", "2021-03"]) == 0
    said = capsys.readouterr()
    assert "同城件均收入" in said.out
    assert said.err == ""


def test_files_targets_and_sentences_know_an_entered_one(fresh: Ledger, tmp_path: Path) -> None:
    file = patrol_file(tmp_path)
    unread = imports.preview_files(fresh, [file], ImportOptions())[0]
    assert not [row for row in unread.plan.observations if row.indicator.startswith("OWN.")] if unread.plan else True
    own_indicators.save(fresh, PATROLS)
    assert meaning_book(fresh).indicator("网点巡查") is not None
    assert brought(fresh, file) == "committed"
    assert value(fresh, PATROLS.code) == 42
    rows = figure_report(fresh, PATROLS.code, PERIOD, by="enterprise").rows
    assert [row.value for row in rows if row.value is not None] == [30, 12] or {12, 30} == {
        row.value for row in rows if row.value is not None
    }
    drafts = read_text(fresh, "乡镇网点巡查次数达到600家次", 2021).drafts
    assert [(draft.indicator, draft.value) for draft in drafts] == [(PATROLS.code, Decimal(600))]


def test_what_a_colleague_adds_in_another_window_is_noticed(spring: Ledger) -> None:
    assert not context.own_reading(spring).entries
    with closing(open_ledger(spring.name)) as other:
        own_indicators.save(other, PER_PIECE)
    assert value(spring, "OWN.TCJJSR") is not None


def test_the_file_can_be_read_by_people_and_keeps_their_notes(spring: Ledger) -> None:
    own_indicators.save(spring, PER_PIECE)
    own_indicators.save(spring, PATROLS)
    path = written(spring)
    assert path.name == f"{Path(spring.name).stem}.指标.toml"
    text = path.read_text(encoding="utf-8")
    assert 'name = "同城件均收入"' in text
    assert 'county = { unit = "元/件", decimals = 2 }' in text
    noted = text.replace('[[indicator]]\ncode = "OWN.XZWDXCCS"', '# 张三 3月加\n\n[[indicator]]\ncode = "OWN.XZWDXCCS"')
    path.write_text(noted, encoding="utf-8")
    own_indicators.save(spring, replace(PER_PIECE, decimals=3), "多看一位", editing=PER_PIECE.code)
    own_indicators.remove(spring, PATROLS.code, "不用了")
    left = path.read_text(encoding="utf-8")
    assert "# 张三 3月加" in left
    assert left.startswith("# 本局自设指标")
    assert [each["code"] for each in tomllib.loads(left)["indicator"]] == ["OWN.TCJJSR"]
    assert not list(path.parent.glob(".*.new"))


def test_texts_of_every_kind_survive(spring: Ledger) -> None:
    odd = '引号"与\\反斜杠，\n第二行\t制表 # 不是注释 [[indicator]]'
    own_indicators.save(spring, replace(PER_PIECE, definition=odd, source="“市局〔2021〕3号”"))
    entry = context.own_reading(spring).entries[PER_PIECE.code]
    assert entry.definition == odd
    own_indicators.save(spring, replace(own_drafts.draft_of(entry), decimals=4), "细看", editing=entry.code)
    assert context.own_reading(spring).entries[PER_PIECE.code].definition == odd


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"code": "MKT.VOL"}, "code", "程序自带的指标“快递业务量”"),
        ({"code": "own.x"}, "code", "写法不对"),
        ({"name": ""}, "name", "没有写名称"),
        ({"unit": ""}, "unit", "没有选单位"),
        ({"unit": "斤"}, "unit", "没有单位“斤”"),
        ({"definition": " "}, "definition", "没有写口径"),
        ({"formula": ""}, "formula", "比率要有公式"),
        ({"formula": "MKT.VOL +"}, "formula", "公式结尾"),
        ({"formula": "OWN.TCJJSR * 2"}, "formula", "绕成一圈"),
        ({"formula": "MKT.NONE * 2"}, "formula", "没有指标 MKT.NONE"),
        ({"name": "快递业务量"}, "aliases", "已经是 MKT.VOL 的名称"),
        ({"aliases": ("业务收入",)}, "aliases", "已经是 MKT.REV 的名称"),
        ({"valid_from": "三月"}, "valid_from", "不是月份"),
        ({"group": "自设"}, "group", "上级/下级"),
    ],
)
def test_what_does_not_fit_is_refused_by_field(
    spring: Ledger, change: dict[str, object], field: str, words: str
) -> None:
    draft = replace(PER_PIECE, **change)  # type: ignore[arg-type]  # the parameters above name fields
    found = dict(own_drafts.check(spring, draft))
    assert words in found.get(field, ""), found
    with pytest.raises(UserError):
        own_indicators.save(spring, draft)
    assert not written(spring).exists()


# ----------------------------------------------------------------------------------------------- formulas


def test_a_formula_is_explained_and_tried(spring: Ledger) -> None:
    reading = own_drafts.read_formula(spring, PER_PIECE)
    assert reading.said == "同城快递业务收入 ÷ 同城快递业务量"
    assert reading.tree == ((0, "相除"), (1, "同城快递业务收入"), (1, "同城快递业务量"))
    assert [(i.code, i.unit) for i in reading.inputs] == [("MKT.REV.LOCAL", "元"), ("MKT.VOL.LOCAL", "件")]
    assert reading.sound
    assert not reading.notes
    trial = own_drafts.try_draft(spring, PER_PIECE, MARCH)
    own_indicators.save(spring, PER_PIECE)
    figure = figure_report(spring, PER_PIECE.code, PERIOD).figure
    assert trial.text == f"{figure.text}元/件"
    assert trial.inputs[0].text.endswith("万元")
    assert "未报" in trial.reason or not figure.completeness.missing


def test_a_trial_says_why_there_is_no_result(spring: Ledger) -> None:
    trial = own_drafts.try_draft(spring, PER_PIECE, Month(2019, 5))
    assert trial.text == ""
    assert "所以算不出来" in trial.reason
    assert "同城快递业务收入" in trial.reason
    zero = replace(PER_PIECE, formula="MKT.REV.LOCAL / (MKT.VOL.LOCAL - MKT.VOL.LOCAL)")
    assert own_drafts.try_draft(spring, zero, MARCH).reason.startswith("除数是 0")
    back = replace(PER_PIECE, formula="MKT.VOL / ago(MKT.VOL, 1)", unit="倍")
    names = [row.name for row in own_drafts.try_draft(spring, back, MARCH).inputs]
    assert names == ["快递业务量", "1年前同期快递业务量"]


@pytest.mark.parametrize(
    ("formula", "unit", "words"),
    [
        ("GOV.INSPECT + GOV.INSPECT.VISIT", "项", "“随机抽查事项数”的单位是项，“执法检查家次”的是家次，不能相加"),
        ("MKT.REV / MKT.VOL", "%", "公式算出来的单位是元/件，指标的单位是%"),
        ("MKT.VOL.LOCAL / MKT.VOL", "%", "少了 × 100"),
        ("MKT.VOL / 10000", "万件", "少了 × 10000"),
    ],
)
def test_units_that_do_not_fit_are_told(spring: Ledger, formula: str, unit: str, words: str) -> None:
    reading = own_drafts.read_formula(spring, replace(PER_PIECE, formula=formula, unit=unit))
    assert reading.sound
    assert any(words in note.text for note in reading.notes), reading.notes


@pytest.mark.parametrize(
    ("formula", "position", "words"),
    [
        ("MKT.REV / 快递业务的量", 11, "是中文"),
        ("快递业务量 / / MKT.VOL", 9, "此处应为指标代码"),
        ("MKT.REV / / MKT.VOL", 11, "此处应为指标代码"),
        ("(MKT.REV / MKT.VOL", 19, "此处应为“)”"),
        ("MKT.REV / MKT.VOLL", 11, "没有指标 MKT.VOLL；相近的有 MKT.VOL"),
        ("3 + 4", 0, "只有常数"),
    ],
)
def test_a_slip_is_marked_where_it_stands(spring: Ledger, formula: str, position: int, words: str) -> None:
    note = own_drafts.read_formula(spring, replace(PER_PIECE, formula=formula)).notes[0]
    assert (note.position, note.serious) == (position, True)
    assert words in note.text


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        ("MKT.VOL + MKT.REV", "“快递业务量”的单位是件，“快递业务收入”的是元，不能相加"),
        ("快递业务量 + 快递业务收入", "不能相加"),
        ("MKT.VOL - CTX.POP", "不能相减"),
        ("max(MKT.VOL, MKT.REV)", "不能比大小"),
    ],
)
def test_what_cannot_be_added_is_refused_with_the_reason(spring: Ledger, formula: str, words: str) -> None:
    draft = replace(PER_PIECE, formula=formula, unit="万件", kind="flow")
    assert not own_drafts.read_formula(spring, draft).sound
    assert [(field, words in said) for field, said in own_drafts.check(spring, draft)] == [("formula", True)]
    with pytest.raises(UserError, match=words):
        own_drafts.try_draft(spring, draft, MARCH)


def test_the_share_of_the_largest_brands_is_a_function(spring: Ledger) -> None:
    draft = replace(PER_PIECE, code="OWN.CRN", name="业务量前八位比重", unit="%", decimals=1, formula="cr(MKT.VOL, 8)")
    assert own_drafts.read_formula(spring, draft).said == "快递业务量前8位品牌的比重（CR8）"
    own_indicators.save(spring, draft)
    period = Period.of_month(MARCH)
    mine, theirs = (figure_report(spring, code, period).figure for code in ("OWN.CRN", "MKT.CR8"))
    assert mine.value == theirs.value is not None
    rows = figure_report(spring, "OWN.CRN", period, by="enterprise").rows
    assert {row.value for row in rows} == {None}
    revenue = replace(draft, formula="cr(快递业务收入, 1)")
    assert own_drafts.try_draft(spring, revenue, MARCH).text.endswith("%")
    slip = own_drafts.read_formula(spring, replace(draft, formula="cr(MKT.VOL, 0)")).notes[0]
    assert "品牌个数应为 1 到 50 的整数" in slip.text


def test_codes_in_small_letters_are_codes(spring: Ledger) -> None:
    typed = own_drafts.read_formula(spring, replace(PER_PIECE, formula="mkt.rev.local / Mkt.Vol.Local"))
    assert (typed.said, typed.notes) == ("同城快递业务收入 ÷ 同城快递业务量", ())
    slip = own_drafts.read_formula(spring, replace(PER_PIECE, formula="mkt.rve / MKT.VOL"))
    assert not slip.sound


def test_names_are_taken_for_codes_and_shown_again(spring: Ledger) -> None:
    named = replace(PER_PIECE, formula="同城快递业务收入 / 同城快递业务量")
    reading = own_drafts.read_formula(spring, named)
    assert reading.sound
    assert [each.code for each in reading.inputs] == ["MKT.REV.LOCAL", "MKT.VOL.LOCAL"]
    assert reading.said == "同城快递业务收入 ÷ 同城快递业务量"
    by_code = replace(PER_PIECE, formula="MKT.REV.LOCAL / MKT.VOL.LOCAL")
    assert own_drafts.try_draft(spring, named, MARCH) == own_drafts.try_draft(spring, by_code, MARCH)
    own_indicators.save(spring, named)
    assert own_drafts.draft_of(context.catalogue(spring).indicator(named.code)).formula == by_code.formula
    again = own_drafts.read_formula(spring, replace(named, formula="同城件均收入 * 2"))
    assert "公式绕成一圈" in again.notes[0].text


def test_a_circle_through_two_own_ones_is_told(spring: Ledger) -> None:
    own_indicators.save(spring, PER_PIECE)
    double = replace(PER_PIECE, code="OWN.DOUBLE", name="同城件均收入两倍", formula="OWN.TCJJSR * 2")
    own_indicators.save(spring, double)
    reading = own_drafts.read_formula(spring, replace(PER_PIECE, formula="OWN.DOUBLE / 2"))
    assert [note.text for note in reading.notes] == ["第1个字符处：公式绕成一圈：OWN.TCJJSR → OWN.DOUBLE → OWN.TCJJSR"]


def test_codes_are_proposed_and_free(spring: Ledger) -> None:
    assert own_drafts.propose_code(spring, "同城件均收入") == "OWN.TCJJSR"
    own_indicators.save(spring, PER_PIECE)
    assert own_drafts.propose_code(spring, "同城件均收入") == "OWN.TCJJSR2"
    assert own_drafts.propose_code(spring, " ") == ""


# ----------------------------------------------------------------------------------------------- changing


def test_another_definition_holds_from_its_month_on(spring: Ledger) -> None:
    own_indicators.save(spring, PER_PIECE)
    before = value(spring, PER_PIECE.code, Period.of_month(Month(2021, 2)))
    changed = replace(PER_PIECE, formula="MKT.REV / MKT.VOL", definition="全部收入除以全部业务量。", new_from="2021-03")
    with pytest.raises(UserError, match="原因"):
        own_indicators.save(spring, changed, "", editing=PER_PIECE.code)
    own_indicators.save(spring, changed, "市局来文", editing=PER_PIECE.code)
    february = figure_report(spring, PER_PIECE.code, Period.of_month(Month(2021, 2))).figure
    march = figure_report(spring, PER_PIECE.code, PERIOD).figure
    assert february.value == before
    assert "第1版口径：同城" in february.definition
    assert march.value == value(spring, "MKT.UNITPRICE")
    assert "第2版口径：全部收入" in march.definition
    assert march.mom_pct is None, "figures of two definitions are not compared"
    row = own_indicators.own_book(spring).rows[0]
    assert (row.version, row.validity) == (2, "2021年3月起")
    assert row.versions[1].startswith("第1版（至2021年2月）")
    with pytest.raises(UserError, match="要晚于"):
        own_indicators.save(spring, replace(changed, new_from="2021-02"), "再改", editing=PER_PIECE.code)


def test_a_correction_changes_every_month_and_is_noted(spring: Ledger) -> None:
    own_indicators.save(spring, PER_PIECE)
    own_indicators.save(spring, replace(PER_PIECE, source="市局〔2021〕3号"), "补出处", editing=PER_PIECE.code)
    with pytest.raises(UserError, match="没有改动"):
        own_indicators.save(spring, replace(PER_PIECE, source="市局〔2021〕3号"), "补出处", editing=PER_PIECE.code)
    with spring.read() as session:
        events = audit.events(session, action=own_indicators.ACTION)
    assert [event.subject for event in events] == [PER_PIECE.code] * 2
    assert "补出处" in events[0].detail
    assert own_indicators.own_book(spring).rows[0].version == 1
    history = own_indicators.own_book(spring).history
    assert [(each[2], each[3], each[4]) for each in history] == [
        ("同城件均收入", "改正", "补出处"),
        ("同城件均收入", "新增", ""),
    ]


def test_one_with_figures_is_retired_and_never_deleted(fresh: Ledger, tmp_path: Path) -> None:
    own_indicators.save(fresh, PATROLS)
    brought(fresh, patrol_file(tmp_path))
    with pytest.raises(UserError, match="台账里有它的 2 个数"):
        own_indicators.remove(fresh, PATROLS.code, "不用了")
    with pytest.raises(UserError, match="单位不能改成"):
        own_indicators.save(fresh, replace(PATROLS, unit="万件"), "改单位", editing=PATROLS.code)
    own_indicators.retire(fresh, PATROLS.code, MARCH, "改用市局的")
    assert value(fresh, PATROLS.code) == 42
    leaves = {leaf.code for upper in indicator_tree(fresh) for lower in upper.children for leaf in lower.children}
    assert PATROLS.code not in leaves
    assert meaning_book(fresh).indicator("网点巡查") is None
    own_indicators.resume(fresh, PATROLS.code, "又要用")
    assert meaning_book(fresh).indicator("网点巡查") is not None


def test_one_that_another_reads_is_not_deleted(spring: Ledger) -> None:
    own_indicators.save(spring, PER_PIECE)
    own_indicators.save(spring, replace(PER_PIECE, code="OWN.D", name="同城件均两倍", formula="OWN.TCJJSR * 2"))
    with pytest.raises(UserError, match="同城件均两倍的公式用到它"):
        own_indicators.remove(spring, PER_PIECE.code, "不用了")
    own_indicators.remove(spring, "OWN.D", "不用了")
    own_indicators.remove(spring, PER_PIECE.code, "不用了")
    assert not own_file.faults(spring)


def test_a_yearly_stock_holds_until_the_next(fresh: Ledger) -> None:
    yearly = replace(
        PATROLS,
        code="OWN.DEPOTS",
        name="自建仓库数",
        unit="个",
        kind="stock",
        frequency="year",
        owner="bureau",
        aliases=(),
    )
    own_indicators.save(fresh, yearly)
    entry = context.catalogue(fresh).indicator("OWN.DEPOTS")
    assert (entry.carried_months, entry.frequency.value) == (24, "year")


# ----------------------------------------------------------------------------------------------- the file


def test_a_faulty_entry_is_told_and_the_rest_works(spring: Ledger, capsys: pytest.CaptureFixture[str]) -> None:
    own_indicators.save(spring, PER_PIECE)
    own_indicators.save(spring, PATROLS)
    path = written(spring)
    text = path.read_text(encoding="utf-8").replace('kind = "count"', 'kind = "计数"')
    path.write_text(text, encoding="utf-8")
    line = text.splitlines().index('kind = "计数"') + 1
    fault = own_file.faults(spring)[0]
    assert f"第{line}行" in fault.where
    assert "OWN.XZWDXCCS" in fault.where
    assert "kind 的值“计数”不对，应为其中之一：flow" in fault.message
    assert "用记事本打开该文件改正" in fault.hint
    assert value(spring, PER_PIECE.code) is not None
    assert any("自设指标有错" in alarm.text for alarm in build_overview(spring, MARCH).alarms)
    assert main(["--db", spring.name, "indicator", "MKT.VOL", "--period", "2021-03", "--json"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith("{")
    assert f"第{line}行" in said.err
    checked = {result.name: result for result in maintenance.check(spring)}
    assert not checked["自设指标"].ok
    own_indicators.save(spring, replace(PER_PIECE, decimals=1), "少看一位", editing=PER_PIECE.code)
    assert 'kind = "计数"' in path.read_text(encoding="utf-8"), "what cannot be read is not thrown away"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[indicator]\n", "第1行"),
        ("[[unit]]\nname = '斤'\n", "只能写 [[indicator]]"),
        ('[[indicator]]\ncode = "MKT.VOL"\n', "程序自带的指标“快递业务量”"),
        ('[[indicator]]\ncode = "OWN.A"\n', "缺少 base_unit"),
        ("indicator = 3\n", "应写成 [[indicator]]"),
    ],
)
def test_whatever_stands_in_the_file_the_shipped_catalogue_works(spring: Ledger, text: str, words: str) -> None:
    written(spring).write_text(text, encoding="utf-8")
    faults = own_file.faults(spring)
    assert words in str(faults[0])
    assert value(spring, "MKT.VOL") is not None
    assert build_overview(spring, MARCH).alarms[0].word == "改正"


def test_an_entry_that_reads_a_faulty_one_is_told_too(spring: Ledger) -> None:
    own_indicators.save(spring, PER_PIECE)
    own_indicators.save(spring, replace(PER_PIECE, code="OWN.D", name="同城件均两倍", formula="OWN.TCJJSR * 2"))
    path = written(spring)
    path.write_text(path.read_text(encoding="utf-8").replace("MKT.REV.LOCAL /", "MKT.NONE /"), encoding="utf-8")
    messages = [fault.message for fault in own_file.faults(spring)]
    assert messages == ["公式用到的指标 MKT.NONE 没有登记", "公式用到的指标 OWN.TCJJSR 没有登记"]
    assert not context.own_reading(spring).entries


def test_a_broken_file_is_not_written_over(spring: Ledger) -> None:
    written(spring).write_text("code = 没有引号\n", encoding="utf-8")
    with pytest.raises(UserError, match="程序没有动它"):
        own_indicators.save(spring, PER_PIECE)
    assert written(spring).read_text(encoding="utf-8") == "code = 没有引号\n"
    with spring.read() as session:
        assert audit.last_of(session, own_indicators.ACTION) is None


def test_a_lost_file_is_missed(spring: Ledger) -> None:
    own_indicators.save(spring, PER_PIECE)
    written(spring).unlink()
    assert "找不到自设指标文件，里面应有 1 个指标" in str(own_file.faults(spring)[0])
    assert value(spring, "MKT.VOL") is not None


def test_backup_and_restore_carry_it(spring: Ledger, tmp_path: Path) -> None:
    own_indicators.save(spring, PER_PIECE)
    info = maintenance.make_backup(spring, tmp_path / "U盘")
    assert own_file_of(info.path).read_bytes() == written(spring).read_bytes()
    own_indicators.remove(spring, PER_PIECE.code, "试试")
    spring.close()
    kept = maintenance.restore_backup(info.path, spring.name)
    assert kept is not None
    assert own_file_of(kept.path).exists(), "what was replaced is kept with its own file"
    with closing(open_ledger(spring.name)) as again:
        assert value(again, PER_PIECE.code) is not None
        assert not own_file.faults(again)


def test_stored_amounts_are_in_base_units(fresh: Ledger, tmp_path: Path) -> None:
    own_indicators.save(fresh, PATROLS)
    brought(fresh, patrol_file(tmp_path))
    with fresh.read() as session:
        rows = observations.current_observations(session, first=MARCH, last=MARCH)
    assert sorted(r.value or 0 for r in rows if r.indicator == PATROLS.code) == [to_fixed(12), to_fixed(30)]
    assert all(r.state is CellState.VALUE for r in rows if r.indicator == PATROLS.code)
