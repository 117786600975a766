"""Run the lessons and explorers under other processors' arithmetic, one setting at a time.

python -m course test --everywhere      all tests, then a line for each setting
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
CHANGES_OUTPUTS = ("notebooks", "tests/explorers")
"""What may differ between processors."""
THREADS = ("1", "2", "4")
KERNELS = ("Nehalem", "Sandybridge", "Haswell", "SkylakeX")
NEEDS = {"Sandybridge": "AVX", "Haswell": "AVX2", "SkylakeX": "AVX512_SKX"}
"""What a processor must have for a kernel of OpenBLAS."""

LONG = {
    "a wrong answer in each exercise, and each cell twice": ["test_no_cascade.py"],
    "all answers that lie, and 10,000 inputs for those that look wrong and are right": [
        "test_hostile_answers.py",
        "test_lying_answers.py",
    ],
}
"""What takes too long for every day: a name, and its files of tests."""


def features() -> dict[str, bool]:
    """Return what this processor has, as NumPy calls it."""
    return dict(core().__cpu_features__)


def dispatched() -> list[str]:
    """Return for which features NumPy has code of their own that runs here."""
    has = features()
    return [name for name in core().__cpu_dispatch__ if has.get(name)]


def core() -> Any:
    """Return the module in which NumPy keeps this; its name changed with version 2."""
    from importlib import import_module

    name = "_core" if int(np.__version__.partition(".")[0]) >= 2 else "core"
    return import_module(f"numpy.{name}._multiarray_umath")


def settings() -> Iterator[tuple[str, dict[str, str]]]:
    """Yield a name and environment variables for each setting that this machine can have."""
    for number in THREADS:
        names = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
        yield f"{number} BLAS threads", dict.fromkeys(names, number)
    if platform.machine().lower() in ("x86_64", "amd64"):
        has = features()
        for kernel in KERNELS:
            if has.get(NEEDS.get(kernel, ""), kernel not in NEEDS):
                yield f"OpenBLAS kernel {kernel}", {"OPENBLAS_CORETYPE": kernel}
    codes = dispatched()
    for left in range(len(codes)):
        off = codes[left:]
        yield f"NumPy without {' '.join(off)}", {"NPY_DISABLE_CPU_FEATURES": " ".join(off)}


def passes(variables: dict[str, str], arguments: Sequence[str]) -> bool:
    """Run pytest under a setting on what may differ; say whether all passed."""
    command = [sys.executable, "-m", "pytest", "-q", "--no-header", *arguments, *CHANGES_OUTPUTS]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **variables}, capture_output=True, text=True
    )
    if done.returncode:
        print(done.stdout[-6000:], done.stderr[-2000:], sep="\n", flush=True)
    return done.returncode == 0


def main(arguments: Sequence[str]) -> int:
    """Run every setting; print a line for each and return 1 if one has failed."""
    failed = 0
    for name, variables in settings():
        began = time.perf_counter()
        good = passes(variables, arguments)
        failed += not good
        verdict = "passed" if good else "FAILED"
        print(f"{verdict}  {time.perf_counter() - began:4.0f} s  {name}", flush=True)
    for name, files in LONG.items():
        began = time.perf_counter()
        tests = [f"tests/lessons/{file}" for file in files]
        command = [sys.executable, "-m", "pytest", "-q", "--no-header", "--timeout=3000"]
        environment = {**os.environ, "MINIDL_EVERYWHERE": "1"}
        done = subprocess.run([*command, *arguments, *tests], cwd=ROOT, env=environment)
        failed += done.returncode != 0
        verdict = "FAILED" if done.returncode else "passed"
        print(f"{verdict}  {time.perf_counter() - began:4.0f} s  {name}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
