"""The encoding ladder: BOM → strict UTF-8 → strict GB18030, always on the whole file; Big5 where it is clearly that.

On Chinese tables this beats the statistical guessers, which look at a sample and answer with a probability. Files with
a few broken bytes are read by the rung that breaks least; the broken places stand as U+FFFD and are told.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from mmap import mmap

from desktop_app.errors import EncodingUnknownError, FileRefusedError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16-be"),
)
_SAMPLE = 20_000
_NAMES = {"utf8": "utf-8", "utf_8": "utf-8", "gbk": "gb18030", "gb2312": "gb18030", "cp936": "gb18030"}
_TEXT_CODECS = ("utf-", "gb", "big5", "cp", "latin", "iso", "hz", "shift", "euc", "ascii", "mac", "koi", "ansi", "utf")
_MAX_BROKEN_SHARE = 0.05
_MAX_NUL_SHARE = 0.2
_MAX_WESTERN = 0.2
_CHINESE = 0.6
_WIDE_BYTES = bytes(range(0x80, 0x100))
_LATIN_WORD = re.compile("[A-Za-zÀ-ÖØ-öø-ÿ€£§°²³µ–—‘’“”…™®©«»¡¿ºª½¼¾·•\xa0]")


@dataclass(frozen=True)
class Decoded:
    """A text file as characters."""

    text: str
    encoding: str
    broken: int = 0
    """Places whose bytes fit no character; each stands as U+FFFD in the text."""
    nul_lines: tuple[int, ...] = ()
    """Lines from which NUL characters were taken out."""


@dataclass(frozen=True)
class Rung:
    """One way to read a large file piece by piece; ``skip`` bytes of mark stand before the text."""

    codec: str
    label: str
    errors: str = "strict"
    skip: int = 0


def rungs(data: bytes | mmap, block: int = 1 << 22) -> Iterator[Rung]:
    """The ladder for files that are read in pieces, where it is UTF-8 or GB18030; the next rung when one breaks.

    :param data: the whole file; only parts of it are in memory at a time.
    """
    start = bytes(data[: _SAMPLE * 80])
    for bom, label, codec in _BOMS:
        if start.startswith(bom):
            if codec == "utf-8":
                yield Rung(codec, label, skip=len(bom))
            return
    yield Rung("utf-8", "utf-8")
    cut = start.rfind(b"\n") + 1
    text = _try(start[:cut], "gb18030")
    if text is not None and _share(text, "gb2312", 0xB0, 0xD7) >= _CHINESE:
        yield Rung("gb18030", "gb18030")
    wide = sum(len(part) - len(part.translate(None, _WIDE_BYTES)) for part in _blocks(data, block))
    if wide <= _MAX_WESTERN * len(data):
        return
    found = [(broken, codec) for codec in ("utf-8", "gb18030") if (broken := _breaks(data, codec, block)) is not None]
    if found:
        best = min(found, key=lambda item: item[0])[1]
        yield Rung(best, best, "replace")


def _blocks(data: bytes | mmap, block: int) -> Iterator[bytes]:
    """Pieces that end with a line, which no character of either encoding reaches over."""
    start = 0
    while start < len(data):
        end = data.rfind(b"\n", start, start + block) + 1
        if not end:
            end = data.find(b"\n", start + block) + 1 or len(data)
        yield data[start:end]
        start = end


def _breaks(data: bytes | mmap, codec: str, block: int) -> int | None:
    """Places that do not fit, when they are few and the rest reads like Chinese."""
    head, broken = "", 0
    for part in _blocks(data, block):
        text = part.decode(codec, "replace")
        broken += text.count("\ufffd")
        if len(head) < _SAMPLE * 50:
            head += text
    plausible = _share(head.replace("\ufffd", ""), "gb2312", 0xB0, 0xD7) >= 0.75
    return broken if plausible and broken <= _allowed(head) else None


def decode(data: bytes, name: str, wanted: str | None = None) -> Decoded:
    """Bytes → text.

    :param wanted: the encoding that the user insists on; skips the ladder.
    :raises FileRefusedError: no rung fits, or the file is mostly NUL characters.
    """
    decoded = _by_name(data, name, wanted) if wanted else _ladder(data, name)
    text = decoded.text
    if "\x00" not in text:
        return decoded
    at = text.index("\x00")
    if text.count("\x00") > _MAX_NUL_SHARE * len(text):
        raise FileRefusedError(
            f"第{text.count(chr(10), 0, at) + 1}行起有大量空字节，文件多半在传输或拷贝中损坏，也可能根本不是表格",
            hint="请企业重新导出后再发一份",
            where=name,
        )
    lines = [number for number, line in enumerate(text.split("\n"), start=1) if "\x00" in line]
    return Decoded(text.replace("\x00", ""), decoded.encoding, decoded.broken, tuple(lines))


def _by_name(data: bytes, name: str, wanted: str) -> Decoded:
    encoding = _NAMES.get(wanted.lower().replace("-", "_"), wanted.lower())
    try:
        known = encoding.startswith(_TEXT_CODECS) and codecs.lookup(encoding) is not None
    except LookupError:
        known = False
    if not known:
        raise FileRefusedError(f"没有“{wanted}”这种文字编码", hint="常用的有 utf-8、gb18030、utf-16", where=name)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        mended = data.decode(encoding, "replace")
        broken = mended.count("\ufffd")
        if broken > _allowed(mended):
            raise _undecodable(data, name, error.start, f"按 {wanted} 编码读不通") from None
        return Decoded(mended.removeprefix("\ufeff"), encoding, broken)
    return Decoded(text.removeprefix("\ufeff"), encoding)


def _ladder(data: bytes, name: str) -> Decoded:
    for bom, label, codec in _BOMS:
        if data.startswith(bom):
            return _marked(data, name, bom, label, codec)
    if b"\x00" in data and (found := _utf16_without_bom(data)):
        return found
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        broken = error.start
    return _double_byte(data) or _western(data) or _with_broken_bytes(data, name, broken)


def _marked(data: bytes, name: str, bom: bytes, label: str, codec: str) -> Decoded:
    body = data[len(bom) :]
    try:
        return Decoded(body.decode(codec), label)
    except UnicodeDecodeError as error:
        start = error.start
    text = body.decode(codec, "replace")
    broken = text.count("\ufffd")
    if broken <= _allowed(text):
        return Decoded(text, label, broken)
    # A mark that lies: some tools put a UTF-8 mark before GBK text.
    other = _double_byte(body) if label == "utf-8-sig" else None
    if other is not None:
        return other
    raise _undecodable(data, name, start + len(bom), f"文件开头标明是 {label}，里面却读不通")


def _allowed(text: str) -> int:
    """How many broken places a text may have and still be read: a few, or few among its wide characters."""
    wide = sum(1 for char in text[: _SAMPLE * 50] if char >= "\x80")
    return max(2 if wide > 8 else 0, int(_MAX_BROKEN_SHARE * wide))


def _double_byte(data: bytes) -> Decoded | None:
    """GB18030 when it decodes and reads like Chinese; else Big5 when that does."""
    text = _try(data, "gb18030")
    if text is not None and _share(text, "gb2312", 0xB0, 0xD7) >= _CHINESE:
        return Decoded(text, "gb18030")
    big5 = _try(data, "big5") or _try(data, "cp950")
    if big5 is not None and _share(big5, "big5", 0xA4, 0xC6) >= 0.8:
        return Decoded(big5, "big5")
    if text is not None and _share(text, "gb2312", 0xB0, 0xF7) >= 0.6:
        return Decoded(text, "gb18030")
    return None


def _western(data: bytes) -> Decoded | None:
    """Western letters: a few accents and signs among plain words, none of them in runs."""
    if len(data) - len(data.translate(None, _WIDE_BYTES)) > _MAX_WESTERN * len(data):
        return None
    text = data.decode("cp1252", "replace")
    wide = [char for char in text if char >= "\x80"]
    if not wide or len(wide) > _MAX_WESTERN * len(text):
        return None
    good = sum(1 for char in wide if _LATIN_WORD.match(char))
    runs = re.findall("[\x80-\uffff]{3,}", text)
    if good < 0.95 * len(wide) or sum(map(len, runs)) > 0.1 * len(wide):
        return None
    return Decoded(text, "cp1252", text.count("\ufffd"))


def _with_broken_bytes(data: bytes, name: str, at: int) -> Decoded:
    best: Decoded | None = None
    for codec in ("utf-8", "gb18030"):
        text = data.decode(codec, "replace")
        broken = text.count("\ufffd")
        plausible = _share(text.replace("\ufffd", ""), "gb2312", 0xB0, 0xD7) >= 0.75
        if plausible and broken <= _allowed(text) and (best is None or broken < best.broken):
            best = Decoded(text, codec, broken)
    if best is None:
        raise _undecodable(data, name, at, "文字编码认不出来，读出来是乱码")
    return best


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


def _utf16_without_bom(data: bytes) -> Decoded | None:
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
            return Decoded(text, codec)
    return None


def _usual(char: str) -> bool:
    return (
        " " <= char <= "~"
        or char in "\r\n\t"
        or "\xa0" <= char <= "\xff"
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


def _undecodable(data: bytes, name: str, at: int, message: str) -> EncodingUnknownError:
    line = data.count(b"\n", 0, at) + 1
    return EncodingUnknownError(
        f"{message}（从第{line}行起）",
        hint="请在“编码”里另选；或用 Excel、WPS 打开原文件，另存为 .xlsx 后再导入",
        command="请用 --encoding 指明编码，例如 --encoding gb18030；或用 Excel、WPS 另存为 .xlsx 后再导入",
        where=name,
    )
