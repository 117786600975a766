"""Networks of minidl as estimators of scikit-learn: in pipelines, searches and curves of its own.

Needs the extra `minidl[sklearn]`.
"""

try:
    import sklearn  # noqa: F401
except ImportError as error:
    raise ImportError(
        "minidl.estimator: expected scikit-learn, which is not installed; "
        "try pip install minidl[sklearn]"
    ) from error

from minidl.estimator.classifier import MLPClassifier
from minidl.estimator.regressor import MLPRegressor

__all__ = ["MLPClassifier", "MLPRegressor"]
