"""The cells of the lesson on images that are off: the learner's own pictures, and TensorBoard."""

import sys

import matplotlib.pyplot as plt
import numpy as np
import pytest

from minidl.data.images import write_image
from minidl.explorers import OcclusionExplorer
from minidl.lessons.images.photos import take_photos
from tests.lessons.helpers import code_cells, run_cell

IMPORTS, PIPELINE, *OTHERS = (cell.source for cell in code_cells("images"))


def few_photos(album, place, n_samples, *, rng):
    return take_photos(album, place, min(n_samples, 20), rng=rng)


@pytest.fixture(scope="module")
def names():
    """The names of the lesson's first cells, with fewer photos."""
    names = run_cell(PIPELINE, run_cell(IMPORTS, {}) | {"take_photos": few_photos})
    yield names
    names["album"].cleanup()
    plt.close("all")


def switched_on(name, value):
    """Return the cell in which a name is None, with a value in its place."""
    (cell,) = (cell for cell in OTHERS if f"{name} = None" in cell)
    return cell.replace(f"{name} = None", f"{name} = {str(value)!r}")


def test_own_pictures_of_any_size_and_number_of_classes_are_learned_and_shown(
    names, tmp_path, capsys
):
    rng = np.random.default_rng(0)
    for k, name in enumerate(("cat", "dog", "eel")):
        (tmp_path / name).mkdir()
        for number in range(8):
            size = (40 + number, 60 - 4 * k)
            image = np.clip(rng.normal(70 * k + 40, 20, (*size, 3)), 0, 255)
            write_image(tmp_path / name / f"{number}.png", image.astype(np.uint8))
    shown = []
    left = run_cell(switched_on("MY_PICTURES", tmp_path), names | {"display": shown.append})
    assert left["names"] == ["cat", "dog", "eel"]
    assert left["mine"].history.dev_score[-1] > 0.5
    assert capsys.readouterr().out.startswith("right: ")
    assert len(plt.gcf().axes[0].images) == 4
    (explorer,) = shown
    assert isinstance(explorer, OcclusionExplorer)
    assert explorer.error == ""
    explorer.close()


def test_tensorboard_gets_the_curves(names, tmp_path):
    pytest.importorskip("tensorboardX")
    run_cell(switched_on("RUNS", tmp_path / "runs"), names)
    assert sorted(path.name for path in (tmp_path / "runs").iterdir()) == ["dev", "train"]


def test_without_tensorboard_the_cell_says_what_to_install(names, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "tensorboardX", None)
    with pytest.raises(ImportError, match=r"try pip install minidl\[tensorboard\]"):
        run_cell(switched_on("RUNS", tmp_path / "runs"), names)
