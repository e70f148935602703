# Two commands: `make demo` runs the product on this machine, `make test` runs everything CI runs.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/.stamps

.PHONY: demo install test lock format clean

demo: $(STAMPS)/run
	PORT=$(PORT) $(BIN)/passerelles demo

install: $(STAMPS)/dev

test: install
	$(BIN)/python -m tests.everything

$(STAMPS)/venv:
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 ou plus est nécessaire.") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	mkdir -p $(STAMPS) && touch $@

$(STAMPS)/run: $(STAMPS)/venv requirements/run.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

$(STAMPS)/dev: $(STAMPS)/venv requirements/dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@ $(STAMPS)/run

# Hashed and without any registry name; run it after changing pyproject.toml (needs `pip install uv`).
lock: $(STAMPS)/venv
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --extra install pyproject.toml -o requirements/run.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --extra install --extra dev pyproject.toml -o requirements/dev.txt

format:
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/djlint --quiet --reformat backend/web/templates || true

clean:
	rm -rf $(VENV) var
