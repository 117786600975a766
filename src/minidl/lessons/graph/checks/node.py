"""The check of the exercise "graph/node"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from minidl.checking.asking import ask, make
from minidl.checking.comparing import expect_close
from minidl.checking.difference import close
from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_number
from minidl.checking.showing import describe_answer, show
from minidl.checking.verdicts import NotAttempted, WrongAnswer, expect, wrong
from minidl.lessons.graph import solutions as solutions
from minidl.lessons.graph.mistakes.node import MISTAKES

GIVEN = "a = 3, b = 2, and {own:g} as the node's own grad"


def check_node(Node: Any) -> None:
    """Check values and gradients of sums and products, of nodes used twice and of old nodes."""
    a, b = _leaf(lambda: make(Node, 3.0)), make(Node, 2.0)
    a.grad = b.grad = 0.0
    total, product = _made(lambda: a + b), _made(lambda: a * b)
    for leaf, number in ((a, 3.0), (b, 2.0)):
        _expect_leaf_kept(leaf, number)
    _expect_values(total, product)
    for own in (5.0, -7.0):
        _expect_passed(total, own, (own, own), "sum")
        _expect_passed(product, own, (2 * own, 3 * own), "product")
    _expect_alone(Node)
    _expect_adding(Node)
    _expect_zero_factor(Node)
    _leaf(lambda: _call(make(Node, 1.0).pass_back))
    _expect_new_value(a, product)
    for numbers in (
        (0.1234567891, -7.5, 0.00256789123),
        (-3e4, 1.0, 3456.789012345),
        (6.0, 7e-5, -1.0),
    ):
        _expect_numbers(Node, *numbers)


def _expect_new_value(a: Any, product: Any) -> None:
    """Expect another forward of a product with b = 2 to see what the value of a is now."""
    for number in (4.0, -1.5):
        a.value = number
        _call(product.forward)
        expect_close(
            product.value, 2 * number, what="the product's value",
            given=f"a = 3 and b = 2, then `a.value = {number:g}` and another forward",
        )  # fmt: skip


def _expect_alone(Node: Any) -> None:
    """Expect a node to compute from its parents and to pass to them, and to go no further."""
    a, b = make(Node, 3.0), make(Node, 2.0)
    product = ask(lambda: a * b)
    total = ask(lambda: product + a)
    expect(a.number < b.number < product.number < total.number, MISTAKES["numbers"])
    nodes = (a, b, product, total)
    product.value = 100.0
    for node, grad in zip(nodes, (0.5, 0.25, 0.125, 2.0), strict=True):
        node.grad = grad
    _call(total.forward)
    values, grads = [node.value for node in nodes], [node.grad for node in nodes]
    expect(values[:3] == [3.0, 2.0, 100.0], MISTAKES["forward-goes-on"])
    expect(grads == [0.5, 0.25, 0.125, 2.0], MISTAKES["forward-touches-grads"])
    _call(total.pass_back)
    expect(b.grad == 0.25, MISTAKES["goes-on"])
    expect([node.value for node in nodes] == values, MISTAKES["back-changes-values"])


def _expect_numbers(Node: Any, first: float, second: float, grad: float) -> None:
    """Expect other numbers, to the last digits, added to what parents have already."""
    for sign in "+*":
        a, b = make(Node, first), make(Node, second)
        node = ask(lambda a=a, b=b, sign=sign: a + b if sign == "+" else a * b)
        for _ in range(4):  # as often as one likes
            _call(node.forward)
            a.grad, b.grad, node.grad = 0.75, -0.5, grad
            _call(node.pass_back)
        first_slope, second_slope = (1.0, 1.0) if sign == "+" else (second, first)
        value = first + second if sign == "+" else first * second
        got = np.array([node.value, a.grad, b.grad, node.grad])
        right = np.array([value, 0.75 + grad * first_slope, -0.5 + grad * second_slope, grad])
        given = f"a = {first:g}, b = {second:g}, and {grad:g} as the grad of a {sign} b"
        names = (
            "its value",
            "the grad of a, 0.75 before",
            "the grad of b, −0.5 before",
            "its grad",
        )
        expect_close(
            got, right, names=names, given=given, what="other numbers", diagnosis="other-numbers",
            because="With other numbers the node is not right.", rtol=1e-11, atol=1e-13,
        )  # fmt: skip


def _leaf(use: Callable[[], Any]) -> Any:
    """Use a node without parents, from which nothing can be unpacked."""
    try:
        return use()
    except WrongAnswer as fault:
        if "to unpack" not in fault.sentence:
            raise
        wrong(MISTAKES["no-parents"], error=fault.sentence)


def _made(use: Callable[[], Any]) -> Any:
    """Make a node of two, whose forward may make another one, and that one the next."""
    try:
        return ask(use)
    except WrongAnswer as fault:
        if "calls itself without end" not in fault.sentence:
            raise
        wrong(MISTAKES["reckons-with-nodes"], error=fault.sentence)


def _call(method: Callable[[], Any]) -> None:
    """Call a method that returns nothing, which `ask` would take for a blank."""
    ask(lambda: (describe_answer(method()), "called"))


def _expect_leaf_kept(leaf: Any, number: float) -> None:
    given = f"`Node({number})`"
    diagnosis = MISTAKES["changes-a-leaf"]
    expect_close(leaf.value, number, what="its value", given=given, diagnosis=diagnosis)


def _expect_values(total: Any, product: Any) -> None:
    if total.value is None and product.value is None:
        expect(product.forward() in (None, ...), MISTAKES["returns-the-value"])
        expect(
            not _is_begun(product),
            MISTAKES["no-value"],
            plus=total.operation,
            times=product.operation,
        )
        raise NotAttempted
    for node, right, name in ((total, 5.0, "a + b"), (product, 6.0, "a * b")):
        expect(
            node.value is not None, MISTAKES["one-operation"], name=name, operation=node.operation
        )
        value = expect_number(node.value, what=f"the value of `{name}`")
        expect_close(value, right, what=f"the value of `{name}`", given="a = 3 and b = 2")


def _is_begun(node: Any) -> bool:
    """Return whether any name stands in one of the two methods: none does in a blank."""
    codes = [getattr(method, "__code__", None) for method in (node.forward, node.pass_back)]
    return any(code is not None and code.co_names for code in codes)


def _expect_passed(node: Any, own: float, right: Sequence[float], kind: str) -> None:
    """Expect a node with this gradient of its own to give its two parents these."""
    for parent in node.parents:
        parent.grad = 0.0
    node.grad = own
    _call(node.pass_back)
    grads = [expect_number(parent.grad, what="a gradient") for parent in node.parents]
    expect(any(grads), MISTAKES["passes-nothing"], kind=kind)
    expect_close(
        np.array(grads), right, names=("to a", "to b"), given=GIVEN.format(own=own),
        what=f"what a {kind} passes back", diagnosis=f"{kind}-passes",
    )  # fmt: skip
    _expect_kept(node, own)


def _expect_kept(node: Any, own: float) -> None:
    """Expect a node to have kept what it was given as its own gradient."""
    grad = expect_number(node.grad, what="the node's own gradient")
    expect(grad == own, MISTAKES["spends-its-gradient"], grad=show(grad), own=show(own))


def _expect_zero_factor(Node: Any) -> None:
    """Expect a product that does not divide by a factor, which may be 0."""
    a, b = make(Node, 0.0), make(Node, 2.0)
    product = ask(lambda: a * b)
    product.grad = 5.0
    try:
        _call(product.pass_back)
    except WrongAnswer as fault:
        if "ZeroDivisionError" not in fault.sentence:
            raise
        wrong(MISTAKES["divides-by-a-factor"], found=fault.sentence)
    for name, node, right in (("a", a, 10.0), ("b", b, 0.0)):
        grad = expect_number(node.grad, what=f"the gradient of {name}")
        found = f"expected {show(right)} to {name}, received {show(grad)}."
        expect(close(grad, right), MISTAKES["divides-by-a-factor"], found=found)


def _expect_adding(Node: Any) -> None:
    """Expect gradients to add up: in a sum, in a product, and from two children."""
    for at, own in ((3.0, 1.0), (-2.0, 5.0)):
        a = make(Node, at)
        double, square = ask(lambda a=a: a + a), ask(lambda a=a: a * a)
        both = ask(lambda a=a, square=square: square + a)
        slopes = (("a + a", 2, double), ("a·a + a", 2 * at + 1, both, square))
        for name, slope, *nodes in slopes:
            a.grad = 0.0
            for node in nodes:
                node.grad = own
                _call(node.pass_back)
            expect_close(
                expect_number(a.grad, what="the gradient of a"), own * slope,
                what="the gradient of a", given=f"{name} at a = {at:g}", diagnosis="used-twice",
            )  # fmt: skip


NODE = Exercise(
    name="graph/node",
    title="A node of your own",
    check=check_node,
    solution=("counter = count()", solutions.Node),
    mistakes=MISTAKES,
    hints=(
        "`a, b = self.parents` for a sum and for a product; `self.operation` says which it is.",
        "pass_back: what arrived is `self.grad`. Times the local derivative, it goes to `a.grad`.",
        "A sum has the local derivatives 1 and 1, a product a·b has b and a.",
        "A parent may hear from several children, so add: `a.grad += self.grad * b.value`.",
    ),
    takeaway="A node knows its own formula and nothing else. That is enough.",
)
