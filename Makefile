# Everything a fresh machine needs is set up on first use; PYTHON may name another interpreter.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
TESTS := --numprocesses 2 --dist loadfile

.PHONY: site serve docs lint test test-all check dist lock clean
.DEFAULT_GOAL := site

$(READY): requirements-dev.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps \
	  --no-build-isolation --editable .
	touch $@

site: $(READY)  ## Build the archive into build/
	$(BIN)/mkdocs build --strict

serve: $(READY)  ## Preview it, rebuilt at every change
	$(BIN)/mkdocs serve

docs: $(READY)  ## Build the documentation's own site into build-docs/
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict -f mkdocs-docs.yml

lint: $(READY)  ## Format, lint and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/oxlint plugins tests

test: lint  ## The same, and all tests with their coverage, in a real browser too
	CHROMIUM="$$(tests/chromium $(BIN))" $(BIN)/pytest $(TESTS) --cov

test-all: export POLICY_ARCHIVE_THOROUGH := 1
test-all: test  ## The same elsewhere: oldest and newest Python, lowest dependencies
	CHROMIUM="$$(tests/chromium $(BIN))" .ci/elsewhere oldest requirements-lowest.txt $(TESTS)
	CHROMIUM="$$(tests/chromium $(BIN))" .ci/elsewhere newest requirements-dev.txt $(TESTS)

check: $(READY)  ## List every doubt and problem of the archive
	$(BIN)/policy-archive check

dist: $(READY)  ## Source distribution and wheel, the same whoever makes them
	SOURCE_DATE_EPOCH="$$(git log -1 --format=%ct)" $(BIN)/python -m build --no-isolation

LOCK := $(BIN)/pip-compile --quiet --strip-extras --no-emit-index-url --no-emit-trusted-host \
  --no-emit-find-links --no-header --generate-hashes --allow-unsafe --upgrade --extra dev

lock: $(READY)  ## Pin the newest dependencies anew, and the lowest that are allowed
	$(LOCK) --output-file requirements-dev.txt pyproject.toml
	.ci/lowest > .venv/lowest.txt
	$(LOCK) --constraint .venv/lowest.txt --output-file requirements-lowest.txt pyproject.toml

clean:
	rm -rf .venv .cache dist build-docs .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find build -mindepth 1 ! -name .gitignore -delete
