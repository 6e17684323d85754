"""The encoding ladder: BOM → strict UTF-8 → strict GB18030, always on the whole file; Big5 where it is clearly that.

On Chinese tables this beats the statistical guessers, which look at a sample and answer with a probability.
"""

from __future__ import annotations

import codecs

from desktop_app.errors import FileRefusedError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16-be"),
)
_SAMPLE = 20_000
_NAMES = {"utf8": "utf-8", "utf_8": "utf-8", "gbk": "gb18030", "gb2312": "gb18030", "cp936": "gb18030"}


def decode(data: bytes, name: str, wanted: str | None = None) -> tuple[str, str]:
    """Bytes → (text, encoding name).

    :param wanted: the encoding that the user insists on; skips the ladder.
    :raises FileRefusedError: no rung fits, or the file holds NUL characters.
    """
    text, encoding = _by_name(data, name, wanted) if wanted else _ladder(data, name)
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise FileRefusedError(
            f"第{line}行有空字节，文件多半在传输或拷贝中损坏，也可能根本不是表格",
            hint="请企业重新导出后再发一份",
            where=name,
        )
    return text, encoding


def _by_name(data: bytes, name: str, wanted: str) -> tuple[str, str]:
    encoding = _NAMES.get(wanted.lower().replace("-", "_"), wanted.lower())
    try:
        return data.decode(encoding).removeprefix("\ufeff"), encoding
    except LookupError:
        raise FileRefusedError(
            f"没有“{wanted}”这种文字编码", hint="常用的有 utf-8、gb18030、utf-16", where=name
        ) from None
    except UnicodeDecodeError as error:
        raise _undecodable(data, name, error.start, f"按 {wanted} 编码读不通") from None


def _ladder(data: bytes, name: str) -> tuple[str, str]:
    for bom, label, codec in _BOMS:
        if data.startswith(bom):
            try:
                return data[len(bom) :].decode(codec), label
            except UnicodeDecodeError as error:
                raise _undecodable(
                    data, name, error.start + len(bom), f"文件开头标明是 {label}，里面却读不通"
                ) from None
    if b"\x00" in data and (found := _utf16_without_bom(data)):
        return found
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        broken = error.start
    return _double_byte(data, name, broken)


def _double_byte(data: bytes, name: str, broken: int) -> tuple[str, str]:
    """GB18030 when it decodes and reads like Chinese; else Big5 when that does."""
    text = _try(data, "gb18030")
    if text is not None and _share(text, "gb2312", 0xB0, 0xD7) >= 0.6:
        return text, "gb18030"
    big5 = _try(data, "big5")
    if big5 is not None and _share(big5, "big5", 0xA4, 0xC6) >= 0.8:
        return big5, "big5"
    if text is not None and _share(text, "gb2312", 0xB0, 0xF7) >= 0.6:
        return text, "gb18030"
    raise _undecodable(data, name, broken, "文字编码认不出来，读出来是乱码")


def _try(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _share(text: str, codec: str, low: int, high: int) -> float:
    """Share of the non-ASCII characters that lie in the common block of ``codec`` or are Chinese punctuation.

    Real Chinese is nine tenths common characters; text decoded by the wrong table is mostly rare ones.
    """
    wide = [char for char in text[: _SAMPLE * 20] if char >= "\x80"][:_SAMPLE]
    good = 0
    for char in wide:
        raw = char.encode(codec, "ignore")
        good += len(raw) == 2 and (low <= raw[0] <= high or raw[0] in {0xA1, 0xA3})
    return good / len(wide) if wide else 0.0


def _utf16_without_bom(data: bytes) -> tuple[str, str] | None:
    """UTF-16 without a mark: only when it decodes strictly, has no NUL left and reads like a table."""
    if len(data) % 2:
        return None
    for codec in ("utf-16-le", "utf-16-be"):
        text = _try(data, codec)
        if text is None or "\x00" in text:
            continue
        sample = text[:_SAMPLE]
        usual = sum(_usual(char) for char in sample)
        if usual >= 0.97 * len(sample) and ("\n" in text or "\r" in text):
            return text, codec
    return None


def _usual(char: str) -> bool:
    return (
        " " <= char <= "~"
        or char in "\r\n\t"
        or "\u4e00" <= char <= "\u9fff"
        or "\u3000" <= char <= "\u303f"
        or "\uff00" <= char <= "\uffef"
        or char in "‰—…“”‘’·×℃①②③④⑤⑥⑦⑧⑨⑩"
    )


def was_garbled(text: str) -> bool:
    """Whether text was decoded by a wrong table and saved so: undoing the mistake gives good Chinese.

    Two mistakes are common: UTF-8 read as GBK (浼佷笟), and GBK or UTF-8 read as Latin-1 (ÆóÒµ).
    """
    for wrong, right in (("gb18030", "utf-8"), ("latin-1", "gb18030"), ("latin-1", "utf-8"), ("cp1252", "gb18030")):
        try:
            mended = text.encode(wrong).decode(right)
        except (UnicodeEncodeError, UnicodeDecodeError):
            continue
        if mended != text and _share(mended, "gb2312", 0xB0, 0xD7) >= 0.8 > _share(text, "gb2312", 0xB0, 0xD7):
            return True
    return False


def _undecodable(data: bytes, name: str, at: int, message: str) -> FileRefusedError:
    line = data.count(b"\n", 0, at) + 1
    return FileRefusedError(
        f"{message}（从第{line}行起）", hint="请用 Excel 或 WPS 打开原文件，另存为 .xlsx 后再导入", where=name
    )
