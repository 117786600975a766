"""Prove a lesson's claims in the kernel in which nbval runs its cells, so that none runs twice."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

from course.claims import read_claims
from course.lesson import ROOT, Cell, read_outline, text_of
from course.proving import proofs

COUNT = "get_ipython().execution_count += 1"  # as in Jupyter, so that Out keeps what was shown
SECONDS = 120


def proofs_of(notebook: Path) -> dict[int, Cell]:
    """Return a lesson's cells of claims, each with the number of the cell that it stands behind."""
    if notebook.parent != ROOT / "notebooks":
        return {}
    (chapter,) = (each for each in read_outline() if each.notebook_name == notebook.name)
    name = f"course/{chapter.slug}.md"
    return proofs(read_claims(text_of(chapter), name), name)


def false_claims(kernel: Any, proof: Cell | None) -> list[str]:
    """Return which claims are false after the cell that a kernel of nbval has just run."""
    asked = {"found": proof.metadata["claims"]} if proof else {}
    request = kernel.kc.execute(COUNT, silent=True, user_expressions=asked)
    reply = reply_to(request, kernel)
    if not proof:
        return []
    found = reply["content"]["user_expressions"]["found"]
    if found["status"] == "error":
        return [f"a cell of claims did not run: {found['evalue']}\n{proof.source}"]
    return [text for text in json.loads(ast.literal_eval(found["data"]["text/plain"])) if text]


def reply_to(request: str, kernel: Any) -> dict[str, Any]:
    """Wait for a kernel's reply."""
    while True:
        reply: dict[str, Any] = kernel.get_message("shell", timeout=SECONDS)
        if reply["parent_header"].get("msg_id") == request:
            return reply
