"""Mistakes that learners make in "The slope of a chain"."""

import math

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.slopes import solutions as right


def places(links, x):
    """Return where each link stands, and what the last one gives."""
    found = [x]
    for f, _ in links:
        found.append(f(found[-1]))
    return found


def all_at_the_start(links, x):
    return math.prod(slope(x) for _, slope in links)


def at_the_end(links, x):
    return math.prod(
        slope(place) for (_, slope), place in zip(links, places(links, x)[1:], strict=True)
    )


def added(links, x):
    return sum(slope(place) for (_, slope), place in zip(links, places(links, x), strict=False))


def nested(links, x):
    for _, slope in links:
        x = slope(x)
    return x


def measured(links, x, h=1e-6):
    return (places(links, x + h)[-1] - places(links, x - h)[-1]) / (2 * h)


def started(start):
    """Return the right walk, but for where its product starts: `start` makes that of x."""
    return lambda links, x: start(x) * right.chain_slope(links, x)


def nudged_up(h):
    return lambda links, x: (places(links, x + h)[-1] - places(links, x)[-1]) / h


def emptied(links, x):
    product = right.chain_slope(links, x)
    links.clear()
    return product


NUDGED = (
    "This nudges x, and where the chain bends, a nudge goes a little astray. Nothing needs to be "
    "nudged: multiply the links' slopes, each at its own place."
)
MISTAKES = Mistakes(
    Mistake(
        "all-at-the-start",
        all_at_the_start,
        "Every slope is read at x. But only the first link stands there; the second one stands at "
        "what the first gives.",
    ),
    Mistake(
        "moves-too-soon",
        at_the_end,
        "Each slope is read behind its link. Ask for the slope first, then move on to f(x).",
    ),
    Mistake("adds", added, "The slopes are added up; links in a row multiply."),
    Mistake(
        "slope-of-a-slope",
        nested,
        "This puts each slope into the next one, as if slopes were the places. The places move by "
        "f, and the slopes are multiplied.",
    ),
    Mistake(
        "one-link-only",
        lambda links, x: links[-1][1](places(links, x)[-2]),
        "That is the last link's slope alone; all of them are multiplied.",
    ),
    Mistake(
        "one-link-only",
        lambda links, x: links[0][1](x),
        "That is the first link's slope alone. Does `return` stand in the loop?",
    ),
    Mistake(
        "backwards",
        lambda links, x: right.chain_slope(links[::-1], x),
        "This walks through the links from the last to the first; x goes into the first one.",
    ),
    Mistake(
        "value-for-slope",
        lambda links, x: places(links, x)[-1],
        "That is what comes out of the chain; its slope is asked for.",
    ),
    Mistake(
        "starts-wrong",
        started(lambda x: 0.0),
        "A product that starts at 0 stays 0, whatever the links are: start it at 1.",
    ),
    Mistake(
        "starts-wrong",
        started(lambda x: x),
        "This is x times the slope: start the product at 1, not at x.",
    ),
    Mistake("nudged", nudged_up(0.001), NUDGED),
    Mistake("nudged", nudged_up(0.01), NUDGED),
    Mistake(
        "changes-the-list",
        emptied,
        "Your code changes the list of links; whoever passed it still needs it.",
    ),
    Mistake("inexact", measured),
    Mistake("not-one-number", lambda links, x: [right.chain_slope(links, x)]),
    Mistake("values", lambda links, x: right.chain_slope(links, x) + 1),
)
