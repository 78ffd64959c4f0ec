#!/usr/bin/env bash
# Runs the fuzzers of a build of the preset fuzz, all at once, each for a time; ends with 1 where one finds something.
#
#   tests/fuzz/run.sh BUILD_DIR SECONDS
#
# What they learn stays in BUILD_DIR/fuzz/corpus, what breaks them in BUILD_DIR/fuzz/found.
set -uo pipefail

(($# == 2)) || { echo "usage: tests/fuzz/run.sh BUILD_DIR SECONDS" >&2; exit 2; }
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
fuzz=$(cd "$1" && pwd)/fuzz
mkdir -p "$fuzz"/corpus/{load,encode} "$fuzz"/found
export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=0:allocator_may_return_null=1} UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1}

# fuzz <name> <option or seed folder...>
fuzz() {
  local name=$1
  shift
  "$fuzz/fuzz_$name" -max_total_time="$seconds" -timeout=100 -rss_limit_mb=3000 -print_final_stats=1 \
    -artifact_prefix="$fuzz/found/$name-" "$fuzz/corpus/$name" "$@" >"$fuzz/$name.log" 2>&1
}

seconds=$2
fuzz load "$root/tests/fuzz/seeds" -max_len=8192 -dict="$root/tests/fuzz/tokenizer_json.dict" &
load=$!
fuzz encode -max_len=2048 -len_control=10 &
encode=$!

status=0
report() {
  local name=$1 code=$2
  local runs
  runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$fuzz/$name.log")
  if ((code == 0)); then
    echo "fuzz: $name: ${runs:-0} inputs in $seconds s, nothing found"
    return
  fi
  status=1
  grep -vE '^(#[0-9]+|INFO|stat::)' "$fuzz/$name.log" | head -n 60
  echo "fuzz: $name: found something. Again with: $fuzz/fuzz_$name $fuzz/found/$name-*"
}
wait "$load"; report load $?
wait "$encode"; report encode $?
exit $status
