"""Hostile answers in the lesson on the graph that are right, and how its answers are used."""

from minidl.lessons.graph import solutions
from minidl.lessons.graph.checks.inputs import machine
from tests.lessons.hostile.equivalence import Explained
from tests.lessons.hostile.legal import Use, numbers


def formula(rng):
    """Draw numbers, and sums and products of any two nodes that are there by then."""
    leaves = numbers(rng, rng.integers(1, 4)).tolist()
    if rng.random() < 0.3:
        leaves[0] = int(rng.integers(-9, 10))
    steps = [
        ("+·"[rng.integers(2)], *rng.integers(0, len(leaves) + i, 2).tolist())
        for i in range(rng.integers(0, 6))
    ]
    return leaves, steps


def nodes_of(Node, leaves, steps):
    nodes = [Node(leaf) for leaf in leaves]
    for sign, i, j in steps:
        nodes.append(nodes[i] + nodes[j] if sign == "+" else nodes[i] * nodes[j])
    return nodes


def formula_and_gradients(rng):
    leaves, steps = formula(rng)
    return leaves, steps, numbers(rng, len(leaves)).tolist(), numbers(rng, 9).tolist()


def values_and_gradients(Node, leaves, steps, changed, grads):
    nodes = nodes_of(Node, leaves, steps)
    seen = [node.value for node in nodes]
    for node, value in zip(nodes, changed, strict=False):
        node.value = value
    for node, grad in zip(nodes, grads, strict=False):
        node.forward()
        node.grad = grad
    for node in reversed(nodes):
        node.pass_back()
        seen += [(each.value, each.grad) for each in nodes]
    return seen, sorted(range(len(nodes)), key=lambda i: nodes[i].number)


def graph(rng):
    return (nodes_of(solutions.Node, *formula(rng)),)


def order(order_of, nodes):
    return [nodes.index(node) for node in order_of(nodes[-1])]


def graph_and_numbers(rng):
    nodes = solutions.order_of(*graph(rng)[0][-1:])
    return nodes, numbers(rng, 3, len(nodes)).tolist()


def passes(run, nodes, turns):
    seen = []
    for turn in turns:
        for node, number in zip(nodes, turn, strict=True):
            node.grad = number
            node.value = node.value if node.parents else number
        seen += [run(nodes), [(node.value, node.grad) for node in nodes]]
    return seen


def rates_of(rng):
    return (10.0 ** rng.uniform(-2, 1, 2)).tolist()


def line_and_point(rng):
    return *numbers(rng, 4).tolist(), *rates_of(rng)


def trace(rng):
    rates = rates_of(rng)
    return machine(int(rng.integers(2**30)), int(rng.integers(1, 12)), *rates), *rates


USES = {
    "node": Use(formula_and_gradients, values_and_gradients),
    "order": Use(graph, order),
    "run": Use(graph_and_numbers, passes),
    "step": Use(line_and_point),
    "inputs": Use(trace),
}
EXPLAINED = {
    "node": [
        Explained(
            'Of the three operations, "·" is the last in the alphabet of computers.',
            ("- elif self.operation == '·': | + elif self.operation >= '·':",),
        )
    ],
    "order": [
        Explained(
            "A set holds a node once, and a node that waits twice is found once.",
            ("+ found.add(node)", "+ waiting.extend(node.parents)"),
        )
    ],
    "run": [
        Explained(
            "The first node has no parents to pass back to.",
            ("- for node in reversed(nodes): | + for node in list(reversed(nodes))[:-1]:",),
        )
    ],
    "inputs": [
        Explained(
            "By 1 or −1 one may multiply as well as divide.",
            tuple(
                "- xs.append((next_w - w) / lr_w / ((next_b - b) / lr_b)) | "
                f"+ xs.append((next_w - w) / lr_w {by})"
                for by in ("* ((next_b - b) / lr_b)", "/ (lr_b / (next_b - b))")
            ),
        )
    ],
}
