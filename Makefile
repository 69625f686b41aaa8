# Portolano's commands. `make run` and `make test` are the two that matter; `make help` lists all.

PYTHON ?= python3
VENV := .venv/bin
# Where no .env says what this installation is, it is the demonstration.
DEMONSTRATION ?= $(if $(wildcard .env),,true)
# What an .env says of the installation beside it, and the demonstration from scratch must not take over.
OWN := DATABASE_URL ELASTICSEARCH_URL STATIC_DIR PUBLIC_URL ALLOWED_HOSTS CSRF_TRUSTED_ORIGINS BEHIND_HTTPS_PROXY

.DEFAULT_GOAL := help
.PHONY: help run test lint types format bench relevance demo messages lock clean port environment tools

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: port environment ## build everything and serve the portal on PORT (8000 if unset)
	@exec env $(if $(DEMONSTRATION),DEMONSTRATION=$(DEMONSTRATION)) $(VENV)/python -m portal.process

test: tools ## lint, types, contracts and all tests; again on PostgreSQL and Elasticsearch where their URLs are set
	@$(VENV)/python -m tests.run

lint: tools ## style of code and templates, import contracts, migrations, messages
	@$(VENV)/python -m tests.run lint

types: tools ## mypy, strict
	@$(VENV)/python -m tests.run types

format: tools ## lay out code and templates
	@$(VENV)/ruff check --fix --quiet .
	@$(VENV)/ruff format --quiet .
	@$(VENV)/djlint --reformat --quiet frontend portal

relevance: tools ## measure how well search answers judged questions; writes build/relevance.json
	@$(VENV)/python -m tests.relevance

bench: tools ## measure reading, publishing and indexing with 10,000 services; writes build/bench.json
	@$(VENV)/python -m tests.benchmarks

demo: port environment ## the demonstration from scratch, in a folder of its own
	@rm -rf var/demo
	@exec env VAR_DIR=$(CURDIR)/var/demo DEMONSTRATION=true $(patsubst %,%=,$(OWN)) $(VENV)/python -m portal.process

messages: tools ## collect the interface's strings into locale/
	@$(VENV)/python -m portal.messages collect

lock: tools ## lock the newest versions that pyproject.toml allows, with hashes
	@$(VENV)/python requirements/lock.py --upgrade

clean: ## remove what was built; the database and the media in var/ stay
	@rm -rf .venv build frontend/static/dist frontend/assets/node_modules var/static var/index var/demo
	@rm -rf .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
	@find locale -name '*.mo' -delete

port:
	@command -v $(PYTHON) >/dev/null || { echo "Python is missing: install Python 3.11 or later (Debian, Ubuntu: apt install python3 python3-venv)" >&2; exit 1; }
	@$(PYTHON) portal/process/port.py

environment:
	@$(PYTHON) requirements/install.py build

tools:
	@$(PYTHON) requirements/install.py dev
