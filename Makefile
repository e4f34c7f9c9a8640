# make forecast   the Shenzhen 2022-2025 forecast, into results/shenzhen-2022-2025
# make test       style, types and tests (the quick ones once more under Python 3.12 where there is one)
# make clean      remove what these made
#
# Everything goes into .venv; nothing needs to be installed beforehand but Python 3.11 or later.
# The same with uv (also on Windows):
#   uv run miaopu forecast shenzhen-2022-2025 --out results/shenzhen-2022-2025
#   uv run --extra dev pytest -n auto

candidates := python3 python3.13 python3.12 python3.11 python
PYTHON ?= $(firstword $(foreach p,$(candidates),$(shell $(p) -c 'import sys; print("$(p)" if sys.version_info >= (3, 11) else "")' 2>/dev/null)))
PYTHON312 ?= python3.12
SCENARIO ?= shenzhen-2022-2025
OUT ?= results/$(SCENARIO)

.PHONY: forecast test test312 clean
.DELETE_ON_ERROR:

forecast: .venv/installed
	.venv/bin/miaopu forecast $(SCENARIO) --out $(OUT)

test: .venv/installed-dev
	.venv/bin/ruff check .
	.venv/bin/basedpyright
	.venv/bin/pytest -n auto
	@if ! $(PYTHON312) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 12))' >/dev/null 2>&1; then \
		echo "*** SKIPPED: no working $(PYTHON312) here, so the tests did not run under Python 3.12 ***"; \
	else $(MAKE) --no-print-directory test312; fi

test312: .venv312/installed-dev
	.venv312/bin/pytest -n auto -m "not slow"

.venv/installed: pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed (make PYTHON=/path/to/python3)"; exit 1; }
	test -x .venv/bin/pip || $(PYTHON) -m venv .venv
	.venv/bin/pip install --quiet --disable-pip-version-check -e .
	@touch $@

.venv/installed-dev: .venv/installed
	.venv/bin/pip install --quiet --disable-pip-version-check -e ".[dev]"
	@mkdir -p .venv/root && ln -sfn ../.. .venv/root/miaopu
	@touch $@

.venv312/installed-dev: pyproject.toml
	test -x .venv312/bin/pip || $(PYTHON312) -m venv .venv312
	.venv312/bin/pip install --quiet --disable-pip-version-check -e ".[dev]"
	@touch $@

clean:
	rm -rf .venv .venv312 build dist *.egg-info results .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
