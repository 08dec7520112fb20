"""Make notebooks like those that Jupyter saves."""

import json


def made(*cells, **changes):
    """Return a notebook as JSON. A string becomes a code cell; a mapping is used unchanged."""
    return json.dumps(document(*cells) | changes)


def document(*cells):
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {},
        "cells": [_cell(number, cell) for number, cell in enumerate(cells)],
    }


def _cell(number, cell):
    if isinstance(cell, dict):
        return cell
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": f"cell-{number}",
        "metadata": {},
        "outputs": [],
        "source": cell.splitlines(keepends=True),
    }
