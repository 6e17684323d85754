"""The two families of errors.

``UserError``: something the user can mend (a bad file, a locked ledger). It carries a plain Chinese message, a hint
on how to mend it and where it happened; the command line prints it and exits with status 1, the window shows it in
a message bar. Everything else is a fault of ours: status 3 and a report file; where it strikes while one file of
several is read, that file alone is refused, with the same report.
"""

from __future__ import annotations

from typing import ClassVar


class UserError(Exception):
    """A refusal that the user can mend.

    :param message: what is wrong, in one Chinese sentence.
    :param hint: how to mend it (建议); may be empty.
    :param where: file, sheet, row or entry that is meant; may be empty.
    :param command: the hint for whoever types commands, where it is another than in the window; empty = the same.
    """

    def __init__(self, message: str, *, hint: str = "", where: str = "", command: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.where = where
        self.command = command

    def __str__(self) -> str:
        return self._told(self.hint)

    @property
    def on_command_line(self) -> str:
        """The whole message as the command line prints it: it speaks of options, the window of its controls."""
        return self._told(self.command or self.hint)

    def _told(self, hint: str) -> str:
        head = f"{self.where}：{self.message}" if self.where else self.message
        return f"{head}（{hint}）" if hint else head


class FileRefusedError(UserError):
    """A file that cannot be read or is not one of the kinds that we import (文件不能读).

    ``code`` and ``label`` are the issue's code and the word beside the file.
    """

    code: ClassVar[str] = "UNREADABLE"
    label: ClassVar[str] = "不读"


class PasswordNeededError(FileRefusedError):
    """A workbook that opens only with a password: none was given, or a wrong one (工作簿有密码)."""

    code = "ASK_PASSWORD"
    label = "要密码"


class EncodingUnknownError(FileRefusedError):
    """A text file whose characters cannot be told; the user may name the encoding (文字编码认不出来)."""

    code = "ASK_ENCODING"


class CatalogueError(UserError):
    """A broken entry in a catalogue file: file, entry, reason."""


class LedgerError(UserError):
    """The ledger itself cannot be used: missing, newer schema, in use, damaged (台账不能用)."""


class CancelledError(Exception):
    """Raised inside a long job when the user has cancelled it; nothing of the job is kept."""
