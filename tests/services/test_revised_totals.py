"""A reported 累计 that a company has revised: refused by default, accepted with a reason it is the figure."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from desktop_app.models.values import Period, Strictness
from desktop_app.services.figures import figure_report
from desktop_app.services.results.imports import Outcome
from desktop_app.services.rules import set_rule
from desktop_app.storage.engine import Ledger
from tests.services.demo import brought, written

HEAD = "月份,企业,指标,数值,单位,口径\n"
JANUARY = HEAD + "2021-01,示例甲,快件投递量,100,件,本月\n"
FEBRUARY = HEAD + "2021-02,示例甲,快件投递量,100,件,本月\n2021-02,示例甲,快件投递量,230,件,累计\n"
REASON = "企业来函：1月漏报 30 件，并入累计"


def loosened(ledger: Ledger) -> None:
    set_rule(ledger, "CUMULATION", Strictness.WARNING, {}, "企业修订以前月份的，写明原因可收")


def test_by_default_it_is_refused(fresh: Ledger, tmp_path: Path) -> None:
    brought(fresh, written(tmp_path, "1.csv", JANUARY))
    result = brought(fresh, written(tmp_path, "2.csv", FEBRUARY), REASON)
    assert result.outcome is Outcome.REFUSED
    assert "CUMULATION" in [issue.code for issue in result.issues]


def test_accepted_with_a_reason_it_is_the_figure_and_both_are_told(fresh: Ledger, tmp_path: Path) -> None:
    loosened(fresh)
    brought(fresh, written(tmp_path, "1.csv", JANUARY))
    assert brought(fresh, written(tmp_path, "2.csv", FEBRUARY), REASON).outcome is Outcome.COMMITTED
    figure = figure_report(fresh, "OPS.IN", Period.parse("2021-02")).figure
    assert figure.cumulative == Decimal(230)
    (note,) = [note for note in figure.notes if "各月之和" in note]
    assert "按报送累计" in note
    assert REASON in note


def test_once_january_is_corrected_both_agree(fresh: Ledger, tmp_path: Path) -> None:
    loosened(fresh)
    brought(fresh, written(tmp_path, "1.csv", JANUARY))
    brought(fresh, written(tmp_path, "2.csv", FEBRUARY), REASON)
    brought(fresh, written(tmp_path, "1b.csv", JANUARY.replace(",100,", ",130,")))
    figure = figure_report(fresh, "OPS.IN", Period.parse("2021-02")).figure
    assert figure.cumulative == Decimal(230)
    assert not [note for note in figure.notes if "各月之和" in note]
