"""What `import minidl` costs over `import numpy`.

Each is imported in fresh interpreters, in turns, and times itself; the figure is the median of the
differences. `minidl` alone is nearly nothing, so everything that a lesson on training uses (layers,
losses, optimizers, data, Runner) is measured beside it.

Run with `python benchmarks/import_time.py`.
"""

from __future__ import annotations

import statistics
import subprocess
import sys

ROUNDS = 21
STATEMENTS = {
    "numpy": "import numpy",
    "minidl": "import numpy, minidl",
    "its parts": (
        "import numpy, minidl.data, minidl.losses, minidl.models, minidl.nn, minidl.optim, "
        "minidl.gradcheck, minidl.train"
    ),
}


def seconds(statement: str) -> float:
    """Return how long a statement takes in a fresh interpreter, without the interpreter's start."""
    code = f"from time import perf_counter as t; a = t(); {statement}; print(t() - a)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    return float(done.stdout)


def main() -> None:
    """Print the median time of each import, and of the difference to NumPy's."""
    for statement in STATEMENTS.values():
        seconds(statement)  # compiles the bytecode
    times: dict[str, list[float]] = {name: [] for name in STATEMENTS}
    for _ in range(ROUNDS):
        for name, statement in STATEMENTS.items():
            times[name].append(1e3 * seconds(statement))
    for name, values in times.items():
        over = statistics.median(a - b for a, b in zip(values, times["numpy"], strict=True))
        print(f"{name:10} {statistics.median(values):6.1f} ms, {over:+5.1f} ms over numpy")


if __name__ == "__main__":
    main()
