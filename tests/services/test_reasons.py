"""Reasons are remembered per company and check, and stand in the quality note of the monthly report's PDF."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from desktop_app.importing.plan import ImportOptions
from desktop_app.models.values import Month, Period
from desktop_app.services import imports, reasons, rules
from desktop_app.services.reports import make_report
from desktop_app.services.results.imports import Outcome
from desktop_app.services.results.rules import Strictness
from desktop_app.storage.engine import Ledger
from tests.reporting.reading import whole_text
from tests.services.demo import REASON, brought, written

APRIL = Month(2021, 4)
HEAD = ",".join(
    (
        *("企业名称", "同城业务量", "异地业务量", "国际/港澳台业务量", "快递业务量合计"),
        *("同城业务收入", "异地业务收入", "国际/港澳台业务收入", "其他业务收入", "快递业务收入合计"),
    )
)


def table(*rows: str, month: str = "2021年4月") -> str:
    return "\n".join([f"{month}企业业务量及收入表", "单位：件、元", HEAD, *rows]) + "\n"


def zero(name: str) -> str:
    return f"{name},0,0,0,0,0,0,0,0,0"


def plain(name: str, volume: int) -> str:
    """A row whose sums and price are right."""
    return f"{name},0,{volume},0,{volume},0,{volume * 12},0,0,{volume * 12}"


def earlier(ledger: Ledger, file: Path) -> tuple[str, ...]:
    return reasons.earlier(ledger, imports.preview_file(ledger, file, ImportOptions()))


def note(ledger: Ledger, folder: Path, month: Month = APRIL) -> str:
    """What the notes of the printed month say about quality, read back from the PDF."""
    made = make_report(
        ledger, "monthly", Period.of_month(month), "pdf", "internal", folder / "月报.pdf", made_on=date(2021, 5, 10)
    )
    text = re.sub(r"\s", "", whole_text(made.file))
    return "".join(re.findall(r"数据质量说明：.*?说明：.*?。", text))


def test_a_reason_comes_back_for_the_same_company_and_doubt_only(spring: Ledger, tmp_path: Path) -> None:
    april = written(tmp_path, "庚4月.csv", table(zero("示例庚快递")))
    assert earlier(spring, april) == (REASON,), "March was a zero report too, in a table of all companies"
    assert brought(spring, april, "代办点撤销，已实地核实").outcome is Outcome.COMMITTED
    may = written(tmp_path, "庚5月.csv", table(zero("示例庚快递"), month="2021年5月"))
    assert earlier(spring, may) == ("代办点撤销，已实地核实", REASON), "the newest first"
    other = written(tmp_path, "辛5月.csv", table(zero("示例辛快递"), month="2021年5月"))
    assert earlier(spring, other) == ()
    jump = written(tmp_path, "庚6月.csv", table(plain("示例庚快递", 9000), month="2021年6月"))
    assert "代办点撤销，已实地核实" not in earlier(spring, jump), "another doubt"


def test_an_undone_import_takes_its_reason_along(spring: Ledger, tmp_path: Path) -> None:
    done = brought(spring, written(tmp_path, "辛.csv", table(zero("示例辛快递"))), "停业装修")
    again = written(tmp_path, "辛5月.csv", table(zero("示例辛快递"), month="2021年5月"))
    assert earlier(spring, again) == ("停业装修",)
    assert done.batch is not None
    imports.undo_batch(spring, done.batch)
    assert earlier(spring, again) == ()


def test_the_printed_month_says_who_what_and_why(spring: Ledger, tmp_path: Path) -> None:
    brought(spring, written(tmp_path, "庚.csv", table(zero("示例庚快递"))), "代办点撤销，已实地核实。")
    brought(
        spring, written(tmp_path, "多家.csv", table(plain("示例辛快递", 90000), zero("示例丑快递"))), "企业来函说明"
    )
    said = note(spring, tmp_path)
    assert "数据质量说明：示例庚快递：零报（快递业务量）。说明：代办点撤销，已实地核实。" in said
    assert "示例辛快递：" in said
    assert "环比变动过大（快递业务量、快递业务收入）" in said
    assert "示例丑快递：零报（快递业务量）" in said
    assert said.count("说明：企业来函说明。") == 1, "one reason is printed once for all that it explains"


def test_a_corrected_or_undone_doubt_is_not_printed(spring: Ledger, tmp_path: Path) -> None:
    brought(spring, written(tmp_path, "辛.csv", table(plain("示例辛快递", 30000))))
    first = brought(spring, written(tmp_path, "庚.csv", table(zero("示例庚快递"))), "停业")
    assert "示例庚快递：零报" in note(spring, tmp_path)
    second = brought(spring, written(tmp_path, "庚改.csv", table(plain("示例庚快递", 300))), "漏报，企业来函更正")
    said = note(spring, tmp_path)
    assert "零报" not in said
    assert "示例庚快递：更正已入库的数（异地快递业务量）" in said
    assert "漏报，企业来函更正" in said
    assert first.batch is not None
    assert second.batch is not None
    imports.undo_batch(spring, second.batch)
    assert "示例庚快递：零报" in note(spring, tmp_path)
    imports.undo_batch(spring, first.batch)
    assert "示例庚快递" not in note(spring, tmp_path)


def test_a_total_let_pass_is_nobodys_doubt(spring: Ledger, tmp_path: Path) -> None:
    rules.set_rule(spring, "TOTAL_MISMATCH", Strictness.WARNING, reason="汇总表由协会代填")
    total = "合计,0,33001,0,33001,0,396000,0,0,396000"
    rows = (plain("示例辛快递", 30000), plain("示例癸快递", 3000), total)
    brought(spring, written(tmp_path, "两家.csv", table(*rows)), "协会汇总有误")
    assert note(spring, tmp_path) == "数据质量说明：表内合计与各行之和不符。说明：协会汇总有误。"


def test_a_month_without_doubts_has_no_such_note(spring: Ledger, tmp_path: Path) -> None:
    for code in ("YOY_LIMIT", "MOM_LIMIT", "ZERO_REPORT"):
        rules.set_rule(spring, code, Strictness.OFF, reason="试")
    assert (
        brought(spring, written(tmp_path, "辛.csv", table(plain("示例辛快递", 30000))), "").outcome is Outcome.COMMITTED
    )
    assert note(spring, tmp_path) == ""
