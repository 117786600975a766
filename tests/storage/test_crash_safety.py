"""A process killed while it saves leaves the previous model or the new one, whole."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forked processes")
ROOT = Path(__file__).parents[2]
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def crash(kind, how, rounds, path):
    command = [
        sys.executable,
        "-W",
        "error",
        "-m",
        "tests.storage.crashing",
        kind,
        how,
        str(rounds),
    ]
    done = subprocess.run(
        [*command, str(path)],
        cwd=ROOT,
        env=os.environ | ONE_THREAD,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.slow
@pytest.mark.once
@pytest.mark.parametrize("kind", ["folder", "file"])
def test_a_hundred_kills_at_random_moments_lose_nothing(tmp_path, kind):
    outcomes = crash(kind, "random", 100, tmp_path / "saved")
    assert outcomes["previous"] + outcomes["new"] == 100
    assert outcomes["leftovers"] > 10  # so the kills did hit while saving


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_a_kill_before_each_operation_on_files_loses_nothing(tmp_path, kind):
    outcomes = crash(kind, "each", 0, tmp_path / "saved")
    assert outcomes["previous"] >= 2  # before the file is opened, before it is renamed
    assert outcomes["new"] >= 1
    assert outcomes["leftovers"] >= 1


@pytest.mark.parametrize(("kind", "files"), [("folder", 6), ("file", 1)])
def test_a_save_hours_later_clears_what_crashes_left(tmp_path, kind, files):
    outcomes = crash(kind, "random", 10, tmp_path / "saved")
    assert len(outcomes["left"]) == files, outcomes  # saved, model.json, a subfolder, three layers
