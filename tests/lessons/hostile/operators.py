"""What is put in place of an expression or of a statement, as slips of the pen are."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.lessons.hostile.places import Place, expression, statement

New = Iterator["ast.AST | list[ast.stmt]"]
SWAPS: dict[type, tuple[type, ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div,),
    ast.Div: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.Pow: (ast.Mult,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq, ast.LtE, ast.GtE),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
SYMMETRIC = {"np.minimum", "np.maximum", "np.add", "np.multiply"}
OPPOSITES = {
    "train": "eval",
    "eval": "train",
    "train_set": "dev_set",
    "dev_set": "train_set",
    "train_losses": "dev_losses",
    "dev_losses": "train_losses",
    "train_loss": "dev_loss",
    "dev_loss": "train_loss",
    "dev_score": "test_score",
    "test_score": "dev_score",
    "X": "dev_X",
    "y": "dev_y",
    "dev_X": "X",
    "dev_y": "y",
    "params": "grads",
    "grads": "params",
    "minimum": "maximum",
    "maximum": "minimum",
    "mean": "sum",
    "sum": "mean",
    "ones": "zeros",
    "zeros": "ones",
}


def operator_swapped(place: Place) -> New:
    for other in SWAPS.get(type(place.node), ()):
        yield other()


def one_side_left_out(place: Place) -> New:
    if isinstance(place.node, ast.BinOp):
        yield place.node.left
        yield place.node.right
    if isinstance(place.node, ast.BoolOp):
        yield from place.node.values
    if isinstance(place.node, ast.UnaryOp):
        yield place.node.operand


def sides_swapped(place: Place) -> New:
    node = place.node
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Sub, ast.Div, ast.MatMult)):
        yield ast.BinOp(node.right, node.op, node.left)


def constant_moved(place: Place) -> New:
    node = place.node
    if not isinstance(node, ast.Constant):
        return
    if isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node.value, (int, float)):
        for value in (node.value + 1, node.value - 1, 1.1 * node.value, 2 * node.value, 0, 1):
            if value != node.value:
                yield number(value)


def number(value: float) -> ast.expr:
    """Return a number as the parser would, with the sign as an operator."""
    exact = int(value) if float(value).is_integer() and not isinstance(value, float) else value
    return ast.parse(repr(exact), mode="eval").body


def infinity_for_a_number(place: Place) -> New:
    """Start a best at 0, at 1, or at a number that is nearly large enough."""
    if isinstance(place.node, ast.Attribute) and place.node.attr in {"inf", "pi"}:
        for text in ("0.0", "1.0", "3.0", "1000000.0"):
            yield expression(text)
    if isinstance(place.node, ast.UnaryOp) and ast.unparse(place.node) == "-np.inf":
        for text in ("0.0", "1.0", "-1.0", "-3.0"):
            yield expression(text)


def index_shifted(place: Place) -> New:
    node = place.node
    if isinstance(node, ast.Subscript) and not isinstance(node.slice, (ast.Slice, ast.Tuple)):
        by_name = set("['") & set(ast.unparse(node.slice))
        for text in () if by_name else ("i + 1", "i - 1"):
            yield ast.Subscript(node.value, expression(text, i=node.slice), node.ctx)
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice):
        yield node.value


def call_left_out(place: Place) -> New:
    """Give a call's argument, or what a method belongs to, in place of its result."""
    node = place.node
    if isinstance(node, ast.Call):
        yield from node.args[:2]
        if isinstance(node.func, ast.Attribute):
            yield node.func.value
    if isinstance(node, ast.Attribute) and node.attr == "T":
        yield node.value


def argument_left_out(place: Place) -> New:
    node = place.node
    if isinstance(node, ast.Call):
        for i in range(len(node.args)):
            yield ast.Call(node.func, node.args[:i] + node.args[i + 1 :], node.keywords)
        for i in range(len(node.keywords)):
            yield ast.Call(node.func, node.args, node.keywords[:i] + node.keywords[i + 1 :])


