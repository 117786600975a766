"""Other right answers to the exercises of the lesson on the computational graph."""

NODE = """
from itertools import count

counter = count()


class Node:
    def __init__(self, value=None, operation="", parents=()):
        self.value, self.grad = value, 0.0
        self.operation, self.parents = operation, parents
        self.number = next(counter)
        self.forward()

    def __add__(self, other):
        return Node(operation="+", parents=(self, other))

    def __mul__(self, other):
        return Node(operation="·", parents=(self, other))

    def forward(self):
        {forward}

    def pass_back(self):
        {back}
"""
ALTERNATIVES = {
    "node": [
        NODE.format(
            forward="""if not self.parents:
            return
        values = [parent.value for parent in self.parents]
        self.value = sum(values) if self.operation == "+" else math.prod(values)""",
            back="""for parent, other in zip(self.parents, self.parents[::-1]):
            slope = 1.0 if self.operation == "+" else other.value
            parent.grad = parent.grad + slope * self.grad""",
        ).replace("from itertools", "import math\nfrom itertools", 1),
        NODE.format(
            forward="""match self.operation:
            case "+":
                self.value = self.parents[0].value + self.parents[1].value
            case "·":
                self.value = self.parents[0].value * self.parents[1].value""",
            back="""if self.operation:
            a, b = self.parents
            to_a, to_b = (b.value, a.value) if self.operation == "·" else (1, 1)
            a.grad += to_a * self.grad
            b.grad += to_b * self.grad""",
        ),
        NODE.format(
            forward="""rule = dict([("+", operator.add), ("·", operator.mul)]).get(self.operation)
        if rule:
            self.value = rule(*(parent.value for parent in self.parents))""",
            back="""if self.parents and self.parents[0] is self.parents[1]:
            a = self.parents[0]
            a.grad += self.grad * (2 if self.operation == "+" else 2 * a.value)
        elif self.parents:
            a, b = self.parents
            a.grad += self.grad * (1 if self.operation == "+" else b.value)
            b.grad += self.grad * (1 if self.operation == "+" else a.value)""",
        ).replace("from itertools", "import operator\nfrom itertools", 1),
    ],
    "order": [
        """
def order_of(last):
    found, queue = {last: None}, [last]
    for node in queue:
        for parent in node.parents:
            if parent not in found:
                found[parent] = None
                queue.append(parent)
    return sorted(found, key=lambda node: node.number)
""",
        """
def order_of(last):
    order, done, stack = [], set(), [(last, False)]
    while stack:
        node, parents_are_done = stack.pop()
        if parents_are_done:
            order.append(node)
        elif node not in done:
            done.add(node)
            stack.append((node, True))
            stack.extend((parent, False) for parent in node.parents)
    return order
""",
        """
def order_of(last):
    level, found = {last}, set()
    while level:
        found |= level
        level = {parent for node in level for parent in node.parents} - found
    order = list(found)
    order.sort(key=lambda node: node.number)
    return order
""",
    ],
    "run": [
        """
def run(nodes):
    for each in nodes:
        each.forward()
    for each in nodes[:-1]:
        each.grad = 0
    nodes[-1].grad = 1
    for each in nodes[::-1]:
        each.pass_back()
    return nodes[-1].value
""",
        """
def run(nodes):
    last = nodes[-1]
    for each in nodes:
        each.grad = float(each is last)
        each.forward()
    for i in range(len(nodes) - 1, -1, -1):
        if nodes[i].parents:
            nodes[i].pass_back()
    return last.value
""",
        """
def run(nodes):
    *others, last = nodes
    [each.forward() for each in nodes]
    for each in others:
        each.grad = 0.0
    last.grad = 1.0
    backwards = list(nodes)
    while backwards:
        backwards.pop().pass_back()
    return last.value
""",
    ],
    "step": [
        """
def step(w, b, x, y, lr_w, lr_b):
    line = w * x + b
    if line > y:
        return w - lr_w * x, b - lr_b
    if line < y:
        return w + lr_w * x, b + lr_b
    return w, b
""",
        """
def step(w, b, x, y, lr_w, lr_b):
    old, slope = np.array([w, b]), np.sign(w * x + b - y) * np.array([x, 1])
    return tuple(old - [lr_w, lr_b] * slope)
""",
        """
def step(w, b, x, y, lr_w, lr_b):
    e = y - b - x * w
    s = e / abs(e) if e else 0
    w += lr_w * s * x
    b += lr_b * s
    return [w, b]
""",
    ],
    "inputs": [
        """
def inputs_of(trace, lr_w, lr_b):
    moves = np.diff(np.array(trace), axis=0) / [lr_w, lr_b]
    return (moves[:, 0] / moves[:, 1]).tolist()
""",
        """
def inputs_of(trace, lr_w, lr_b):
    return [
        (w1 - w0) / lr_w * (1 if b1 > b0 else -1)
        for (w0, b0), (w1, b1) in zip(trace, trace[1:])
    ]
""",
        """
def inputs_of(trace, lr_w, lr_b):
    xs, before = [], None
    for now in trace:
        if before is not None:
            sign = np.sign(before[1] - now[1])
            xs.append(sign * (before[0] - now[0]) / lr_w)
        before = now
    return np.array(xs)
""",
    ],
}
