"""Folders of images through random transforms into training, and on from a checkpoint."""

import numpy as np
import pytest

from minidl.data import DataLoader, ImageFolder, make_banknotes
from minidl.data.transforms import (
    Compose,
    Normalize,
    RandomCrop,
    RandomGrayscale,
    RandomHorizontalFlip,
    Resize,
    ToArray,
)
from minidl.losses import CrossEntropyLoss
from minidl.nn import Linear, ReLU, Sequential
from minidl.optim import SGD
from minidl.train import CheckpointError, Listener, Runner
from tests.train.test_checkpoint import everything


class StopAt(Listener):
    def __init__(self, step):
        self.step = step

    def on_step_end(self, runner):
        if runner.step == self.step:
            runner.stop("enough")


@pytest.fixture(scope="module")
def notes(tmp_path_factory):
    return make_banknotes(tmp_path_factory.mktemp("notes"), 22, rng=0)


def augmented(notes, seed, *, shared=False):
    rngs = [np.random.default_rng(seed)] * 3 if shared else [seed, seed + 1, seed + 2]
    transform = Compose(
        [
            Resize((10, 10)),
            RandomCrop(10, padding=2, rng=rngs[0]),
            RandomGrayscale(0.5, rng=rngs[1]),
            RandomHorizontalFlip(rng=rngs[2]),
            ToArray(),
            Normalize([0.5], [0.25]),
            np.ravel,
        ]
    )
    loader_rng = rngs[0] if shared else seed + 3
    return DataLoader(ImageFolder(notes, transform), 8, shuffle=True, rng=loader_rng)


def runner_for(seed, step=None):
    model = Sequential(Linear(300, 5, rng=seed), ReLU(), Linear(5, 2, rng=seed))
    optimizer = SGD(model, lr=0.01, momentum=0.9)
    return Runner(model, optimizer, CrossEntropyLoss(), metric=None, listeners=[StopAt(step)])


def trained(notes, epochs, *, step=None, seed=0, shared=False):
    runner, loader = runner_for(seed, step), augmented(notes, seed, shared=shared)
    runner.train(loader, num_epochs=epochs)
    return runner, loader


def state_of(runner, loader):
    """All that decides how training goes on, without the Runner's own generator."""
    return everything(runner)[:3], everything(runner)[5:], loader.state_dict()


@pytest.mark.parametrize("shared", [False, True])
@pytest.mark.parametrize("step", [1, 3, 4, 5, None])
def test_two_halves_with_a_checkpoint_between_are_one_training_bit_for_bit(
    notes, tmp_path, step, shared
):
    """Three batches an epoch, so that it stops within epochs and between them."""
    whole = trained(notes, 4, shared=shared)
    first, _ = trained(notes, 2, step=step, shared=shared)
    first.save_checkpoint(tmp_path / "run.npz")
    second, loader = trained(notes, 1, seed=7, shared=shared)
    second.resume(tmp_path / "run.npz")
    second.train(loader, num_epochs=4 - second.epoch)
    assert state_of(second, loader) == state_of(*whole)


def test_other_random_choices_make_another_training(notes):
    """What the test above would miss if no transform were random."""
    one, other = runner_for(0), runner_for(0)
    one.train(augmented(notes, 0), num_epochs=1)
    loader = augmented(notes, 0)
    loader.dataset.transform[1].rng.random()
    other.train(loader, num_epochs=1)
    assert one.history.train_loss != other.history.train_loss


def test_a_checkpoint_of_other_transforms_is_refused(notes, tmp_path):
    runner, loader = trained(notes, 2, step=4)
    runner.save_checkpoint(tmp_path / "run.npz")
    runner.resume(tmp_path / "run.npz")
    loader.dataset.transform = loader.dataset.transform[1:]
    with pytest.raises(CheckpointError, match=r"the loader of .*Compose: expected a state of"):
        runner.train(loader, num_epochs=1)
