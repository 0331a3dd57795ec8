# make demo   a simulated G1 does what it is told
# make test   everything that is checked, on the wheels of two ROS 2 distributions
# make help   the rest
PYTHON ?= python3
VENV := .venv
JAZZY := .venv-jazzy
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
REQUIREMENTS := $(wildcard requirements/*.txt)
ARGS ?=
SUITES := goto,move,gesture,point,relation,touch,push,follow,combined,phrasings,swapped,pairs,names,absent,memory

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-quick lint figures faults soak mutation clean

help:
	@echo 'make setup       install everything into $(VENV); nothing else on the machine changes'
	@echo 'make demo        watch a simulated G1 obey; ARGS="--say \"go to the blue ball\""'
	@echo 'make test        linters, tests on two ROS 2 distributions, colcon, closed loop'
	@echo 'make test-quick  the quick ones'
	@echo 'make lint        the linters'
	@echo 'make figures     success on every suite, into the manifest of the checkpoint and the README'
	@echo 'make faults      every fault tried on the real nodes, 20 trials each'
	@echo 'make soak        a day compressed, ten minutes of faults, a million odd messages'
	@echo 'make mutation    each line of guard, modes and gate deleted: a test must fail'
	@echo 'make clean       remove what the others made, but not $(VENV)'

setup: $(VENV)/.ready
	@resource/ensure-rendering

$(VENV)/.ready: $(REQUIREMENTS) setup.py setup.cfg package.xml
	$(PYTHON) -m venv $(VENV)
	$(PIP) -r requirements/kilted.txt -r requirements/runtime.txt -r requirements/sim.txt 'setuptools<80' wheel
	$(PIP) --no-deps -r requirements/no-deps.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	$(BIN)/vla tune --only lean onnxruntime --seconds 2 | tail -n 1
	@touch $@

demo: setup
	$(BIN)/vla demo $(ARGS)

$(VENV)/.test-ready: $(VENV)/.ready requirements/test.txt
	$(PIP) -r requirements/test.txt
	@touch $@

# The second distribution's wheels lie alone in their environment; what both share is reached
# through a path file, and its ROS packages are not on that path.
$(JAZZY)/.ready: $(VENV)/.test-ready requirements/jazzy.txt
	$(PYTHON) -m venv $(JAZZY)
	$(JAZZY)/bin/python -m pip install --quiet --disable-pip-version-check \
	  -r requirements/jazzy.txt -r requirements/runtime.txt -r requirements/sim.txt pytest\<9 pytest-timeout
	$(JAZZY)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps -r requirements/no-deps.txt
	@touch $@

test: setup $(VENV)/.test-ready $(JAZZY)/.ready
	$(BIN)/python -m pytest test
	PYTHONPATH=. $(JAZZY)/bin/python -m pytest test/ros -m 'not slow'
	$(BIN)/python -m pytest test/test_colcon.py --colcon

test-quick: setup $(VENV)/.test-ready
	$(BIN)/python -m pytest test -m 'not slow'

lint: setup $(VENV)/.test-ready
	$(BIN)/python -m pytest test/test_lint.py test/test_architecture.py

figures: setup
	$(BIN)/vla evaluate --suite $(SUITES) --episodes 100 --seed 1 \
	  --record --readme README.md --page out/figures/report.html --json out/figures/figures.json

faults: setup
	$(BIN)/vla faults --trials 20 --json out/faults/faults.json

soak: setup
	$(BIN)/vla soak --hours 24
	$(BIN)/vla storm --minutes 10
	$(BIN)/vla fuzz --messages 1000000

mutation: setup $(VENV)/.test-ready
	$(BIN)/python test/mutation_check.py

clean:
	rm -rf build install log out runs .pytest_cache *.egg-info
	find . -name __pycache__ -prune -exec rm -rf {} +
