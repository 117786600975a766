import numpy as np
import pytest

from minidl.nn import Conv2d, Linear, ReLU, Residual, Sequential

X = np.random.default_rng(0).standard_normal((4, 2, 6, 6))


def test_a_block_that_gives_nothing_leaves_its_input():
    block = Residual(Conv2d(2, 2, 3, padding="same", weight_init=lambda shape, *_: np.zeros(shape)))
    assert np.array_equal(block(X), X)
    assert np.array_equal(block.backward(X), X)


def test_gradients_reach_the_first_of_many_blocks():
    def deep(wrap):
        body = [Sequential(Linear(2, 2, rng=i, weight_init=small), ReLU()) for i in range(20)]
        return Sequential(*map(wrap, body))

    def small(shape, fan_in, fan_out, rng):
        return 0.1 * rng.standard_normal(shape)

    x = np.ones((1, 2))
    plain, residual = deep(lambda body: body), deep(Residual)
    for model in (plain, residual):
        model(x)
    assert np.abs(plain.backward(x)).max() < 1e-9
    assert np.abs(residual.backward(x)).min() > 0.1


def test_a_shortcut_makes_up_for_another_shape():
    held = {"stride": 2, "rng": 0}
    body = Sequential(Conv2d(2, 3, 3, padding=1, **held, name="conv"), ReLU())
    block = Residual(body, Conv2d(2, 3, 1, **held), name="block")
    assert block(X).shape == (4, 3, 3, 3)
    names = [p.name for p in block.parameters()]
    assert names == ["layer0.conv.W", "layer0.conv.b", "layer1.W", "layer1.b"]


@pytest.mark.parametrize("body", [Conv2d(2, 3, 3, padding="same"), Conv2d(2, 1, 3, padding="same")])
def test_ways_that_do_not_fit_are_refused_and_never_spread(body):
    with pytest.raises(
        ValueError,
        match=r"^Residual 'block': expected a body whose output can be added to \(4, 2, 6, 6\), "
        r"received \(4, \d, 6, 6\); try padding='same' in it, or a shortcut$",
    ):
        Residual(body, name="block")(X)


def test_parts_are_ops():
    with pytest.raises(TypeError, match="expected an op as body, received None; try Sequential"):
        Residual(None)
    with pytest.raises(TypeError, match=r"expected an op as shortcut, received .*; try Sequent"):
        Residual(ReLU(), [ReLU()])


def test_body_and_shortcut_are_two_ops():
    fc = Linear(2, 2)
    with pytest.raises(ValueError, match="expected each layer once, received Linear in two places"):
        Residual(fc, fc)


def test_what_computes_is_what_stands_in_its_layers():
    block = Residual(Linear(2, 2, rng=0))
    block.layers[0] = other = Linear(2, 2, rng=1)
    x = np.ones((1, 2))
    assert np.array_equal(block(x), x + other(x))
    with pytest.raises(AttributeError):  # its parameters would be neither trained nor saved
        block.body = ReLU()
