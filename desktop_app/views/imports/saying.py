"""What the user says of files on the table: read again so, units repaired, profiles changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.services.results.imports import FilePreview, ImportOptions, RepairProposal
from desktop_app.services.results.overview import Tone
from desktop_app.views.imports import work
from desktop_app.views.imports.profiles_dialog import ProfilesDialog
from desktop_app.views.imports.stage import StagedFile

if TYPE_CHECKING:
    from desktop_app.views.imports.tab import ImportsTab


class Saying:
    """Carries out for a tab what the user has said; ``dialog``: 读表方案 while it is open."""

    def __init__(self, tab: ImportsTab) -> None:
        self._tab = tab
        self.dialog: ProfilesDialog | None = None

    def read_otherwise(self, file: StagedFile, options: ImportOptions) -> None:
        """Read a file again with what the user has said about it."""
        backend = self._tab.desk.backend
        job = self._tab.run(
            "read again",
            lambda progress, cancelled: work.read(backend, file.path, options, progress, cancelled),
            on_result=lambda previews: self._read_anew(previews, options),
        )
        self._tab.staging.follow(job, f"正在重新核对 {file.preview.file_name} …")

    def review(self) -> None:
        """Go through a new list of villages where the villages are."""
        file = self._tab.staging.list.current
        if file is not None:
            self._tab.desk.go("快递进村", review=str(file.path))

    def ask_repair(self, proposal: RepairProposal) -> None:
        """Ask how the company has confirmed the unit in which cells are to be read."""
        file = self._tab.staging.list.current
        if file is None or file.settled or self._tab.staging.busy:
            return
        self._tab.staging.ask_in_place().ask(
            f"{proposal.text}？",
            "只改读数的单位，企业的文件不动；改读的格子列在“换写”里，原因随这一批记录在案，撤销批次即恢复原状。",
            f"按{proposal.unit}重读",
            lambda reason: self._repair(file, proposal, reason),
            hint="企业怎样确认的（必填），例如：4月6日电话，张会计",
            needs_reason=True,
        )

    def _repair(self, file: StagedFile, proposal: RepairProposal, reason: str) -> None:
        backend = self._tab.desk.backend
        job = self._tab.run(
            "repair",
            lambda *_: backend.accept_repairs(file.preview, reason, [proposal], file.options),
            on_result=lambda preview: self._read_anew((preview,), work.with_repairs(file.options, preview)),
        )
        self._tab.staging.follow(job, f"正在重新核对 {file.preview.file_name} …")

    def _read_anew(self, previews: tuple[FilePreview, ...], options: ImportOptions) -> None:
        self._tab.staging.stage.put(previews, options)
        self._tab.tell_badge()

    def show_profiles(self) -> None:
        """读表方案: how the companies' files are read."""
        if self.dialog is None and self._tab.desk.info is not None:
            self.dialog = ProfilesDialog(self._tab.desk, self._tab)
            self.dialog.changed.connect(self._profiles_changed)
            self.dialog.finished.connect(self._profiles_closed)
            self.dialog.open()

    def _profiles_closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    def _profiles_changed(self) -> None:
        """What lies on the table is read by the profiles as they are now."""
        self._tab.refresh()
        self._check_again("读表方案改了，正在重新核对 …", "")

    def rules_changed(self) -> None:
        """What lies on the table is checked by the rules as they are now."""
        self._check_again("审核规则或指标改了，正在重新核对 …", "已按改过的规则和指标重新核对")

    def _check_again(self, words: str, told: str) -> None:
        backend = self._tab.desk.backend
        files = [file for file in self._tab.staging.stage.files if not file.settled and not file.waiting]
        if files:
            job = self._tab.run(
                "check again",
                lambda progress, cancelled: work.read_again(backend, files, progress, cancelled),
                on_result=lambda fresh: self._checked_again(fresh, told),
            )
            self._tab.staging.follow(job, words)

    def _checked_again(self, files: tuple[StagedFile, ...], told: str) -> None:
        stage = self._tab.staging.stage
        stage.settle(file for file in files if (now := stage.get(file.path)) is not None and not now.settled)
        self._tab.tell_badge()
        if told:
            self._tab.desk.say(f"{told} {len(files)} 件", Tone.GOOD)
