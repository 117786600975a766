"""Cells that need PyTorch run where there is one, and elsewhere show what they have printed."""

from __future__ import annotations

import importlib.util
import json
import re

import nbformat
import pytest

from course.lesson import read_outline
from minidl.lessons.pytorch.recorded import RECORD, run_with
from tests.project.settings import ROOT

NOTEBOOKS = [ROOT / "notebooks" / chapter.notebook_name for chapter in read_outline(ROOT)]
RUNS = re.compile(r'run_with\("[\w ]+", (\w+)\)$')
NOTE = "Not installed here:"
REAL = importlib.util.find_spec


def greeting():
    print("hello")  # noqa: T201
    return 3


@pytest.fixture
def record(tmp_path):
    path = tmp_path / "recorded.json"
    path.write_text('{"greeting": "hello from elsewhere\\n"}', encoding="utf-8")
    return path


@pytest.fixture
def without_torch(monkeypatch):
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "torch" else REAL(name)
    )


def stored_cells():
    """Yield the name of each recorded cell of the course, and what the notebook has it print."""
    for path in NOTEBOOKS:
        for cell in nbformat.read(path, as_version=4).cells:
            found = RUNS.search(cell.source)
            if cell.cell_type == "code" and found:
                printed = [output.text for output in cell.outputs if output.get("name") == "stdout"]
                yield found[1], "".join(printed)


def test_a_cell_runs_where_its_packages_are(record, capsys):
    assert run_with("math json", greeting, record=record) == 3
    assert capsys.readouterr().out == "hello\n"


def test_elsewhere_it_shows_what_it_printed_and_says_so(record, capsys, without_torch):
    assert run_with("math torch", greeting, record=record) is None
    note, shown = capsys.readouterr().out.split("\n", 1)
    assert note == "Not installed here: torch. Elsewhere this cell prints:"
    assert shown == "hello from elsewhere\n"


def test_a_cell_that_was_never_recorded_is_an_error(tmp_path, without_torch):
    (tmp_path / "none.json").write_text("{}", encoding="utf-8")
    with pytest.raises(KeyError):
        run_with("torch", greeting, record=tmp_path / "none.json")


def test_recording_keeps_the_other_cells(record, monkeypatch, capsys):
    monkeypatch.setenv("MINIDL_RECORD", "1")

    def another():
        print("good day")  # noqa: T201

    run_with("math", another, record=record)
    assert capsys.readouterr().out == "good day\n"
    assert json.loads(record.read_text(encoding="utf-8")) == {
        "another": "good day\n",
        "greeting": "hello from elsewhere\n",
    }


@pytest.mark.torch
def test_with_pytorch_installed_nothing_is_taken_from_the_record(tmp_path, capsys):
    pytest.importorskip("torch")
    assert run_with("torch onnx onnxruntime", greeting, record=tmp_path / "none.json") == 3
    assert capsys.readouterr().out == "hello\n"


def test_the_record_is_what_the_notebooks_have_stored():
    assert dict(stored_cells()) == json.loads(RECORD.read_text(encoding="utf-8")), (
        "MINIDL_RECORD=1 python -m course build pytorch --rerun writes it anew"
    )


def test_notebooks_are_built_where_all_packages_are_installed():
    assert all(NOTE not in path.read_text(encoding="utf-8") for path in NOTEBOOKS)


def test_nbval_overlooks_the_note_and_nothing_else():
    from nbval.plugin import get_sanitize_patterns

    ((regex, replacement),) = get_sanitize_patterns(
        (ROOT / "tests" / "project" / "nbval.cfg").read_text(encoding="utf-8")
    )
    shown = f"{NOTE} torch. Elsewhere this cell prints:\nstep 1\n  2\n"
    assert re.sub(regex, replacement, shown) == "step 1\n  2\n"
    assert re.sub(regex, replacement, "step 1\n") == "step 1\n"
