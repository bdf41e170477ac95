# The front door. Every target says in a line what it does; `make` alone prints them.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest -q
# What is compiled once is kept, whatever the environment says: pytest takes half a minute to compile all tests.
unexport PYTHONDONTWRITEBYTECODE
# Whoever is done takes what waits next, by the file or folder (tests/sharing_out.py).
TWO := -n 2 --dist loadfile

.PHONY: help setup demo lint test test-long ci machine lived bench screenshots lock clean

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
	$(PYTEST) $(TWO) tests
	tools/with_postgres.py $(PYTEST) $(TWO) tests

test-long: setup lived ## long fuzzing and kill tests, pages on PostgreSQL, a larger demonstration
	$(PYTEST) $(TWO) -m long tests
	tools/with_postgres.py $(PYTEST) $(TWO) -m long tests

ci: export TEQUIO_CI = 1
ci: ## what runs before anything lands; nothing waits that need not
	$(MAKE) -j2 -Otarget setup machine
	$(MAKE) -j2 lint test

machine: # a browser, PostgreSQL, mail servers and Mailman, installed where this may install
	@tools/browser.py
	@tools/with_postgres.py true
	@tools/mail_servers.py
	@tools/mailing_lists.py

lived: .venv/runtime.stamp # the whole demonstration, without its site; smaller ones are lived among the tests
	$(BIN)/tequio demo --no-serve --members 200

bench: .venv/runtime.stamp ## the benchmarks, as JSON
	$(BIN)/tequio bench dues --members 100000 --json

screenshots: setup ## every page, both languages, 320 and 1280 px, light and dark, into screenshots/ (ARGS=--check: axe too)
	@tools/browser.py
	$(BIN)/python tools/screenshots.py $(ARGS)

lock: ## resolve the requirements again and lock them with hashes (needs pip-tools)
	cd requirements && pip-compile -q --generate-hashes --allow-unsafe --strip-extras --no-header \
	  --no-emit-index-url --no-emit-find-links runtime.in build.in -o runtime.txt
	cd requirements && pip-compile -q --generate-hashes --allow-unsafe --strip-extras --no-header \
	  --no-emit-index-url --no-emit-find-links runtime.in build.in test.in -o test.txt
	cd requirements && pip-compile -q --generate-hashes --allow-unsafe --strip-extras --no-header \
	  --no-emit-index-url --no-emit-find-links mailman.in -o mailman.txt

clean: ## remove .venv and what tools left
	rm -rf .venv build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
