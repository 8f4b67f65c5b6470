# Linli 邻里. `make` alone prints this list; `make start` and `make check` are all a newcomer needs.
.DEFAULT_GOAL := help
.PHONY: help start check canaries cells faults simulate cluster access screenshots bench bench-large growth load score sbom audit scan test test-postgres drills-postgres lint types format messages css docs vendor wheel clean

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
check: .venv/.dev browser ## everything CI checks: format, lint, types, floors, migrations, tests; LINLI_SWEEP=all asks all of each sweep
	@$(RUN)python -m tools.check

test: .venv/.dev ## the tests alone, a part of each sweep; T=tests/reader for some of them, and all of those
	@$(RUN)pytest -n auto --dist loadfile --no-loadscope-reorder $(T)

canaries: .venv/.dev ## 500 people whose words must turn up nowhere
	@LINLI_CANARIES=500 $(RUN)pytest tests/privacy/test_canary_town.py

faults: .venv/.dev ## all that may go wrong, done in earnest, as one table (docs/faults.md); ROWS=8,9 for some, SIZE=small for a try
	@$(RUN)python -m tools.faults

cells: .venv/.dev ## two cells made by the command, one broken off half-way; on Citus where LINLI_CITUS_URL names a cluster
	@LINLI_CELLS=1 sh tools/with_postgres.sh $(RUN)pytest -q -rs tests/kernel/test_cells.py tests/kernel/test_cells_lint.py

simulate: .venv/.dev ## worlds from seeds: SEEDS=10000 of them, SEED=123 for one, MUTANTS=1 for deliberate defects, JOBS=4
	@PYTHONHASHSEED=0 SEEDS="$(or $(SEEDS),200)" SEED="$(SEED)" MUTANTS="$(MUTANTS)" $(if $(JOBS),JOBS=$(JOBS)) $(RUN)python -m tests.simulation

cluster: .venv/.dev ## three database machines whose leader dies, freezes, falls behind, under a house that is asked
	@$(RUN)python -m tests.faults.cluster.needs
	@$(RUN)pytest -q -p no:randomly tests/faults/cluster/drill_failover.py

access: .venv/.dev browser ## beside make start: every page of the demo against the rules of access
	@$(RUN)python tools/access.py http://localhost:$(PORT)

screenshots: .venv/.dev browser ## what the browser tests see, in build/screenshots
	@LINLI_SWEEP=all LINLI_SCREENSHOTS=1 LINLI_LOOKS=all $(RUN)pytest -m browser

test-postgres: .venv/.dev ## every test that asks the database, on a PostgreSQL of its own; T=tests/cases for some
	@LINLI_SWEEP=all sh tools/with_postgres.sh $(RUN)pytest -q -n auto --dist loadfile --no-loadscope-reorder -m "database and not browser" $(T)

drills-postgres: .venv/.dev ## a standby that dies, an upgrade while many ask (LINLI_OLD=HEAD~1), a return to any second
	@$(RUN)pytest -q -s -p no:randomly tests/faults/postgres/drill_replica.py tests/faults/postgres/drill_upgrade.py tests/faults/postgres/drill_restore.py

lint: .venv/.dev ## format and lint, without changing anything
	@$(RUN)python -m tools.check format lint floors

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
	@$(RUN)python -m tools.sbom

sbom: .venv/.run ## the parts that others made, with digests, as CycloneDX: dist/sbom.json
	@$(RUN)python -m tools.sbom

audit: .venv/.dev ## known weaknesses (fails when nobody answers), secrets, bandit, licences; T=secrets for some
	@$(RUN)python -m tools.audit $(T)

scan: .venv/.dev ## beside make start, on a demo to throw away: wapiti and schemathesis, after their controls
	@$(RUN)python -m tools.scan http://localhost:$(PORT) $(SCAN)

##@ Measure it
bench: .venv/.dev ## what, ours, peer or limit, ratio
	@$(RUN)python -m bench

bench-large: .venv/.dev ## the same with ten times the data, and how it grows
	@$(RUN)python -m bench --large
	@$(RUN)python -m bench.growth

growth: .venv/.dev ## cases, bookings, facts, postings, events as they grow: SIZES=10000,100000 ONLY=facts ON=sqlite
	@$(RUN)python -m bench.growth --sizes "$(SIZES)" --only "$(ONLY)" --on "$(ON)"

load: .venv/.dev ## a town's day at given rates, ten times as many for a minute, then a soak; LOAD="--soak 3600" for an hour
	@$(RUN)python -m bench.load $(LOAD)

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
