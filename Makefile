# make build   an environment in .venv with pinned libraries, the package, and the dataset built from its articles
# make test    the same environment with the test extra, and the whole suite      (make test ARGS="-k numbers")
# make explore the dataset built, and dataset/explorer.html to look at it with, in a browser, offline
# make lint    ruff and mypy          make constraints   newest versions into constraints.txt          make clean
# Another Python: make build PYTHON=python3.12       another folder for the environment: VENV=path-without-spaces

PYTHON ?= python3
VENV ?= .venv
ARGS ?=
python := $(VENV)/bin/python
.PHONY: build explore test lint typing oracles constraints clean moved
.DEFAULT_GOAL := build

build: $(VENV)/runtime.stamp
	@$(python) build.py $(ARGS)

explore: $(VENV)/explore.stamp
	@$(python) build.py --explorer $(ARGS)

test: $(VENV)/test.stamp
	@$(python) -m pytest -n auto $(ARGS)

lint: $(VENV)/lint.stamp typing
	@status=0; $(python) -m ruff check . || status=1; $(python) -m ruff format --check . || status=1; \
	$(python) -m mypy build/typing/quantclaims $(wildcard build.py tests benchmarks examples) || status=1; exit $$status

# The package as mypy has to see it: pyproject.toml says why.
typing:
	@rm -rf build/typing && mkdir -p build/typing/quantclaims && cd build/typing/quantclaims && \
	ln -s ../../../src/quantclaims/* ../../../schemas ../../../dataset .

# The oracles of some tests compile against system libraries, so they are no part of `make test`.
oracles: $(VENV)/test.stamp
	$(call install,test$(comma)oracles)

constraints:
	@rm -rf build/newest && $(PYTHON) -m venv build/newest && build/newest/bin/python -m pip install -q -U pip setuptools
	@build/newest/bin/python -m pip install -q --no-build-isolation '.[test,lint,mutation,oracles,peers,html,calibration,explore,warc,cluster,remote,s3,gs]'
	@sed -n '/^#/p' constraints.txt >build/constraints.txt
	@build/newest/bin/python -m pip freeze --all --exclude quantclaims >>build/constraints.txt
	@mv build/constraints.txt constraints.txt

clean:
	@rm -rf $(VENV) build *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis

# The environment is brought up to date when what it is made from changed, or when the checkout has moved, whose path it
# holds. A machine that lacks something gets one line that says what to do: $(error) prints it and stops, where a failing
# recipe line would add make's own "Error 1".
comma := ,
install = $(call stop_unless_ready,$(shell sh .ci/environment.sh '$(PYTHON)' '$(VENV)' '$(1)'))
stop_unless_ready = $(if $(filter ready,$(firstword $(1))),,$(error $(or $(1),.ci/environment.sh did not run)))
stamps := $(VENV)/runtime.stamp $(VENV)/test.stamp $(VENV)/lint.stamp $(VENV)/explore.stamp

$(VENV)/runtime.stamp:
	$(call install,)
	@touch $@
$(VENV)/test.stamp:
	$(call install,test)
	@touch $(VENV)/runtime.stamp $@
$(VENV)/explore.stamp:
	$(call install,explore)
	@touch $(VENV)/runtime.stamp $@
$(VENV)/lint.stamp:
	$(call install,test$(comma)lint)
	@touch $(stamps)
$(stamps): pyproject.toml constraints.txt
ifneq ($(shell cat $(VENV)/checkout 2>/dev/null),$(CURDIR))
$(stamps): moved
endif
