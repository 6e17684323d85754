"""The files on the table: how each stands and what is said about it. No Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from desktop_app.models.values import Month
from desktop_app.services.results.imports import FileKind, FilePreview, ImportOptions, ImportResult, Outcome
from desktop_app.services.results.overview import Tone


@dataclass(frozen=True)
class StagedFile:
    """One file with what the user has said about it and what became of it."""

    preview: FilePreview
    options: ImportOptions = field(default_factory=ImportOptions)
    reason: str = ""
    result: ImportResult | None = None
    """Set when it has been stored."""
    returned: int | None = None
    """The batch of its return (退回)."""
    before: StagedFile | None = None
    """How it stood before the last thing that was said about it, so that it can be taken back."""

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return self.preview.path

    @property
    def settled(self) -> bool:
        """Stored or returned: nothing more to do with it."""
        return self.result is not None or self.returned is not None

    @property
    def batch(self) -> int | None:
        """The batch that it became."""
        return self.returned if self.result is None else self.result.batch

    @property
    def warnings(self) -> int:
        """How many warnings want a reason."""
        return len(self.preview.plan.questions) if self.preview.plan is not None and self.preview.ready else 0

    @property
    def wants_reason(self) -> bool:
        """Only the reason is lacking."""
        return not self.settled and self.warnings > 0 and not self.reason.strip()

    @property
    def wants_review(self) -> bool:
        """A new list of villages beside a register: it is gone through line by line, not stored as a whole."""
        plan, diff = self.preview.plan, self.preview.diff
        registry = plan is not None and plan.kind is FileKind.REGISTRY
        return registry and not self.settled and diff is not None and bool(diff.rows)

    @property
    def ready(self) -> bool:
        """Can be stored as it stands."""
        return not self.settled and self.preview.ready and not self.wants_reason and not self.wants_review

    @property
    def returnable(self) -> bool:
        """Can be sent back: it is known whose and which month's it is."""
        plan = self.preview.plan
        return not self.settled and plan is not None and plan.enterprise_id is not None and plan.month is not None

    @property
    def waiting(self) -> bool:
        """Not read yet."""
        return self.preview.label in {QUEUED, READING}

    @property
    def wants_password(self) -> bool:
        """The workbook is locked and the user may know the password."""
        return any(issue.code == "ASK_PASSWORD" for issue in self.preview.issues)

    @property
    def word(self) -> str:
        """The word of its tag."""
        if self.result is not None:
            return "已入库"
        if self.returned is not None:
            return "已退回"
        if self.wants_review:
            return "逐条核对"
        return "已说明" if self.warnings and self.reason.strip() else self.preview.label

    @property
    def tone(self) -> Tone:
        """How the word is meant."""
        if self.result is not None:
            return Tone.INFO
        if self.wants_password or self.wants_review:
            return Tone.WARN
        if self.preview.ready:
            return Tone.WARN if self.wants_reason else Tone.GOOD
        unread = self.preview.plan is None or self.preview.outcome is Outcome.DUPLICATE
        return Tone.NEUTRAL if unread or self.returned is not None else Tone.BAD

    @property
    def standing(self) -> str:
        """Its word without the number, for counting: 有错 2 → 有错."""
        return self.word.rstrip("0123456789 ")

    @property
    def presses(self) -> bool:
        """Something is to be done about it: errors to return, a reason to give."""
        return self.wants_reason or self.wants_review or (not self.settled and self.preview.outcome is Outcome.REFUSED)


def kept_reason(file: StagedFile, preview: FilePreview) -> str:
    """The reason given for a file that was read again: a reason given for other doubts is none for new ones."""
    seen = {(issue.code, issue.message) for issue in file.preview.issues}
    new = any((issue.code, issue.message) not in seen for issue in preview.issues)
    return "" if new else file.reason


QUEUED, READING = "排队", "正在读"
"""Labels of files on their way in."""


def _unread(path: Path, label: str) -> FilePreview:
    return FilePreview(path, path.name, "", Outcome.PREVIEW, label, None, ())


