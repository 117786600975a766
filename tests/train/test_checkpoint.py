import math
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from minidl.losses import BCELoss, MSELoss
from minidl.models import logistic_regression
from minidl.nn import Linear
from minidl.op import Op
from minidl.optim import BatchGD
from minidl.train import CheckpointError, EarlyStopping, Listener, Runner
from tests.optim.test_base import Momentum
from tests.train.helpers import DEV, TRAIN, make_runner, noisy_model

ROOT = Path(__file__).parents[2]
BIT_GENERATORS = [np.random.PCG64, np.random.MT19937, np.random.Philox, np.random.SFC64]


def noisy_runner(seed=0, *, shared=False, bits=np.random.PCG64, listeners=(), stops=True):
    """Everything that has a state: shuffling, two ops with noise, momentum, early stopping."""
    stopping = [EarlyStopping(patience=7, warm_up=1)] if stops else []  # needs a dev set
    rng = np.random.Generator(bits(seed))
    model = noisy_model(rng, seed=seed)
    own = rng if shared else np.random.Generator(bits(seed + 1))
    return Runner(
        model,
        Momentum(model, lr=0.1),
        BCELoss(),
        listeners=[*stopping, *listeners],
        rng=own,
    )


def train(runner, num_epochs):
    runner.train(TRAIN, DEV, num_epochs=num_epochs, batch_size=16, eval_steps=2)


def everything(runner):
    """All that decides how training goes on, as text that shows every bit."""
    arrays = {name: array.tobytes() for name, array in runner.model.state_dict().items()}
    optimizer = repr(runner.optimizer.state_dict())
    listeners = [repr(listener.state_dict()) for listener in runner.listeners]
    generators = [
        repr(op.rng.bit_generator.state) for _, op in runner.model.named_layers() if op.rng
    ]
    own = repr(runner.rng.bit_generator.state)
    return arrays, optimizer, listeners, generators, own, runner.history, runner.epoch, runner.step


@pytest.mark.parametrize("shared", [False, True])
@pytest.mark.parametrize("bits", BIT_GENERATORS)
def test_two_halves_with_a_checkpoint_between_are_one_training_bit_for_bit(tmp_path, shared, bits):
    whole = noisy_runner(shared=shared, bits=bits)
    train(whole, 8)
    first = noisy_runner(shared=shared, bits=bits)
    train(first, 4)
    first.save_checkpoint(tmp_path / "run.npz")
    second = noisy_runner(seed=5, shared=shared, bits=bits)
    train(second, 1)
    second.resume(tmp_path / "run.npz")
    assert everything(second) == everything(first)
    train(second, 4)
    assert everything(second) == everything(whole)


def second_half(path):
    """What the other process does: `run.npz` is resumed, trained and saved again."""
    runner = noisy_runner(seed=5, shared=True)
    runner.resume(path)
    train(runner, 4)
    runner.save_checkpoint(path)


def test_the_second_half_may_run_in_another_process(tmp_path):
    whole, first = noisy_runner(shared=True), noisy_runner(shared=True)
    train(whole, 8)
    train(first, 4)
    path = tmp_path / "run.npz"
    first.save_checkpoint(path)
    command = f"from tests.train.test_checkpoint import second_half; second_half({str(path)!r})"
    subprocess.run([sys.executable, "-c", command], cwd=ROOT, check=True)
    result = noisy_runner(seed=7, shared=True)
    result.resume(path)
    assert everything(result) == everything(whole)


def test_saving_does_not_change_the_training(tmp_path):
    plain, saved = noisy_runner(), noisy_runner()
    train(plain, 4)
    for _ in range(4):
        train(saved, 1)
        saved.save_checkpoint(tmp_path / "run.npz")
    assert everything(plain) == everything(saved)


def test_the_full_batch_goes_on_too(tmp_path):
    whole, first, second = make_runner(), make_runner(), make_runner(seed=1)
    whole.train(TRAIN, DEV, num_epochs=6)
    first.train(TRAIN, DEV, num_epochs=3)
    first.save_checkpoint(tmp_path / "run.npz")
    second.resume(tmp_path / "run.npz")
    second.train(TRAIN, DEV, num_epochs=3)
    assert second.history == whole.history


def test_a_checkpoint_taken_by_a_listener_goes_on_from_the_end_of_its_epoch(tmp_path):
    class Saving(Listener):
        def on_epoch_end(self, runner):
            if runner.epoch == 4:
                runner.save_checkpoint(tmp_path / "run.npz")

    whole, second = noisy_runner(listeners=[Saving()]), noisy_runner(seed=3, listeners=[Saving()])
    train(whole, 8)
    second.resume(tmp_path / "run.npz")
    train(second, 4)
    assert everything(second) == everything(whole)


