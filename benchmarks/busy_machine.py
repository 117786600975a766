"""One move of the regularization explorer while all cores are busy: free BLAS against one thread.

Asked is at most 2 × what it takes with OPENBLAS_NUM_THREADS=1. Both take turns in one run, so that
the other programs, which it starts itself, are in the way of both. Run from the repository's root
with `python -m benchmarks.busy_machine`.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys

ROUNDS = 2
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
MOVE = """
import time
from minidl.explorers import RegularizationExplorer
explorer = RegularizationExplorer(hidden=128, points=30)
began = time.perf_counter()
explorer.set(noise=0.4)
print(time.perf_counter() - began)
"""


def seconds_of_a_move(**variables: str) -> float:
    free = {name: value for name, value in os.environ.items() if name not in THREADS}
    command = [sys.executable, "-c", MOVE]
    done = subprocess.run(command, env={**free, **variables}, capture_output=True, check=True)
    return float(done.stdout)


def main() -> None:
    busy = [
        subprocess.Popen([sys.executable, "-c", "while True: pass"])
        for _ in range(os.cpu_count() or 1)
    ]
    try:
        ones, frees = [], []
        for _ in range(ROUNDS):
            ones.append(seconds_of_a_move(OPENBLAS_NUM_THREADS="1"))
            frees.append(seconds_of_a_move())
    finally:
        for process in busy:
            process.kill()
    ratio = statistics.median(f / o for f, o in zip(frees, ones, strict=True))
    print(
        f"one thread set {statistics.median(ones):.1f} s, not set {statistics.median(frees):.1f} s"
    )
    print(f"ratio {ratio:.2f}, at most 2 is asked")


if __name__ == "__main__":
    main()
