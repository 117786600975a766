"""Other right answers to the exercises of the lesson "Softmax and likelihood"."""

ALTERNATIVES = {
    "softmax": [
        """
def my_softmax(scores):
    p = np.empty(scores.shape)
    for n, row in enumerate(scores):
        largest = max(row)
        powers = [math.exp(s - largest) for s in row]
        p[n] = [power / sum(powers) for power in powers]
    return p
""".replace("\ndef", "import math\n\n\ndef", 1),
        """
def my_softmax(scores):
    below = (scores.T - np.amax(scores, axis=1)).T
    return (np.exp(below).T / np.exp(below).sum(axis=1)).T
""",
        """
def my_softmax(scores):
    differences = scores[:, np.newaxis, :] - scores[:, :, np.newaxis]
    with np.errstate(over="ignore"):
        return 1 / np.exp(differences).sum(axis=2)
""",
        """
def my_softmax(scores):
    top = np.sort(scores, axis=1)[:, -1:]
    return np.exp(scores - top - np.log(np.einsum("nc->n", np.exp(scores - top))[:, None]))
""",
    ],
    "log-softmax": [
        """
def my_log_softmax(scores):
    m = scores.max(1)[:, None]
    return scores - (m + np.log(np.sum(np.exp(scores - m), axis=1, keepdims=True)))
""",
        """
def my_log_softmax(scores):
    return scores - np.logaddexp.reduce(scores, axis=1, keepdims=True)
""",
        """
def my_log_softmax(scores):
    rows = []
    for row in scores:
        d = row - row.max()
        rows.append(d - math.log(np.exp(d).sum()))
    return np.array(rows)
""".replace("\ndef", "import math\n\n\ndef", 1),
    ],
    "cross-entropy": [
        """
def cross_entropy(scores, labels):
    N, C = scores.shape
    y = np.eye(C)[labels]
    d = scores - scores.max(axis=1, keepdims=True)
    log_p = d - np.log(np.exp(d).sum(axis=1, keepdims=True))
    return -(y * log_p).sum() / N, (np.exp(log_p) - y) / N
""",
        """
def cross_entropy(scores, labels):
    loss, gradient = 0.0, np.zeros(scores.shape)
    for n, y in enumerate(labels):
        d = scores[n] - max(scores[n])
        powers = np.exp(d)
        loss += np.log(powers.sum()) - d[y]
        gradient[n] = powers / powers.sum()
        gradient[n, y] -= 1
    return loss / len(labels), gradient / len(labels)
""",
        """
def cross_entropy(scores, labels):
    log_p = scores - np.logaddexp.reduce(scores, axis=1, keepdims=True)
    picked = np.take_along_axis(log_p, labels[:, np.newaxis], axis=1)
    gradient = np.exp(log_p)
    np.subtract.at(gradient, (np.arange(len(labels)), labels), 1)
    return [-np.mean(picked), gradient / labels.size]
""",
    ],
    "kl": [
        """
def kl_divergence(log_q, p):
    log_p = np.log(p, where=p > 0, out=np.zeros_like(p))
    return np.sum(p * log_p - p * log_q) / len(p)
""",
        """
def kl_divergence(log_q, p):
    total = 0.0
    for n in range(p.shape[0]):
        for c in range(p.shape[1]):
            if p[n, c] != 0:
                total += p[n, c] * (np.log(p[n, c]) - log_q[n, c])
    return total / p.shape[0]
""",
        """
def kl_divergence(log_q, p):
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.nansum(p * (np.log(p) - log_q), axis=1).mean()
""",
    ],
    "weighted": [
        """
def weighted_cross_entropy(scores, labels, weight):
    log_p = log_softmax(scores)
    samples, w = np.arange(len(labels)), weight[labels]
    gradient = np.exp(log_p)
    gradient[samples, labels] -= 1
    loss = np.average(-log_p[samples, labels], weights=w)
    return loss, gradient * (w / w.sum()).reshape(-1, 1)
""",
        """
def weighted_cross_entropy(scores, labels, weight):
    y = np.eye(len(weight))[labels]
    share = (y @ weight) / (y @ weight).sum()
    log_p = log_softmax(scores)
    return -(share @ (y * log_p).sum(axis=1)), np.diag(share) @ (np.exp(log_p) - y)
""",
        """
def weighted_cross_entropy(scores, labels, weight):
    log_p, total = log_softmax(scores), sum(weight[y] for y in labels)
    loss, gradient = 0.0, np.exp(log_p)
    for n, y in enumerate(labels):
        loss -= weight[y] * log_p[n, y] / total
        gradient[n, y] -= 1
        gradient[n] *= weight[y] / total
    return loss, gradient
""",
    ],
}
