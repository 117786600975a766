"""Mistakes that learners make in "Find two faults: values and gradients of yesterday"."""

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.graph import solutions as right


def returned(self):
    if self.operation:
        a, b = self.parents
        return a.value + b.value if self.operation == "+" else a.value * b.value
    return self.value


def turns_the_list(order):
    value = right.run(order)
    order.reverse()
    return value


def mistaken_run(forward=None, zero=None, seed=1.0, turn=reversed, returned=True):
    def run(order):
        for each in order:
            if forward is None:
                each.forward()
            else:
                forward(each)
            if zero is None or zero(each):
                each.grad = 0.0
        if seed is not None:
            order[-1].grad = seed(order[-1]) if callable(seed) else seed
        for each in turn(order):
            each.pass_back()
        return order[-1].value if returned else None

    return run


def forward_last(order):
    order[-1].grad = 1.0
    for each in order[:-1]:
        each.grad = 0.0
    for each in reversed(order):
        each.pass_back()
    for each in order:
        each.forward()
    return order[-1].value


def wipes(order):
    for each in order:
        each.value = None
    return right.run(order)


def ones_at_once(order):
    for each in order:
        each.forward()
        each.grad = 1.0
    for each in reversed(order):
        each.pass_back()
    return order[-1].value


def ones_in_turn(order):
    for each in order:
        each.forward()
        each.grad = 0.0
    for each in reversed(order):
        each.grad = 1.0
        each.pass_back()
    return order[-1].value


ONES = (
    "Only the last node begins with 1, ∂L/∂L. All others begin with 0 and add up what their "
    "children pass to them."
)


def skips_known(each):
    if each.value is None:
        each.forward()


def goes_forward_twice(each):
    each.forward()
    each.forward()


def without_methods(nodes):
    for each in nodes:
        each.grad = 0.0
        if each.operation == "+":
            each.value = sum(parent.value for parent in each.parents)
        elif each.parents:
            each.value = each.parents[0].value * each.parents[-1].value
    nodes[-1].grad = 1.0
    for each in reversed(nodes):
        right.Node.pass_back(each)
    return nodes[-1].value


def passes_leaves_twice(nodes):
    value = right.run(nodes)
    nodes[0].pass_back()
    return value


def rounds(nodes):
    return round(right.run(nodes), 6)


MISTAKES = Mistakes(
    Mistake(
        "computes-itself",
        without_methods,
        "A node was not asked for its own `forward` and `pass_back`: it knows its formula, and "
        "run only says when.",
    ),
    Mistake(
        "twice-back",
        passes_leaves_twice,
        "A node was told to pass back {times} times in one pass: once is enough.",
    ),
    Mistake(
        "twice-forward",
        mistaken_run(forward=goes_forward_twice),
        "A node was told to go forward {times} times in one pass: once is enough.",
    ),
    Mistake("other-graph", rounds),
    Mistake(
        "no-seed",
        mistaken_run(seed=None),
        "All gradients are 0 in the end: set them to 0 before the way back, and the last one to 1.",
    ),
    Mistake(
        "front-to-back",
        mistaken_run(turn=list),
        "A node may pass back only when all its children have: read the order from its end.",
    ),
    Mistake("ones-everywhere", ones_at_once, ONES),
    Mistake("ones-everywhere", ones_in_turn, ONES),
    Mistake(
        "wipes-values",
        wipes,
        "{error} A node without parents can't compute its value anew: once it is None, it is lost. "
        "Nothing has to be wiped, for each forward writes over the old value.",
    ),
    Mistake(
        "starts-with-value",
        mistaken_run(seed=lambda last: last.value),
        "The last node's own gradient is 1, ∂L/∂L.",
    ),
    Mistake("gradient", mistaken_run(seed=2.0)),
    Mistake(
        "stale",
        mistaken_run(forward=skips_known),
        "Some values are from before the change: all have to be computed anew, parents first.",
    ),
    Mistake(
        "adds-to-old",
        mistaken_run(zero=lambda each: False),
        "Gradients of the first pass are still in it: all have to start at 0.",
    ),
    Mistake(
        "old-values",
        forward_last,
        "Values of the first pass are in it: the way back multiplies by values, so all of them "
        "have to be computed before it begins.",
    ),
    Mistake(
        "changes-the-list",
        turns_the_list,
        "Your run has turned the list itself round, or taken nodes out of it, and the "
        "next pass gets it like that. To read it from the end use `reversed(nodes)`.",
    ),
    Mistake(
        "returns-nothing",
        mistaken_run(returned=False),
        "The pass is done, but nothing is returned: return the last node's value.",
    ),
)