def test_a_shared_generator_stays_shared_and_a_separate_one_separate(tmp_path):
    for shared in (False, True):
        runner = noisy_runner(shared=shared)
        runner.save_checkpoint(tmp_path / "run.npz")
        other = noisy_runner(seed=9, shared=shared)
        other.resume(tmp_path / "run.npz")
        noise1, noise2 = other.model.layers[0].rng, other.model.layers[3].layers[0].rng
        assert noise1 is noise2
        assert (other.rng is noise1) == shared


def test_generators_shared_otherwise_are_refused(tmp_path):
    noisy_runner(shared=True).save_checkpoint(tmp_path / "run.npz")
    other = noisy_runner(shared=False)
    with pytest.raises(CheckpointError, match="expected random generators shared as"):
        other.resume(tmp_path / "run.npz")


def test_early_stopping_counts_on(tmp_path):
    whole = noisy_runner()
    whole.listeners[1].patience = 2
    train(whole, 50)
    assert whole.stop_reason
    assert whole.epoch < 40
    first, second = noisy_runner(), noisy_runner(seed=1)
    for runner in (first, second):
        runner.listeners[1].patience = 2
    train(first, whole.epoch - 1)
    first.save_checkpoint(tmp_path / "run.npz")
    second.resume(tmp_path / "run.npz")
    train(second, 50)
    assert second.epoch == whole.epoch


def test_the_best_model_goes_on(tmp_path):
    first, second = make_runner(metric=None), make_runner(seed=1, metric=None)
    first.train(TRAIN, DEV, num_epochs=3)
    first.save_checkpoint(tmp_path / "run.npz")
    second.resume(tmp_path / "run.npz")
    assert second.best.score == first.best.score
    second.best.restore(second)
    first.best.restore(first)
    assert np.array_equal(second.predict(DEV[0]), first.predict(DEV[0]))


def test_a_run_that_has_not_begun_can_be_saved(tmp_path):
    make_runner().save_checkpoint(tmp_path / "run.npz")
    other = make_runner(seed=1)
    other.train(TRAIN, DEV, num_epochs=2)
    other.resume(tmp_path / "run.npz")
    assert (other.epoch, other.best.score, other.history.train_loss) == (0, -math.inf, [])
    assert np.array_equal(other.predict(DEV[0]), make_runner().predict(DEV[0]))


def test_the_learning_rate_comes_from_the_checkpoint(tmp_path):
    make_runner(lr=0.0625).save_checkpoint(tmp_path / "run.npz")
    other = make_runner(lr=1.0)
    other.resume(str(tmp_path / "run.npz"))
    assert other.optimizer.param_groups[0]["lr"] == 0.0625


def test_parameters_are_loaded_in_place(tmp_path):
    make_runner().save_checkpoint(tmp_path / "run.npz")
    other = make_runner(seed=1)
    references = [p.value for p in other.model.parameters()]
    other.resume(tmp_path / "run.npz")
    for parameter, reference in zip(other.model.parameters(), references, strict=True):
        assert parameter.value is reference


def test_numpy_reads_the_file_too(tmp_path):
    make_runner().save_checkpoint(tmp_path / "run.npz")
    with np.load(tmp_path / "run.npz", allow_pickle=False) as arrays:
        tree = arrays["tree"].tobytes().decode()
    assert tree.startswith('{"format": "minidl checkpoint", "version": 4, ')


class OneArray(Op):
    """An op whose only parameter has an unlucky name."""

    def __init__(self, name, value):
        super().__init__()
        self.params[name] = np.full((1, 1), value)

    def forward(self, x):
        self.save_for_backward(x)
        return x * next(iter(self.params.values()))

    def backward(self, grad):
        (key,) = self.params
        self.grads[key] = (grad * self.saved_for_backward()).sum(keepdims=True)
        return grad


@pytest.mark.parametrize("name", ["array", "tree", "0", "state"])
def test_a_parameter_may_have_any_name(tmp_path, name):
    runners = []
    for value in (2.0, 3.0):
        model = OneArray(name, value)
        runners.append(Runner(model, BatchGD(model, lr=0.1), MSELoss(), metric=None))
    runners[0].save_checkpoint(tmp_path / "run.npz")
    runners[1].resume(tmp_path / "run.npz")
    assert runners[1].model.params[name] == 2


class Odd(Listener):
    def __init__(self, state):
        self.state = state

    def state_dict(self):
        return self.state


