"""Mistakes that learners make in "A node of your own"."""

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.graph.mistakes.faulty_nodes import (
    NumberedBackward,
    Rounding,
    adds_twice,
    always_sums,
    always_unpacks,
    changes_values,
    compares_with_another_sign,
    computed_once,
    each_parent_once,
    forward_clears,
    forward_from_the_start,
    node,
    only_sums,
    overwrites,
    reckons_with_nodes,
    returned,
    right_product,
    right_sum,
    sends_parents_off,
    slopes,
    spends,
    zero_at_leaves,
)

ONCE = (
    "Where both parents are the same node, as in a + a or a·a, it gets something once, and has to "
    "get it twice: a set, or a dict, holds each node only once. Go through `self.parents` itself."
)
MISTAKES = Mistakes(
    Mistake("parent-counted-once", each_parent_once(), ONCE),
    Mistake("parent-counted-once", each_parent_once(products=False), ONCE),
    Mistake("parent-counted-once", each_parent_once(sums=False), ONCE),
    Mistake(
        "goes-on",
        node(back=sends_parents_off),
        "pass_back of a node has changed the gradients of its parents' parents, too: it should "
        "not call pass_back of its parents. They pass on when all their children have; who is "
        "next is the next exercise.",
    ),
    Mistake(
        "forward-goes-on",
        node(forward=forward_from_the_start),
        "forward has changed the value of another node, as if it called forward of its parents: "
        "take their values as they stand.",
    ),
    Mistake(
        "forward-touches-grads",
        node(forward=forward_clears),
        "forward has changed a gradient: it only computes self.value.",
    ),
    Mistake(
        "back-changes-values",
        node(back=changes_values),
        "pass_back has changed a value: it only adds to the gradients of the parents.",
    ),
    Mistake(
        "reckons-with-nodes",
        node(forward=reckons_with_nodes),
        "{error} If forward adds or multiplies *nodes*, that makes a new node, whose forward makes "
        "the next: reckon with their values, such as `self.parents[0].value`.",
    ),
    Mistake(
        "numbers",
        NumberedBackward,
        "The numbers of the nodes no longer grow as nodes are made: leave __init__ as it was.",
    ),
    Mistake("other-numbers", Rounding),
    Mistake(
        "sum-passes-values",
        slopes(right_product, right_product),
        "Through a sum, a change passes as it is.",
    ),
    Mistake(
        "gradient-left-out",
        slopes(right_sum, lambda g, a, b: (b, a)),
        "Multiply this by the node's own grad.",
    ),
    Mistake(
        "gradient-left-out",
        slopes(lambda g, a, b: (1.0, 1.0), right_product),
        "Pass on this node's grad, times 1.",
    ),
    Mistake(
        "own-factor",
        slopes(right_sum, lambda g, a, b: (g * a, g * b)),
        "Each factor gets the value of the *other* one.",
    ),
    Mistake(
        "product-as-sum", slopes(right_sum, right_sum), "What is the local derivative of a·b in a?"
    ),
    Mistake(
        "overwrites",
        node(back=overwrites),
        "Only what came last is left. What comes by several paths adds up: `+=`.",
    ),
    Mistake(
        "changes-a-leaf",
        node(forward=zero_at_leaves),
        "A node without parents keeps the value that it was given.",
    ),
    Mistake(
        "returns-the-value",
        node(forward=returned),
        "forward returns a value, but nobody keeps it: `self.value = …`.",
    ),
    Mistake(
        "no-parents",
        node(forward=always_unpacks),
        "{error} Some nodes have no parents, such as Node(3.0): ask for `self.operation` first.",
    ),
    Mistake(
        "no-value",
        node(forward=compares_with_another_sign),
        "After forward, the value of `a + b` is still None: does it change "
        "`self.value` where `self.operation` is {plus!r}, and where it is "
        "{times!r}?",
    ),
    Mistake(
        "one-operation",
        node(forward=only_sums),
        "`{name}` has no value yet: forward has to serve {operation!r} as well.",
    ),
    Mistake("values", node(forward=always_sums)),
    Mistake(
        "passes-nothing",
        node(back=lambda node, operation, a, b: None),
        "The values are right. After pass_back of a {kind}, its parents' gradients are "
        "still 0: it has to change `grad` of both.",
    ),
    Mistake("sum-passes", slopes(lambda g, a, b: (g, 2 * g), right_product)),
    Mistake("product-passes", slopes(right_sum, lambda g, a, b: (g * a * b, g * a * b))),
    Mistake("used-twice", node(back=adds_twice)),
    Mistake(
        "forgets-changes",
        node(forward=computed_once),
        "forward has to compute the value anew each time.",
    ),
    Mistake(
        "spends-its-gradient",
        node(back=spends),
        "Right, but afterwards the node's own grad is {grad}, and was {own}. Leave it: it "
        "says how the loss reacts to this node, and others still want to read it.",
    ),
    Mistake(
        "divides-by-a-factor",
        slopes(right_sum, lambda g, a, b: (g * (a * b) / a, g * a)),
        "For a·b with a = 0, b = 2, and 5 as the product's own grad: {found} A "
        "factor can be 0. Take the other factor's value; "
        "nothing has to be divided by.",
    ),
)
