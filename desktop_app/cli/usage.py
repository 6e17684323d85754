"""argparse in Chinese: its help, and what is wrong with a command as it was typed (exit status 2)."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import Any, NoReturn


class Formatter(argparse.HelpFormatter):
    """Help that says 用法 where argparse says usage."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        """Begin the help."""
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A command's arguments; a wrong one is told in two lines: what was typed, what is possible, where help is."""

    def __init__(self, *, add_help: bool = True, **more: Any) -> None:  # noqa: ANN401 (what argparse hands on)
        super().__init__(add_help=False, formatter_class=Formatter, **more)
        self._positionals.title, self._optionals.title = "参数", "选项"
        if add_help:
            self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def error(self, message: str) -> NoReturn:
        """End with what is wrong."""
        told = in_chinese(message)
        below = [action for action in self._actions if isinstance(action, argparse._SubParsersAction)]  # noqa: SLF001
        if below and "required" in message:
            told += f"可用：{'、'.join(below[0].choices)}。"
        self.exit(2, f"用法不对：{told}\n用 {self.prog} --help 看用法。\n")


def _quoted(words: Iterable[str]) -> str:
    return "".join(f"“{word}”" for word in words)


def _choice(found: re.Match[str]) -> str:
    """What was typed instead of a command, an action or a value, the nearest that there is, and all that there are."""
    what, typed = found[1], found[2].strip("'\"")
    known = [word.strip(" '\"") for word in found[3].split(",")]
    near = get_close_matches(typed, known, n=1)
    asked = f"，是不是“{near[0]}”？" if near else "。"
    where = f"{what} 的值里" if what.startswith("-") else ""
    kind = "" if what.startswith("-") else f"这个{what}"
    return f"{where}没有“{typed}”{kind}{asked}可用：{'、'.join(known)}。"


_WORDS: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
    (r"unrecognized arguments: (.+)", lambda m: f"不认识 {_quoted(m[1].split())}。"),
    (r"the following arguments are required: (.+)", lambda m: f"还缺 {'、'.join(m[1].split(', '))}。"),
    (r"argument ([^:]+): invalid choice: (.+) \(choose from (.+)\)", _choice),
    (r"argument ([^:]+): invalid \w+ value: (.+)", lambda m: f"{m[1]} 不能是“{m[2].strip(chr(39))}”，要写一个数。"),
    (r"argument ([^:]+): expected (?:one|at least one) arguments?", lambda m: f"{m[1]} 后面要有内容。"),
    (
        r"argument ([^:]+): ignored explicit argument (.+)",
        lambda m: f"{m[1]} 后面不带内容，多了“{m[2].strip(chr(39))}”。",
    ),
    (r"ambiguous option: (\S+) could match (.+)", lambda m: f"“{m[1]}”可以是几个选项：{m[2].replace(', ', '、')}。"),
    (r"argument ([^:]+): (.+)", lambda m: f"{m[1]}：{m[2].rstrip('。')}。"),
)
"""argparse's words → ours, in the order in which they are tried."""


def in_chinese(message: str) -> str:
    """What argparse has found wrong, in plain words that end with a full stop."""
    for pattern, words in _WORDS:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return words(found)
    return message
