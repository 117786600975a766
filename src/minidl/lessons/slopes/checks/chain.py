"""The check of the exercise "slopes/chain"."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np

from minidl.checking.asking import ask
from minidl.checking.comparing import expect_close
from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_number
from minidl.checking.verdicts import expect
from minidl.lessons.slopes import solutions
from minidl.lessons.slopes.mistakes.chain import MISTAKES

Function = Callable[[float], float]


class Link(NamedTuple):
    """A function of one number, its slope, and how it is written."""

    f: Function
    slope: Function
    text: str


def link(kind: int, c: float) -> Link:
    """Return one of four kinds of links with a number of its own.

    Examples
    --------
    >>> link(0, 3.0).text, link(1, 0.5).f(2.0), link(1, 0.5).slope(2.0)
    ('3·u', 2.0, 2.0)
    """
    return (
        Link(lambda u: c * u, lambda u: c, f"{c:g}·u"),
        Link(lambda u: c * u * u, lambda u: 2 * c * u, f"{c:g}·u²"),
        Link(lambda u: u + c, lambda u: 1.0, f"u + {c:g}"),
        Link(lambda u: c / u, lambda u: -c / u**2, f"{c:g} / u"),
    )[kind]


def chains() -> Iterator[tuple[list[Link], float]]:
    """Yield chains of one link to seven, the text's first, and where they start."""
    yield [link(0, 3.0), link(1, 1.0)], 5.0
    yield [link(1, 1.0), link(0, 3.0)], 5.0
    yield [link(1, 0.5), link(2, 1.0), link(1, 2.0)], -1.5
    yield [link(3, 4.0)], -0.5
    rng = np.random.default_rng(4)
    for length in (2, 3, 4, 5, 7, 6, 4):
        kinds = rng.integers(0, 4, length)
        numbers = np.round(rng.choice([-1, 1], length) * rng.uniform(0.4, 2.5, length), 2)
        yield (
            [link(*each) for each in zip(kinds, numbers.tolist(), strict=True)],
            float(np.round(rng.uniform(-2, 2), 2)),
        )


def check_chain_slope(chain_slope: Any) -> None:
    """Check the slopes of chains of many lengths, at starts of both signs."""
    for chain, x in chains():
        links = [(each.f, each.slope) for each in chain]
        kept = list(links)
        given = f"x = {x:g} and the links {', then '.join(each.text for each in chain)}"
        answer = expect_number(ask(chain_slope, links, x), what="the slope")
        expect(links == kept, MISTAKES["changes-the-list"])
        expect_close(answer, solutions.chain_slope(links, x), what="the slope", given=given)


CHAIN = Exercise(
    name="slopes/chain",
    title="The slope of a chain",
    check=check_chain_slope,
    solution=solutions.chain_slope,
    mistakes=MISTAKES,
    hints=(
        "Walk along the chain with the number. Before each link you know where it stands.",
        "Begin with a product of 1. For each `f, slope` in `links`: multiply by `slope(x)`, then "
        "let x become `f(x)`.",
    ),
    takeaway="Each slope is read at its own place: so a network remembers what passed there.",
)
