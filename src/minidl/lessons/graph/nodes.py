"""The check of the node that readers write in the lesson on the computational graph."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from minidl.checking.asking import ask, make
from minidl.checking.comparing import Suspect, close, expect_close
from minidl.checking.exercise import Exercise
from minidl.checking.expecting import expect_number
from minidl.checking.showing import capital, describe_answer, show
from minidl.checking.verdicts import NotAttempted, WrongAnswer, expect, wrong
from minidl.lessons.graph import solutions as solutions

GIVEN = "a = 3, b = 2, and 5 as the node's own grad"


def check_node(Node: Any) -> None:
    """Check values and gradients of sums and products, of nodes used twice and of old nodes."""
    a, b = _leaf(lambda: make(Node, 3.0)), make(Node, 2.0)
    total, product = ask(lambda: a + b), ask(lambda: a * b)
    _expect_values(a, total, product)
    _expect_passed(
        total, (5.0, 5.0), "sum",
        Suspect("sum-passes-values", (10.0, 15.0), "Through a sum, a change passes as it is."),
        Suspect("gradient-left-out", (1.0, 1.0), "Pass on this node's grad, times 1."),
    )  # fmt: skip
    _expect_passed(
        product, (10.0, 15.0), "product",
        Suspect("own-factor", (15.0, 10.0), "Each factor gets the value of the *other* one."),
        Suspect("gradient-left-out", (2.0, 3.0), "Multiply this by the node's own grad."),
        Suspect("product-as-sum", (5.0, 5.0), "What is the local derivative of a·b in a?"),
    )  # fmt: skip
    _expect_adding(Node)
    _expect_zero_factor(Node)
    _leaf(lambda: _call(make(Node, 1.0).pass_back))
    a.value = 4.0
    _call(product.forward)
    expect_close(
        product.value, 8.0, what="the product's value", diagnosis="forgets-changes",
        given="a = 3 and b = 2, then `a.value = 4` and another forward",
        because="forward has to compute the value anew each time.",
    )  # fmt: skip


def _leaf(use: Callable[[], Any]) -> Any:
    """Use a node without parents, from which nothing can be unpacked."""
    try:
        return use()
    except WrongAnswer as fault:
        if "to unpack" not in fault.sentence:
            raise
        sentence = "Some nodes have no parents, such as Node(3.0): ask for `self.operation` first."
        wrong("no-parents", f"{fault.sentence} {sentence}")


def _call(method: Callable[[], Any]) -> None:
    """Call a method that returns nothing, which `ask` would take for a blank."""
    ask(lambda: (describe_answer(method()), "called"))


def _expect_values(a: Any, total: Any, product: Any) -> None:
    expect_close(
        a.value, 3.0, what="the value of Node(3.0)", diagnosis="changes-a-leaf",
        because="A node without parents keeps the value that it was given.",
    )  # fmt: skip
    if total.value is None and product.value is None:
        sentence = "forward returns a value, but nobody keeps it: `self.value = …`."
        expect(product.forward() in (None, ...), "returns-the-value", sentence)
        expect(
            not _is_begun(product), "no-value",
            "After forward, the value of `a + b` is still None: does it change `self.value` where "
            f"`self.operation` is {total.operation!r}, and where it is {product.operation!r}?",
        )  # fmt: skip
        raise NotAttempted
    for node, right, name in ((total, 5.0, "a + b"), (product, 6.0, "a * b")):
        sentence = f"`{name}` has no value yet: forward has to serve {node.operation!r} as well."
        expect(node.value is not None, "one-operation", sentence)
        value = expect_number(node.value, what=f"the value of `{name}`")
        expect_close(value, right, what=f"the value of `{name}`", given="a = 3 and b = 2")


def _is_begun(node: Any) -> bool:
    """Return whether any name stands in one of the two methods: none does in a blank."""
    codes = [getattr(method, "__code__", None) for method in (node.forward, node.pass_back)]
    return any(code is not None and code.co_names for code in codes)


def _expect_passed(node: Any, right: Sequence[float], kind: str, *suspects: Suspect) -> None:
    """Expect a node whose own gradient is 5 to give its two parents these."""
    for parent in node.parents:
        parent.grad = 0.0
    node.grad = 5.0
    _call(node.pass_back)
    grads = [expect_number(parent.grad, what="a gradient") for parent in node.parents]
    expect(
        any(grads), "passes-nothing",
        f"The values are right. After pass_back of a {kind}, its parents' gradients are still 0: "
        "it has to change `grad` of both.",
    )  # fmt: skip
    expect_pair(
        grads, right, names=("to a", "to b"), given=GIVEN, what=f"what a {kind} passes back",
        diagnosis=f"{kind}-passes", suspects=suspects,
    )  # fmt: skip
    _expect_kept(node)


def _expect_kept(node: Any) -> None:
    """Expect a node to have kept the 5 that it was given as its own gradient."""
    grad = expect_number(node.grad, what="the node's own gradient")
    expect(
        grad == 5.0, "spends-its-gradient",
        f"Right, but afterwards the node's own grad is {show(grad)}, and was 5. Leave it: it says "
        "how the loss reacts to this node, and others still want to read it.",
    )  # fmt: skip


def _expect_zero_factor(Node: Any) -> None:
    """Expect a product that does not divide by a factor, which may be 0."""
    a, b = make(Node, 0.0), make(Node, 2.0)
    product = ask(lambda: a * b)
    product.grad = 5.0
    advice = "A factor can be 0. Take the other factor's value; nothing has to be divided by."
    given = "a·b with a = 0, b = 2, and 5 as the product's own grad"
    try:
        _call(product.pass_back)
    except WrongAnswer as fault:
        if "ZeroDivisionError" not in fault.sentence:
            raise
        wrong("divides-by-a-factor", f"For {given}: {fault.sentence} {advice}")
    for name, node, right in (("a", a, 10.0), ("b", b, 0.0)):
        grad = expect_number(node.grad, what=f"the gradient of {name}")
        expect(
            close(grad, right), "divides-by-a-factor",
            f"For {given}: expected {show(right)} to {name}, received {show(grad)}. {advice}",
        )  # fmt: skip


def expect_pair(
    received: Sequence[float],
    right: Sequence[float],
    *,
    names: tuple[str, str],
    given: str,
    what: str,
    diagnosis: str,
    suspects: Sequence[Suspect],
) -> None:
    """Expect two numbers that have names; a suspect has to explain both, one of them is shown."""
    because = f"{capital(what)} is not right."
    for suspect in suspects:
        if close(received, suspect.value):
            diagnosis, because = suspect.diagnosis, suspect.sentence
            break
    for name, got, want in zip(names, received, right, strict=True):
        place = f"{given}, {name}"
        expect_close(got, want, given=place, what=what, diagnosis=diagnosis, because=because)


def _expect_adding(Node: Any) -> None:
    """Expect gradients to add up: in a sum, in a product, and from two children."""
    a = make(Node, 3.0)
    double, square = ask(lambda: a + a), ask(lambda: a * a)
    both = ask(lambda: square + a)
    for name, right, last, *nodes in (
        ("a + a", 2.0, 1.0, double), ("a·a + a", 7.0, 3.0, both, square)
    ):  # fmt: skip
        a.grad = 0.0
        for node in nodes:
            node.grad = 1.0
            _call(node.pass_back)
        sentence = "Only what came last is left. What comes by several paths adds up: `+=`."
        expect_close(
            expect_number(a.grad, what="the gradient of a"), right, what="the gradient of a",
            given=f"{name} at a = 3", diagnosis="used-twice",
            suspects=[Suspect("overwrites", last, sentence)],
        )  # fmt: skip


NODE = Exercise(
    name="graph/node",
    title="A node of your own",
    check=check_node,
    solution=("counter = count()", solutions.Node),
    hints=(
        "`a, b = self.parents` for a sum and for a product; `self.operation` says which it is.",
        "pass_back: what arrived is `self.grad`. Times the local derivative, it goes to `a.grad`.",
        "A sum has the local derivatives 1 and 1, a product a·b has b and a.",
        "A parent may hear from several children, so add: `a.grad += self.grad * b.value`.",
    ),
    takeaway="A node knows its own formula and nothing else. That is enough.",
)
