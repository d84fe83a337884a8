# Parley: `make demo` and `make test` are all that a fresh machine with Python 3.11 needs.
PYTHON ?= python3
BIN := .venv/bin
COMPILE := $(BIN)/pip-compile -q --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-trusted-host \
	--no-emit-find-links --no-emit-options --no-header

.PHONY: demo test check lint fast reference lock clean

demo: .venv/installed
	$(BIN)/parley build corpus/qasr-truce -o demo/qasr-truce.db
	$(BIN)/parley verify demo/qasr-truce.db
	@echo "The briefing's first page:"
	@$(BIN)/parley briefing demo/qasr-truce.db -o demo/qasr-truce

test: .venv/dev
	$(BIN)/pytest

fast: .venv/dev
	$(BIN)/pytest -m "not slow"

lint: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m bench.check_corpus

reference: .venv/dev
	$(BIN)/python docs/reference.py

check: lint test

.venv/installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@mkdir -p demo
	@touch $@

.venv/dev: .venv/installed requirements-dev.lock
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

lock:
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -q --disable-pip-version-check pip-tools
	$(COMPILE) -o requirements.lock pyproject.toml requirements-build.in
	$(COMPILE) -o requirements-dev.lock requirements-dev.in
	$(COMPILE) -o requirements-bench.lock requirements-bench.in

clean:
	rm -rf .venv demo .mypy_cache .pytest_cache .ruff_cache .hypothesis
