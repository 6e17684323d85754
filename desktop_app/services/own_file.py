"""The bureau's own entries (自设指标、自设绿色方案): changed and noted in the audit, both or neither.

They stand in a file beside the ledger; a ledger on a database server keeps them itself.
"""

from __future__ import annotations

import json
import tomllib

from desktop_app.catalogue.own import INDICATOR, PROGRAMME
from desktop_app.catalogue.own_writing import codes_of, with_entry
from desktop_app.errors import CatalogueError, LedgerError, UserError
from desktop_app.services import context
from desktop_app.services.ledger import actor
from desktop_app.storage import audit, settings
from desktop_app.storage.engine import Ledger
from desktop_app.storage.files import write_whole

ACTIONS = {INDICATOR: "自设指标", PROGRAMME: "绿色方案"}
"""Kind of entry → audit word of its changes."""


def own_place(ledger: Ledger) -> str:
    """Where the own entries are, or will be: a file's path; of a ledger on a server, in the ledger itself."""
    return settings.OWN_PLACE if ledger.own_file is None else str(ledger.own_file)


def faults(ledger: Ledger) -> tuple[CatalogueError, ...]:
    """What is wrong in the own file; that it is gone when there should be one. Cheap: asked by every command."""
    path = ledger.own_file
    if path is None or path.exists():
        return context.own_reading(ledger).faults

    def load() -> tuple[CatalogueError, ...]:
        with ledger.read() as session:
            last = {kind: audit.last_of(session, action) for kind, action in ACTIONS.items()}
        left = {kind: json.loads(event.detail).get("left", 0) for kind, event in last.items() if event is not None}
        words = [
            f"{left[kind]} 个{word}" for kind, word in ((INDICATOR, "指标"), (PROGRAMME, "方案")) if left.get(kind)
        ]
        if not words:
            return ()
        hint = "把它从台账原来的文件夹或“备份”文件夹里拷到台账旁边，文件名与台账相同；找到以前自设指标没有数"
        return (CatalogueError(f"找不到自设指标文件，里面应有 {'、'.join(words)}", hint=hint, where=path.name),)

    return context.cached(ledger, "own_faults", load)


def change(ledger: Ledger, kind: str, code: str, entry: str | None, *, name: str, what: str, reason: str) -> None:
    """Exchange, add or (``entry`` None) take out the entry of ``code``.

    :param entry: its text as TOML.
    :raises UserError: the file cannot be changed safely as it stands.
    :raises LedgerError: it cannot be written; nothing has changed.
    """
    path = ledger.own_file
    with ledger.write() as session:
        if path is None:
            before = settings.get_setting(session, settings.OWN_ENTRIES).encode()
        else:
            before = path.read_bytes() if path.exists() else b""
        text = _changed(own_place(ledger) if path is None else path.name, before, kind, code, entry)
        left = len(codes_of(text, kind))
        detail = {"name": name, "what": what, "reason": reason, "entry": entry or "", "left": left}
        audit.append(session, actor(), ACTIONS[kind], code, detail)
        session.flush()
        if path is None:
            settings.set_setting(session, settings.OWN_ENTRIES, text)
            return
        try:
            write_whole(path, text.encode())
        except (OSError, UnicodeError) as error:
            raise LedgerError(
                "自设指标文件写不进去，什么也没有改", hint="请检查文件夹的写入权限和剩余空间", where=str(path)
            ) from error


def _changed(where: str, before: bytes, kind: str, code: str, entry: str | None) -> str:
    """The file's new text, made sure of by reading it."""
    try:
        old = before.decode("utf-8-sig").replace("\r\n", "\n")
        known = {each: codes_of(old, each) for each in ACTIONS}
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        raise UserError(
            "自设指标文件写法有错，程序没有动它", hint="先按“总览”里提醒的那一行改正，再来保存", where=where
        ) from None
    text = with_entry(old, code, entry, kind)
    wanted = dict(known)
    wanted[kind] = [each for each in known[kind] if each != code or entry is not None]
    if entry is not None and code not in known[kind]:
        wanted[kind].append(code)
    try:
        sound = {each: codes_of(text, each) for each in ACTIONS} == wanted
    except tomllib.TOMLDecodeError:
        sound = False
    if not sound:
        raise UserError("自设指标文件里的写法程序不会改", hint="请用记事本改这个文件", where=where)
    return text