def argument_swapped(place: Place) -> New:
    node = place.node
    symmetric = isinstance(node, ast.Call) and ast.unparse(node.func) in SYMMETRIC
    if isinstance(node, ast.Call) and len(node.args) >= 2 and not symmetric:
        yield ast.Call(node.func, [node.args[1], node.args[0], *node.args[2:]], node.keywords)


def condition_fixed(place: Place) -> New:
    """Make a condition always true, always false, its opposite, or false the first time."""
    is_test = place.field == "test"
    if isinstance(place.node, ast.Compare) or is_test:
        yield expression("condition == condition", condition=place.node)
        yield expression("condition != condition", condition=place.node)
    if is_test:
        yield expression("not condition", condition=place.node)
        yield expression("hostile.later(condition, __name__)", condition=place.node)


def opposite_named(place: Place) -> New:
    """Take what is for training in place of what is for evaluation, and the like."""
    node = place.node
    if isinstance(node, ast.Attribute) and node.attr in OPPOSITES:
        yield ast.Attribute(node.value, OPPOSITES[node.attr], node.ctx)
    if isinstance(node, ast.Name) and node.id in OPPOSITES and isinstance(node.ctx, ast.Load):
        yield ast.Name(OPPOSITES[node.id], node.ctx)
    if isinstance(node, ast.Attribute) and node.attr == "training":
        yield expression("not mode", mode=node)
        yield ast.Constant(True)


def other_parameter(place: Place) -> New:
    """Use the next parameter of the function in place of one."""
    node, names = place.node, place.parameters
    loaded = isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    if loaded and node.id in names and len(names) > 1 and place.field != "func":
        yield ast.Name(names[(names.index(node.id) + 1) % len(names)], ast.Load())


def statement_left_out(place: Place) -> New:
    kept = isinstance(place.node, (ast.Return, ast.FunctionDef))
    if isinstance(place.node, ast.stmt) and place.function and not kept:
        yield ast.Pass()


def statement_twice(place: Place) -> New:
    if (
        isinstance(place.node, (ast.Expr, ast.AugAssign))
        and place.function
        and place.function.name != "__init__"
    ):
        yield [place.node, place.node]


def assigned_otherwise(place: Place) -> New:
    """Add where a value is set, set where it is added, in place of one another."""
    node = place.node
    if isinstance(node, ast.AugAssign):
        yield ast.parse(f"{ast.unparse(node.target)} = {ast.unparse(node.value)}").body[0]
    kept = isinstance(node, ast.Assign) and isinstance(
        node.targets[0], (ast.Attribute, ast.Subscript)
    )
    if kept and place.function and place.function.name != "__init__":
        text = ast.unparse(node.targets[0])
        yield statement(f"{text} = hostile.added({ast.unparse(node.value)}, lambda: {text})")


def loop_shortened(place: Place) -> New:
    """Go through a part of what a loop goes through, or the other way round."""
    if isinstance(place.node, (ast.For, ast.comprehension)):
        loop = place.node
        for text in ("items[1:]", "items[:-1]", "items[:1]", "items[:3]", "items[::-1]"):
            part = expression(text, items=expression("list(items)", items=loop.iter))
            if isinstance(loop, ast.For):
                yield ast.For(loop.target, part, loop.body, loop.orelse)
            else:
                yield ast.comprehension(loop.target, part, loop.ifs, 0)
        for count in (1, 3, 12):  # however many are asked for
            text = ast.unparse(loop.iter)
            if text.startswith("range") and isinstance(loop, ast.For):
                yield ast.For(loop.target, expression(f"range({count})"), loop.body, loop.orelse)


OPERATORS = (
    operator_swapped,
    one_side_left_out,
    sides_swapped,
    constant_moved,
    infinity_for_a_number,
    index_shifted,
    call_left_out,
    argument_left_out,
    argument_swapped,
    condition_fixed,
    opposite_named,
    other_parameter,
    statement_left_out,
    statement_twice,
    assigned_otherwise,
    loop_shortened,
)
