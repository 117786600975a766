"""What TensorBoard itself reads of a training."""

import numpy as np
import pytest

pytest.importorskip("tensorboardX")
pytest.importorskip("tensorboard")
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from minidl.schedules import StepLR
from minidl.train import DivergenceError, Listener, LRScheduler, TensorBoard
from tests.train.helpers import DEV, TRAIN, make_runner

pytestmark = [
    pytest.mark.bridge,
    pytest.mark.filterwarnings("ignore::DeprecationWarning:tensorboard.*"),
]


def curves_of(folder):
    """Return each curve of a run as steps and values."""
    found = EventAccumulator(str(folder)).Reload()
    return {
        tag: ([e.step for e in found.Scalars(tag)], [e.value for e in found.Scalars(tag)])
        for tag in found.Tags()["scalars"]
    }


def assert_equal(curve, steps, values):
    assert curve[0] == steps
    np.testing.assert_allclose(curve[1], values, rtol=1e-6)


def test_it_shows_the_history_of_both_sets(tmp_path):
    listeners = [TensorBoard(tmp_path), LRScheduler(StepLR(2, gamma=0.5))]
    runner = make_runner(listeners=listeners)
    runner.train(TRAIN, DEV, num_epochs=5, batch_size=200, eval_steps=3)
    history = runner.history
    train, dev = (curves_of(tmp_path / name) for name in ("train", "dev"))
    assert (sorted(train), sorted(dev)) == (["loss", "lr", "score"], ["loss", "score"])
    for tag in ("loss", "score"):
        assert_equal(train[tag], history.train_steps, getattr(history, f"train_{tag}"))
        assert_equal(dev[tag], history.dev_steps, getattr(history, f"dev_{tag}"))
    assert_equal(train["lr"], history.train_steps, history.lr)
    assert len(set(history.lr)) == 3


def test_without_dev_set_and_metric_there_is_less(tmp_path):
    runner = make_runner(listeners=[TensorBoard(str(tmp_path / "new" / "run"))], metric=None)
    runner.train(TRAIN, num_epochs=2)
    assert sorted(curves_of(tmp_path / "new" / "run" / "train")) == ["loss", "lr"]
    assert not (tmp_path / "new" / "run" / "dev").exists()


def test_a_second_training_goes_on(tmp_path):
    runner = make_runner(listeners=[TensorBoard(tmp_path)])
    for _ in range(2):
        runner.train(TRAIN, num_epochs=2)
    assert_equal(curves_of(tmp_path / "train")["loss"], [1, 2, 3, 4], runner.history.train_loss)


@pytest.mark.parametrize("epochs", [2, 6])
def test_another_runner_in_the_same_folder_hides_the_first(tmp_path, epochs):
    for lr, number in ((0.1, 4), (0.3, epochs)):
        runner = make_runner(listeners=[TensorBoard(tmp_path)], lr=lr)
        runner.train(TRAIN, num_epochs=number)
    assert_equal(
        curves_of(tmp_path / "train")["loss"],
        list(range(1, epochs + 1)),
        runner.history.train_loss,
    )


def test_another_runner_without_a_dev_set_hides_the_dev_curve_of_the_first(tmp_path):
    for dev_set in (DEV, None):
        runner = make_runner(listeners=[TensorBoard(tmp_path)])
        runner.train(TRAIN, dev_set, num_epochs=2)
    assert all(steps == [] for steps, _ in curves_of(tmp_path / "dev").values())
    assert_equal(curves_of(tmp_path / "train")["loss"], [1, 2], runner.history.train_loss)


def test_what_a_resumed_training_repeats_is_shown_once(tmp_path):
    runner = make_runner(listeners=[TensorBoard(tmp_path)])
    runner.train(TRAIN, num_epochs=2)
    runner.save_checkpoint(tmp_path / "checkpoint")
    runner.train(TRAIN, num_epochs=3)
    again = make_runner(listeners=[TensorBoard(tmp_path)])
    again.resume(tmp_path / "checkpoint")
    again.train(TRAIN, num_epochs=2)
    assert_equal(curves_of(tmp_path / "train")["loss"], [1, 2, 3, 4], again.history.train_loss)


@pytest.mark.parametrize("eval_steps", [None, 2])
def test_an_epoch_of_which_the_end_is_left_is_shown_once(tmp_path, eval_steps):
    class Saving(Listener):
        def on_step_end(self, runner):
            if runner.step == 4:
                runner.save_checkpoint(tmp_path / "checkpoint")

    held = {"batch_size": 20, "eval_steps": eval_steps}
    runner = make_runner(listeners=[TensorBoard(tmp_path), Saving()])
    runner.train(TRAIN, DEV, num_epochs=3, **held)
    again = make_runner(listeners=[TensorBoard(tmp_path), Saving()])
    again.resume(tmp_path / "checkpoint")
    again.train(TRAIN, DEV, num_epochs=2, **held)
    for name, losses in (("train", again.history.train_loss), ("dev", again.history.dev_loss)):
        assert_equal(curves_of(tmp_path / name)["loss"], [2, 4, 6], losses)


def test_the_files_are_closed_when_training_fails(tmp_path):
    listener = TensorBoard(tmp_path)
    runner = make_runner(listeners=[listener], lr=0.1)
    with pytest.raises(DivergenceError):  # noqa: PT012
        for _ in runner.epochs(TRAIN, num_epochs=3):
            raise DivergenceError("after an epoch")
    assert_equal(curves_of(tmp_path / "train")["loss"], [1], runner.history.train_loss[:1])
    assert listener._writers == {}


@pytest.mark.parametrize(("folder", "words"), [(3, "expected a path"), ("", "expected a path")])
def test_what_is_no_folder_is_refused(folder, words):
    with pytest.raises((TypeError, ValueError), match=words):
        TensorBoard(folder)


def test_a_file_in_its_place_is_refused(tmp_path):
    (tmp_path / "runs").touch()
    with pytest.raises(FileExistsError, match="expected a folder"):
        TensorBoard(tmp_path / "runs")
