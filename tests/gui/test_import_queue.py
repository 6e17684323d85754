"""数据导入, the queue: folders, sticks, two hundred files, stopping half-way."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from desktop_app.importing import planner
from desktop_app.importing.checks import run_checks
from desktop_app.importing.draft import Draft
from desktop_app.views.imports.drives import Drive, drives_among
from desktop_app.views.imports.gathering import TABLES, gather
from desktop_app.views.imports.stage import QUEUED, READING
from desktop_app.views.imports.tab import ImportsTab
from desktop_app.views.main_window import MainWindow
from tests.gui.county import FILES, click, drop, imports, open_window, settle, until

MANY = 200


@pytest.fixture
def window(qtbot: QtBot, county: Path) -> MainWindow:
    return open_window(qtbot, county, "数据导入")


@pytest.fixture
def tab(qtbot: QtBot, window: MainWindow) -> ImportsTab:
    return imports(qtbot, window)


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A folder of 200 small tables of one company, each of another figure."""
    folder = tmp_path / "许多"
    folder.mkdir()
    for number in range(MANY):
        text = f"2021年3月汇总表\n企业名称,业务量\n示例丁快递,{35_000 + number}\n"
        (folder / f"{number:03d}.csv").write_text(text, encoding="utf-8")
    return folder


def test_a_folder_brings_every_kind_of_table_and_says_what_it_left_out(
    qtbot: QtBot, window: MainWindow, tab: ImportsTab, tmp_path: Path
) -> None:
    folder = tmp_path / "U盘"
    (folder / "三月" / "甲").mkdir(parents=True)
    (folder / "System Volume Information").mkdir()
    (folder / "System Volume Information" / "x.csv").write_text("a,b\n1,2\n")
    for number, ending in enumerate(TABLES):
        (folder / "三月" / f"{number}{ending.upper() if number % 2 else ending}").write_text("空", encoding="utf-8")
    for name in ("照片.jpg", "程序.exe", "~$锁.xlsx", ".隐藏.csv"):
        (folder / "三月" / "甲" / name).write_bytes(b"x")
    (folder / "三月" / "甲" / "说明.docx").write_bytes(b"x")
    (folder / "三月" / "回去").symlink_to(folder, target_is_directory=True)
    found = gather([folder])
    assert len(found.files) == len(TABLES) + 1, "the tables, and the letter that is shown as not readable"
    assert found.left_out == 2
    drop(tab, [folder])
    settle(qtbot, window)
    assert tab.staging.list_card.subtitle == f"{len(TABLES) + 1} 个"
    assert "另有 2 个文件不是表格" in window.message.words


def test_the_file_dialog_offers_what_folders_take(tab: ImportsTab) -> None:
    tab.choose_files()
    from PySide6.QtWidgets import QFileDialog

    dialog = tab.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    assert all(f"*{ending}" in dialog.nameFilters()[0] for ending in TABLES)
    dialog.close()


def test_sticks_are_told_by_where_they_are_mounted() -> None:
    volumes = [("/", "root"), ("/home", ""), ("/media/user/三月", "三月"), ("/run/media/user/ABCD", ""), ("/boot", "")]
    assert [(drive.name, str(drive.path)) for drive in drives_among(volumes)] == [
        ("三月", "/media/user/三月"),
        ("ABCD", "/run/media/user/ABCD"),
    ]


def test_a_stick_has_a_button_while_it_is_plugged_in(
    qtbot: QtBot, window: MainWindow, tab: ImportsTab, tmp_path: Path
) -> None:
    stick = tmp_path / "三月"
    stick.mkdir()
    shutil.copy(FILES / "乙3月.csv", stick)
    assert not tab.staging.zone.drives.isVisible()
    tab.find_drives = lambda: (Drive("三月", stick),)
    tab.look_for_drives()
    assert tab.staging.zone.drives.press.text() == "U盘 三月"
    click(tab.staging.zone.drives.press)
    settle(qtbot, window)
    assert [file.preview.file_name for file in tab.staging.stage.files] == ["乙3月.csv"]
    assert tab.staging.drives.isVisible()
    tab.find_drives = lambda: ()
    tab.look_for_drives()
    assert not tab.staging.drives.isVisible()


