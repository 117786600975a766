"""The guide's grading command tells right, wrong and blank answers apart, as it is typed."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from course.__main__ import MODULES
from course.grade import main
from tests.project.settings import ROOT

GUIDE = (ROOT / "course" / "teaching.md").read_text(encoding="utf-8")
CHECK = """
from minidl.exercises import exercise
import numpy as np
exercise("moons/bce")({answer})
"""
ANSWERS = {
    "right": "lambda p, y: -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))",
    "wrong": "lambda p, y: 0.5",
    "blank": "lambda p, y: None",
}


def test_the_guides_command_prints_an_outcome_for_every_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (command,) = re.findall(r"^python -m course (grade .*)$", GUIDE, re.MULTILINE)
    name, *arguments = shlex.split(command)
    assert MODULES[name] == ("course.grade",)
    cells = [new_code_cell(CHECK.format(answer=answer)) for answer in ANSWERS.values()]
    cells.insert(0, new_code_cell("1 / 0"))
    (tmp_path / "answers").mkdir()
    notebook = tmp_path / "answers" / "anna.ipynb"
    nbformat.write(new_notebook(cells=cells), notebook)
    before = notebook.read_bytes()
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in lines[1:]] == [
        "Right",
        "Not right yet",
        "Not attempted",
    ]
    assert notebook.read_bytes() == before
