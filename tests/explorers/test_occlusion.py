"""The explorer of occlusion: its picture compared with photos covered and asked one by one."""

from __future__ import annotations

import numpy as np
import pytest

from minidl.data.transforms import Compose, Normalize, ToArray
from minidl.explorers import OcclusionExplorer
from minidl.explorers.occlusion.networks import TO_INPUT as by_default
from minidl.explorers.occlusion.networks import drawn_photos, two_networks
from minidl.nn import Flatten, Linear, Sequential
from minidl.numerics import softmax
from tests.widgets.helpers import opened

TO_INPUT = Compose([ToArray(np.float64), Normalize([0.5, 0.4, 0.3], [0.2, 0.3, 0.25])])
RNG = np.random.default_rng(0)
PHOTOS = RNG.integers(0, 256, (3, 18, 21, 3), dtype=np.uint8)  # neither square nor 32 wide


def own_network(classes):
    return Sequential(Flatten(), Linear(3 * 18 * 21, classes, rng=classes))


NETWORKS = {"three": own_network(3), "other": own_network(3)}
NETWORKS["other"].layers[1].params["W"][...] *= -1


@pytest.fixture(scope="module")
def explorer():
    names = {"classes": ("a", "b", "c"), "transform": TO_INPUT}
    with opened(
        OcclusionExplorer, networks=NETWORKS, photos=PHOTOS, labels=[0, 1, 2], **names
    ) as e:
        yield e


def lead_with(network, photo, answer, top=0, left=0, size=0, fill=(0.0, 0.0, 0.0)):
    """Return by how much a class leads, with some pixels of the input replaced one by one."""
    x = TO_INPUT(photo)
    for row in range(top, top + size):
        for column in range(left, left + size):
            x[:, row, column] = fill
    scores = network(x[np.newaxis])[0].tolist()
    return scores.pop(answer) - max(scores)


