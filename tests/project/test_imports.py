"""What importing costs, and what a reader without an extra is told."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

HEAVY = (
    *("IPython", "ipywidgets", "matplotlib", "onnx", "PIL", "pooch", "requests", "scipy"),
    *("sklearn", "tensorboardX", "threadpoolctl", "torch", "tqdm", "yaml"),
)
CORE = (
    *("numerics", "validation", "op", "gradcheck", "graph"),
    *("nn", "losses", "optim", "penalties", "metrics", "data"),
)
SCRIPT = """
import sys
for name in {blocked}:
    sys.modules[name] = None
{statement}
print(*(name for name in {heavy} if name in sys.modules))
"""


def run(statement: str, *, blocked: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    """Run a statement in a fresh Python that prints the heavy libraries it has imported."""
    script = SCRIPT.format(blocked=blocked, statement=statement, heavy=() if blocked else HEAVY)
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)


@pytest.mark.parametrize(
    "statement",
    [
        "import minidl",
        "import " + ", ".join(f"minidl.{name}" for name in CORE),
        "import minidl.models, minidl.train, minidl.exercises, minidl.interop",
    ],
)
def test_only_pictures_and_explorers_import_more_than_numpy(statement: str) -> None:
    done = run(statement)
    assert (done.stdout.strip(), done.stderr) == ("", "")


@pytest.mark.parametrize(
    ("statement", "missing"),
    [
        ("import minidl.plots", "matplotlib"),
        ("import minidl.widgets", "ipywidgets"),
        ("from minidl.data import read_image; read_image('a.png')", "PIL"),
        ("from minidl.data import fetch_mnist; fetch_mnist()", "pooch"),
        ("from minidl.train import ProgressBar; ProgressBar().on_train_begin(None)", "tqdm"),
        ("from minidl.train import TensorBoard; TensorBoard('runs')", "tensorboardX"),
        ("import minidl.estimator", "sklearn"),
        ("from minidl.interop import to_torch; to_torch(None)", "torch"),
        ("from minidl.interop import from_torch; from_torch(None)", "torch"),
        ("from minidl.interop import torch_state; torch_state(None)", "torch"),
        ("from minidl.interop import to_onnx; to_onnx(None, None)", "onnx"),
    ],
)
def test_a_missing_extra_is_named(statement: str, missing: str) -> None:
    done = run(statement, blocked=(missing,))
    assert done.returncode == 1
    last = done.stderr.strip().splitlines()[-1]
    assert "ImportError" in last or "ModuleNotFoundError" in last
    assert {"PIL": "Pillow"}.get(missing, missing) in last
    assert re.search(r"minidl\[(data|viz|lab|onnx|sklearn|tensorboard|torch)\]", last)
