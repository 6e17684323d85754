"""`make run`: when a window is opened, and how the sample month's outcomes are read."""

from __future__ import annotations

import json

import demo_run
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
    assert demo_run.read_outcome(answer, "") == ("refused", "分项之和不等于合计")


def test_a_file_that_could_not_be_read_at_all_shows_what_was_said() -> None:
    assert demo_run.read_outcome("", "这是 PDF 文件\n请让企业发表格\n") == ("refused", "这是 PDF 文件")
