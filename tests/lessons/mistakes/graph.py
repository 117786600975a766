"""Mistakes that learners make in the exercises of the lesson on the computational graph."""

import numpy as np

from minidl.lessons.graph import solutions as right

GIVEN = {"counter": right.counter}


def node(forward=None, back=None):
    """Return a Node whose forward and pass_back are these functions of (node, operation)."""

    class Mistaken(right.Node):
        def __add__(self, other):
            return Mistaken(operation="+", parents=(self, other))

        def __mul__(self, other):
            return Mistaken(operation="·", parents=(self, other))

        def forward(self):
            return super().forward() if forward is None else forward(self)

        def pass_back(self):
            if back is None:
                super().pass_back()
            elif self.operation:
                back(self, self.operation, *self.parents)

    return Mistaken


def slopes(of_sum, of_product):
    """Return a pass_back with these local derivatives, functions of (grad, a, b)."""

    def back(node, operation, a, b):
        first, second = (of_sum if operation == "+" else of_product)(node.grad, a.value, b.value)
        a.grad += first
        b.grad += second

    return node(back=back)


def right_sum(g, a, b):
    return g, g


def right_product(g, a, b):
    return g * b, g * a


def overwrites(node, operation, a, b):
    first, second = (right_sum if operation == "+" else right_product)(node.grad, a.value, b.value)
    a.grad = first
    b.grad = second


def adds_twice(node, operation, a, b):
    slopes(right_sum, right_product).pass_back(node)
    if a is b:
        a.grad += 1.0


def computed_once(self):
    if self.value is None:
        right.Node.forward(self)


def returned(self):
    if self.operation:
        a, b = self.parents
        return a.value + b.value if self.operation == "+" else a.value * b.value
    return self.value


def only_sums(self):
    if self.operation == "+":
        right.Node.forward(self)


def zero_at_leaves(self):
    right.Node.forward(self)
    self.value = self.value if self.operation else 0.0


def always_unpacks(self):
    a, b = self.parents
    self.value = a.value + b.value if self.operation == "+" else a.value * b.value


def new_w_for_b(w, b, x, y, lr_w, lr_b):
    w = w - lr_w * np.sign(w * x + b - y) * x
    return w, b - lr_b * np.sign(w * x + b - y)


def always_sums(self):
    if self.operation:
        self.value = self.parents[0].value + self.parents[1].value


def compares_with_another_sign(self):
    if self.operation == "*":  # the lesson's sign is "·"
        right.Node.forward(self)


def turns_the_list(order):
    value = right.run(order)
    order.reverse()
    return value


def without_key(last):
    found = set(right.order_of(last))
    return sorted(found)


def in_order(choose):
    """Return a step with this choice of (w, b, next w, next b)."""

    def step(w, b, x, y, lr_w, lr_b):
        return choose(w, b, *right.step(w, b, x, y, lr_w, lr_b))

    return step


def spends(node, operation, a, b):
    slopes(right_sum, right_product).pass_back(node)
    node.grad = 0


def never_ends(last):
    found, waiting = set(), [last]
    while waiting:
        each = waiting[0]
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


def skips_known(each):
    if each.value is None:
        each.forward()


def moved(pull=None, w_factor=None, b_factor=None, at_zero=0):
    """Return a step with another pull, a function of the error, or factors, functions of x."""

    def step(w, b, x, y, lr_w, lr_b):
        e = w * x + b - y
        s = (np.sign(e) or at_zero) if pull is None else pull(e)
        return (
            w - lr_w * s * (x if w_factor is None else w_factor(x)),
            b - lr_b * s * (1 if b_factor is None else b_factor(x)),
        )

    return step


def without_b(w, b, x, y, lr_w, lr_b):
    s = np.sign(w * x - y)
    return w - lr_w * s * x, b - lr_b * s


def stays_at_the_first(trace, lr_w, lr_b):
    i, xs = 0, []
    while i < len(trace) - 1:
        xs.append(trace[i][0])
    return xs


def from_moves(formula):
    """Return an inputs_of with this formula of (Δw, Δb, lr_w, lr_b)."""

    def inputs_of(trace, lr_w, lr_b):
        moves = np.diff(np.array(trace), axis=0)
        return formula(moves[:, 0], moves[:, 1], lr_w, lr_b)

    return inputs_of


