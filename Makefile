# Lotse. `make run` sets everything up and runs it; `make test` sets everything up and runs all tests.
.DEFAULT_GOAL := help
SHELL := /bin/bash
export UV_PROJECT_ENVIRONMENT ?= .venv

# uv from the path, or one of our own, made with the Python that is here.
UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)
RUN := $(UV) run --frozen --quiet

.PHONY: help
help: ## what can be done
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

.uv/bin/uv:
	python3 -m venv .uv
	.uv/bin/pip install --quiet --disable-pip-version-check uv

.PHONY: setup
setup: $(filter .uv/bin/uv,$(UV)) ## the environment
	$(UV) sync --frozen --quiet

.PHONY: run
run: setup ## run Lotse at http://localhost:8080, with a sample office in an empty database
	@exec $(RUN) lotse run --demo

.PHONY: test
test: setup browser lint ## everything: lints, checks, all tests on both databases, drills, browser
	$(RUN) lotse check all
	$(RUN) coverage erase
	$(RUN) coverage run -m pytest
	$(RUN) coverage report --include='bot/conversation/*,bot/i18n/*' --fail-under=100

.PHONY: test-fast
test-fast: setup ## the tests without browser and drills
	$(RUN) pytest -m "not browser and not drill"

.PHONY: lint
lint: setup ## form, types, imports, catalogues
	$(RUN) ruff format --check .
	$(RUN) ruff check .
	$(RUN) mypy
	$(RUN) lint-imports
	$(RUN) python -m tests.tools.gettext_check

.PHONY: browser
browser: ## a browser for the browser tests
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null \
		|| { [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq chromium fonts-noto-core >/dev/null; } \
		|| echo "No chromium found: the browser tests are skipped. Install it with: sudo apt-get install chromium"

.PHONY: format
format: setup ## bring the code into form
	$(RUN) ruff format .
	$(RUN) ruff check --fix .

.PHONY: messages
messages: setup ## take new texts of the code into the catalogues
	$(RUN) pybabel -q extract -k phrases -k count:1,2 --no-location --sort-output --project Lotse --version 0.1 -o locales/lotse.pot bot
	for locale in $$(ls -d locales/*/ | xargs -n1 basename); do \
		$(RUN) pybabel -q update -D lotse -i locales/lotse.pot -d locales -l $$locale --no-fuzzy-matching --ignore-obsolete; \
	done

.PHONY: bench
bench: setup ## measure speed, memory and start
	$(RUN) python -m bench.all

.PHONY: clean
clean: ## remove what can be made again
	rm -rf .venv .uv .mypy_cache .ruff_cache .hypothesis .coverage
