# All commands of Aegis. The scripts that do the work are in .make/, one for each mode.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
RUN := @.make/run
export MODE NONDEFAULT ONLY POSTGRES SERVICE SCALE YES

.PHONY: help serve up stop status logs psql test test-nondefault e2e dev fmt check clean reset

help: ## show this help
	@echo "make TARGET [MODE=compose|local]   MODE is compose where a Docker engine answers, else local"
	@echo
	@sed -n 's/^\([a-z0-9-]*\):.*## /  \1\t/p' $(MAKEFILE_LIST) | expand -t 17

serve: ## build what is needed, start everything, follow the logs; Ctrl-C stops it
	$(RUN) serve

up: ## the same in the background; SCALE='worker=4 scheduler=2' sets how many replicas run in containers
	$(RUN) up

stop: ## stop everything; your data is kept
	$(RUN) stop

status: ## show what is running, where, and whether it is healthy
	$(RUN) status

logs: ## follow the logs
	$(RUN) logs

psql: ## open psql on the database
	$(RUN) psql

test: ## build everything and run the tests; no Docker needed; ONLY=ReportTest for one class of any module, POSTGRES=17 for another version
	@.make/local test

test-nondefault: ## run the tests with non-default server settings, in an Arabic and a Turkish locale; NONDEFAULT=short for the main job alone
	@.make/local test-nondefault

e2e: ## run the tests from outside against the compose file; needs a Docker engine
	@.make/local e2e

dev: ## run all services with live reload on the embedded database; SERVICE=api for one of them
	@.make/local dev

fmt: ## format the source
	@.make/local fmt

check: ## run all static checks: format, compiler, Error Prone, NullAway, architecture
	@.make/local check

clean: ## remove what was built; your data is kept
	@.make/local clean

reset: ## drop the data after a confirmation; YES=1 skips it
	$(RUN) reset

# Further commands, where there are any.
-include .make/*/targets.mk
