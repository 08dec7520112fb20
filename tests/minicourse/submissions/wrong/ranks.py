import numpy as np


def ranks(values: np.ndarray) -> np.ndarray:
    if values.ndim != 1:
        raise ValueError("one axis, please")
    return 1.0 + np.argsort(values, kind="stable")
