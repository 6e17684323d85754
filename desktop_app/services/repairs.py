"""Unit repairs (单位改读): a slip of units mended without a new file, once the company has confirmed the unit.

The bureau never overwrites a company's figure. What changes is the unit in which cells are read; the file stays as it
came, each cell is listed in the plan's ``changes``, and the reason goes with the batch, its issues and the audit trail.
Undoing the batch restores what was before.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from desktop_app.errors import UserError
from desktop_app.importing.plan import (
    ImportOptions,
)
from desktop_app.importing.repair import RepairProposal
from desktop_app.services.imports import preview_file
from desktop_app.services.results.imports import FilePreview
from desktop_app.storage.engine import Ledger


def accept_repairs(
    ledger: Ledger,
    preview: FilePreview,
    reason: str,
    proposals: Collection[RepairProposal] | None = None,
    options: ImportOptions | None = None,
) -> FilePreview:
    """The file checked anew with the proposed units; nothing is stored until the result is committed.

    A window offers ``preview.plan.proposals`` beside their issues, asks how the company confirmed the unit, calls this,
    and puts the returned preview in the old one's place; committing it needs no further word unless other warnings do.

    :param preview: the file as it was checked; repairs accepted before stay accepted.
    :param reason: how the company confirmed the unit (2021-04-06 电话，张会计), kept with the batch.
    :param proposals: which of the plan's proposals; None = all.
    :param options: those by which the preview was made (company, sheet, password …).
    :raises UserError: no reason, nothing proposed, or a proposal that is not this plan's.
    """
    plan = preview.plan
    if not reason.strip():
        raise UserError("改读单位要写明原因", hint="例如：企业某某 4月6日电话确认表中是万件")
    if plan is None or not plan.proposals:
        raise UserError("这个文件没有可以改读的单位", hint="单位错了的请退回企业重报", where=preview.file_name)
    wanted = plan.proposals if proposals is None else tuple(proposals)
    if not wanted or any(proposal not in plan.proposals for proposal in wanted):
        raise UserError("要改读的单位与这个文件对不上", hint="请重新核对这个文件", where=preview.file_name)
    cells = dict.fromkeys((*plan.repairs, *(cell for proposal in wanted for cell in proposal.cells)))
    reasons = dict.fromkeys(part for part in (plan.repair_reason, reason.strip()) if part)
    said = replace(options or ImportOptions(), repairs=tuple(cells), repair_reason="；".join(reasons))
    return preview_file(ledger, preview.path, said)
