"""What a database says in English, said to the clerk in Chinese with a way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.errors import LedgerError

if TYPE_CHECKING:
    from sqlalchemy.exc import DBAPIError

_KNOWN = (
    ("database is locked", "台账正被另一个程序写入", "请稍等片刻再试；若一直如此，请关闭其他打开本台账的窗口"),
    ("readonly database", "台账文件是只读的，写不进去", "请检查文件属性和所在文件夹的写入权限"),
    ("disk is full", "磁盘已满，写不进去", "请腾出空间后再试；本次操作没有留下任何改动"),
    ("disk i/o error", "读写磁盘出错", "请检查磁盘或U盘；必要时用备份恢复"),
    ("unable to open database file", "台账文件打不开", "请检查文件夹是否存在、是否有权限"),
    ("file is not a database", "这个文件不是台账", "请确认选对了文件；台账文件一般叫 ledger.db"),
    ("disk image is malformed", "台账文件已损坏", "请用最近的备份恢复"),
    ("connection refused", "连不上数据库服务器", "请检查网络、服务器地址和端口"),
    ("is the server running", "连不上数据库服务器", "请检查网络、服务器地址和端口"),
    ("could not translate host name", "找不到数据库服务器", "请检查服务器地址"),
    ("failed to resolve host", "找不到数据库服务器", "请检查服务器地址"),
    ("password authentication failed", "数据库用户名或密码不对", "请向管理员核实"),
    ("server closed the connection", "与数据库服务器的连接断了", "请检查网络后再试"),
)


_COMMANDS = {"disk image is malformed": "请用最近的备份恢复：bureau-ledger restore 备份文件"}
"""The way out in the words of the command line, where there is a command for it."""


def explain(error: DBAPIError, where: str = "") -> LedgerError | None:
    """The clerk's words for a database error of the environment; None when it is a fault of ours."""
    text = str(error.orig).lower()
    for phrase, message, hint in _KNOWN:
        if phrase in text:
            return LedgerError(message, hint=hint, where=where, command=_COMMANDS.get(phrase, ""))
    return None
