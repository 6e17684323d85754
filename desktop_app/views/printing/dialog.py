"""The system's printing dialog, for every tab that prints."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog

from desktop_app.errors import UserError
from desktop_app.services.results.overview import Tone
from desktop_app.views.printing import paper

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter
    from PySide6.QtWidgets import QWidget

    from desktop_app.services.pages import PageBook
    from desktop_app.views.jobs import Job
    from desktop_app.views.tab import Tab


def open_dialog(
    parent: QWidget,
    title: str,
    pages: int,
    then: Callable[[QPrinter], object],
    choice: paper.PaperChoice = paper.ON_A4,
) -> QPrintDialog:
    """Let the user choose printer, pages, copies, sides and paper; ``then(printer)`` when agreed.

    ``pages`` 0: all there are, no choice of pages. ``choice``: what the dialog starts with.

    :raises UserError: the system has no printer.
    """
    if not paper.any_printer():
        raise UserError("没有找到打印机", hint="请先在系统里装好打印机；也可以另存为 PDF，拿到别的电脑上打印")
    printer = paper.new_printer(title, choice)
    dialog = QPrintDialog(printer, parent)
    options = QAbstractPrintDialog.PrintDialogOption
    dialog.setOption(options.PrintShowPageSize)
    dialog.setOption(options.PrintCollateCopies)
    dialog.setOption(options.PrintPageRange, on=pages > 0)
    if pages:
        dialog.setMinMax(1, pages)
    dialog.accepted.connect(lambda: then(printer))
    dialog.finished.connect(dialog.deleteLater)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.show()
    return dialog


def ask_printer(tab: Tab[Any], book: PageBook, title: str, *, on_closed: Callable[[], object]) -> None:
    """Ask for a printer and print a book in the background; ``on_closed`` when the book is no longer wanted."""

    def start(printer: QPrinter) -> None:
        job: Job = tab.run(
            "print",
            lambda progress, cancelled: paper.print_pages(book, printer, progress, cancelled),
            on_result=lambda pages: tab.desk.say(f"已送出 {pages} 页到打印机", Tone.GOOD),
        )
        job.finished.connect(on_closed)

    try:
        dialog = open_dialog(tab, title, book.pages, start)
    except UserError as error:
        on_closed()
        tab.desk.complain(error)
        return
    dialog.rejected.connect(on_closed)
