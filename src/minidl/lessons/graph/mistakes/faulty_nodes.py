"""Nodes with one fault each, made of a way there and a way back."""

from minidl.lessons.graph import solutions as right


def node(forward=None, back=None):
    """Return a Node whose forward and pass_back are these functions of (node, operation)."""

    class Mistaken(right.Node):
        """The node with another way there or back."""

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


def reckons_with_nodes(self):
    if self.operation:
        a, b = self.parents
        self.value = a + b if self.operation == "+" else a * b


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


def always_sums(self):
    if self.operation:
        self.value = self.parents[0].value + self.parents[1].value


def compares_with_another_sign(self):
    if self.operation == "*":  # the lesson's sign is "·"
        right.Node.forward(self)


def spends(node, operation, a, b):
    slopes(right_sum, right_product).pass_back(node)
    node.grad = 0


def each_parent_once(sums=True, products=True):
    """Return a node for which a parent that it has twice is one parent."""

    def back(node, operation, a, b):
        once = a is b and (sums if operation == "+" else products)
        if once:
            a.grad += node.grad * (1.0 if operation == "+" else a.value)
        else:
            slopes(right_sum, right_product).pass_back(node)

    return node(back=back)


def sends_parents_off(node, operation, a, b):
    slopes(right_sum, right_product).pass_back(node)
    for parent in node.parents:
        parent.pass_back()


def forward_from_the_start(self):
    for parent in self.parents:
        parent.forward()
    right.Node.forward(self)


def forward_clears(self):
    right.Node.forward(self)
    for parent in self.parents:
        parent.grad = 0.0


def changes_values(node, operation, a, b):
    slopes(right_sum, right_product).pass_back(node)
    node.value = node.value + 1e-9


class NumberedBackward(node()):
    """A node that counts down instead of up."""

    def __init__(self, value=None, operation="", parents=()):
        super().__init__(value, operation, parents)
        self.number = -self.number


class Rounding(node()):
    """A node that keeps six digits of its value."""

    def forward(self):
        super().forward()
        self.value = round(self.value, 6)
