"""A unit slip is mended by reading the unit that the company has confirmed; its file and its figures stay its own."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.errors import UserError
from desktop_app.importing.plan import ImportOptions
from desktop_app.models.values import Month, Span, to_fixed
from desktop_app.services import imports
from desktop_app.services.repairs import accept_repairs
from desktop_app.services.results.imports import FilePreview, Outcome
from desktop_app.storage import audit, batches
from desktop_app.storage.engine import Ledger
from tests.services.demo import MARCH_FILES, brought, in_force, stored

SLIPPED = MARCH_FILES / "癸_202103.xlsx"
MENDED = MARCH_FILES / "更正件" / "癸_202103.xlsx"
SAID = "4月6日电话，企业统计员确认是万元"


def _preview(ledger: Ledger, path: Path = SLIPPED) -> FilePreview:
    return imports.preview_file(ledger, path, ImportOptions())


def _month(preview: FilePreview) -> dict[tuple[str, Month, Span], int | None]:
    assert preview.plan is not None
    return {(o.indicator, o.month, o.span): o.value for o in preview.plan.observations}


def test_the_slip_comes_with_the_unit_that_would_mend_it(spring: Ledger) -> None:
    plan = _preview(spring).plan
    assert plan is not None
    (proposal,) = plan.proposals
    assert proposal.issue in plan.issues
    assert (proposal.issue.code, proposal.written, proposal.unit) == ("UNIT_SLIP", "元", "万元")
    assert "按万元读" in proposal.text
    assert "按万元改读" in proposal.issue.suggestion
    assert len(proposal.cells) == 5, "the sum and its four parts"


def test_accepted_it_reads_as_the_file_that_the_company_would_have_sent(spring: Ledger) -> None:
    read = accept_repairs(spring, _preview(spring), SAID)
    assert (read.outcome, read.label) == (Outcome.PREVIEW, "可入库")
    ours, theirs = _month(read), _month(_preview(spring, MENDED))
    assert ours.keys() == theirs.keys()
    digit = to_fixed(Decimal("0.01") * 10_000)
    assert all(abs((ours[key] or 0) - (theirs[key] or 0)) <= digit for key in ours), "written to 0.01 万元"
    assert read.plan is not None
    assert {(change.read_as[-2:], SAID in change.why) for change in read.plan.changes} == {("万元", True)}
    assert len(read.plan.changes) == 5


def test_it_is_stored_with_who_and_why_and_undone_as_a_whole(spring: Ledger) -> None:
    before = in_force(spring)
    (result,) = imports.commit_previews(spring, [accept_repairs(spring, _preview(spring), SAID)])
    assert result.outcome is Outcome.COMMITTED, "the repair's own reason is enough"
    assert result.batch is not None
    with spring.read() as session:
        batch = batches.get_batch(session, result.batch)
        assert batches.read_evidence(session, batch.sha256) == SLIPPED.read_bytes(), "the company's file as it came"
        kept = batches.issues_of(session, result.batch)
        event = next(event for event in audit.events(session) if event.action == "单位改读")
    assert batch.reason == f"单位改读 5 格（万元）：{SAID}"
    assert [issue.code for issue in kept] == ["UNIT_REPAIRED"]
    assert SAID in kept[0].message
    assert event.actor
    detail = json.loads(event.detail)
    assert detail["reason"] == SAID
    assert len(detail["cells"]) == 5
    assert in_force(spring) != before
    imports.undo_batch(spring, result.batch)
    assert in_force(spring) == before


def test_without_a_reason_or_a_proposal_nothing_is_read_otherwise(spring: Ledger) -> None:
    before = stored(spring)
    slipped = _preview(spring)
    with pytest.raises(UserError, match="原因"):
        accept_repairs(spring, slipped, "  ")
    with pytest.raises(UserError, match="没有可以改读的单位"):
        accept_repairs(spring, _preview(spring, MENDED), SAID)
    assert slipped.plan is not None
    with pytest.raises(UserError, match="对不上"):
        accept_repairs(spring, slipped, SAID, proposals=[])
    assert brought(spring, SLIPPED).outcome is Outcome.REFUSED, "the slip itself is never let in by a reason alone"
    assert stored(spring) == before


def test_a_repair_that_no_longer_fits_the_file_is_refused(spring: Ledger) -> None:
    """Repairs name cells; on another file, or another reading of this one, they must not be lost in silence."""
    plan = _preview(spring).plan
    assert plan is not None
    lost = ImportOptions(repairs=(replace(plan.proposals[0].cells[0], row=3),), repair_reason=SAID)
    preview = imports.preview_file(spring, SLIPPED, lost)
    assert preview.outcome is Outcome.REFUSED
    assert "REPAIR_LOST" in [issue.code for issue in preview.issues]
