# The front door. Every target says in a line what it does; `make` alone prints them.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest -q
ON_BOTH := tests --ignore=tests/rules --ignore=tests/members/intake --ignore=tests/journeys/browser --ignore=tests/kernel/web

.PHONY: help setup demo lint test test-long ci bench screenshots lock clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

# What runs an instance: the locked packages and this one. Made again when the lock changes.
.venv/runtime.stamp: requirements/runtime.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing the locked packages ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/runtime.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/test.stamp: .venv/runtime.stamp requirements/test.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	@touch $@

setup: .venv/test.stamp ## make .venv with everything that running, testing and checking needs

demo: .venv/runtime.stamp ## live through a year of an invented organization, report it, serve it (ARGS=--no-serve: no site)
	@$(BIN)/tequio demo $(ARGS)

lint: setup ## formatting, ruff, types, direction of imports, migrations
	$(BIN)/ruff format --check src tests tools
	$(BIN)/ruff check src tests tools
	$(BIN)/mypy
	$(BIN)/lint-imports
	@TEQUIO_HOME=$$(mktemp -d) DJANGO_SETTINGS_MODULE=tequio.project.settings \
	  $(BIN)/python -m django makemigrations --check --dry-run

test: setup ## everything, on SQLite and on PostgreSQL
	@tools/browser.py
	$(PYTEST) -n 2 tests
	tools/with_postgres.py $(PYTEST) -n 2 $(ON_BOTH)

test-long: setup ## long fuzzing and kill tests, on both engines
	$(PYTEST) -n 2 -m long tests
	tools/with_postgres.py $(PYTEST) -n 2 -m long $(ON_BOTH)

ci: lint test ## what runs before anything lands
	$(BIN)/tequio demo --no-serve

bench: .venv/runtime.stamp ## the benchmarks, as JSON
	$(BIN)/tequio bench dues --members 100000 --json

screenshots: setup ## every page, both languages, 320 and 1280 px, light and dark, into screenshots/
	@tools/browser.py
	$(BIN)/python tools/screenshots.py

lock: ## resolve the requirements again and lock them with hashes (needs pip-tools)
	cd requirements && pip-compile -q --generate-hashes --allow-unsafe --strip-extras --no-header \
	  --no-emit-index-url --no-emit-find-links runtime.in build.in -o runtime.txt
	cd requirements && pip-compile -q --generate-hashes --allow-unsafe --strip-extras --no-header \
	  --no-emit-index-url --no-emit-find-links runtime.in build.in test.in -o test.txt

clean: ## remove .venv and what tools left
	rm -rf .venv build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
