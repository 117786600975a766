"""What the process keeps of freed memory."""

import os
import platform
import subprocess
import sys

import pytest

SCRIPT = """
import resource, sys
import numpy as np
from minidl.train.memory import keep_freed_memory

def step():
    arrays = [np.ones(100_000 + 20_000 * i) for i in range(6)]
    return sum(array[0] for array in arrays)

if sys.argv[1] == "keep":
    keep_freed_memory()
for _ in range(5):
    step()
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(20):
    step()
print((resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before) // 20)
"""


def pages_a_step(how, **settings):
    """Return how many new pages a step gets in a process that has no other settings of malloc."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MALLOC_")}
    command = [sys.executable, "-c", SCRIPT, how]
    options = {"capture_output": True, "text": True, "check": True, "env": kept | settings}
    return int(subprocess.run(command, **options).stdout)


pytestmark = pytest.mark.skipif(
    platform.libc_ver()[0] != "glibc", reason="it is glibc that learns from it"
)


def test_the_next_step_gets_the_pages_of_the_last_one():
    assert pages_a_step("give back") > 100
    assert pages_a_step("keep") < 10


def test_who_sets_a_limit_for_the_process_keeps_it():
    assert pages_a_step("keep", MALLOC_TRIM_THRESHOLD_="65536") > 100
