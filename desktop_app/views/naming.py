"""Short names for narrow heads."""

from __future__ import annotations

from collections.abc import Sequence


def shared_beginning(names: Sequence[str]) -> int:
    """How many characters all names have in common at their beginning, leaving each at least one of its own."""
    if len(names) < 2:
        return 0
    room = min(len(name) for name in names) - 1
    return next((i for i in range(room) if len({name[i] for name in names}) > 1), max(room, 0))


def brief_names(names: Sequence[str], *, beginning: bool = True) -> dict[str, str]:
    """Names without the end, and (unless told not to) the beginning, that all of them share.

    示例甲快递, 示例乙快递 → 甲, 乙; with ``beginning=False`` → 示例甲, 示例乙. Different names stay different.
    """
    end = shared_beginning([name[::-1] for name in names])
    trimmed = {name: name[: len(name) - end] for name in names}
    start = shared_beginning(list(trimmed.values())) if beginning else 0
    return {name: short[start:] for name, short in trimmed.items()}
