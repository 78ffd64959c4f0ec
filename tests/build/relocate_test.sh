#!/usr/bin/env bash
# relocate_test.sh <build folder> <source folder> <libtorch_cpu.so or nothing>
#
# Installs the host, moves the prefix, hides the build folder and the LibTorch it was built with, and uses it.
set -u
here=$(cd "$(dirname "$0")" && pwd)
source "$here/expect.sh"
build=$1 source_folder=$2 torch=${3:+${3%/lib/*}}
[[ -x $build/bin/hezar ]] || { echo "skipped: no host in $build"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset LD_LIBRARY_PATH LD_PRELOAD HEZAR_PLUGIN_PATH
export XDG_CACHE_HOME=$work/cache XDG_DATA_HOME=$work/data

cmake --install "$build" --prefix "$work/first" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
cmake --install "$build" --prefix "$work/first" >"$work/log" 2>&1
expect_equal "installing a second time" "$?" 0
mv "$work/first" "$work/moved"
prefix=$work/moved

mapfile -t files < <(find "$prefix/bin" "$prefix/lib" -type f \( -name '*.so*' -o -perm -u+x \))
expect "there are plugins among the installed files" test -n "$(ls "$prefix/lib/hezar/plugins")"
# What ldd finds must lie in the prefix, or be the C and C++ run time. Each file is asked, plugins and libraries too.
for file in "${files[@]}"; do
  outside=$(ldd "$file" | sed -nE 's/^\s*(\S+) => (.*) \(.*/\1 \2/p; s/^\s*(\S+) => not found/\1 missing/p' | grep -v " $prefix/" |
    grep -vE '^(ld-linux[^ ]*|lib(c|m|dl|rt|util|pthread|resolv|nsl|anl|mvec|stdc\+\+|gcc_s)\.so[^ ]*) /')
  expect "${file#"$prefix"/} needs nothing from outside${outside:+: $outside}" test -z "$outside"
done

model=$work/model
[[ ! -d $source_folder/demo/sentiment ]] || cp -r "$source_folder/demo/sentiment" "$model"

# use <command...>: runs it where neither build folder nor LibTorch are to be seen, where the system lets us hide them.
if unshare -rm true 2>/dev/null; then
  use() {
    unshare -rm bash -c '
      for hidden in "$1" "$2/.deps" "$3"; do
        [[ -z $hidden || ! -d $hidden ]] || mount -t tmpfs none "$hidden" || exit 99
      done
      shift 3; exec "$@"' hide "$build" "$source_folder" "$torch" "$@"
  }
  expect "the build folder is out of sight" test -z "$(use ls "$build")"
else
  use() { "$@"; }
fi
listed=$(cd / && use "$prefix/bin/hezar" list --json)
expect_equal "hezar list" "$?" 0
expect_text "lists what the plugins bring" "$listed" '"plugin"'
if [[ -n $torch && -d $model ]]; then
  answer=$(cd / && use "$prefix/bin/hezar" predict "$model" --json "کیفیت عالی بود")
  expect_equal "hezar predict" "$?" 0
  expect_text "answers" "$answer" '"label"'
fi
finish
