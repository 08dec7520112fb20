import numpy as np


def ranks(values: np.ndarray) -> np.ndarray:
    if values.ndim != 1:
        raise ValueError(f"I rank arrays with one axis, not {values.ndim}")
    order = np.argsort(values)
    ordered = values[order]
    first = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])) if len(values) else np.zeros(0, int)
    sizes = np.diff(np.append(first, len(values)))
    answer = np.empty(len(values))
    answer[order] = np.repeat(first + (sizes + 1) / 2, sizes)
    return answer
