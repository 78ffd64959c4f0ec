# Thin over the CMake presets (cmake --list-presets): what each target does is in CMake, cmake/*.sh or demo/.
# Variables: JOBS, PREFIX, COMPONENT, CMAKE_ARGS (for example CMAKE_ARGS=-DHEZAR_WITH_TORCH=OFF), CMAKE_PREFIX_PATH,
# Torch_DIR, ORACLE_ARGS (options of tests/oracle/check_tokenizers.py), ORACLE_TRAINING (megabytes that the trainers learn
# from; 0: none), ORACLE_FILES (random tokenizers; 0: none), ORACLE_REPOS (folders of tokenizers that Python Hezar wrote),
# FUZZ_SECONDS.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PREFIX ?= /usr/local
COMPONENT ?=
CMAKE_ARGS ?=
ORACLE_ARGS ?=
FUZZ_SECONDS ?= 60
export CMAKE_ARGS
# A file that includes LibTorch takes 1.5 GB to compile: no more at a time than there is memory for.
JOBS ?= $(shell awk -v cores="$$(nproc)" '/^MemAvailable:/ { jobs = int($$2 / 1500000) } \
	END { if (jobs < 1) jobs = 1; print (jobs < cores ? jobs : cores) }' /proc/meminfo)

configure = cmake --preset $(1) $(CMAKE_ARGS) --log-level=WARNING
compile = $(call configure,$(1)) && cmake --build --preset $(1) --parallel $(JOBS)
check = ctest --preset $(1) --parallel $(JOBS)

.PHONY: help setup build test test-release test-dev test-tsan demo lint format oracle fuzz bench bench-encoders bench-build \
	install package clean

help: ## this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 24

setup: ## installs what building needs and is missing
	@cmake/setup.sh

build: setup ## sets up, configures and builds into build/; build/bin/hezar runs in place
	@start=$$SECONDS; $(call compile,release); echo "build: done in $$((SECONDS - start)) s: build/bin/hezar"

test: test-release test-dev test-tsan ## builds and runs every test, the torch-free ones under sanitizers too

test-release: setup
	@$(call configure,release) && cmake --build --preset release-tests --parallel $(JOBS); $(call check,release)

test-dev: setup
	@$(call compile,dev); $(call check,dev)

test-tsan: setup
	@$(call compile,tsan); $(call check,tsan)

demo: build ## builds, then classifies Persian sentences with the model in demo/
	@demo/demo.sh

fuzz: ## fuzzes the tokenizers, each fuzzer for FUZZ_SECONDS (60)
	@cmake/setup.sh --no-torch --fuzz
	@$(call compile,fuzz); tests/fuzz/run.sh build-fuzz $(FUZZ_SECONDS)

lint: build ## format, clang-tidy, includes, exports, spelling
	@cmake/setup.sh --lint
	@JOBS=$(JOBS) cmake/lint.sh

format: ## rewrites sources and CMake files in the house format
	@cmake/setup.sh --lint
	@cmake/lint.sh --fix

oracle: setup ## compares the tokenizers with the Python reference on much text; ORACLE_ARGS="--size 1 --random 1000" for less
	@$(call configure,release); tests/oracle/run.sh build $(ORACLE_ARGS)

bench: build ## measures start-up, listing, prediction and the tokenizers beside their peers; build/bench/results.json
	@python3 tests/bench/bench.py --build build
	@tests/bench/run_tokenizers.sh build

bench-encoders: build ## measures BERT-base's shape beside transformers, onnxruntime and ctranslate2; build/bench/encoders.json
	@cmake --build --preset release --parallel $(JOBS) --target encoders_bench
	@python3 tests/bench/bench_encoders.py --build build
	@python3 tests/bench/bench_bulk.py --build build

bench-build: setup ## measures a clean build and the rebuild after one changed file
	@python3 tests/bench/bench_build.py --jobs $(JOBS)

install: build ## installs a tree that can be moved into PREFIX; COMPONENT=nlp|vision|audio|embeddings|sdk for a part of it
	@cmake --install build --prefix "$(PREFIX)" $(if $(COMPONENT),--component $(COMPONENT))

package: build ## makes a .deb and a .tar.gz in build/package
	@cd build && cpack

clean: ## removes the build folders; what setup installed in .deps stays
	@rm -rf build build-dev build-tsan build-tidy build-no-torch build-coverage build-bench build-fuzz
