# Everything a fresh machine needs is set up on first use; PYTHON may name another interpreter.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready

.PHONY: site serve lint test check lock clean
.DEFAULT_GOAL := site

$(READY): requirements-dev.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

site: $(READY)  ## Build the archive into build/
	$(BIN)/mkdocs build --strict

serve: $(READY)  ## Preview it, rebuilt at every change
	$(BIN)/mkdocs serve

lint: $(READY)  ## Format, lint and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/oxlint plugins tests

test: lint  ## The same, and all tests, in a real browser too
	CHROMIUM="$$(tests/chromium $(BIN))" $(BIN)/pytest --numprocesses 2 --dist loadfile

check: $(READY)  ## List every doubt and problem of the archive
	$(BIN)/policy-archive check

lock: $(READY)  ## Pin the development dependencies anew
	$(BIN)/pip-compile --quiet --strip-extras --no-emit-index-url --no-emit-trusted-host \
	  --no-emit-find-links \
	  --no-header --upgrade --extra dev --output-file requirements-dev.txt pyproject.toml

clean:
	rm -rf .venv .cache dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find build -mindepth 1 ! -name .gitignore -delete
