PYTHON ?= python3

.PHONY: grade test all nightly check

.venv:
	$(PYTHON) -m venv .venv

grade: .venv
	.venv/bin/pip install -q -c constraints.txt -e '.[test]'
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
