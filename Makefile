# Needs Python 3.11 or newer, make and the package index.  PYTHON=python3.12 make run chooses another.
PYTHON ?= python3
BIN := .venv/bin
RUN := .venv/.run-ready
TEST := .venv/.test-ready

.PHONY: run test bench format translations pins clean

run: $(RUN)  ## Sets everything up and serves the site on http://127.0.0.1:5000
	$(BIN)/python app.py

test: $(TEST)  ## Sets everything up and passes the tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest

bench: $(TEST)  ## Prints the benchmark tables
	$(BIN)/python -m benchmarks

format: $(TEST)  ## Formats the code and mends what ruff can
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

translations: $(TEST)  ## Gathers the words of the pages and compiles their translations
	$(BIN)/pybabel extract -F translations/babel.cfg --no-location --sort-output -o translations/messages.pot .
	$(BIN)/pybabel update -i translations/messages.pot -d translations --no-fuzzy-matching --ignore-obsolete
	rm translations/messages.pot
	$(BIN)/pybabel compile -d translations

pins: $(TEST)  ## Writes down in constraints.txt what the pinned packages brought along
	grep -h '==' requirements.txt tests/requirements.txt > .venv/chosen.txt
	grep '^#' constraints.txt > .venv/pins.txt
	$(BIN)/pip freeze -r .venv/chosen.txt | sed '1,/^## /d' >> .venv/pins.txt
	cp .venv/pins.txt constraints.txt

clean:  ## Removes what can be made again
	rm -rf .venv instance/index.* instance/addresses.db .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(RUN): requirements.txt constraints.txt | $(BIN)/pip
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(TEST): requirements.txt tests/requirements.txt constraints.txt | $(BIN)/pip
	$(BIN)/pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	touch $@ $(RUN)

# pip comes last when the environment is made: without it the making was broken off.
$(BIN)/pip:
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Python 3.11 or newer is needed; choose one with PYTHON=python3.12 make …')"
	$(PYTHON) -m venv --clear .venv