def test_two_hundred_files_are_listed_at_once_and_the_window_stays_alive(
    qtbot: QtBot, window: MainWindow, tab: ImportsTab, many: Path
) -> None:
    ticks: list[int] = []
    timer = QTimer(window)
    timer.timeout.connect(lambda: ticks.append(sum(not file.waiting for file in tab.staging.stage.files)))
    timer.start(20)
    drop(tab, [many])
    until(qtbot, lambda: len(tab.staging.stage.files) == MANY)
    words = [file.word for file in tab.staging.stage.files]
    assert words.count(READING) == 1
    assert words.count(QUEUED) > MANY // 2
    settle(qtbot, window)
    timer.stop()
    assert not any(file.waiting for file in tab.staging.stage.files)
    between = {read for read in ticks if 0 < read < MANY}
    assert len(between) > 20, "the window lived while the files were read, and showed them one by one"


def test_a_fault_in_one_file_is_told_beside_it_and_the_others_are_read(
    qtbot: QtBot, window: MainWindow, tab: ImportsTab, monkeypatch: pytest.MonkeyPatch
) -> None:

    def failing(draft: Draft) -> None:
        if draft.file.name == "己.csv":
            raise ZeroDivisionError
        run_checks(draft)

    monkeypatch.setattr(planner, "run_checks", failing)
    drop(tab, [FILES / "己.csv", FILES / "乙3月.csv"])
    settle(qtbot, window)
    bad, good = tab.staging.stage.files
    assert bad.word == "出错"
    assert "程序出错" in bad.preview.issues[0].message
    assert not good.waiting
    assert good.preview.plan is not None


def test_what_was_read_before_stopping_stays(qtbot: QtBot, window: MainWindow, tab: ImportsTab, many: Path) -> None:
    drop(tab, [many])
    until(qtbot, lambda: sum(not file.waiting for file in tab.staging.stage.files) >= 5)
    assert tab.staging.progress.isVisible()
    click(tab.staging.progress._cancel)
    settle(qtbot, window)
    files = tab.staging.stage.files
    assert 5 <= len(files) < MANY
    assert not any(file.waiting for file in files)
    assert all(file.preview.plan is not None for file in files)
    assert f"已停下：{MANY - len(files)} 个文件没有读" in window.message.words
    drop(tab, [FILES / "乙3月.csv"])
    settle(qtbot, window)
    assert len(tab.staging.stage.files) == len(files) + 1, "what was stopped does not come back by itself"


def test_files_dropped_while_a_folder_is_read_join_the_queue(
    qtbot: QtBot, window: MainWindow, tab: ImportsTab, many: Path
) -> None:
    drop(tab, [FILES / "己.csv"])
    settle(qtbot, window)
    drop(tab, [many])
    drop(tab, [FILES / "乙3月.csv"])
    settle(qtbot, window)
    assert len(tab.staging.stage.files) == MANY + 2
    assert not any(file.waiting for file in tab.staging.stage.files)


def test_a_fault_while_storing_keeps_one_file_out_and_the_rest_go_on(
    qtbot: QtBot, window: MainWindow, tab: ImportsTab, county: Path
) -> None:
    with closing(sqlite3.connect(county)) as connection:
        connection.execute(
            "CREATE TRIGGER broken BEFORE INSERT ON observation WHEN NEW.enterprise_id IN "
            "(SELECT id FROM enterprise WHERE name LIKE '示例己%') BEGIN SELECT RAISE(ABORT, 'broken'); END"
        )
        connection.commit()
    before = len(tab.history.table.rows)
    drop(tab, [FILES / name for name in ("甲_202103.xlsx", "己.csv", "辛3月明细.csv")])
    settle(qtbot, window)
    assert all(file.ready for file in tab.staging.stage.files)
    click(tab.staging.commit)
    settle(qtbot, window)
    stands = {file.preview.file_name: file.word for file in tab.staging.stage.files}
    assert stands == {"甲_202103.xlsx": "已入库", "己.csv": "未入库", "辛3月明细.csv": "已入库"}
    assert "1 件没有入库（未入库 1）：己.csv" in window.message.words
    assert tab.staging.list.current is not None
    assert tab.staging.list.current.preview.file_name == "己.csv", "the one that wants something is shown"
    issue = tab.staging.issues.issues[0]
    assert (issue.code, issue.message) == ("PROGRAM_FAULT", "入库时程序出错，没有入库")
    assert Path(issue.suggestion.partition("故障报告在 ")[2].partition("，")[0]).is_file()
    assert len(tab.history.table.rows) == before + 2
    with closing(sqlite3.connect(county)) as connection:
        connection.execute("DROP TRIGGER broken")
        connection.commit()
    tab.add_paths([FILES / "己.csv"])
    settle(qtbot, window)
    click(tab.staging.commit)
    settle(qtbot, window)
    assert len(tab.history.table.rows) == before + 3, "once mended, the same file goes in"
