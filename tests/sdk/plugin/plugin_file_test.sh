#!/usr/bin/env bash
# plugin_file_test.sh <source> <plugins> <hezar-plugin-scan> <cmake> <objcopy> <nm> <readelf> <strip>
set -uo pipefail
source=$1 plugins=$2 scan=$3 cmake=$4 objcopy=$5 nm=$6 readelf=$7 strip=$8
# shellcheck source=tests/build/expect.sh
. "$source/tests/build/expect.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
content() { cat "$work/$1"; }

exports=$("$nm" -D --defined-only "$plugins/good.so" | awk '{print $NF}')
expect_equal 'exports the entry alone' "$exports" hezar_plugin_register_v1
dynamic=$("$readelf" -dW "$plugins/good.so")
expect_text 'is never unloaded' "$dynamic" NODELETE
expect_text 'looks beside itself alone' "$dynamic" '[$ORIGIN:$ORIGIN/lib:$ORIGIN/../..]'
expect_equal 'has no text relocations' "$(grep -o TEXTREL <<<"$dynamic")" ''
expect_text 'carries its note' "$("$readelf" -nW "$plugins/good.so")" Hezar
sections=$("$readelf" -SW "$plugins/unlisted.so")
expect_equal 'leaves the list out when told so' "$(grep -o '\.hezar\.modules' <<<"$sections")" ''

"$scan" --output "$work/list.json" "$plugins/good.so"
expect_text 'tells its modules' "$(content list.json)" '"name":"good_metric"'
"$strip" -o "$work/stripped.so" "$plugins/good.so"
"$objcopy" --dump-section .hezar.modules="$work/stripped.json" "$work/stripped.so" "$work/again.so"
expect_equal 'keeps its list when stripped' "$(content stripped.json)" "$(content list.json)"
"$scan" --output "$work/opened.json" "$work/stripped.so"
expect_equal 'works when stripped' "$(content opened.json)" "$(content list.json)"

cp "$plugins/throws_registering.so" "$work/bad.so"
output=$("$cmake" -D PLUGIN="$work/bad.so" -D SCAN="$scan" -D OBJCOPY="$objcopy" \
  -P "$source/cmake/plugin_stamp.cmake" 2>&1)
expect 'stamping fails for a bad plugin' test $? -ne 0
expect_text 'stamping says why' "${output//$'\n'/ }" 'thrown late'
expect_equal 'leaves nothing of a bad plugin' "$(ls "$work" | grep bad)" ''

output=$("$scan" --output "$work/none.json" "$work/absent.so" 2>&1)
expect 'fails for a file that is not there' test $? -eq 1
expect_text 'names it' "$output" 'absent.so: cannot be read: No such file or directory'
"$scan" a b c d e >/dev/null 2>&1
expect 'refuses other arguments' test $? -eq 2
finish
