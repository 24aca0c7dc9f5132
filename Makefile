# Lotse. `make run` sets everything up and runs it; `make test` sets everything up and runs all tests.
.DEFAULT_GOAL := help
SHELL := /bin/bash
export UV_PYTHON_PREFERENCE ?= only-system

# uv from the path, or one of our own, made with the Python that is here.
UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)
BIN := .venv/bin

.PHONY: help
help: ## what can be done
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

.uv/bin/uv:
	python3 -m venv .uv
	.uv/bin/pip install --quiet --disable-pip-version-check uv

# The environment is made anew when the lock or the project changes, and left alone otherwise.
.venv/.made: requirements.lock pyproject.toml $(filter .uv/bin/uv,$(UV))
	$(UV) venv --quiet --allow-existing --python '>=3.11' .venv
	$(UV) pip sync --quiet --require-hashes requirements.lock
	$(UV) pip install --quiet --no-deps --editable .
	@touch $@

.PHONY: setup
setup: .venv/.made ## the environment

.PHONY: run
run: setup ## run Lotse at http://localhost:8080, with a sample office in an empty database
	@exec $(BIN)/lotse run --demo

.PHONY: test
test: setup browser lint model ## everything: lints, checks, all tests on both databases, drills, browser
	$(BIN)/lotse check all
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest
	$(BIN)/coverage report --include='bot/conversation/*,bot/i18n/*' --fail-under=100

.PHONY: test-fast
test-fast: setup ## the tests without browser, drills and the real model
	$(BIN)/pytest -q -m "not browser and not drill and not model"

.PHONY: lint
lint: setup ## form, types, imports, catalogues
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@command -v msgfmt >/dev/null || { [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq gettext >/dev/null; } \
		|| { echo "msgfmt is missing. Install it with: sudo apt-get install gettext"; exit 1; }
	for file in locales/*/LC_MESSAGES/lotse.po; do msgfmt --check --check-format --output-file=/dev/null $$file || exit 1; done

.PHONY: model
model: setup ## the vectors and the classifier that tests and service use (minutes at the first time, nothing later)
	@$(BIN)/lotse ask --lang de "Ich brauche Rat und weiß nicht, zu wem ich gehen soll" > /dev/null

.PHONY: browser
browser: ## a browser for the browser tests
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null \
		|| { [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq chromium fonts-noto-core >/dev/null; } \
		|| echo "No chromium found: the browser tests are skipped. Install it with: sudo apt-get install chromium"

.PHONY: format
format: setup ## bring the code into form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

.PHONY: messages
messages: setup ## take new texts of the code into the catalogues
	$(BIN)/pybabel -q extract -k phrases -k count:1,2 --no-location --sort-output --project Lotse --version 0.1 -o locales/lotse.pot bot
	for file in locales/*/LC_MESSAGES/lotse.po; do \
		locale=$$(basename $$(dirname $$(dirname $$file))); \
		$(BIN)/pybabel -q update -D lotse -i locales/lotse.pot -d locales -l $$locale --no-fuzzy-matching --ignore-obsolete; \
	done

.PHONY: lock
lock: $(filter .uv/bin/uv,$(UV)) ## choose versions anew, within the bounds of pyproject.toml
	$(UV) lock --quiet
	$(UV) export --quiet --frozen --all-groups --no-emit-project --no-header --no-annotate -o requirements.lock

.PHONY: bench
bench: setup model ## measure speed, memory and start
	$(BIN)/python -m bench.all

.PHONY: clean
clean: ## remove what can be made again
	rm -rf .venv .uv .mypy_cache .ruff_cache .hypothesis .coverage