class Stage:
    """The list of files, in the order in which they came. ``changed`` is called after every change."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self._files: dict[Path, StagedFile] = {}
        self._changed = changed

    @property
    def files(self) -> tuple[StagedFile, ...]:
        """All files."""
        return tuple(self._files.values())

    @property
    def ready(self) -> tuple[StagedFile, ...]:
        """Files that can be stored now."""
        return tuple(file for file in self.files if file.ready)

    @property
    def pressing(self) -> int:
        """How many files want something of the user."""
        return sum(1 for file in self.files if file.presses)

    def get(self, path: Path) -> StagedFile | None:
        """The file that lies there."""
        return self._files.get(path)

    def put(self, previews: Iterable[FilePreview], options: ImportOptions | None = None) -> None:
        """Add files, or replace those that are there; a reason already given stays."""
        for preview in previews:
            self._take(preview, options)
        self._changed()

    def _take(self, preview: FilePreview, options: ImportOptions | None) -> None:
        old = self._files.get(preview.path)
        said = options or (old.options if old is not None else ImportOptions())
        before = old if old is not None and options is not None and options != old.options else None
        reason = kept_reason(old, preview) if old is not None else ""
        self._files[preview.path] = StagedFile(preview, said, reason, before=before)

    def queue(self, paths: Iterable[Path]) -> None:
        """Show files that will be read; those that are there already stay as they are until then."""
        for path in paths:
            self._files.setdefault(path, StagedFile(_unread(path, QUEUED)))
        self._mark_reading()
        self._changed()

    def arrive(self, previews: Iterable[FilePreview]) -> None:
        """Take over what has been read of the queue; the next is the one being read."""
        for preview in previews:
            self._take(preview, None)
        self._mark_reading()
        self._changed()

    def drop_waiting(self) -> int:
        """Take off what has not been read; how many."""
        waiting = [file.path for file in self.files if file.waiting]
        if waiting:
            self.drop(waiting)
        return len(waiting)

    def _mark_reading(self) -> None:
        first = next((file for file in self._files.values() if file.waiting), None)
        if first is not None:
            self._files[first.path] = StagedFile(_unread(first.path, READING))

    def take_back(self, path: Path) -> None:
        """A file as it stood before the last thing that was said about it."""
        file = self._files.get(path)
        if file is not None and file.before is not None:
            self._files[path] = replace(file.before, reason=file.reason)
            self._changed()

    def settle(self, files: Iterable[StagedFile]) -> None:
        """Take over files with what became of them."""
        for file in files:
            if file.path in self._files:
                self._files[file.path] = file
        self._changed()

    def say(self, paths: Iterable[Path], reason: str) -> None:
        """Give a reason for files."""
        for path in paths:
            if path in self._files:
                self._files[path] = replace(self._files[path], reason=reason)
        self._changed()

    def drop(self, paths: Iterable[Path]) -> None:
        """Take files off the list; nothing of the ledger changes."""
        for path in paths:
            self._files.pop(path, None)
        self._changed()

    def drop_settled(self) -> None:
        """Take off what has been stored or returned."""
        self.drop([file.path for file in self.files if file.settled])

    @property
    def summary(self) -> str:
        """“10 个文件：可入库 5 · 待说明 2 · 有错 1”."""
        counts = Counter(file.standing for file in self.files)
        words = " · ".join(f"{word} {count}" for word, count in counts.most_common())
        return f"{len(self._files)} 个文件：{words}" if self._files else "还没有放入文件"


def wanted_first(files: Sequence[StagedFile]) -> StagedFile | None:
    """The file to show first: one that wants something of the user, else the first."""
    return next((file for file in files if file.presses), files[0] if files else None)


def other_months(files: Sequence[StagedFile], shown: Month | None) -> str:
    """“（2021年4月）” when it is not the month on the screen, so that nobody looks for figures in vain."""
    months = sorted({f.preview.plan.month for f in files if f.result and f.preview.plan and f.preview.plan.month})
    other = [month.label for month in months if month != shown]
    return f"（{'、'.join(other)}的数，请在右上角换月查看）" if other else ""


_NAMED = 3


def not_stored(files: Sequence[StagedFile]) -> tuple[str, Tone, str]:
    """The message about files that 入库 has left out: how many, how they stand now, where they are listed."""
    names = "、".join(file.preview.file_name for file in files[:_NAMED]) + (" 等" if len(files) > _NAMED else "")
    why = "、".join(f"{word} {count}" for word, count in Counter(file.standing for file in files).most_common())
    hint = "入库前又核对了一遍，有了新的问题。左边已只列这些文件，逐件看右侧的原因；点“全部”看所有文件。"
    return f"{len(files)} 件没有入库（{why}）：{names}", Tone.WARN, hint
