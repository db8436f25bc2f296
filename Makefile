# The portal's commands. `make` alone lists them.

PORT ?= 8000
JOBS ?= 2
export PORT

PY := .venv/bin/python
SERVICES := $(PY) -m tests.services
CALM := --durations=0 --durations-min=5
STATEMENTS := --statements=var/statements

# The first interpreter that is new enough and can make a virtual environment.
FIND_PYTHON = for name in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$name && break; done
NO_PYTHON = Python 3.11 or newer with its venv module is needed \
	(on Debian: apt-get install python3 python3-venv). Name another one with make PYTHON=/path/to/python3

.DEFAULT_GOAL := help
.PHONY: help run test e2e bench check fmt lock clean venv runtime dev

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: runtime ## Set up, load the demo into an empty database and serve on http://127.0.0.1:8000 (PORT=)
	@exec $(PY) manage.py run_portal --demo

# One after the other: both at once were slower, four processes on two cores hinder each other. What the first process has
# compiled, the others read. SQLite is asked everything; PostgreSQL every statement once, by the notes of the first run.
test: export PYTHONDONTWRITEBYTECODE =
test: dev ## All tests that need no browser: on SQLite, then on PostgreSQL, Redis and Celery
	@echo "== 1/2 SQLite"
	@$(PY) -m pytest -n $(JOBS) --dist worksteal $(CALM) $(STATEMENTS) -m "not e2e and not services"
	@echo "== 2/2 PostgreSQL, Redis, Celery"
	@$(SERVICES) $(PY) -m pytest -n $(JOBS) --dist worksteal $(CALM) $(STATEMENTS) -m "not e2e" --database-only --ignore tests/tidiness

e2e: dev ## The tests that drive a real browser (needs Debian's chromium)
	@$(PY) -m pytest $(CALM) -m e2e tests/e2e

bench: dev ## The benchmarks, each figure as soon as it is known (some fifteen minutes)
	@$(PY) -m bench

check: dev ## The house rules: ruff, djlint, import direction, migrations, catalogues
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m djlint --lint --quiet .
	@.venv/bin/lint-imports
	@$(PY) manage.py makemigrations --check --dry-run
	@$(PY) -m pytest tests/tidiness

fmt: dev ## Format the code and mend what ruff can mend
	@$(PY) -m ruff format .
	@$(PY) -m ruff check --fix .

lock: ## Compile requirements/*.in into hash-pinned locks (needs uv)
	uv pip compile $(LOCK) requirements/runtime.in -o requirements/runtime.txt
	uv pip compile $(LOCK) -c requirements/runtime.txt requirements/s3.in -o requirements/s3.txt
	uv pip compile $(LOCK) -c requirements/runtime.txt requirements/opensearch.in -o requirements/opensearch.txt
	uv pip compile $(LOCK) -c requirements/runtime.txt -c requirements/s3.txt requirements/dev.in -o requirements/dev.txt
LOCK := -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

clean: ## Remove the virtual environment, collected files and caches; the database and uploads stay
	rm -rf .venv var/static .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

venv:
	@test -x $(PY) || { python=$$($(FIND_PYTHON)); \
		test -n "$$python" || { echo "$(NO_PYTHON)" >&2; exit 1; }; \
		echo "Making .venv with $$($$python --version) ..."; $$python -m venv .venv; }

runtime: venv
	@$(PY) requirements/install.py runtime

dev: venv
	@$(PY) requirements/install.py dev
