"""本月全套: all reports of a month made and printed, or made and saved, one after the other in the worker thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.errors import CancelledError, UserError
from desktop_app.services.results.reports import ReportFile
from desktop_app.services.results.tone import Tone
from desktop_app.views.backend import Backend
from desktop_app.views.jobs import Cancelled, Progress
from desktop_app.views.printing.proof import Order, Proof, file_name, make_proof

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


@dataclass(frozen=True)
class SetOutcome:
    """What has become of a set: titles that left the house, and title and reason of those that could not be made.

    ``pages``: sent to the printer, 0 when saved. ``cancelled``: the user stopped; what is done stays done. ``doubts``:
    what the signer must know of those that left the house.
    """

    done: tuple[str, ...]
    failed: tuple[tuple[str, str], ...]
    pages: int = 0
    files: tuple[Path, ...] = ()
    cancelled: bool = False
    doubts: tuple[str, ...] = ()


def save_set(
    backend: Backend,
    orders: Sequence[Order],
    folder: Path,
    file_format: str,
    place: str,
    progress: Progress,
    cancelled: Cancelled,
) -> SetOutcome:
    """Make every report as a file of ``folder`` and freeze it as printed.

    One that cannot be made does not hold up the others. ``place``: the region's name for the files' names.
    """
    done: list[str] = []
    files: list[Path] = []
    failed: list[tuple[str, str]] = []
    doubts: list[str] = []

    def outcome(*, stopped: bool) -> SetOutcome:
        made = tuple(done), tuple(failed)
        return SetOutcome(*made, files=tuple(files), cancelled=stopped, doubts=tuple(doubts))

    for number, order in enumerate(orders):
        if cancelled():
            return outcome(stopped=True)
        progress(number, len(orders), _words(number, orders))
        target = folder / file_name(order, place, file_format)
        try:
            made = backend.make_report(order.kind, order.period, file_format, order.edition, target, _quiet, cancelled)
        except UserError as error:
            failed.append((order.title, error.message))
        except CancelledError:
            return outcome(stopped=True)
        else:
            done.append(order.title)
            files.append(made.file)
            doubts += doubts_of(order, made)
    return outcome(stopped=False)


def doubts_of(order: Order, made: ReportFile) -> list[str]:
    """What must not be overlooked though nobody has looked at the page: signs without a glyph, figures that moved."""
    said = [f"{order.title}：{remark.text}" for remark in made.remarks if remark.tone is Tone.BAD]
    if made.missing_glyphs:
        said.append(f"{order.title}：{len(made.missing_glyphs)} 个字没有字形")
    return said


def print_set(
    backend: Backend, orders: Sequence[Order], printer: QPrinter, progress: Progress, cancelled: Cancelled
) -> SetOutcome:
    """Make every report, print those that could be made as one task, and freeze them as printed.

    :raises UserError: the printer does not take the task, or no report could be made.
    :raises CancelledError: the user has cancelled; nothing is frozen.
    """
    from desktop_app.views.printing import paper

    proofs: list[Proof] = []
    failed: list[tuple[str, str]] = []
    try:
        for number, order in enumerate(orders):
            if cancelled():
                raise CancelledError
            progress(number, 0, _words(number, orders))
            try:
                proofs.append(make_proof(backend, order, _quiet, cancelled))
            except UserError as error:
                failed.append((order.title, error.message))
        if not proofs:
            raise UserError("一份也没有做成", hint="；".join(f"{title}：{why}" for title, why in failed))
        pages = paper.print_books([proof.book for proof in proofs], printer, progress, cancelled)
        for proof in proofs:
            backend.record_printed(proof.file)
    finally:
        for proof in proofs:
            proof.book.close()
    doubts = tuple(doubt for proof in proofs for doubt in doubts_of(proof.order, proof.file))
    return SetOutcome(tuple(proof.order.title for proof in proofs), tuple(failed), pages, doubts=doubts)


def _words(number: int, orders: Sequence[Order]) -> str:
    return f"正在做第 {number + 1} / {len(orders)} 份：{orders[number].title}"


def _quiet(_done: int, _total: int = 0, _words: str = "") -> None:
    """A report's own steps are too small to be told."""
