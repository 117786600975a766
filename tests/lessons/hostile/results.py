"""What is done to whole functions: results spoiled, arguments replaced, inputs changed."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.lessons.hostile.first_call import Calls
from tests.lessons.hostile.places import Place, expression, parameters_of, statement

New = Iterator["ast.AST | list[ast.stmt]"]
SPOILED = (
    "hostile.rounded(result, 1)",
    "hostile.rounded(result, 3)",
    "hostile.rounded(result, 6)",
    "hostile.cut_below(result, 3)",
    "hostile.cut_right(result, 3)",
    "hostile.repeated(result, 3)",
    "hostile.of_type(result, 'int64')",
    "hostile.of_type(result, 'float32')",
    "hostile.of_type(result, 'float64')",
    "hostile.limited(result, 10.0)",
    "hostile.limited(result, 100.0)",
    "hostile.negated(result)",
    "hostile.transposed(result)",
    "hostile.squeezed(result)",
    "hostile.without_sign(result)",
    "hostile.scaled(result, 1.01)",
    "hostile.zeros(result)",
)


def result_spoiled(place: Place, calls: Calls) -> New:
    """Spoil what a function returns or keeps, as a whole and each of two parts."""
    if place.field != "value" or not isinstance(place.parent, KEEPING) or not place.function:
        return
    if isinstance(place.parent, ast.Assign) and not is_kept(place.parent.targets[0]):
        return
    kept = not isinstance(place.parent, ast.Return)
    if (kept and is_plain(place.node)) or isinstance(place.node, (ast.List, ast.Constant)):
        return
    if not kept and place.function.name not in calls.numeric:
        return
    scalar = place.function.name not in calls.shaped
    for text in SPOILED:
        if scalar and isinstance(place.parent, ast.Return) and any(x in text for x in SHAPES):
            continue
        yield expression(text, result=place.node)
        for i, part in enumerate(place.node.elts if isinstance(place.node, ast.Tuple) else ()):
            parts = list(place.node.elts)
            parts[i] = expression(text, result=part)
            yield ast.Tuple(parts, ast.Load())


SHAPES = ("cut", "repeated", "transposed", "squeezed", "float64")  # nothing to a number
KEEPING = (ast.Return, ast.Assign, ast.AugAssign)


def is_kept(target: ast.expr) -> bool:
    """Return whether what is assigned outlives the call."""
    parts = target.elts if isinstance(target, ast.Tuple) else [target]
    return any(isinstance(part, (ast.Attribute, ast.Subscript)) for part in parts)


def is_plain(value: ast.expr) -> bool:
    """Return whether a value is only a name, a number or something empty."""
    return not any(isinstance(node, (ast.Call, ast.BinOp)) for node in ast.walk(value))


def result_remembered(place: Place, calls: Calls) -> New:
    """Compute once, and return the same ever after, or while the shapes are the same."""
    if place.field == "value" and isinstance(place.parent, ast.Return):
        for args in ("", ", ".join(["", *place.parameters])):
            text = f"hostile.remembered(lambda: result, {place.function.name!r}{args})"
            yield expression(text, result=place.node)


def parameter_replaced(place: Place, calls: Calls) -> New:
    """Take what the first call got in place of each parameter."""
    if isinstance(place.node, ast.FunctionDef):
        for name in parameters_of(place.node):
            if (place.node.name, name) not in calls.first:
                continue
            first = f"hostile.first[{place.node.name!r}, {name!r}]"
            line = statement(f"{name} = hostile.fitting({name}, {first})")
            yield with_body(place.node, [line, *place.node.body])


def inputs_changed(place: Place, calls: Calls) -> New:
    """Change what the function was given, or what its object holds, after all is computed."""
    if isinstance(place.node, ast.FunctionDef):
        for function, name, how in sorted(calls.ways):
            if function == place.node.name != "__init__":
                last = statement(f"hostile.change({name}, {how!r})")
                guarded = ast.Try(place.node.body, [], [], [last])
                yield with_body(place.node, [guarded])


def slope_measured(place: Place, calls: Calls) -> New:
    """Measure a slope where it should be found by a formula."""
    node = place.node
    if isinstance(node, ast.FunctionDef) and node.name == "slope":
        for h in (1e-6, 1e-4):
            lines = f"return (self.function(x + {h}) - self.function(x - {h})) / {2 * h}"
            yield with_body(node, [statement(lines)])


def with_body(function: ast.FunctionDef, body: list[ast.stmt]) -> ast.FunctionDef:
    new = ast.FunctionDef(function.name, function.args, body, function.decorator_list)
    return ast.copy_location(new, function)


WHOLE = (result_spoiled, result_remembered, parameter_replaced, inputs_changed, slope_measured)
