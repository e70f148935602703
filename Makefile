# Two commands: `make demo` runs the product on this machine, `make test` runs everything CI runs.

PYTHON ?= python3
PORT ?= 8000
UV_VERSION := 0.13.9
VENV := .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/.stamps
TEMPLATES := $(wildcard */templates */*/templates)

.PHONY: demo install test attacks guide audit mutation lock format clean

demo: $(STAMPS)/run
	PORT=$(PORT) $(BIN)/passerelles demo

install: $(STAMPS)/dev

test: install
	$(BIN)/python -m tests.everything

# Known flaws of what is installed, and its inventory in var/audit; apart from the product, whose lock it only reads.
AUDIT := $(VENV)/audit
audit: $(STAMPS)/dev $(STAMPS)/audit
	$(BIN)/python -m tests.audit $(AUDIT)/bin/pip-audit var/audit

$(STAMPS)/audit: $(STAMPS)/venv requirements/audit.txt
	$(PYTHON) -m venv $(AUDIT)
	$(AUDIT)/bin/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/audit.txt
	$(AUDIT)/bin/pip check --disable-pip-version-check
	touch $@

# Small mistakes put in the critical modules, one at a time: which the tests see. Long; `docs/mutation.md` says the last figures.
mutation: install
	$(BIN)/python -m tests.mutation

# The whole form of each attack: every page, role and relation, twenty thousand hostile requests. About an hour.
attacks: install
	$(BIN)/python -m tests.attacks

# Walks the stories of docs/guide/ in a browser, and takes their pictures again.
guide: install
	$(BIN)/python -m tests.guide

$(STAMPS)/venv:
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 ou plus est nécessaire.") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	mkdir -p $(STAMPS) && touch $@

# A lock names everything: nothing is resolved here, so no later release of anything can break an install.
define install_lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $(1)
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/pip check --disable-pip-version-check
endef

$(STAMPS)/run: $(STAMPS)/venv requirements/run.txt
	$(call install_lock,requirements/run.txt)
	touch $@

$(STAMPS)/dev: $(STAMPS)/venv requirements/dev.txt
	$(call install_lock,requirements/dev.txt)
	touch $@ $(STAMPS)/run

# Hashed, complete and without any registry name; run it after changing pyproject.toml.
LOCK := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-strip-extras --no-header pyproject.toml
lock: $(STAMPS)/venv
	$(BIN)/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	$(LOCK) --extra install -o requirements/run.txt
	$(LOCK) --extra install --extra dev -o requirements/dev.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-strip-extras --no-header requirements/audit.in -o requirements/audit.txt

format:
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/djlint --quiet --lint $(TEMPLATES)

clean:
	rm -rf $(VENV) var
