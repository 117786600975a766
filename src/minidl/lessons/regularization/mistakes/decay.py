"""Mistakes that learners make in "Decay before the step"."""

from minidl.checking.mistake import Mistake, Mistakes


def step_with(weights, biases=lambda b, g, lr, damping: b - lr * g):
    def decayed_step(model, lr, damping):
        for parameter in model.parameters():
            rule = weights if parameter.name.endswith("W") else biases
            parameter.value = rule(parameter.value, parameter.grad, lr, damping)

    return decayed_step


def right_weights(W, g, lr, damping):
    return (1 - damping) * W - lr * g


def step_by_a_letter(model, lr, damping):
    for parameter in model.parameters():
        if "W" in parameter.name:
            parameter.value *= 1 - damping
        parameter.value -= lr * parameter.grad


def step_by_turns(model, lr, damping):
    for i, parameter in enumerate(model.parameters()):
        if i % 2 == 0:
            parameter.value *= 1 - damping
        parameter.value -= lr * parameter.grad


def names_only(model, lr, damping):
    for parameter in model.parameters():
        value = parameter.value
        value = (1 - damping) * value - lr * parameter.grad


def weights_in_a_copy(model, lr, damping):
    for parameter in model.parameters():
        value = parameter.value
        if parameter.name.endswith("W"):
            value = (1 - damping) * value
        value -= lr * parameter.grad


def new_arrays(model, lr, damping):
    for layer in model.layers:
        for name, value in layer.params.items():
            kept = 1 - damping if name == "W" else 1
            layer.params[name] = kept * value - lr * layer.grads[name]


def changes_the_gradients(model, lr, damping):
    for parameter in model.parameters():
        kept = 1 - damping if parameter.name.endswith("W") else 1
        grad = parameter.grad
        grad *= lr
        parameter.value = kept * parameter.value - grad


def switches_to_evaluation(model, lr, damping):
    step_with(right_weights)(model, lr, damping)
    model.eval()


MISTAKES = Mistakes(
    Mistake(
        "bias-decays",
        step_with(right_weights, right_weights),
        "This is a bias, and it was damped: only the weights, whose names end in W.",
    ),
    Mistake(
        "bias-stays",
        step_with(right_weights, lambda b, g, lr, damping: b),
        "A bias takes part in the step, too, without damping.",
    ),
    Mistake(
        "decay-after",
        step_with(lambda W, g, lr, damping: (1 - damping) * (W - lr * g)),
        "The step was damped as well: first damp the weights, then take the step.",
    ),
    Mistake(
        "times-rate",
        step_with(lambda W, g, lr, damping: (1 - lr * damping) * W - lr * g),
        "The damping was multiplied by the rate. That is the other form, the penalty.",
    ),
    Mistake(
        "no-decay", step_with(lambda W, g, lr, damping: W - lr * g), "The weights are not damped."
    ),
    Mistake(
        "no-step",
        step_with(lambda W, g, lr, damping: (1 - damping) * W),
        "The weights are damped, but the step is missing.",
    ),
    Mistake(
        "keeps-the-damping",
        step_with(lambda W, g, lr, damping: damping * W - lr * g),
        "Only the share `damping` is left; that is the share to lose.",
    ),
    Mistake(
        "grows",
        step_with(lambda W, g, lr, damping: (1 + damping) * W - lr * g),
        "The weights grow: 1 − damping, not 1 + it.",
    ),
    Mistake(
        "subtracts",
        step_with(lambda W, g, lr, damping: W - damping - lr * g),
        "A share of each weight, not the same for all.",
    ),
    Mistake(
        "uphill",
        step_with(lambda W, g, lr, damping: (1 - damping) * W + lr * g),
        "The step goes up the slope: mind the sign.",
    ),
    Mistake(
        "no-rate",
        step_with(lambda W, g, lr, damping: (1 - damping) * W - g),
        "The gradient is to be multiplied by lr.",
    ),
    Mistake(
        "nothing-moves",
        names_only,
        "After your step every parameter is what it was. `value = …` makes a new "
        "array; write into the model's own, with `parameter.value *= …` and `-=`.",
    ),
    Mistake(
        "weights-in-a-copy",
        weights_in_a_copy,
        "The weights are what they were. `value = (1 - damping) * value` makes a new array, and "
        "the step goes into that: write into the model's own, with `*=`.",
    ),
    Mistake(
        "new-array",
        new_arrays,
        "The values are right, but {name} lives in a new array now. Write into the old one.",
    ),
    Mistake(
        "changes-the-gradient",
        changes_the_gradients,
        "The values are right, but the gradient of {name} was changed on the way. "
        "Others may still need it: compute into a new array.",
    ),
    Mistake(
        "other-mode",
        switches_to_evaluation,
        "The step is right, but the model is in evaluation mode now. Leave it in training.",
    ),
    Mistake(
        "rate-by-heart",
        step_with(
            lambda W, g, lr, damping: (1 - damping) * W - 0.1 * g,
            lambda b, g, lr, damping: b - 0.1 * g,
        ),
        "Right with lr = 0.1 only: take `lr` itself.",
    ),
    Mistake(
        "damping-by-heart",
        step_with(lambda W, g, lr, damping: 0.8 * W - lr * g),
        "Right with damping = 0.2 only: take `damping` itself.",
    ),
    Mistake(
        "name-holds-a-W",
        step_by_a_letter,
        "Names of weights end in W: here a bias has a W earlier in its name.",
    ),
    Mistake(
        "by-turns",
        step_by_turns,
        "Weights and biases need not take turns, as a layer may have no bias: ask for the names.",
    ),
    Mistake("values", step_with(lambda W, g, lr, damping: (1 - damping) ** 2 * W - lr * g)),
)
