# Control Room. "make help" lists the targets.
# Several servers run side by side when each has a PORT and a STATE of its own.
PORT ?= 8000
STATE ?= state
DATA ?=
CONFIG ?=
PRESET ?= default
MODEL ?=
SAMPLE_ROWS ?= 4000
MONITOR_PORT ?= 9090

VERSION := $(shell sed -n 's:^  <version>\(.*\)</version>:\1:p' pom.xml | head -n 1)
HOME_DIR := deploy/runtime/target/control-room-$(VERSION)
STAMP := deploy/runtime/target/built
CONTROL_ROOM := $(HOME_DIR)/bin/control-room
MVN ?= mvn
MVN_FLAGS ?= -B -ntp

export PORT STATE DATA CONFIG PRESET MODEL SAMPLE_ROWS MONITOR_PORT
.DEFAULT_GOAL := help
.PHONY: help tools test-tools build run start stop status logs init-db load-data generate-dataset train-model import-model migrate-registry monitor test bench clean
SHELL := /bin/bash

help: ## list the targets
	@echo "make TARGET [PORT=8000] [STATE=state] [DATA=folder] [CONFIG=file.properties]"
	@echo
	@sed -n 's/^\([a-z-]*\):.* ## \(.*\)/  \1\t\2/p' Makefile | expand -t 20
	@echo
	@echo "DATA is a folder with X_train_update.csv[.gz] and Y_train_CVw08PX.csv[.gz]; without it controlroom.load.folder is taken, or a sample is generated."
	@echo "STATE is the data folder of the server. CONFIG is a properties file with controlroom.* keys."

tools:
	@deploy/runtime/src/main/build/require.sh jdk maven

test-tools: tools
	@deploy/runtime/src/main/build/require.sh chromium prometheus postgresql python
	@deploy/python/environments.sh

# What the distribution is made of: when any of it is newer than the stamp, it is built again.
SOURCES := $(shell find pom.xml platform plugins api-war ui-war deploy .mvn -name target -prune -o -type f -not -path '*/src/test/*' -print 2>/dev/null | sed 's/ /\\ /g')

$(STAMP): $(SOURCES)
	@$(MAKE) --no-print-directory tools
	@echo "Building Control Room $(VERSION), which takes some minutes"
	@$(MVN) $(MVN_FLAGS) -q -DskipTests -Ddistribution.archive.skip=true package
	@$(CONTROL_ROOM) prepare || echo "Going on without a start-up cache"
	@touch $@

# What only asks a running server builds nothing: with no distribution there is no server of it.
$(CONTROL_ROOM):
	@echo "Nothing is built here, so no server of it runs. make start builds and starts one." >&2; exit 1

build: $(STAMP) ## build the distribution folder and its tar.gz
	@$(MVN) $(MVN_FLAGS) -q -DskipTests package
	@echo "$(HOME_DIR)"
	@echo "$(HOME_DIR).tar.gz"

run: $(STAMP) ## start the server with a model and stay until Ctrl-C
	@exec $(CONTROL_ROOM) run

start: $(STAMP) ## the same in the background; returns when it is ready
	@exec $(CONTROL_ROOM) start

stop: $(CONTROL_ROOM) ## stop the server of STATE
	@exec $(CONTROL_ROOM) stop

status: $(CONTROL_ROOM) ## say whether the server of STATE runs and is ready
	@exec $(CONTROL_ROOM) status

logs: $(CONTROL_ROOM) ## print the end of the server's log (FOLLOW=1 goes on)
	@exec $(CONTROL_ROOM) logs $(if $(FOLLOW),--follow)

init-db: $(STAMP) ## load the first 40 % of DATA, or of controlroom.load.folder, into the running server
	@exec $(CONTROL_ROOM) init-db

load-data: $(STAMP) ## load the files of DATA, or the next portion of controlroom.load.folder, into the running server
	@exec $(CONTROL_ROOM) load

generate-dataset: $(STAMP) ## split what is loaded into Parquet files (PERCENTAGE, BALANCING_STRATEGY, BALANCED_SIZE)
	@exec $(CONTROL_ROOM) dataset

train-model: $(STAMP) ## train on what is loaded (PRESET=original, default or best)
	@exec $(CONTROL_ROOM) train

import-model: $(STAMP) ## register the ONNX model in the folder MODEL as a new version (docs/python.md)
	@exec $(CONTROL_ROOM) import

migrate-registry: $(CONTROL_ROOM) ## copy the model registry FROM=embedded|URI TO=embedded|URI and compare all of it
	@FROM='$(FROM)' TO='$(TO)' $(CONTROL_ROOM) migrate-registry

monitor: ## watch the server of PORT: Prometheus on MONITOR_PORT (9090), Grafana where installed
	@deploy/runtime/src/main/build/require.sh prometheus
	@exec prometheus/monitor.sh

test: test-tools ## all checks and tests, the end-to-end tests on the distribution included
	@$(MVN) $(MVN_FLAGS) -T 2 -Ddistribution.archive.skip=true verify

bench: $(STAMP) ## benchmarks (PARTS="http batch" for some), beside the Python stack when ../shared/peers is there
	@deploy/benchmarks/bench.sh

clean: ## remove what was built; data folders are kept
	@deploy/runtime/src/main/build/require-stopped.sh "$(CURDIR)"
	@find . -name target -type d -prune -exec rm -rf {} +
