# Everything one types. `make help` lists it.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON_BIN := .venv/bin/python
WORKERS ?= 2

.PHONY: help setup setup-tests run test test-fast check lock env bench openapi slots-oracle

help: ## Show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

setup: .venv/.installed ## Make .venv and install what is needed; the others call it
	@scripts/setup ffmpeg

.venv/.installed: requirements.lock
	@scripts/setup venv
	@touch $@

setup-tests: setup
	@scripts/setup chromium

run: setup ## Start everything with the demo company; PORT=8100 moves it, VERBOSE=1 shows every log
	@$(PYTHON_BIN) manage.py dev $(if $(VERBOSE),--verbose)

test: setup-tests ## Every test, on real PostgreSQL, Valkey, S3, ffmpeg and Chromium
	@CHROMIUM="$$(scripts/setup find-chromium)" $(PYTHON_BIN) -m pytest -n $(WORKERS) --dist loadfile $(ARGS)

test-fast: setup-tests ## The tests without browsers and slow ones, for while you write; ARGS="-k word" narrows it
	@$(PYTHON_BIN) -m pytest -q -x -m "not journey and not slow" $(ARGS)

slots-oracle: setup ## Ask 5,000 random questions of the slot engine and of the slow oracle; SLOT_EXAMPLES=… for more
	@SLOT_EXAMPLES=$${SLOT_EXAMPLES:-5000} $(PYTHON_BIN) -m pytest -q tests/scheduling/test_slots.py --timeout=7200 $(ARGS)

check: setup ## Format, lint, types, import contracts, templates, migrations, licences
	@scripts/check

lock: setup ## Write both lock files anew after changing pyproject.toml
	@.venv/bin/uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --all-extras -q pyproject.toml -o requirements.lock
	@.venv/bin/uv pip compile --universal --generate-hashes --no-emit-index-url --no-header -c requirements.lock -q pyproject.toml -o requirements-production.lock

openapi: setup ## Write openapi.yaml anew after changing the API; a test compares
	@$(PYTHON_BIN) manage.py spectacular --file openapi.yaml --validate --fail-on-warn

env: ## Write .env with fresh secrets, for docker compose
	@scripts/make-env

bench: setup-tests ## Measure, and compare with the last time
	@CHROMIUM="$$(scripts/setup find-chromium)" $(PYTHON_BIN) -m tests.benchmarks
