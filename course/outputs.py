"""Outputs of a notebook as they are stored: the same on every machine and without a kernel."""

from __future__ import annotations

import base64
import struct
from collections.abc import Sequence
from typing import Any

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
PNG = "image/png"
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
TEXT_CHUNKS = (b"tEXt", b"zTXt", b"iTXt", b"tIME", b"eXIf")  # software versions, dates


def tidy(outputs: Sequence[Any], *, alt: str | None) -> list[Any]:
    """Return outputs that look the same on every machine and without a kernel."""
    kept: list[Any] = []
    for output in outputs:
        if is_continued(kept, output):
            kept[-1].text += output.text
            continue
        if PNG in output.get("data", {}):
            describe_picture(output, alt)
        output.get("data", {}).pop(WIDGET_VIEW, None)
        kept.append(output)
    return kept


def is_continued(kept: Sequence[Any], output: Any) -> bool:
    """Tell whether an output is printed text that goes on from the output before it."""
    before = kept[-1] if kept else {}
    return output["output_type"] == "stream" and before.get("name") == output["name"]


def describe_picture(output: Any, alt: str | None) -> None:
    """Give a picture its alternative text, which for an explorer tells its state, too."""
    noted = dict(output.get("metadata", {}).get(PNG, {}))
    status = output.data.get("text/plain") if WIDGET_VIEW in output.data else None
    text = " ".join(filter(None, [noted.get("alt") or alt, status]))
    if text:
        output.metadata = {PNG: {**noted, "alt": text}}
    png = without_text_chunks(base64.b64decode(output.data[PNG]))
    output.data[PNG] = base64.b64encode(png).decode("ascii")


def without_text_chunks(png: bytes) -> bytes:
    """Return a PNG without the chunks that name software, versions and dates."""
    kept, start = [PNG_SIGNATURE], len(PNG_SIGNATURE)
    while start < len(png):
        (length,) = struct.unpack_from(">I", png, start)
        stop = start + 12 + length  # length, name and checksum take four bytes each
        if png[start + 4 : start + 8] not in TEXT_CHUNKS:
            kept.append(png[start:stop])
        start = stop
    return b"".join(kept)
