"""Mistakes that learners make in "Find the fault: who waits for whom"."""

import sys

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.graph import solutions as right


def without_key(last):
    found = set(right.order_of(last))
    return sorted(found)


def never_ends(last):
    found, waiting = set(), [last]
    while waiting:
        each = waiting[0]
        if each not in found:
            found.add(each)
            waiting.extend(each.parents)
    return sorted(found, key=lambda each: each.number)


def appends_tuples(last):
    found, waiting = set(), [last]
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.add(each)
            waiting.append(each.parents)
    return sorted(found, key=lambda each: each.number)


def dict_for_a_set(last):
    found, waiting = {}, [last]
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.add(each)
            waiting.extend(each.parents)
    return sorted(found, key=lambda each: each.number)


def sorted_in_place(last):
    found = right.order_of(last)[::-1]
    return found.sort(key=lambda each: each.number)


def recursive_order(last, order=None):
    order = [] if order is None else order
    for parent in last.parents:
        if parent not in order:
            recursive_order(parent, order)
    order.append(last)
    return order


def every_path(last):
    found = []
    waiting = [last]
    while waiting:
        node = waiting.pop()
        found.append(node)
        waiting.extend(node.parents)
    return sorted(set(found), key=lambda node: node.number)


def found_order(last):
    found, waiting = [], [last]
    while waiting:
        node = waiting.pop(0)
        if node not in found:
            found.append(node)
            waiting.extend(node.parents)
    return found[::-1]


def with_repeats(last):
    waiting, found = [last], []
    while waiting:
        node = waiting.pop()
        found.append(node)
        waiting.extend(node.parents)
    return sorted(found, key=lambda node: node.number)


def extra(last):
    """Return a stranger where the graph is not the first that is asked for."""
    return [type(last)("stranger", -1)] if last.number == 1000 else []


def marks_nodes(last):
    found, waiting = [], [last]
    while waiting:
        node = waiting.pop()
        if not hasattr(node, "seen"):
            node.seen = True
            found.append(node)
            waiting.extend(node.parents)
    return sorted(found, key=lambda node: node.number)


def takes_gradients(last):
    order = right.order_of(last)
    for node in order:
        node.grad += 1.0
    return order


def recursive_with_a_higher_limit(last):
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(100_000)
    try:
        return recursive_order(last)
    finally:
        sys.setrecursionlimit(limit)


RECURSION = (
    "Right for small graphs, but {length} nodes in a row end in a RecursionError: a "
    "function that calls itself for each parent is nested too deep. Keep a list of "
    "the nodes that still wait."
)
MISTAKES = Mistakes(
    Mistake(
        "other-twice",
        marks_nodes,
        "Asked twice for the same graph, your function gives another list: does it leave marks on "
        "the nodes, or keep something from the first time?",
    ),
    Mistake(
        "changes-nodes",
        takes_gradients,
        "The list is right, but the nodes have changed. An order only looks at them.",
    ),
    Mistake("recursion", recursive_with_a_higher_limit, RECURSION),
    Mistake(
        "too-many",
        lambda last: [*extra(last), *right.order_of(last)],
        "There are nodes in the list from which `last` is not computed.",
    ),
    Mistake("not-a-list", lambda last: {last}, "Expected a list of nodes, received {kind}."),
    Mistake(
        "children-first", lambda last: right.order_of(last)[::-1], "Parents come first. {shown}"
    ),
    Mistake("twice", with_repeats, "A node is in the list twice. {shown}"),
    Mistake("missing", lambda last: [*last.parents, last], "Missing: {names}. {shown}"),
    Mistake("too-early", found_order, "{name} comes before its parent {parent}. {shown}"),
    Mistake(
        "every-path",
        every_path,
        "Right, but the first of {count} nodes was looked at {asked} times, once for "
        "each path that leads to it. Leave a node alone that you have met before.",
    ),
    Mistake(
        "recursion",
        recursive_order,
        RECURSION,
    ),
    Mistake(
        "sorts-without-key",
        without_key,
        "{error} Nodes cannot be compared, their numbers can: sort by `.number`.",
    ),
    Mistake(
        "tuples-wait",
        appends_tuples,
        "{error} `append` lets a node's parents wait as one thing, a tuple; `waiting.extend(…)` "
        "lets each of them wait.",
    ),
    Mistake(
        "dict-for-a-set",
        dict_for_a_set,
        "{error} Two braces with nothing in them are a dict; an empty set is `set()`.",
    ),
    Mistake(
        "sorts-by-value",
        lambda last: sorted(right.order_of(last), key=lambda each: each.value),
        "Values do not tell who comes first: sort by `.number`. {shown}",
    ),
    Mistake(
        "returns-nothing",
        sorted_in_place,
        "Your code looks at the nodes, but returns nothing. Is the `return` missing, "
        "or a `...` left? `found.sort(…)` gives None, too: `sorted(found, …)` gives a "
        "list.",
    ),
    Mistake("endless", never_ends),
)