@pytest.mark.parametrize("state", [{1: 2}, {"a": {2, 3}}, {"a": object()}])
def test_a_state_that_json_would_change_is_refused_and_the_old_file_stays(tmp_path, state):
    path = tmp_path / "run.npz"
    make_runner().save_checkpoint(path)
    before = path.read_bytes()
    with pytest.raises(TypeError):
        make_runner(listeners=[Odd(state)]).save_checkpoint(path)
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["run.npz"]


# Checkpoints of other runs


class Other(Listener):
    """A listener that the other run does not have."""


def of_another_optimizer():
    model = logistic_regression(2, rng=0)
    return Runner(model, Momentum(model, lr=0.1), BCELoss(), rng=0)


@pytest.mark.parametrize(
    ("build", "words"),
    [
        (lambda: make_runner(listeners=[Other()]), r"listeners \['BestModel'\], .*'Other'"),
        (lambda: noisy_runner(shared=True), "generators shared|listeners|another model"),
        (of_another_optimizer, r"fc1\.W is missing; .*fc\.W is unexpected"),
        (
            lambda: Runner(m := logistic_regression(2, dtype=np.float32), BatchGD(m, 1), BCELoss()),
            "is missing|dtype",
        ),
    ],
)
def test_a_checkpoint_of_another_run_is_refused_and_names_the_difference(tmp_path, build, words):
    path = tmp_path / "run.npz"
    other = build()
    other.save_checkpoint(path)
    runner = make_runner()
    runner.train(TRAIN, DEV, num_epochs=2)
    before = everything(runner)
    with pytest.raises(
        CheckpointError, match=rf"run\.npz: is of another training run: .*({words})"
    ):
        runner.resume(path)
    assert everything(runner) == before


def test_a_checkpoint_of_another_dtype_is_refused(tmp_path):
    def build(dtype):
        model = logistic_regression(2, rng=0, dtype=dtype)
        return Runner(model, BatchGD(model, lr=1), BCELoss(), rng=0)

    build(np.float64).save_checkpoint(tmp_path / "run.npz")
    with pytest.raises(CheckpointError, match=r"fc\.W of dtype float32, received float64"):
        build(np.float32).resume(tmp_path / "run.npz")


def test_a_checkpoint_of_another_shape_is_refused(tmp_path):
    fc = Linear(3, 1, name="fc")
    Runner(fc, BatchGD(fc, 1), MSELoss(), rng=0).save_checkpoint(tmp_path / "run.npz")
    fc = Linear(2, 1, name="fc")
    with pytest.raises(CheckpointError, match=r"W has shape \(3, 1\) and should have \(2, 1\)"):
        Runner(fc, BatchGD(fc, 1), MSELoss(), rng=0).resume(tmp_path / "run.npz")


def test_a_generator_of_another_kind_is_refused(tmp_path):
    noisy_runner(bits=np.random.MT19937).save_checkpoint(tmp_path / "run.npz")
    runner = noisy_runner()
    before = everything(runner)
    with pytest.raises(CheckpointError, match="is of another training run"):
        runner.resume(tmp_path / "run.npz")
    assert everything(runner) == before


def test_a_listener_that_cannot_take_its_state_leaves_the_runner_as_it_was(tmp_path):
    class Stubborn(Listener):
        angry = False

        def state_dict(self):
            return {"angry": self.angry}

        def load_state_dict(self, state):
            if state["angry"]:
                raise IndexError("no")

    runner = make_runner(listeners=[Stubborn()])
    Stubborn.angry = True
    runner.save_checkpoint(tmp_path / "run.npz")
    Stubborn.angry = False
    runner.train(TRAIN, num_epochs=2)
    before = everything(runner)
    with pytest.raises(CheckpointError, match="no"):
        runner.resume(tmp_path / "run.npz")
    assert everything(runner) == before


def test_a_failed_resume_changes_nothing_whatever_kind_of_number_the_history_holds(tmp_path):
    make_runner(listeners=[Other()]).save_checkpoint(tmp_path / "run.npz")
    runner = make_runner()
    runner.train(TRAIN, DEV, num_epochs=1)
    runner.history.dev_score[-1] = np.float64(0.5)  # as a listener may
    before = everything(runner)
    with pytest.raises(CheckpointError, match="expected listeners"):
        runner.resume(tmp_path / "run.npz")
    assert everything(runner) == before


def test_a_checkpoint_makes_its_folder(tmp_path):
    make_runner().save_checkpoint(tmp_path / "runs" / "today" / "run.npz")
    make_runner(seed=1).resume(tmp_path / "runs" / "today" / "run.npz")


def test_a_folder_is_no_place_for_a_checkpoint(tmp_path):
    words = r"save_checkpoint: expected a file, received the folder .*; try .*run\.npz"
    with pytest.raises(ValueError, match=words):
        make_runner().save_checkpoint(tmp_path)
