# Linli 邻里. `make` alone prints this list; `make start` and `make check` are all a newcomer needs.
.DEFAULT_GOAL := help
.PHONY: help start check canaries faults access screenshots bench bench-large score test test-postgres lint types format messages css docs vendor wheel clean

PORT ?= 8000
SIZE ?= 1
UV := $(shell command -v uv 2>/dev/null || echo build/uv/bin/uv)
RUN := .venv/bin/
export LINLI_HOME ?= $(CURDIR)/var
export UV_PROJECT_ENVIRONMENT := .venv

help: ## this list
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

##@ Use it
start: .venv/.run ## a filled demo on http://localhost:8000 (PORT=… for another port, SIZE=100 for more)
	@LINLI_DEMO=1 $(RUN)linli demo --size $(SIZE)
	@LINLI_DEMO=1 exec $(RUN)linli serve --port $(PORT)

##@ Work on it
check: .venv/.dev browser ## everything CI checks: format, lint, types, floors, migrations, tests
	@$(RUN)python tools/check.py

test: .venv/.dev ## the tests alone; T=tests/reader for some of them
	@$(RUN)pytest -n auto --dist loadfile --no-loadscope-reorder $(T)

canaries: .venv/.dev ## 500 people whose words must turn up nowhere
	@LINLI_CANARIES=500 $(RUN)pytest tests/privacy/test_canary_town.py

faults: .venv/.dev ## a server killed twenty times while many ask; five thousand who book at once
	@LINLI_KILLS=20 LINLI_CROWD=5000 $(RUN)pytest tests/faults/test_killed.py tests/faults/test_booked.py tests/faults/test_posted.py

access: .venv/.dev browser ## beside make start: every page of the demo against the rules of access
	@$(RUN)python tools/access.py http://localhost:$(PORT)

screenshots: .venv/.dev browser ## what the browser tests see, in build/screenshots
	@LINLI_SCREENSHOTS=1 LINLI_LOOKS=all $(RUN)pytest -m browser

test-postgres: .venv/.dev ## every test that asks the database, on a PostgreSQL of its own; T=tests/cases for some
	@sh tools/with_postgres.sh $(RUN)pytest -q -n auto --dist loadfile --no-loadscope-reorder -m "database and not browser" $(T)

lint: .venv/.dev ## format and lint, without changing anything
	@$(RUN)python tools/check.py format lint floors

types: .venv/.dev ## mypy, strict
	@$(RUN)mypy

format: .venv/.dev ## lay the code out
	@$(RUN)ruff format . && $(RUN)ruff check --fix . && $(RUN)djangofmt check --fix $$(git ls-files 'linli/**/*.html' ':!linli/demo/reports')

messages: .venv/.dev ## add new texts to the translation files
	@$(RUN)python -m linli.ui.translations update

vendor: .venv/.dev ## fetch vendored scripts and fonts anew (needs Node)
	@$(UV) run --frozen --with fonttools --with brotli python -m tools.vendor

css: .venv/.dev ## join linli/ui/css into the one stylesheet that is served
	@$(RUN)python -m linli.ui.bundle

docs: .venv/.dev ## write docs/engines and docs/api.md anew from the code
	@$(RUN)python -m tools.engine_pages
	@$(RUN)python -m tools.api_page

wheel: .venv/.run ## what an installation needs, in dist: the wheel, the versions it was tested with, deploy
	@$(UV) build --quiet --wheel --out-dir dist
	@$(UV) export --quiet --frozen --no-default-groups --no-emit-project --output-file dist/requirements.txt
	@tar -czf dist/deploy.tar.gz deploy

##@ Measure it
bench: .venv/.dev ## what, ours, peer or limit, ratio
	@$(RUN)python -m bench

bench-large: .venv/.dev ## the same with ten times the data
	@$(RUN)python -m bench --large

score: .venv/.dev ## the reader against hand-made gold
	@$(RUN)python -m bench.score

##@ Tidy
clean: ## remove the environment and everything built (keeps ./var)
	rm -rf .venv build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage

build/uv/bin/uv:
	@echo "uv is not here: putting it into build/uv"
	@python3 -m venv build/uv && build/uv/bin/python -m pip install --quiet --disable-pip-version-check uv

.venv/.run: pyproject.toml uv.lock | $(filter build/%,$(UV))
	@$(UV) sync --quiet --frozen --inexact --no-default-groups
	@touch $@

.venv/.dev: pyproject.toml uv.lock | $(filter build/%,$(UV))
	@$(UV) sync --quiet --frozen
	@touch $@ .venv/.run

.PHONY: browser
browser: # the browser that tests open; installed when we may, else named
	@tools/browser.sh
