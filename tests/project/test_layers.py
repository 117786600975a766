"""Imports point one way, and each third-party library has one home."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.project.settings import ROOT

pytestmark = pytest.mark.once

LINT = (
    "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
)


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter over the library in `folder`."""
    environment = {**os.environ, "PYTHONPATH": str(folder / "src"), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-c", LINT],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def test_the_library_keeps_its_layers() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("validation/arrays.py", "from minidl.nn import Linear", "Imports point down"),
        ("nn/linear.py", "from minidl.train import Runner", "Imports point down"),
        ("losses/base.py", "from minidl.metrics import accuracy", "Imports point down"),
        ("plots/style.py", "from minidl.exercises import exercise", "Imports point down"),
        ("nn/linear.py", "import matplotlib.pyplot", "matplotlib is imported in plots and in"),
        (
            "explorers/neuron/explorer.py",
            "from minidl.explorers.adaline.picture import REACH",
            "The rooms of explorers are strangers",
        ),
        ("checking/showing.py", "from IPython.display import HTML", "IPython are imported in"),
        (
            "lessons/moons/checks/bce.py",
            "from minidl.lessons.neurons import solutions",
            "The rooms of lessons are strangers",
        ),
        ("plots/style.py", "import ipywidgets", "ipywidgets, anywidget, traitlets and IPython are"),
        ("data/banknotes.py", "from PIL import Image", "Pillow is imported in one module only"),
        ("data/mnist.py", "import pooch", "pooch is imported in one module only"),
        ("train/runner.py", "from tqdm.auto import tqdm", "tqdm is imported in one listener"),
        ("metrics.py", "from sklearn.metrics import r2_score", "scikit-learn is imported in est"),
        ("train/steps.py", "import torch", "torch and onnx are imported in interop only"),
        ("nn/init.py", "import onnx", "torch and onnx are imported in interop only"),
        ("train/runner.py", "import tensorboardX", "tensorboardX is imported in one listener"),
    ],
)
def test_a_planted_import_is_found(module: str, line: str, contract: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    path = tmp_path / "src" / "minidl" / module
    path.write_text(path.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    done = lint(tmp_path)
    broken = [row for row in done.stdout.splitlines() if row.rstrip().endswith("BROKEN")]
    assert done.returncode == 1
    assert len(broken) == 1
    assert contract in broken[0]


def imports_of(path: Path) -> set[str]:
    """Return the modules that a file names in its imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add("." * node.level + (node.module or ""))
    return found


def test_no_module_imports_the_whole_library_or_relatively() -> None:
    for path in sorted((ROOT / "src").rglob("*.py")):
        for name in imports_of(path):
            assert name != "minidl", path
            assert not name.startswith("."), path
