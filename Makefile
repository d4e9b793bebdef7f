# `make demo` shows what tracker does, `make test` proves it; both make the environment first where it is missing or old.
# Nothing outside this folder is written but pip's cache, and nothing is fetched but the locked packages.

VENV  := .venv
DEMO  := demo
PY    := $(VENV)/bin/python
RUN   := MPLCONFIGDIR=$(CURDIR)/$(VENV)/matplotlib $(VENV)/bin
DB    := sqlite:///$(DEMO)/tracker.db
PIP   := $(PY) -m pip --disable-pip-version-check --quiet
LOCK  := CUSTOM_COMPILE_COMMAND='make lock' $(VENV)/bin/pip-compile --quiet --generate-hashes --strip-extras \
         --allow-unsafe --no-emit-index-url --no-emit-find-links --no-emit-trusted-host $(UPGRADE)
PYTEST_ARGS ?=
INDEX := tracker/gazetteer/data/places.idx

.DELETE_ON_ERROR:
.PHONY: help demo gallery install test lint types suite develop lock gazetteer codebook clean

help:
	@echo 'make demo       ingest the example newsroom, write a report and CSV files into $(DEMO)/'
	@echo 'make gallery    draw the example reports of reports/gallery/ anew'
	@echo 'make test       lint, types and the whole test suite'
	@echo 'make lint, make types, make suite: one of these three'
	@echo 'make install    the environment in $(VENV)/ that runs tracker'
	@echo 'make develop    the same with what the tests need'
	@echo 'make gazetteer  build the index of place names where it is not current'
	@echo 'make codebook   write docs/codebook.md anew from the tables of the exports'
	@echo 'make lock       pin the dependencies of pyproject.toml anew (UPGRADE=--upgrade: to their latest releases)'
	@echo 'make clean      remove the environment, the demo and caches'

demo: install gazetteer
	@mkdir -p $(DEMO) && rm -f $(DEMO)/daily-*
	@$(RUN)/tracker ingest examples/newsroom --db $(DB) --now 2025-03-17T06:00
	@$(RUN)/tracker report daily --db $(DB) --format both --output $(DEMO) >/dev/null
	@for table in claims incidents incident_claims series tolls revisions documents; do \
	    $(RUN)/tracker export $$table --db $(DB) --output $(DEMO)/$$table.csv || exit; \
	done
	@echo 'The report (PDF and PNG pages), the tables with their dictionaries and the database:'
	@ls -1 $(DEMO)/*.pdf $(DEMO)/*.png $(DEMO)/*.csv $(DEMO)/tracker.db

gallery: install gazetteer
	@$(RUN)/python reports/gallery/draw.py

# `make --keep-going test` goes on to the next of the three after one has failed.
test: lint types suite

lint: develop
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .

types: develop
	$(VENV)/bin/mypy

suite: develop gazetteer
	$(RUN)/pytest $(PYTEST_ARGS)

install: $(VENV)/installed
develop: $(VENV)/developing

gazetteer: $(INDEX)

# The build of the package makes the index too; this makes it anew where its sources have changed since.
$(INDEX): $(wildcard tracker/gazetteer/*.py tracker/gazetteer/data/*.gz tracker/gazetteer/data/*.txt) | $(VENV)/installed
	@$(VENV)/bin/tracker gazetteer build
	@touch $@

codebook: $(VENV)/installed
	@$(VENV)/bin/tracker export codebook --output docs/codebook.md

lock: $(VENV)/developing
	$(LOCK) --build-deps-for editable --no-build-isolation --output-file requirements.txt pyproject.toml
	$(PY) -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['dependency-groups']['dev'], sep='\n')" \
	    | $(LOCK) --no-annotate --output-file requirements-dev.txt requirements.txt -

clean:
	rm -rf $(VENV) $(DEMO) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	rm -f tracker/gazetteer/data/places.idx*
	find tracker tests -name __pycache__ -prune -exec rm -rf {} +

# The stamps: pip runs only where a lock, or what pyproject.toml says, is newer.
$(VENV)/made:
	@python=$$(for name in $(PYTHON) python3 python3.13 python3.12 python3.11; do \
	    $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done); \
	if [ -z "$$python" ]; then \
	    echo 'tracker needs Python 3.11 or newer, and none was found; install it, or name it as in: make demo PYTHON=/path/to/python3' >&2; \
	    exit 1; \
	fi; \
	echo "Making the environment in $(VENV) with $$($$python --version) ..."; \
	$$python -m venv $(VENV) || { \
	    echo 'Python could not make an environment; install its venv module (on Debian and Ubuntu: apt install python3-venv).' >&2; \
	    rm -rf $(VENV); exit 1; }
	@touch $@

$(VENV)/installed: $(VENV)/made requirements.txt pyproject.toml hatch_build.py
	@echo 'Installing the locked packages (about a minute, once) ...'
	@$(PIP) install --require-hashes --requirement requirements.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/developing: $(VENV)/installed requirements-dev.txt
	@echo 'Installing the locked packages that the tests need ...'
	@$(PIP) install --require-hashes --requirement requirements-dev.txt
	@touch $@
