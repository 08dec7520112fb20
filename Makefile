PYTHON ?= python3

.PHONY: grade test all check

.venv:
	$(PYTHON) -m venv .venv

grade: .venv
	.venv/bin/pip install -q -c constraints.txt -e '.[test]'
	.venv/bin/grade run submissions/example

test: .venv
	.venv/bin/pip install -q -c constraints.txt -e '.[test]'
	.venv/bin/python -m pytest

all: .venv
	.venv/bin/pip install -q -c constraints.txt -e '.[test]'
	.venv/bin/python -m pytest -m ''

check: .venv
	.venv/bin/grade check
