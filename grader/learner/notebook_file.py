"""The notebook that a learner starts from: the title, how to check it, and the stub."""

from __future__ import annotations

import json
from typing import Any

KERNEL = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def blank(name: str, title: str, stub: str, judge: str) -> str:
    """Return a notebook as Jupyter writes it. The same input gives the same bytes."""
    says = f"""# {title}

Complete the cell below. `grade show {name}` prints the task.

Save it and check it with `{judge}`.
All code cells run from top to bottom, as with *Restart and run all*."""
    cells: list[dict[str, Any]] = [
        {"cell_type": "markdown", "id": "title", "metadata": {}, "source": _lines(says)},
        {
            "cell_type": "code",
            "execution_count": None,
            "id": "answer",
            "metadata": {},
            "outputs": [],
            "source": _lines(stub.rstrip("\n")),
        },
    ]
    document = {"cells": cells, "metadata": KERNEL, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)
