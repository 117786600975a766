"""The tables of `docs/parity` say what they should, and a part of them is computed anew."""

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")
from benchmarks.parity import losses as parity
from benchmarks.parity import optimizers, schedules
from benchmarks.parity.__main__ import FOLDER, PARTS
from benchmarks.parity.table import difference

pytestmark = pytest.mark.torch
LIMITS = {
    "float64 value": 1e-10,
    "float64 gradient": 1e-8,
    "float32 value": 1e-5,
    "float32 gradient": 1e-4,
}


def table_of(part: str) -> list[dict[str, str]]:
    lines = (FOLDER / f"{part}.md").read_text(encoding="utf-8").splitlines()
    header, _, *rows = [line.strip("| ").split(" | ") for line in lines if line.startswith("|")]
    assert all(len(row) == len(header) for row in rows)
    return [dict(zip(header, map(str.strip, row), strict=True)) for row in rows]


def test_every_part_has_its_page_and_every_page_its_part():
    assert {path.stem for path in Path(FOLDER).glob("*.md")} == set(PARTS)


def test_the_page_on_losses_has_every_combination_within_the_limits():
    rows = table_of("losses")
    expected = {
        (grid.kind.__name__, inputs, parity.shown(options), reduction)
        for grid in parity.GRIDS
        for inputs in grid.draws
        for options in grid.options
        for reduction in grid.kind.reductions
    }
    assert {(r["loss"], r["inputs"], r["options"], r["reduction"]) for r in rows} == expected
    assert len({grid.kind for grid in parity.GRIDS}) == 18
    for row in rows:
        for column, limit in LIMITS.items():
            assert float(row[column]) < limit, row


GIVEN = {"given, float64": 1e-12, "given, float32": 1e-5}
SIGNS = "Rprop"
"""A rounding error in a gradient near 0 turns its step around."""


def test_the_page_on_optimizers_has_every_case_within_the_limits():
    rows = table_of("optimizers")
    assert [row["optimizer"] for row in rows] == [str(case) for case in optimizers.CASES]
    for row in rows:
        for column, limit in GIVEN.items():
            assert float(row[column]) < limit, row
        assert float(row["network, float64"]) < 1e-8 or row["optimizer"].startswith(SIGNS), row


def test_the_page_on_schedules_has_every_case_within_the_limits():
    rows = table_of("schedules")
    assert {str(case) for case in schedules.CASES} <= {row["schedule"] for row in rows}
    for row in rows:
        assert float(row["rate"]) < 1e-10, row
        assert float(row["momentum"]) < 1e-10, row


@pytest.mark.parametrize("grid", parity.GRIDS, ids=lambda grid: grid.kind.__name__)
def test_each_loss_is_computed_anew_with_its_last_options(grid):
    for seed, draw in enumerate(grid.draws.values()):
        inputs = parity.inputs_of(draw, seed, "float64")
        value, gradient = parity.compare(grid.kind, inputs, grid.options[-1])
        assert value < 1e-10
        assert gradient < 1e-8


def test_a_difference_is_relative_and_sees_nan_and_shapes():
    assert difference([100.0, 1.0], [101.0, 1.0]) == pytest.approx(1 / 101)
    assert difference([np.nan, 1.0], [np.nan, 1.0]) == 0
    assert difference([np.nan], [1.0]) == difference([1.0], [np.nan]) == np.inf
    assert difference([1.0], [[1.0]]) == np.inf
    assert difference(1e-9, 0.0) == 1e-9
