"""公文格式: a document and what the bureau has set → the document with red head, draft mark, 附件 and 落款."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from desktop_app.reporting.content import (
    Block,
    Closing,
    Document,
    KeepTogether,
    Paragraph,
    RedHead,
    SignatureBlock,
    Text,
)
from desktop_app.reporting.layout import end_of_text

DRAFT = "征求意见稿"


class Foot(StrEnum):
    """How a report ends."""

    POSTS = "posts"
    """统计报表的签字栏, as the program makes it."""
    CLOSING = "closing"
    """机关署名和日期 instead."""
    BOTH = "both"


@dataclass(frozen=True)
class Formality:
    """What makes an official document. ``organ`` empty: no red head. ``annexes``: names of what goes with it."""

    organ: str = ""
    number: str = ""
    draft: bool = False
    foot: Foot = Foot.POSTS
    signatory: str = ""
    annexes: tuple[str, ...] = ()


def officially(document: Document, form: Formality) -> Document:
    """The document in official form. 附件 and 落款 follow the text, before the notes."""
    blocks = list(document.blocks)
    end = end_of_text(blocks)
    text, tail = blocks[:end], blocks[end:]
    closing: list[Block] = list(annex_lines(form.annexes))
    if form.foot is not Foot.POSTS:
        closing.append(Closing(form.signatory or document.issuer))
        if text and isinstance(text[-1], Paragraph):
            # Nobody signs a page on which nothing else stands.
            closing.insert(0, text.pop())
    if form.foot is Foot.CLOSING:
        tail = list(_without_posts(tail))
    ends: list[Block] = [KeepTogether(tuple(closing))] if len(closing) > 1 else closing
    return replace(
        document,
        blocks=(*text, *ends, *tail),
        badges=(*((DRAFT,) if form.draft else ()), *document.badges),
        head=RedHead(form.organ, form.number) if form.organ else None,
    )


def annex_lines(names: Sequence[str]) -> Iterator[Paragraph]:
    """附件：… ; several ones numbered, each on a line of its own under the first."""
    if len(names) == 1:
        yield Paragraph((Text(f"附件：{names[0]}"),), key="annex.1")
        return
    for number, name in enumerate(names, start=1):
        lead = "附件：" if number == 1 else "\u3000\u3000\u3000"
        yield Paragraph((Text(f"{lead}{number}. {name}"),), key=f"annex.{number}")


def _without_posts(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, KeepTogether):
            left = tuple(_without_posts(block.blocks))
            if left:
                yield KeepTogether(left) if len(left) > 1 else left[0]
        elif not isinstance(block, SignatureBlock):
            yield block
