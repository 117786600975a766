"""What a small network sees: its picture compared with sums that are written out."""

from __future__ import annotations

import numpy as np
import pytest

from minidl.explorers import WhatItSeesExplorer
from minidl.explorers.what_it_sees.explorer import accuracy_of, image_of, moved
from minidl.explorers.what_it_sees.training import Training, digit_sets, training_of
from minidl.nn.conv_simple import conv2d_simple
from minidl.numerics import softmax
from tests.widgets.helpers import opened


@pytest.fixture(scope="module")
def explorer():
    with opened(WhatItSeesExplorer) as made:
        yield made


def network(seed, epochs):
    *_, found = training_of(seed).up_to(epochs)
    return found


def test_images_to_look_at_have_not_been_trained_on():
    train, new = digit_sets()
    seen = {image.tobytes() for image in train[0]}
    assert len(train[0]) == 1438
    assert not any(image.tobytes() in seen for image in new[0])


def test_feature_maps_are_what_the_filters_find(explorer):
    explorer.reset(digit=8, which=2, epochs=2)
    conv = network(0, 2).layers[0]
    image = image_of(8, 2)[np.newaxis, np.newaxis]
    found = conv2d_simple(image, conv.params["W"], conv.params["b"], padding=(1, 1))
    expected = np.maximum(found[0], 0)
    artists = explorer.picture.artists
    shown = np.array([each.get_array() for each in artists.maps])
    np.testing.assert_allclose(shown, expected / expected.max())
    filters = np.array([each.get_array() for each in artists.filters])
    np.testing.assert_allclose(filters, conv.params["W"][:, 0])


@pytest.mark.parametrize("k", [-1, 0, 7])
def test_evidence_and_bias_add_up_to_the_score_of_the_class(explorer, k):
    explorer.reset(digit=5, which=3, epochs=2, evidence=k)
    scores = network(0, 2)(image_of(5, 3)[np.newaxis, np.newaxis])[0]
    view = explorer.view
    assert view.evidence_for == (scores.argmax() if k < 0 else k)
    shown = explorer.picture.artists.evidence.get_array()
    assert shown.sum() + view.bias == pytest.approx(scores[view.evidence_for])
    np.testing.assert_allclose(explorer.picture.artists.probs.get_data().values, softmax(scores))


def test_evidence_comes_from_the_place_where_it_is_shown(explorer):
    explorer.reset(digit=5, which=3, epochs=2, evidence=5)
    conv, relu, pool, _, affine = network(0, 2).layers
    features = pool(relu(conv(image_of(5, 3)[np.newaxis, np.newaxis])))[0]
    weights = affine.params["W"][:, 5].reshape(8, 4, 4)
    expected = sum(features[c, 3, 1] * weights[c, 3, 1] for c in range(8))
    assert explorer.view.evidence[3, 1] == pytest.approx(expected)


def test_a_moved_image_moves_what_the_filters_find(explorer):
    explorer.reset(epochs=2)
    here = explorer.view.maps
    explorer.reset(epochs=2, right=2, down=-1)
    np.testing.assert_allclose(explorer.view.maps[:, 1:-3, 4:-1], here[:, 2:-2, 2:-3])


@pytest.mark.parametrize(("right", "down"), [(2, 0), (-1, 1), (0, -2), (0, 0)])
def test_moving_is_rolling_with_zeros_coming_in(right, down):
    image = np.arange(1.0, 26).reshape(5, 5)
    expected = np.zeros((5, 5))
    for i, j in np.ndindex(5, 5):
        if 0 <= i - down < 5 and 0 <= j - right < 5:
            expected[i, j] = image[i - down, j - right]
    assert np.array_equal(moved(image, right, down), expected)


def test_the_accuracy_is_counted_on_the_new_images_moved(explorer):
    explorer.reset(epochs=2, right=1)
    images, digits = digit_sets().new
    answers = network(0, 2)(np.pad(images, [(0, 0)] * 3 + [(1, 0)])[..., :-1]).argmax(axis=1)
    assert explorer.view.accuracy == accuracy_of(0, 2, 1, 0) == np.mean(answers == digits)


def test_going_back_to_an_earlier_epoch_is_as_if_no_later_one_had_been():
    fresh, other = Training(3), Training(3)
    (*_, late), (*_, early), (*_, direct) = fresh.up_to(2), fresh.up_to(1), other.up_to(1)
    X = digit_sets().new[0][:5]
    assert np.array_equal(early(X), direct(X))
    assert not np.array_equal(early(X), late(X))


def test_it_shows_no_image_until_it_is_trained_and_hears_changes_in_between(explorer):
    steps = list(Training(4).up_to(2))
    assert [step is None for step in steps] == [True, True, False]


def test_the_sentence_states_answer_score_and_accuracy(explorer):
    explorer.reset(digit=3)
    view = explorer.view
    assert explorer.status.startswith("Written: 3. Answer: 3, with probability ")
    assert explorer.status.endswith(f"Right for {view.accuracy:.0%} of the new images.")
    explorer.reset(digit=3, right=2)
    assert explorer.status.endswith("of new images, moved as this.")
