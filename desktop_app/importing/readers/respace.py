"""Words between blanks shared out over columns: for a line whose cells were parted by blanks and hold blanks."""

from __future__ import annotations

from collections.abc import Callable, Sequence

_MAX_WORDS = 400
Fit = Callable[[str], "float | None"]


def shared_out(words: Sequence[str], fits: Sequence[Fit]) -> list[str] | None:
    """The best-fitting way to make ``len(fits)`` cells of these words, each cell some neighbouring words or none.

    :param fits: for each column, how well a cell belongs in it (None: not at all).
    :returns: None where the words cannot be shared out.
    """
    if len(words) > _MAX_WORDS or len(words) < len(fits) - 1:
        return None
    # best[n]: the best reading of the first n words by the columns so far, as (score, cells).
    best: dict[int, tuple[float, tuple[str, ...]]] = {0: (0.0, ())}
    for column, fit in enumerate(fits):
        left = len(fits) - column - 1
        following: dict[int, tuple[float, tuple[str, ...]]] = {}
        for start, (score, cells) in best.items():
            for end in range(start, len(words) + 1):
                if left == 0 and end < len(words):
                    continue
                if end - start > 1 and any(" " in word or not word for word in words[start:end]):
                    # A word with blanks within stood in quotes and is a cell of its own.
                    break
                cell = " ".join(words[start:end])
                fitting = fit(cell)
                if fitting is None:
                    continue
                total = score + fitting
                if end not in following or total > following[end][0]:
                    following[end] = (total, (*cells, cell))
        best = following
    whole = best.get(len(words))
    return list(whole[1]) if whole else None