MISTAKES = {
    "graph/node": {
        "changes-a-leaf": node(forward=zero_at_leaves),
        "returns-the-value": node(forward=returned),
        "no-parents": node(forward=always_unpacks),
        "no-value": node(forward=compares_with_another_sign),
        "one-operation": node(forward=only_sums),
        "values": node(forward=always_sums),
        "passes-nothing": node(back=lambda node, operation, a, b: None),
        "sum-passes-values": slopes(right_product, right_product),
        "sum-passes": slopes(lambda g, a, b: (g, 2 * g), right_product),
        "gradient-left-out": slopes(right_sum, lambda g, a, b: (b, a)),
        "own-factor": slopes(right_sum, lambda g, a, b: (g * a, g * b)),
        "product-as-sum": slopes(right_sum, right_sum),
        "product-passes": slopes(right_sum, lambda g, a, b: (g * a * b, g * a * b)),
        "overwrites": node(back=overwrites),
        "used-twice": node(back=adds_twice),
        "forgets-changes": node(forward=computed_once),
        "spends-its-gradient": node(back=spends),
        "divides-by-a-factor": slopes(right_sum, lambda g, a, b: (g * (a * b) / a, g * a)),
    },
    "graph/order": {
        "not-a-list": lambda last: {last},
        "children-first": lambda last: right.order_of(last)[::-1],
        "twice": with_repeats,
        "missing": lambda last: [*last.parents, last],
        "too-early": found_order,
        "every-path": every_path,
        "recursion": recursive_order,
        "sorts-without-key": without_key,
        "sorts-by-value": lambda last: sorted(right.order_of(last), key=lambda each: each.value),
        "returns-nothing": sorted_in_place,
        "endless": never_ends,
    },
    "graph/run": {
        "no-seed": mistaken_run(seed=None),
        "front-to-back": mistaken_run(turn=list),
        "starts-with-value": mistaken_run(seed=lambda last: last.value),
        "gradient": mistaken_run(seed=2.0),
        "stale": mistaken_run(forward=skips_known),
        "adds-to-old": mistaken_run(zero=lambda each: False),
        "old-values": forward_last,
        "changes-the-list": turns_the_list,
        "returns-nothing": mistaken_run(returned=False),
    },
    "graph/step": {
        "uphill": moved(lambda e: -np.sign(e)),
        "size-counts": moved(lambda e: e),
        "w-without-x": moved(w_factor=lambda x: 1),
        "b-with-x": moved(b_factor=lambda x: x),
        "sign-left-out": moved(lambda e: 1),
        "rates-swapped": lambda w, b, x, y, lr_w, lr_b: right.step(w, b, x, y, lr_b, lr_w),
        "new-w-for-b": new_w_for_b,
        "w-stays": moved(w_factor=lambda x: 0),
        "order": in_order(lambda w, b, next_w, next_b: (next_b, next_w)),
        "moves-only": in_order(lambda w, b, next_w, next_b: (next_w - w, next_b - b)),
        "gradients-only": lambda w, b, x, y, lr_w, lr_b: (
            np.sign(w * x + b - y) * x,
            np.sign(w * x + b - y),
        ),
        "b-left-out": without_b,
        "divides-by-zero": moved(lambda e: e / abs(e)),
        "moves-at-zero": moved(at_zero=-1),
        "step": moved(lambda e: np.sign(e) / 2),
        "not-a-pair": lambda w, b, x, y, lr_w, lr_b: w - lr_w * x,
    },
    "graph/inputs": {
        "count": lambda trace, lr_w, lr_b: [0.0, *right.inputs_of(trace, lr_w, lr_b)],
        "endless": stays_at_the_first,
        "sign-lost": from_moves(lambda dw, db, lr_w, lr_b: abs(dw) / lr_w),
        "sign-of-error": from_moves(lambda dw, db, lr_w, lr_b: dw / lr_w),
        "turned": from_moves(lambda dw, db, lr_w, lr_b: -dw / db * lr_b / lr_w),
        "hard-coded-rates": from_moves(lambda dw, db, lr_w, lr_b: dw / 0.05 * np.sign(db)),
        "rounded": from_moves(lambda dw, db, lr_w, lr_b: np.round(dw / lr_w * np.sign(db))),
        "rate-of-w-left-out": from_moves(lambda dw, db, lr_w, lr_b: dw * np.sign(db)),
        "rates-left-out": from_moves(lambda dw, db, lr_w, lr_b: dw / db),
        "rates-swapped": from_moves(lambda dw, db, lr_w, lr_b: dw / db * lr_w / lr_b),
        "upside-down": from_moves(lambda dw, db, lr_w, lr_b: db / lr_b / (dw / lr_w)),
        "inputs": from_moves(lambda dw, db, lr_w, lr_b: dw / db * lr_b / lr_w + 0.1),
    },
}
