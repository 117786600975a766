"""Other right answers to the exercises of the lesson "Moons"."""

NET = """
class MoonsNet(Op):
    def __init__(self, input_size, hidden_size, output_size, *, rng=None):
        super().__init__()
        rng = np.random.default_rng(rng)
        {layers}

    def forward(self, x):
        {forward}

    def backward(self, grad):
        for layer in reversed(self.layers):
            grad = layer.backward(grad)
        return grad
"""
LIST = """self.layers = [
            Linear(input_size, hidden_size, rng=rng, name="fc1"), Logistic(name="act1"),
            Linear(hidden_size, output_size, rng=rng), Logistic(),
        ]"""
ALTERNATIVES = {
    "arcs": [
        """
def two_arcs(n):
    X, y = [], []
    for label in (0, 1):
        for i in range(n):
            t = np.pi * i / (n - 1)
            X.append((1 - np.cos(t), 0.5 - np.sin(t)) if label else (np.cos(t), np.sin(t)))
            y.append(label)
    return np.array(X), np.array(y)
""",
        """
def two_arcs(n):
    t = np.arange(n) / (n - 1) * np.pi
    X = np.empty((2 * n, 2))
    X[:n, 0], X[:n, 1] = np.cos(t), np.sin(t)
    X[n:] = [1, 0.5] - X[:n]
    return X, np.concatenate([np.zeros(n), np.ones(n)])
""",
        """
def two_arcs(n):
    z = np.exp(1j * np.linspace(0, np.pi, n))
    both = np.hstack([z, 1 + 0.5j - z])
    return np.stack([both.real, both.imag], axis=1), (np.arange(2 * n) >= n).astype(int)
""",
    ],
    "network": [
        NET.format(
            layers=LIST, forward="return reduce(lambda x, layer: layer(x), self.layers, x)"
        ).replace("class", "from functools import reduce\n\n\nclass", 1),
        NET.format(
            layers=LIST,
            forward="fc1, act1, fc2, act2 = self.layers\n        return act2(fc2(act1(fc1(x))))",
        ),
        NET.format(
            layers="for sizes in ((input_size, hidden_size), (hidden_size, output_size)):\n"
            "            self.layers += [Linear(*sizes, rng=rng), Logistic()]",
            forward="for layer in self.layers:\n            x = layer.forward(x)\n        return x",
        ),
    ],
    "bce": [
        """
def bce(p, y):
    total = 0.0
    for n in range(len(p)):
        total -= y[n, 0] * math.log(p[n, 0]) + (1 - y[n, 0]) * math.log(1 - p[n, 0])
    return total / len(p)
""".replace("\ndef", "import math\n\n\ndef", 1),
        """
def bce(p, y):
    return -(np.vdot(y, np.log(p)) + np.vdot(1 - y, np.log1p(-p))) / y.size
""",
        """
def bce(p, y):
    return np.einsum("nm,nm->", np.hstack([y, 1 - y]), -np.log(np.hstack([p, 1 - p]))) / len(y)
""",
    ],
    "bce-gradient": [
        """
def bce_gradient(p, y):
    return ((1 - y) / (1 - p) - y / p) / p.size
""",
        """
def bce_gradient(p, y):
    gradient = np.zeros_like(p)
    for n in range(p.shape[0]):
        gradient[n, 0] = -y[n, 0] / p[n, 0] + (1 - y[n, 0]) / (1 - p[n, 0])
    return gradient / p.shape[0]
""",
        """
def bce_gradient(p, y):
    return np.divide(p - y, len(y) * np.multiply(p, 1 - p))
""",
    ],
    "broadcast": [
        """
def mended_bce(p, y):
    p, y = p.ravel(), y.ravel()
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
""",
        """
def mended_bce(p, y):
    if y.ndim == 1:
        y = y[:, np.newaxis]
    return (-y * np.log(p) - (1 - y) * np.log(1 - p)).mean()
""",
        """
def mended_bce(p, y):
    pairs = list(zip(p.flatten(), y.flatten()))
    return sum(-t * np.log(q) - (1 - t) * np.log(1 - q) for q, t in pairs) / len(pairs)
""",
    ],
    "log-of-zero": [
        """
def safe_bce(p, y):
    log_p, log_q = (np.clip(np.log(each), -100, None) for each in (p, 1 - p))
    return -(y * log_p + (1 - y) * log_q).mean()
""",
        """
def safe_bce(p, y):
    def log(values):
        with np.errstate(divide="ignore"):
            found = np.log(values)
        found[found < -100] = -100
        return found

    return np.sum(-y * log(p) - (1 - y) * log(1 - p)) / len(p)
""",
        """
def safe_bce(p, y):
    total = 0
    for q, t in zip(p[:, 0], y[:, 0]):
        log_p = max(math.log(q), -100) if q > 0 else -100
        log_q = max(math.log(1 - q), -100) if q < 1 else -100
        total += t * log_p + (1 - t) * log_q
    return -total / len(p)
""".replace("\ndef", "import math\n\n\ndef", 1),
    ],
}