@pytest.mark.parametrize(("size", "stride"), [(2, 1), (5, 3), (8, 2), (16, 4)])
@pytest.mark.parametrize("name", NETWORKS)
def test_the_map_holds_the_fall_at_every_place(explorer, name, size, stride):
    explorer.reset(network=name, photo=2, size=size, stride=stride)
    network, answer = NETWORKS[name], int(explorer.view.whole.argmax())
    shown = explorer.picture.artists.falls.get_array()
    assert shown.shape == ((18 - size) // stride + 1, (21 - size) // stride + 1)
    whole = lead_with(network, PHOTOS[1], answer)
    for i, j in ((0, 0), (shown.shape[0] - 1, 0), (0, shown.shape[1] - 1)):
        covered = lead_with(network, PHOTOS[1], answer, i * stride, j * stride, size)
        assert shown[i, j] == pytest.approx(whole - covered)


@pytest.mark.parametrize(("cover", "byte"), [("black", 0), ("white", 255)])
def test_the_patch_has_the_colour_that_is_chosen(explorer, cover, byte):
    explorer.reset(photo=3, size=4, down=5, right=9, cover=cover)
    shown = explorer.picture.artists.photo.get_array()
    assert (shown[5:9, 9:13] == byte).all()
    shown[5:9, 9:13] = PHOTOS[2][5:9, 9:13]
    assert np.array_equal(shown, PHOTOS[2])
    fill = (byte / 255 - np.array([0.5, 0.4, 0.3])) / [0.2, 0.3, 0.25]
    answer = int(explorer.view.whole.argmax())
    covered = lead_with(NETWORKS["three"], PHOTOS[2], answer, 5, 9, 4, fill)
    whole = lead_with(NETWORKS["three"], PHOTOS[2], answer)
    assert explorer.view.fall == pytest.approx(whole - covered)
    assert explorer.view.lead == pytest.approx(whole)


def test_the_mean_colour_is_the_one_that_becomes_zero(explorer):
    explorer.reset(size=3, down=0, right=0)
    expected = np.rint(255 * np.array([0.5, 0.4, 0.3]))
    assert np.array_equal(explorer.picture.artists.photo.get_array()[1, 1], expected)


def test_probabilities_without_and_with_the_patch(explorer):
    explorer.reset(photo=1, size=6, down=3, right=2)
    x = TO_INPUT(PHOTOS[0])
    artists = explorer.picture.artists
    np.testing.assert_allclose(
        artists.whole.get_data().values, softmax(NETWORKS["three"](x[np.newaxis])[0])
    )
    x[:, 3:9, 2:8] = 0
    np.testing.assert_allclose(
        artists.covered.get_data().values, softmax(NETWORKS["three"](x[np.newaxis])[0])
    )


def test_a_patch_at_the_rim_stays_on_the_photo(explorer):
    explorer.reset(size=16, down=17, right=17)
    assert (explorer.view.top, explorer.view.left) == (2, 5)
    frame = explorer.picture.artists.frames[0]
    assert (*frame.get_xy(), frame.get_width()) == (4.5, 1.5, 16)


def test_each_cell_of_the_map_lies_around_the_middle_of_its_patch(explorer):
    explorer.reset(size=6, stride=3)
    left, right, bottom, top = explorer.picture.artists.falls.get_extent()
    rows, columns = explorer.view.falls.shape
    height, width = (bottom - top) / rows, (right - left) / columns
    assert (width, height) == (3, 3)
    middles = left + 2.5 * width, top + 0.5 * height
    assert middles == (2 * 3 + 2.5, 2.5)  # of the patches over columns 6 to 11 and rows 0 to 5


def test_the_patch_follows_the_pointer_over_photo_and_map(explorer):
    explorer.reset(size=4)
    explorer.picture.png()
    for board in (explorer.picture.artists.photo, explorer.picture.artists.falls):
        for (row, column), corner in {
            (10, 12): (8, 10),
            (0, 0): (0, 0),
            (17, 20): (14, 14),
        }.items():
            x, y = board.axes.transData.transform((column, row)) / explorer.picture.figure.dpi * 100
            found = explorer.pointed(x, explorer.picture.height - y)
            assert found == {"down": corner[0], "right": min(corner[1], 14)}
    assert explorer.pointed(755, 5) == {}


def test_moving_the_patch_asks_for_no_new_map(explorer, monkeypatch):
    explorer.reset(size=7)
    before = explorer.view.falls
    asked = []
    monkeypatch.setattr(
        "minidl.explorers.occlusion.explorer.covered_parts", lambda *args: asked.append(1) or []
    )
    explorer.set(down=2, right=11)
    assert asked == []
    assert explorer.view.falls is not None
    assert np.array_equal(explorer.view.falls, before)


def test_a_network_is_asked_in_evaluation_mode_and_keeps_its_own(explorer):
    explorer.reset(photo=2)
    assert all(layer.training for layer in NETWORKS["three"].layers)


def test_the_sentence_names_the_largest_fall_and_what_the_answer_does(explorer):
    explorer.reset(photo=2, size=5, stride=2, down=4, right=6)
    view = explorer.view
    i, j = np.argwhere(view.falls == view.falls.max())[0]
    answer, after = ("abc"[int(p.argmax())] for p in (view.whole, view.covered))
    assert explorer.status.startswith(f"Photo 2, a b: the answer is {answer}, with a lead of ")
    where = f"rows {2 * i + 1} to {2 * i + 5} and columns {2 * j + 1} to {2 * j + 5}."
    assert explorer.status.endswith(where)
    assert ("the answer stays" in explorer.status) == (answer == after)
    assert ("turns into" in explorer.status) == (answer != after)


def test_the_sentence_says_whether_the_lead_falls_or_rises(explorer):
    explorer.reset(photo=2, size=2, stride=1)
    for place in (explorer.view.falls.argmin(), explorer.view.falls.argmax()):
        down, right = np.unravel_index(place, explorer.view.falls.shape)
        explorer.set(down=int(down), right=int(right))
        fall = explorer.view.fall
        said = f"the lead {'rises' if fall < 0 else 'falls'} by {abs(fall):.1f}, and"
        assert abs(fall) > 0.05
        assert said in explorer.status


def test_by_default_one_network_has_learned_the_watermark_and_the_other_has_not():
    labels = drawn_photos(60, (0, 0), seed=5).labels
    marked, plain = (
        np.stack([by_default(photo) for photo in drawn_photos(60, watermark, seed=5).images])
        for watermark in ((0, 1), (0, 0))
    )
    right = {
        name: [float((network(X).argmax(axis=1) == labels).mean()) for X in (marked, plain)]
        for name, network in two_networks().items()
    }
    assert right["mark on fifties"][0] > 0.9
    assert right["mark on fifties"][1] < 0.65
    assert min(right["mark on any"]) > 0.85
