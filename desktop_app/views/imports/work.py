"""What the tab has done in the worker thread."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import monotonic

from desktop_app.errors import CancelledError
from desktop_app.services.results.figures import Choice
from desktop_app.services.results.imports import BatchRow, FilePreview, ImportOptions, Outcome
from desktop_app.services.results.profiles import MappingProfile
from desktop_app.services.results.reasons import Remembered
from desktop_app.views.backend import Backend
from desktop_app.views.imports.gathering import gather
from desktop_app.views.imports.stage import StagedFile, kept_reason
from desktop_app.views.imports.words import Naming
from desktop_app.views.jobs import Cancelled, Progress

_BETWEEN = 0.05
"""Seconds after which something new is told of a file."""


@dataclass(frozen=True)
class Shelf:
    """What the tab knows of the ledger: imports, companies, names of indicators, profiles, reasons given before."""

    batches: tuple[BatchRow, ...]
    companies: tuple[Choice, ...]
    naming: Naming
    profiles: tuple[MappingProfile, ...] = ()
    remembered: tuple[Remembered, ...] = ()


def ask_shelf(backend: Backend) -> Shelf:
    """The question of the tab."""
    naming = Naming(
        {
            node.code: (node.name, node.unit)
            for upper in backend.indicator_tree()
            for lower in upper.children
            for node in lower.children
        }
    )
    return Shelf(backend.batches(), backend.companies(), naming, backend.profiles(), backend.remembered_reasons())


@dataclass
class Intake:
    """Files on their way in: filled by the worker file by file, emptied by the window between times."""

    queued: deque[Path] = field(default_factory=deque)
    read: deque[FilePreview] = field(default_factory=deque)
    files: tuple[Path, ...] | None = None
    """All of them; None until the folders have been looked through."""
    done: int = 0
    left_out: int = 0
    """Files of the folders that are no tables."""

    @property
    def left(self) -> tuple[Path, ...]:
        """What has not been read yet."""
        return (self.files or ())[self.done :]


def take_in(backend: Backend, paths: Sequence[Path], intake: Intake, progress: Progress, cancelled: Cancelled) -> None:
    """Read files and folders one after the other; stores nothing. What was read before a cancelling has been read."""
    gathered = gather(paths)
    files = tuple(gathered.files)
    intake.left_out, intake.files = gathered.left_out, files
    intake.queued.extend(files)
    for number, path in enumerate(files):
        if cancelled():
            raise CancelledError
        within = _part(progress, number, len(files), f"正在核对 {number + 1}/{len(files)}　{path.name}")
        intake.read.append(backend.preview_files([path], ImportOptions(), within, cancelled)[0])
        intake.done = number + 1
    progress(len(files), len(files), "")


def read(
    backend: Backend, path: Path, options: ImportOptions, progress: Progress, cancelled: Cancelled
) -> tuple[FilePreview, ...]:
    """Read one file with what the user has said about it; stores nothing."""
    return backend.preview_files([path], options, progress, cancelled)


def with_repairs(options: ImportOptions, preview: FilePreview) -> ImportOptions:
    """The options by which a file was read with repaired units, so that it is read so again when it is stored."""
    plan = preview.plan
    return options if plan is None else replace(options, repairs=plan.repairs, repair_reason=plan.repair_reason)


def commit(
    backend: Backend, files: Sequence[StagedFile], progress: Progress, cancelled: Cancelled
) -> tuple[StagedFile, ...]:
    """Store files one after the other, each in its own transaction, each with its own reason.

    Each is read again first, so that what an earlier file of the list has stored is seen. When the user cancels,
    what has been stored stays stored and is among the answers.
    """
    done: list[StagedFile] = []
    for number, file in enumerate(files):
        if cancelled():
            break
        within = _part(progress, number, len(files), f"正在入库 {file.preview.file_name}")
        try:
            # A large file tells how far it is, and is stored as a whole or not at all.
            done.append(_commit_one(backend, file, within, cancelled))
        except CancelledError:
            break
    return tuple(done)


def _commit_one(backend: Backend, file: StagedFile, progress: Progress, cancelled: Cancelled) -> StagedFile:
    fresh = anew(file, backend.preview_files([file.path], file.options, progress, cancelled)[0])
    if not fresh.ready:
        return fresh
    result = backend.commit_previews([fresh.preview], fresh.reason, progress, cancelled)[0]
    if result.outcome is Outcome.COMMITTED:
        return replace(fresh, result=result)
    if result.issues == fresh.preview.issues:
        return fresh
    return replace(fresh, preview=replace(fresh.preview, outcome=result.outcome, label="未入库", issues=result.issues))


def read_again(
    backend: Backend, files: Sequence[StagedFile], progress: Progress, cancelled: Cancelled
) -> tuple[StagedFile, ...]:
    """The same files as they stand against the ledger now."""
    fresh = []
    for number, file in enumerate(files):
        if cancelled():
            break
        progress(number, len(files), f"正在核对 {file.preview.file_name}")
        fresh.append(replace(anew(file, _read_one(backend, file)), result=None, returned=None, before=None))
    return tuple(fresh)


def anew(file: StagedFile, preview: FilePreview) -> StagedFile:
    """The file as it was read just now."""
    return replace(file, preview=preview, reason=kept_reason(file, preview))


def _read_one(backend: Backend, file: StagedFile) -> FilePreview:
    return backend.preview_files([file.path], file.options, _quiet, _never)[0]


def undo(backend: Backend, batches: Sequence[int], reason: str, progress: Progress) -> int:
    """Take batches back, newest first; returns how many."""
    for number, batch in enumerate(sorted(batches, reverse=True)):
        progress(number, len(batches), f"正在撤销第 {batch} 号批次")
        backend.undo_batch(batch, reason)
    return len(batches)


def _part(progress: Progress, number: int, count: int, words: str) -> Progress:
    """Progress within one file of several, for large ones: a small one is read before there is anything to tell."""
    told = monotonic()
    progress(100 * number, 100 * count, words)

    def within(done: int, total: int, what: str) -> None:
        nonlocal told
        if 0 < done < total and monotonic() - told > _BETWEEN:
            told = monotonic()
            progress(100 * number + 100 * done // total, 100 * count, f"{words}　{what}")

    return within


def _quiet(*_told: object) -> None:
    """The list's own progress is told already."""


def _never() -> bool:
    """A single file is not cut in half."""
    return False
