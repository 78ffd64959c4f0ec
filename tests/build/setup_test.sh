#!/usr/bin/env bash
# cmake/setup.sh with stand-ins for dpkg-query, apt-get, sudo and pip: what it asks for, and how it gives up.
set -u
here=$(cd "$(dirname "$0")" && pwd)
source "$here/expect.sh"
setup=$here/../../cmake/setup.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bin=$work/bin
mkdir -p "$bin"

# stand_in <name> <script>: a program that notes its arguments in $work/calls.
stand_in() {
  printf '#!/bin/bash\necho "%s $*" >>"%s/calls"\n%s\n' "$1" "$work" "$2" >"$bin/$1"
  chmod +x "$bin/$1"
}
run_setup() {
  : >"$work/calls"
  output=$(PATH=$bin:$PATH HEZAR_DEPS=$work/deps "$setup" "$@" 2>&1 </dev/null)
  status=$?
}
# Arrow has a part of its own below; elsewhere it is given.
mkdir -p "$work/arrow/include/arrow/util"
touch "$work/arrow/include/arrow/util/config.h"
unset Torch_DIR CMAKE_ARGS
export CMAKE_PREFIX_PATH=$work/arrow
all_installed='shift 3; for package; do echo "installed $package"; done'
without_mold='shift 3; for package; do [ "$package" = mold ] || echo "installed $package"; done; exit 1'

stand_in apt-get 'exit 100'
stand_in sudo 'shift; exec "$@"'
stand_in dpkg-query "$all_installed"
run_setup --no-torch
expect_equal "nothing missing ends well" "$status" 0
expect "nothing missing calls no apt-get" test -z "$(grep apt-get "$work/calls")"
expect_equal "nothing missing says nothing" "$output" ""

stand_in dpkg-query "$without_mold"
run_setup --no-torch
expect_equal "a package that cannot be installed" "$status" 2
expect_text "the exact command is printed" "$output" "apt-get update && apt-get install -y --no-install-recommends mold"

stand_in apt-get "[ \"\$1\" != install ] || touch '$work/mold'"
stand_in dpkg-query "[ -e '$work/mold' ] && { $all_installed; exit; }; $without_mold"
run_setup --no-torch
expect_equal "a missing package is installed" "$status" 0
expect_text "with a list of packages brought up to date first" "$(cat "$work/calls")" "apt-get update"

without_clang='shift 3; for package; do [[ $package == clang* ]] || echo "installed $package"; done; exit 1'
stand_in apt-get 'exit 100'
stand_in dpkg-query "$without_clang"
run_setup --no-torch
expect_equal "building needs no Clang" "$status" 0
run_setup --no-torch --fuzz
expect_equal "fuzzing does" "$status" 2
expect_text "and it is named" "$output" "install -y --no-install-recommends clang-16"

chmod 755 "$work"
as_nobody=(setpriv --reuid 65534 --regid 65534 --clear-groups)
if "${as_nobody[@]}" test -r "$setup" 2>/dev/null; then
  stand_in sudo 'exit 1'
  stand_in dpkg-query "$without_mold"
  output=$(PATH=$bin:$PATH HEZAR_DEPS=$work/deps "${as_nobody[@]}" "$setup" --no-torch 2>&1 </dev/null)
  expect_equal "without root and without sudo" "$?" 2
  expect_text "the command is printed with sudo" "$output" "sudo sh -c 'apt-get update"
fi

stand_in dpkg-query "$all_installed"
run_setup --wrong
expect_equal "an unknown argument" "$status" 2

# pip: `--target FOLDER` is the word after --target.
fake_torch='while [ "$1" != --target ]; do shift; done; mkdir -p "$2/torch"; echo "__version__ = '"'VERSION'"'" >"$2/torch/version.py"'
stand_in python3 "${fake_torch/VERSION/2.13.0+cu130}"
run_setup
expect_equal "a LibTorch that is no CPU build" "$status" 2
expect_text "says what came" "$output" "expected 2.13.0+cpu, got 2.13.0+cu130"
expect "and leaves nothing behind" test -z "$(ls "$work/deps")"

stand_in python3 'exit 1'
run_setup
expect_equal "pip that fails" "$status" 2
expect_text "names what to set" "$output" "PIP_FIND_LINKS"

mkdir -p "$work/deps/torch-2.13.0/torch" "$work/deps/torch-2.13.0.partial.dead"
stand_in python3 "${fake_torch/VERSION/2.13.0+cpu}"
run_setup
expect_equal "an interrupted install is done again" "$status" 0
expect "and is complete" test -e "$work/deps/torch-2.13.0/.complete"
expect "and the remains are gone" test ! -e "$work/deps/torch-2.13.0.partial.dead"
run_setup
expect "the second run installs nothing" test -z "$(grep ^python3 "$work/calls")"

rm -rf "$work/deps"
CMAKE_ARGS=-DHEZAR_WITH_TORCH=OFF run_setup
expect "no LibTorch for a build without it" test ! -e "$work/deps"
mkdir -p "$work/given/share/cmake/Torch"
touch "$work/given/share/cmake/Torch/TorchConfig.cmake"
CMAKE_PREFIX_PATH=/nowhere:$work/given:$work/arrow run_setup
expect "a LibTorch that is given wins" test ! -e "$work/deps"

unset CMAKE_PREFIX_PATH
stand_in python3 'exit 1'
run_setup --no-torch
expect_equal "an Arrow that pip cannot install" "$status" 2
expect_text "names how to build without it" "$output" "-DHEZAR_WITH_ARROW=OFF"
CMAKE_ARGS=-DHEZAR_WITH_ARROW=OFF run_setup --no-torch
expect_equal "which installs none" "$status" 0
stand_in python3 'while [ "$1" != --target ]; do shift; done; cd "$2" && mkdir -p pyarrow/include/{arrow/util,parquet/arrow} &&
  touch pyarrow/include/arrow/util/config.h pyarrow/include/parquet/arrow/writer.h'
run_setup --no-torch
expect_equal "an Arrow that it can" "$status" 0
expect_text "is the pinned one" "$(grep ^python3 "$work/calls")" "pyarrow==$(sed -n 's/^readonly kArrowVersion=//p' "$here/../../cmake/versions.sh")"
finish
