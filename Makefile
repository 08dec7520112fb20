PYTHON ?= python3

.PHONY: grade test all nightly check gpu

.venv:
	$(PYTHON) -m venv .venv

grade: .venv
	.venv/bin/pip install -q -c constraints.txt -e .
	.venv/bin/grade run submissions/example

test: .venv
	.venv/bin/pip install -q -c constraints.txt -e '.[test]'
	.venv/bin/python -m pytest -n auto

all: .venv
	.venv/bin/pip install -q -c constraints.txt -e '.[test]'
	.venv/bin/python -m pytest -n auto -m 'not nightly'

nightly: .venv
	.venv/bin/pip install -q -c constraints.txt -e '.[test]'
	.venv/bin/python -m pytest -n auto -m nightly

check: .venv
	.venv/bin/grade check

# Installs nothing: a machine with a GPU may have no network. GPU='--device sim' tries it without one.
gpu:
	$(or $(wildcard .venv/bin/python),$(PYTHON)) tests/benchmarks/gpu.py $(GPU)
