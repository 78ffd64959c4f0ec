#!/usr/bin/env bash
# make_prefix.sh <build folder> <file>: installs into a new folder outside the build, moves it, and writes where it is.
set -u
source "$(dirname "$0")/../build/expect.sh"
build=$1 file=$2
[[ -x $build/bin/hezar ]] || { echo "skipped: no host in $build"; exit 77; }
[[ ! -f $file ]] || rm -rf "$(<"$file")"
export HEZAR_INSTALL_LINKS=1
work=$(mktemp -d -t hezar-install.XXXXXX)
printf '%s' "$work" >"$file"

cmake --install "$build" --prefix "$work/first" >"$work/log" 2>&1 || { tail -n 20 "$work/log"; exit 1; }
# Nothing of the first install is in the way of a second; LibTorch's headers say nothing about that.
cmake --install "$build" --prefix "$work/first" --component host >"$work/log" 2>&1
expect_equal "installing a second time" "$?" 0
mv "$work/first" "$work/moved"
finish
