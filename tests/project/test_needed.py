"""A solved lesson leaves out only what would be done again."""

from __future__ import annotations

import pytest

from tests.project.needed import looks_at_answers, names_in, needed, verdicts_in

CELLS = [
    "import numpy as np",  # 0
    "def double(x):\n    unseen = 1\n    return np.multiply(x, 2)",  # 1
    "unseen = 5",  # 2
    "runs = []",  # 3
    "runs.append(double(1))",  # 4
    "sets = {}\nsets['a'] = 1",  # 5
    "print(runs)",  # 6
]


@pytest.mark.parametrize(
    ("wanted", "all_of_them"),
    [
        ([0], [0]),
        ([6], [0, 1, 3, 4, 6]),  # what has filled a list, and what that has called
        ([5, 6], [0, 1, 3, 4, 5, 6]),
    ],
)
def test_a_cell_comes_with_what_it_needs(wanted: list[int], all_of_them: list[int]) -> None:
    assert needed(CELLS, wanted) == all_of_them


def test_what_is_made_anew_needs_no_earlier_one() -> None:
    assert needed(["x = 1", "x = 2", "x.part = 3", "print(x)"], [3]) == [1, 2, 3]


def test_what_a_cell_makes_itself_is_not_looked_for() -> None:
    loop = "for k in rows:\n    run = fit(k)\n    print(run, [j for j in k])"
    assert names_in(loop) == ({"k", "run"}, {"rows", "fit", "print"})
    assert names_in("run = run + 1") == ({"run"}, {"run"})


RIGHT = 'right = exercise("a/b")(mine).right\n'


@pytest.mark.parametrize(
    ("cell", "looks"),
    [
        (RIGHT + "own = mine if right else solved.mine\nown(3)", False),
        ('own = mine if exercise("a/b")(mine).right else solved.mine', False),
        ("print(mine(3))", True),
        ("own = mine if right else solved.other", True),
        ("own = mine if right else library", True),
        (RIGHT + "print('yours' if right else 'ours')", True),
        (RIGHT + "if right:\n    1 / 0", True),
        ('check = exercise("a/b")\ncheck(mine)', True),
        ("def later():\n    return mine(3)", True),
        ("print(4)", False),
    ],
)
def test_a_cell_that_does_something_else_with_an_answer_is_seen(cell: str, looks: bool) -> None:
    assert looks_at_answers(cell, {"mine"}, {"right"}) is looks


def test_a_verdict_has_a_name() -> None:
    assert verdicts_in(RIGHT + "x = 1") == {"right"}
