# make run    set up this machine and open the window on the built-in sample
# make test   set up this machine and run all checks and tests
# Another interpreter: make run PYTHON=python3.12.  Another PyTorch build: make run TORCH_INDEX=<pip index>.

SHELL := /bin/bash
PY := .venv/bin/python
BENCHMARKS := accuracy speed ablation deploy gui
export PYTHON TORCH_INDEX

.DEFAULT_GOAL := help
.PHONY: help setup setup-tests run test demo screenshots translations bench bench-imagenet lint format clean package release

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | while IFS=$$'\t' read -r name text; do printf 'make %-12s %s\n' "$$name" "$$text"; done

setup:
	@scripts/setup.sh

setup-tests:
	@scripts/setup.sh --tests

run: setup ## set up this machine and open the window on the built-in sample
	@scripts/run.sh

demo: setup ## quantize the built-in sample on the command line
	@scripts/run.sh --command-line

test: setup-tests ## set up this machine and run all checks and tests
	@scripts/test.sh

screenshots: setup-tests ## make the pictures of every view: themes, sizes, and 200 % scale
	QT_QPA_PLATFORM=offscreen $(PY) -m tests.tools.screenshots
	QT_QPA_PLATFORM=offscreen $(PY) -m tests.tools.screenshots --size 1280 --scale 2

translations: setup ## collect the texts to translate, merge them into the .ts files, compile these
	$(PY) -m scripts.translate

bench-imagenet: setup ## the papers' headline: make bench-imagenet IMAGENET=folder of validation images, one subfolder a class
	$(PY) -m benchmarks.imagenet --imagenet "$(IMAGENET)" $(OPTIONS)

bench: setup ## print the short tables of accuracy and speed
	@for name in $(BENCHMARKS); do \
	  if [ -f benchmarks/$$name.py ]; then echo "== $$name"; $(PY) -m benchmarks.$$name --short || exit 1; fi; \
	done

lint: setup ## ruff, mypy and the import boundaries, without tests
	$(PY) -m ruff check .
	$(PY) -m mypy
	.venv/bin/lint-imports

package: setup ## build wheel, program folder, .tar.zst and .deb in dist/; needs no Python where they are installed
	$(PY) packaging/build.py

release: setup-tests ## check version, changelog, translations and licences, then build everything and try it
	$(PY) packaging/release.py

format: setup ## sort imports and mend what ruff can mend
	$(PY) -m ruff check --fix .

clean: ## remove caches and build results; keeps .venv and runs
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .benchmarks .coverage
	find . -name __pycache__ -type d -not -path './.venv/*' -prune -exec rm -rf {} +
