import builtins

import pytest

from minidl.train import DivergenceError, Listener, ProgressBar
from tests.train.helpers import TRAIN, make_runner
from tests.train.test_runner_errors import regression

tqdm = pytest.importorskip("tqdm")


class FakeBar:
    """Stands for tqdm's bar and writes down what is asked of it."""

    def __init__(self, **options):
        self.calls = [options]

    def __getattr__(self, name):
        return lambda *args, **options: self.calls.append((name, *args, *options.items()))


def with_fake_bar(unit="epoch"):
    bar, made = ProgressBar(unit), []
    bar._tqdm = lambda **options: made.append(FakeBar(**options)) or made[-1]
    return bar, made


def test_it_moves_on_once_an_epoch_and_shows_the_loss():
    bar, made = with_fake_bar()
    runner = make_runner(listeners=[bar])
    runner.train(TRAIN, num_epochs=2)
    loss = [f"{value:.4f}" for value in runner.history.train_loss]
    assert made[0].calls == [
        {"total": 2, "unit": "epoch"},
        ("set_postfix", ("loss", loss[0]), ("refresh", False)),
        ("update",),
        ("set_postfix", ("loss", loss[1]), ("refresh", False)),
        ("update",),
        ("close",),
    ]


def test_by_steps_it_moves_within_an_epoch():
    bar, made = with_fake_bar("step")
    runner = make_runner(listeners=[bar])
    runner.train(TRAIN, num_epochs=2, batch_size=25)
    calls = made[0].calls
    assert calls[:2] == [{"total": None, "unit": "step"}, ("reset", ("total", 4))]
    assert calls.count(("update",)) == 4
    shown = [dict(call[1:]) for call in calls[2:] if call[0] == "set_postfix"]
    assert [each["epoch"] for each in shown] == [1, 1, 2, 2]
    assert [shown[1]["loss"], shown[3]["loss"]] == [f"{v:.4f}" for v in runner.history.train_loss]


def test_by_steps_it_is_as_long_as_what_is_left_of_an_epoch_that_was_stopped():
    class StopOnce(Listener):
        def on_step_end(self, runner):
            if runner.step == 1:
                runner.stop("once")

    bar, made = with_fake_bar("step")
    runner = make_runner(listeners=[StopOnce(), bar])
    runner.train(TRAIN, num_epochs=2, batch_size=15)
    runner.train(TRAIN, num_epochs=2, batch_size=15)
    assert ("reset", ("total", 2 + 3)) in made[1].calls
    assert made[1].calls.count(("update",)) == 5


def test_another_unit_is_refused():
    with pytest.raises(ValueError, match="unit: expected one of 'epoch', 'step', received 'batch'"):
        ProgressBar("batch")


def test_it_is_closed_when_training_fails():
    bar, made = with_fake_bar()
    with pytest.raises(DivergenceError):
        regression(1e3, listeners=[bar]).train(TRAIN, num_epochs=1000)
    assert made[0].calls[-1] == ("close",)


def test_the_real_bar_fills(capsys):
    make_runner(listeners=[ProgressBar()]).train(TRAIN, num_epochs=3)
    assert "3/3" in capsys.readouterr().err
    make_runner(listeners=[ProgressBar("step")]).train(TRAIN, num_epochs=3, batch_size=10)
    assert "12/12" in capsys.readouterr().err


def test_a_missing_tqdm_names_the_extra(monkeypatch):
    real = builtins.__import__

    def missing(name, *args, **options):
        if name.startswith("tqdm"):
            raise ImportError(name)
        return real(name, *args, **options)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(ImportError, match=r"ProgressBar: expected tqdm, .* try pip install minidl"):
        ProgressBar()


def test_a_bar_whose_training_failed_before_it_was_shown_is_not_missed():
    class Broken(Listener):
        def on_train_begin(self, runner):
            raise OSError("no disk")

    with pytest.raises(OSError, match="no disk"):
        make_runner(listeners=[Broken(), ProgressBar()]).train(TRAIN, num_epochs=1)
