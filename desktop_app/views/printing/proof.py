"""A report made ready to look at: its bytes, its pages, what the signer should know. Made in the worker thread."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from desktop_app.errors import CancelledError, UserError
from desktop_app.services.results.overview import Alarm, Tone
from desktop_app.services.results.reports import ReportFile
from desktop_app.views.backend import Backend
from desktop_app.views.jobs import Cancelled, Progress

if TYPE_CHECKING:
    from desktop_app.services.pages import PageBook, PageImage


@dataclass(frozen=True)
class Order:
    """Which report is wanted."""

    kind: str
    title: str
    period: str
    period_label: str
    edition: str


@dataclass(frozen=True)
class Proof:
    """A finished report."""

    order: Order
    file: ReportFile
    book: PageBook

    @property
    def data(self) -> bytes:
        """The very bytes that are saved; the command line writes the same on the same day."""
        return self.book.data


def make_proof(backend: Backend, order: Order, progress: Progress, cancelled: Cancelled) -> Proof:
    """Make the report in a folder of its own and open its pages.

    :raises UserError: the report cannot be made; the message says why.
    """
    with TemporaryDirectory(prefix="bureau-ledger-") as folder:
        out = Path(folder) / f"{order.kind}.pdf"
        made = backend.make_report(order.kind, order.period, "pdf", order.edition, out, progress, cancelled, proof=True)
        data = out.read_bytes()
    if cancelled():
        raise CancelledError
    return Proof(order, made, backend.open_pages(data))


def make_copy(backend: Backend, order: Order, target: Path, progress: Progress, cancelled: Cancelled) -> Path:
    """The same report as a file that can be edited (.docx, .xlsx).

    :raises UserError: the report cannot be made or the place cannot be written.
    """
    kind = target.suffix.lower().removeprefix(".")
    return backend.make_report(order.kind, order.period, kind, order.edition, target, progress, cancelled).file


def picture(image: PageImage) -> QImage:
    """A page's pixels as Qt's image."""
    form = QImage.Format.Format_Grayscale8 if image.grey else QImage.Format.Format_RGB32
    # The image only borrows the bytes; the copy owns its own.
    return QImage(image.data, image.width, image.height, image.stride, form).copy()


def pictures(
    book: PageBook, pages: tuple[int, ...], scale: float, cancelled: Cancelled, *, grey: bool
) -> dict[int, QImage]:
    """Pictures of some pages at one scale; fewer when they are no longer wanted."""
    made: dict[int, QImage] = {}
    for page in pages:
        if cancelled():
            break
        made[page] = picture(book.render(page, scale, grey=grey))
    return made


def save(backend: Backend, proof: Proof, target: Path) -> Path:
    """Save a report that has been looked at, and freeze it as printed.

    :raises UserError: the place cannot be written.
    """
    written = write(proof.data, target)
    backend.record_printed(proof.file)
    return written


def write(data: bytes, target: Path) -> Path:
    """Save a report; what was there before stays whole until the new file is complete.

    :raises UserError: the place cannot be written.
    """
    scratch = target.with_name(f"{target.name}.new")
    try:
        scratch.write_bytes(data)
        scratch.replace(target)
    except OSError as error:
        scratch.unlink(missing_ok=True)
        raise UserError(
            "文件没有存成", hint="请检查磁盘空间和写入权限；若文件正打开着，请先关闭它", where=str(target)
        ) from error
    return target


def remarks(file: ReportFile) -> list[Alarm]:
    """What the signer should know, as lines of a list."""
    lines = [Alarm(r.word, r.tone, r.text, r.detail, "") for r in file.remarks]
    if file.missing_glyphs:
        signs = "、".join(file.missing_glyphs[:12])
        lines.insert(
            0,
            Alarm(
                "缺字",
                Tone.BAD,
                f"{len(file.missing_glyphs)} 个字没有字形：{signs}",
                "这些字印不出来，请在企业或村名里改用常用字",
                "",
            ),
        )
    return lines
