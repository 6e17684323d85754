"""Password-protected workbooks (有密码的工作簿): asked for, or opened with the password that the user gave."""

from __future__ import annotations

import io

from desktop_app.errors import FileRefusedError, PasswordNeededError


def password_needed(name: str) -> PasswordNeededError:
    """The refusal of a workbook whose password is unknown."""
    return PasswordNeededError(
        "工作簿有密码，读不了",
        hint="请向企业要密码，填进“打开密码”；或请企业取消密码再发一份",
        command="请向企业要密码，用 --password 密码 再读一次；或请企业取消密码再发一份",
        where=name,
    )


def decrypt(data: bytes, password: str | None, name: str) -> bytes:
    """The plain bytes of an encrypted workbook (OOXML or BIFF8).

    :raises PasswordNeededError: no password, or a wrong one.
    :raises FileRefusedError: an unknown way of encryption.
    """
    if not password:
        raise password_needed(name)
    import msoffcrypto
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError

    out = io.BytesIO()
    try:
        office = msoffcrypto.OfficeFile(io.BytesIO(data))
        office.load_key(password=password)
        office.decrypt(out)
    except InvalidKeyError:
        hint = "请核对密码（注意大小写）"
        raise PasswordNeededError("密码不对，工作簿打不开", hint=hint, where=name) from None
    except (DecryptionError, FileFormatError, ParseError, ValueError, KeyError, OSError):
        raise FileRefusedError("工作簿的加密方式不能识别", hint="请企业取消密码后再发一份", where=name) from None
    return out.getvalue()
