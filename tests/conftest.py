"""What holds for all tests: no windows, no leftovers, nothing random that was not asked for."""

from __future__ import annotations

import gc
import os
import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

# Before NumPy is imported, here and in the kernels that tests start: on a busy machine, a small
# matrix product that waits for a second core takes thirty times as long as one that does not.
for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

import hypothesis  # noqa: E402
import matplotlib as mpl  # noqa: E402
import numpy as np  # noqa: E402
import pytest  # noqa: E402

from tests.project.settings import read_pyproject  # noqa: E402

mpl.use("Agg")
# The same examples at every run; `pytest --hypothesis-profile=explore` looks for new ones.
hypothesis.settings.register_profile(
    "minidl", deadline=None, max_examples=50, derandomize=True, database=None
)
hypothesis.settings.register_profile("explore", deadline=None, max_examples=2000)
hypothesis.settings.load_profile("minidl")


def pytest_configure(config: pytest.Config) -> None:
    """Refuse to skip what needs another tool where the tests are told that all are there."""
    if os.environ.get("MINIDL_REQUIRE_BRIDGES") == "1" and (missing := missing_of("bridges")):
        raise pytest.UsageError(f"MINIDL_REQUIRE_BRIDGES: expected {', '.join(missing)}")


def missing_of(extra: str) -> list[str]:
    """Return the packages of an extra that are not installed."""
    missing: list[str] = []
    for line in read_pyproject()["project"]["optional-dependencies"][extra]:
        if inner := re.fullmatch(r"minidl\[(\w+)\]", line):
            missing += missing_of(inner[1])
            continue
        try:
            version(re.split(r"[^\w-]", line)[0])
        except PackageNotFoundError:
            missing.append(line)
    return missing


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Spare the garbage collector 27,000 tests, which stay to the end."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


# All tests pay for what follows, 27,000 of them: they compare what is cheap to compare.


@pytest.fixture(autouse=True)
def numpys_global_generator_stays_as_it_was() -> Iterator[None]:
    """Fail a test that draws from NumPy's global state or seeds it."""
    before = global_state()
    yield
    assert global_state() == before, "NumPy's global random state was touched"


def global_state() -> tuple[object, ...]:
    """Return the state of NumPy's global generator."""
    _, words, *others = np.random.get_state()  # noqa: NPY002
    return words.tobytes(), *others


@pytest.fixture(autouse=True)
def environment_stays_as_it_was() -> Iterator[None]:
    """Put back what a test, or a library in it, writes into the environment.

    Every process that is started later would get it: Dask leaves MALLOC_TRIM_THRESHOLD_ there,
    which changes how a process keeps its memory.
    """
    before = environment()
    yield
    after = environment()
    if after != before:
        for name in after.keys() - before.keys():
            del os.environ[name]
        os.environ.update(before)


def environment() -> dict[str, str]:
    """Return the variables, without the one in which pytest names the phase of a test."""
    return {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"}


@pytest.fixture(autouse=True)
def figures_are_closed() -> Iterator[None]:
    """Close the figures that a test leaves open."""
    yield
    from matplotlib import pyplot as plt

    plt.close("all")
