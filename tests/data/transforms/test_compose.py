import numpy as np
import pytest

from minidl.data.transforms import (
    Compose,
    Normalize,
    RandomCrop,
    RandomGrayscale,
    RandomHorizontalFlip,
    Resize,
    ToArray,
    Transform,
)
from tests.data.pictures import noisy


def invert(image):
    return 255 - image


def pipeline(rng=0):
    seeds = np.random.default_rng(rng).integers(1000, size=3)
    return Compose(
        [
            Resize((8, 8)),
            RandomCrop(8, padding=2, rng=int(seeds[0])),
            RandomGrayscale(0.5, rng=int(seeds[1])),
            RandomHorizontalFlip(rng=int(seeds[2])),
            ToArray(),
            Normalize([0.5, 0.4, 0.3], [0.2, 0.2, 0.2]),
        ]
    )


def test_steps_are_done_in_order():
    image = noisy()
    x = Compose([Resize((4, 4)), invert, ToArray()])(image)
    assert np.array_equal(x, ToArray()(255 - Resize((4, 4))(image)))


def test_no_step_is_the_identity():
    image = noisy()
    assert Compose([])(image) is image
    assert Compose([]).inverse(image) is image


def test_steps_are_undone_in_reverse():
    image = noisy()
    there = Compose([ToArray("float64"), Normalize(0.5, 0.25), Normalize(1.0, 2.0)])
    x = there(image)
    before = x.copy()
    assert np.array_equal(there.inverse(x), image)
    assert np.array_equal(x, before)


def test_the_step_without_an_inverse_is_named_and_the_way_around_works():
    transform, image = pipeline(), noisy()
    x = transform(image)
    words = (
        r"received RandomHorizontalFlip, which has none, as transforms\[3\]; "
        r"try transform\[4:\].inverse\(x\)"
    )
    with pytest.raises(TypeError, match=words):
        transform.inverse(x)
    assert transform[4:].inverse(x).shape == (8, 8, 3)


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ([ToArray(), invert], r"received invert, which has none, as transforms\[1\]$"),
        ([Compose([Resize(4)]), ToArray()], r"received Compose, .* as transforms\[0\]; try"),
    ],
)
def test_functions_and_nested_steps_without_an_inverse_are_named_too(steps, words):
    with pytest.raises(TypeError, match=words):
        Compose(steps).inverse(np.zeros((3, 4, 4)))


@pytest.mark.parametrize("kind", [Resize(3), RandomCrop(3), RandomGrayscale()])
def test_a_single_transform_without_an_inverse_says_so(kind):
    with pytest.raises(TypeError, match=f"{type(kind).__name__}: expected a transform with an inv"):
        kind.inverse(noisy())


def test_slices_are_rows_of_the_same_steps():
    transform = pipeline()
    assert len(transform) == 6
    assert transform[-1] is transform.transforms[-1]
    assert transform[:2].transforms == transform.transforms[:2]
    assert repr(transform[:2]) == "Compose([Resize, RandomCrop])"


def test_a_state_repeats_the_random_choices():
    image, transform, other = noisy(9, 9), pipeline(0), pipeline(1)
    transform(image)
    state = transform.state_dict()
    expected = [transform(image) for _ in range(8)]
    assert not all(np.array_equal(x, other(image)) for x in expected)
    other.load_state_dict(state)
    assert all(np.array_equal(x, other(image)) for x in expected)


@pytest.mark.parametrize(
    "state",
    [
        {},
        None,
        {"0": {}},
        pipeline()[:5].state_dict(),
        pipeline()[::-1].state_dict(),
        {**pipeline().state_dict(), "3": {"rng": {"bit_generator": "MT19937"}}},
        {**pipeline(1).state_dict(), "3": {"rng": None}},  # found out after two others
        {**pipeline().state_dict(), "0": {"rng": {}}},
    ],
)
def test_a_state_of_other_steps_is_refused_and_changes_nothing(state):
    transform = pipeline()
    before = transform.state_dict()
    with pytest.raises(ValueError, match=r"expected (a|the) state of"):
        transform.load_state_dict(state)
    assert transform.state_dict() == before


def cropper(*rngs):
    return Compose([RandomCrop(4, padding=2, rng=rng) for rng in rngs])


def test_a_generator_shared_before_stays_shared():
    """Two that are apart would go on with the same numbers, and neither as before."""
    one, two = np.random.default_rng(0), np.random.default_rng(1)
    shared, apart = cropper(one, one), cropper(two, np.random.default_rng(2))
    for saved, loading in [(shared, apart), (apart, shared)]:
        before = loading.state_dict()
        with pytest.raises(ValueError, match="expected steps that share generators as when"):
            loading.load_state_dict(saved.state_dict())
        assert loading.state_dict() == before
    again = cropper(*[np.random.default_rng(3)] * 2)
    again.load_state_dict(shared.state_dict())
    assert np.array_equal(again(noisy()), shared(noisy()))


def test_generators_are_shared_across_nested_steps():
    rng = np.random.default_rng(0)
    nested = Compose([cropper(rng, 1), RandomCrop(3, rng=rng)])
    assert nested.state_dict()["shared"] == [0, 1, 0]


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ([Resize], r"received <class .*Resize'>; try Resize\(…\)"),
        ([None], "received None"),
        (["Resize"], "received 'Resize'"),
        (Resize(4), "expected a list of transforms, received "),
        ("Resize", "expected a list of transforms, received 'Resize'"),
    ],
)
def test_what_is_no_step_is_refused(steps, words):
    with pytest.raises(TypeError, match=words):
        Compose(steps)


def test_what_a_subclass_must_write_is_named():
    with pytest.raises(NotImplementedError, match="Transform needs a method __call__"):
        Transform()(0)
    with pytest.raises(NotImplementedError, match="Half needs a method __call__"):
        type("Half", (Transform,), {})()(0)
