#!/usr/bin/env bash
# guard_test.sh <source> <interfaces.py arguments...>: the guard refuses what would break plugins, and says what to do.
set -uo pipefail
source=$1
shift
# shellcheck source=tests/build/expect.sh
. "$source/tests/build/expect.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/core" "$work/tests/abi"
cp -r "$source/core/include" "$work/core/include"
cp "$source/tests/abi/interfaces.json" "$work/tests/abi/"
metric=$work/core/include/hezar/module/metric.hpp
options=$work/core/include/hezar/module/options.hpp
descriptor=$work/core/include/hezar/plugin/descriptor.hpp
guard() { output=$(python3 "$source/tests/abi/interfaces.py" --root "$work" "$@" 2>&1); }

sed -i 's|  \[\[nodiscard\]\] virtual Objective objective() const = 0;|  virtual void added();\n&|' "$metric"
sed -i 's|std::int64_t batch_size = 0;|std::int32_t batch_size = 0;|' "$options"
guard --check "$@"
status=$?
((status != 77)) || { echo "skipped: $output"; exit 77; }
expect 'a new virtual function is refused' test $status -eq 1
expect_text 'it is named with its slot' "$output" 'hezar::Metric: hezar::Metric::added was not there, is in slot 7'
expect_text 'so is what moved' "$output" 'hezar::Metric: hezar::Metric::objective was in slot 7, is in slot 8'
expect_text 'so is a member of another type' "$output" 'hezar::PredictOptions: members was'
expect_text 'what to do is said' "$output" 'kAbiEpoch in core/include/hezar/plugin/descriptor.hpp to '
guard --write "$@"
expect 'the table of an epoch is not written again' test $? -eq 1
expect_text 'and that is said' "$output" 'Raise kAbiEpoch'

sed -i -E 's|(kAbiEpoch = )[0-9]+|\199|' "$descriptor"
guard --check "$@"
expect 'a new epoch wants a new table' test $? -eq 1
expect_text 'and a kept plugin' "$output" 'tests/abi/make_kept_plugin.sh'
guard --write "$@"
expect 'which is written' grep -q '"epoch": 99' "$work/tests/abi/interfaces.json"
finish
