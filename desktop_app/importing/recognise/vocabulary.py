"""Which names of indicators are known while a file or a text is read: the shipped ones, or a ledger's own as well."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from threading import Lock

from desktop_app.catalogue.loader import load_catalogue
from desktop_app.catalogue.lookup import AliasIndex
from desktop_app.catalogue.model import Catalogue

_INDEX: ContextVar[AliasIndex | None] = ContextVar("aliases", default=None)
_KEPT: dict[int, tuple[Catalogue, AliasIndex]] = {}
"""Indexes by the identity of their catalogue's words, which stay when only check rules differ; a few at most."""
_MOST_KEPT = 4
_LOCK = Lock()


@contextmanager
def recognising(catalogue: Catalogue | None) -> Iterator[None]:
    """Within the block, in this thread, names are looked up in ``catalogue``; None = the shipped one."""
    token = _INDEX.set(None if catalogue is None else _index_of(catalogue))
    try:
        yield
    finally:
        _INDEX.reset(token)


def _index_of(catalogue: Catalogue) -> AliasIndex:
    with _LOCK:
        found = _KEPT.get(id(catalogue.words))
        # The catalogue is kept with its index: as long as it is, nothing else can have the same identity.
        if found is None:
            while len(_KEPT) >= _MOST_KEPT:
                del _KEPT[next(iter(_KEPT))]
            found = _KEPT[id(catalogue.words)] = (catalogue, AliasIndex(catalogue))
        return found[1]


@lru_cache(maxsize=1)
def _shipped() -> AliasIndex:
    return AliasIndex(load_catalogue())


def aliases() -> AliasIndex:
    """The names that are known here and now."""
    return _INDEX.get() or _shipped()
