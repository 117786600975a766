"""Kills processes while they save, and looks at what they leave. Run by test_crash_safety.py.

Each round forks a child that saves version after version and reports each one that is finished.
The child dies by SIGKILL, either from outside after a random time or by its own hand just before
its n-th operation on files. What is on the disk must then be the last version reported or the one
after it, whole.
"""

from __future__ import annotations

import json
import os
import random
import signal
import statistics
import struct
import sys
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

import numpy as np

from minidl.losses import MSELoss
from minidl.nn import Linear, Sequential
from minidl.optim import BatchGD
from minidl.storage.archive import ABANDONED_AFTER
from minidl.train import Runner

SIZES = [(2, 50), (50, 60), (60, 1)]
READY = struct.pack("q", 0)


def make_runner(version: int) -> Runner:
    """Return a runner whose every number is `version`."""
    model = Sequential(*[Linear(a, b, name=f"fc{a}") for a, b in SIZES])
    for parameter in model.parameters():
        parameter.value = version
    return Runner(model, BatchGD(model, lr=1.0), MSELoss(), metric=None, rng=0)


def version_of(runner: Runner) -> int:
    """Return the version that all numbers agree on."""
    (version,) = {float(n) for p in runner.model.parameters() for n in np.unique(p.value)}
    return int(version)


SAVE = {"folder": Runner.save_model, "file": Runner.save_checkpoint}
LOAD = {"folder": Runner.load_model, "file": Runner.resume}


def die_before_operation(n: int) -> None:
    """Kill this process just before its n-th operation on files."""
    operations = count(1)

    def hook(event: str, _: object) -> None:
        on_files = event == "open" or event.startswith(("os.", "shutil."))
        if on_files and event != "os.kill" and next(operations) == n:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)


def save_on_and_on(save: Callable[[int], None], first: int, report: int, dies_at: int) -> None:
    os.write(report, READY)
    if dies_at:
        die_before_operation(dies_at)
    for version in range(first, first + (1 if dies_at else 10**6)):
        save(version)
        os.write(report, struct.pack("q", version))
    os._exit(0)


def run_child(
    save: Callable[[int], None], first: int, dies_at: int, delay: float
) -> tuple[int, bool]:
    """Return the last version that a child finished (0 for none), and whether it was killed."""
    receive, report = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            save_on_and_on(save, first, report, dies_at)
        finally:
            os._exit(1)
    os.close(report)
    assert os.read(receive, len(READY)) == READY  # the delay counts from the child's first save on
    if not dies_at:
        time.sleep(delay)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    with os.fdopen(receive, "rb") as stream:
        versions = stream.read()
    return (struct.unpack("q", versions[-8:])[0] if versions else 0), os.WIFSIGNALED(status)


def timed(save: Callable[[int], None], version: int) -> float:
    """Save; return the seconds that it took."""
    begin = time.perf_counter()
    save(version)
    return time.perf_counter() - begin


def main(kind: str, how: str, rounds: int, path: Path) -> None:
    def save(version: int) -> None:
        SAVE[kind](make_runner(version), path)

    duration = statistics.median(timed(save, version) for version in range(1, 6))
    last, outcomes = 5, {"previous": 0, "new": 0, "leftovers": 0}
    draw = random.Random(0)
    for dies_at in count(1) if how == "each" else [0] * rounds:
        finished, killed = run_child(save, last + 1, dies_at, draw.uniform(0, 3 * duration))
        finished = max(finished, last)
        found = make_runner(-1)
        LOAD[kind](found, path)
        last = version_of(found)
        assert finished <= last <= finished + 1, f"finished {finished}, found {last}"
        if not killed:
            break
        outcomes["previous" if last == finished else "new"] += 1
        place = path if kind == "folder" else path.parent
        outcomes["leftovers"] += len(list(place.iterdir())) > (2 if kind == "folder" else 1)
    for entry in path.parent.rglob("*"):  # what is younger may be another process's work
        os.utime(entry, (time.time() - 2 * ABANDONED_AFTER,) * 2)
    save(last + 1)
    outcomes["left"] = sorted(entry.name for entry in path.parent.rglob("*"))
    sys.stdout.write(json.dumps(outcomes))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]))
