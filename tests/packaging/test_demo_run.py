"""`make run`: when a window is opened, and how the sample month's outcomes are read."""

from __future__ import annotations

import json
from pathlib import Path

import demo_run
import pypdfium2
import pytest


@pytest.mark.parametrize(
    ("platform", "variables", "screen"),
    [
        ("win32", {}, True),
        ("darwin", {}, True),
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
    ],
)
def test_a_window_is_opened_only_where_there_is_a_screen(
    platform: str, variables: dict[str, str], *, screen: bool
) -> None:
    assert demo_run.has_screen(platform, variables) is screen


def test_files_sent_again_come_after_their_refusal() -> None:
    files = demo_run.sample_files(demo_run.SAMPLE)
    refused = [file.name for file in files if file.expect == "refused"]
    again = [file.name for file in files if file.name.startswith("更正件/")]
    assert [name for name in again if name.removeprefix("更正件/") not in refused] == []
    assert [file.name for file in files][-len(again) :] == again


def test_every_file_of_the_sample_month_is_there() -> None:
    assert [
        file.name for file in demo_run.sample_files(demo_run.SAMPLE) if not (demo_run.SAMPLE / file.name).is_file()
    ] == []


def test_the_first_error_is_the_reason_shown() -> None:
    issues = [
        {"severity": "warning", "message": "同比超过30%"},
        {"severity": "error", "message": "分项之和不等于合计"},
        {"severity": "error", "message": "没有单位"},
    ]
    answer = json.dumps([{"outcome": "refused", "issues": issues}], ensure_ascii=False)
    assert demo_run.read_outcomes(answer) == [("refused", "分项之和不等于合计")]


def test_an_answer_that_is_no_json_counts_as_none() -> None:
    assert demo_run.read_outcomes("") == []


@pytest.mark.slow
def test_the_sample_month_goes_from_the_files_to_the_printed_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(demo_run, "DEMO", tmp_path)
    monkeypatch.setattr(demo_run, "shown", str)
    assert demo_run.month_without_screen() == 0
    told = capfd.readouterr().out
    assert told.count("✓ 已导入") == 14
    assert told.count("✓ 已拒绝") == 8
    report = tmp_path / "月报_2021-03.pdf"
    assert f"月报已存为 {report}" in told
    with pypdfium2.PdfDocument(report) as document:
        text = "".join(page.get_textpage().get_text_range() for page in document)
    assert "蛟河市" in text
    assert "示例数据" in text
