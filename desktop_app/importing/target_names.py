"""Indicators named in a sentence of a plan: the longest name before the verb or the figure, one on each side of 和."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop_app.catalogue.model import Indicator
from desktop_app.importing.recognise.vocabulary import aliases

_AND = re.compile(r"(?<=.)(?:和|与|及|以及)(?=.)")
_LONGEST = 30
"""Letters of an indicator's name at most; longer runs are speech."""
_NAME_ENDS = re.compile(
    r"完成|达到|(?<!通)达(?!率|标)|实现|保持在|(?:降低|下降|提高|提升|增加|增长|控制)[到至在]|力争|不?超过|超|(?<![日年月人])均|分别|不低于|不少于|[：:\d]"
)


def indicators_in(clause: str) -> list[Indicator]:
    """The indicators that stand in the words before a verb or a figure, longest names first where they overlap."""
    for words in _NAME_ENDS.split(clause):
        if found := list(_named(words)):
            return found
    return []


def _named(words: str) -> Iterator[Indicator]:
    """The longest name or alias, else one on each side of 和."""
    letters = "".join(words.split())[-_LONGEST:]
    if (whole := _longest(letters)) is not None and len(sides := _AND.split(letters)) < 2:
        yield whole
        return
    if whole is None:
        return
    each = [found for side in sides if (found := _longest(side)) is not None]
    yield from each if len(each) == len(sides) and len({found.code for found in each}) == len(each) else [whole]


def _longest(letters: str) -> Indicator | None:
    """The longest name at the end of the words (从业人员|岗前培训覆盖率), else the first within them."""
    for start in range(len(letters) - 1):
        if found := aliases().find(letters[start:]):
            return found
    for start in range(len(letters) - 1):
        for end in range(len(letters), start + 1, -1):
            if found := aliases().find(letters[start:end]):
                return found
    return None
