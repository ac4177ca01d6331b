# Two commands do everything: `make demo` shows Skillnad, `make test` proves it.
PYTHON ?= python3
BIN := .venv/bin
LOCKING := --universal --generate-hashes --python-version 3.11 --no-annotate --custom-compile-command "make lock"
CHECKED := src tests benchmarks

.PHONY: demo test test-spark check tests proof bench docs lock format clean

demo: .venv/base  ## a demo municipality, its report, and the web app on 127.0.0.1:8000
	$(BIN)/skillnad demo --serve

test: .venv/all debian check tests  ## all checks and all tests

test-spark: .venv/spark debian-spark  ## the specification on Apache Spark: in this process, then on a master and a worker
	SKILLNAD_TEST_SPARK=1 $(BIN)/pytest tests/spark

check: .venv/all
	$(BIN)/ruff check $(CHECKED)
	$(BIN)/ruff format --check $(CHECKED)
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/python -m django makemigrations --check --dry-run --settings skillnad.config.settings
	$(BIN)/python -m skillnad.cli.main docs --check

tests: .venv/all  ## all tests on SQLite, then those of the database again on PostgreSQL
	$(BIN)/pytest -n 2 --dist loadfile
	$(BIN)/python tests/servers.py $(BIN)/pytest -m database -n 2 --dist loadfile

proof: .venv/all debian  ## what takes too long for `make test`; writes docs/proof; only=NAME for some
	$(BIN)/python -m benchmarks.proof $(only)

bench: .venv/spark debian debian-spark  ## one line a goal: name, measured, goal, ok or short; only=NAME for some
	$(BIN)/python -m benchmarks $(only)

docs: .venv/all  ## the reference pages, generated from the specification and the codebook
	$(BIN)/python -m skillnad.cli.main docs

format: .venv/all
	$(BIN)/ruff check --fix $(CHECKED)
	$(BIN)/ruff format $(CHECKED)

.PHONY: debian
debian:  ## Debian packages of the tests, where absent
	@bash scripts/debian-packages

.PHONY: debian-spark
debian-spark:  ## Java, which Spark runs on, where absent
	@bash scripts/debian-packages-spark

.venv/pip:
	$(PYTHON) -m venv .venv
	touch $@

.venv/base: .venv/pip requirements.lock pyproject.toml
	$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

.venv/all: .venv/pip requirements-all.lock pyproject.toml
	$(BIN)/pip install --quiet --require-hashes -r requirements-all.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@ .venv/base

.venv/spark: .venv/all requirements-spark.lock
	$(BIN)/pip install --quiet --require-hashes -r requirements-spark.lock
	touch $@

lock:  ## resolve again; the lock files name no registry
	uv pip compile $(LOCKING) --quiet --extra build pyproject.toml -o requirements.lock
	uv pip compile $(LOCKING) --quiet --extra build --extra spss --extra forms --extra tools pyproject.toml -o requirements-all.lock
	uv pip compile $(LOCKING) --quiet --extra build --extra spark --extra tools pyproject.toml -o requirements-spark.lock

clean:
	rm -rf .venv var build
