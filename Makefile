PYTHON ?= python3

.PHONY: grade test all check gpu

.venv:
	$(PYTHON) -m venv .venv

grade: .venv
	.venv/bin/pip install -q -e '.[test]'
	.venv/bin/grade run submissions/example

test: .venv
	.venv/bin/pip install -q -e '.[test]'
	.venv/bin/python -m pytest

all: .venv
	.venv/bin/pip install -q -e '.[test]'
	.venv/bin/python -m pytest -m ''

check: .venv
	.venv/bin/grade check

# Installs nothing: a machine with a GPU may have no network. GPU='--device sim' tries it without one.
gpu:
	$(or $(wildcard .venv/bin/python),$(PYTHON)) tests/benchmarks/gpu.py $(GPU)
