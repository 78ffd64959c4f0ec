#!/usr/bin/env bash
# Makes a plugin of every kind with `hezar plugin new` of a moved prefix, builds them untouched, checks, installs and uses them.
# Arguments: moved.sh.
set -u
source "$(dirname "$0")/moved.sh"
hezar=$prefix/bin/hezar
made=$work/made

kinds=(tokenizer preprocessor dataset metric embedding)
for kind in "${kinds[@]}"; do
  use "$hezar" plugin new "$kind" "my_$kind" --dir "$made" >"$work/log" 2>&1
  expect_equal "plugin new $kind" "$?" 0
done
use "$hezar" plugin new model my_model --no-torch --dir "$made" >"$work/log" 2>&1
expect_equal "plugin new model --no-torch" "$?" 0
if [[ -n $torch ]]; then
  for kind in model trainer; do
    use "$hezar" plugin new "$kind" "my_torch_$kind" --dir "$made" >"$work/log" 2>&1
    expect_equal "plugin new $kind" "$?" 0
  done
fi

# One build of all, for the time that a configuration takes; each is a project of its own all the same.
{
  printf 'cmake_minimum_required(VERSION 3.25)\nproject(all LANGUAGES CXX)\nenable_testing()\n'
  for folder in "$made"/*/; do printf 'add_subdirectory(%s)\n' "$(basename "$folder")"; done
} >"$made/CMakeLists.txt"
use cmake -G Ninja -DCMAKE_CXX_COMPILER_LAUNCHER="$ccache" -S "$made" -B "$work/build" -DCMAKE_PREFIX_PATH="$prefix" \
  -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS_DEBUG=-O0 -DCMAKE_CXX_FLAGS="-Wall -Wextra -Wpedantic -Wshadow -Werror" \
  >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
use cmake --build "$work/build" -- -k 0 >"$work/log" 2>&1 || { tail -n 60 "$work/log"; exit 1; }
answer=$(use ctest --test-dir "$work/build" --output-on-failure -L plugin 2>&1)
code=$?
[[ $code -eq 0 ]] || printf '%s\n' "$answer"
expect_equal "every one passes the checks" "$code" 0
for folder in "$made"/*/; do
  expect_text "$(basename "$folder") is checked" "$answer" "plugin_check.$(basename "$folder")"
  lines=$(wc -l <"$folder/CMakeLists.txt")
  expect "$(basename "$folder") has at most 15 lines of CMake" test "$lines" -le 15
done

# As a user has them: installed, and with the modules of one of them beside those of the others.
for plugin in "$work"/build/my_*/my_*.so; do
  use "$hezar" plugin install "$plugin" >"$work/log" 2>&1
  expect_equal "$(basename "$plugin") is installed: $(<"$work/log")" "$?" 0
done
expect_equal "none changed, none is broken" "$(use "$hezar" plugin list --strict >/dev/null 2>&1; echo $?)" 0
expect_text "the model predicts" "$(use "$hezar" predict "$made/my_model/golden/model" "عالی بود" --json)" '"negative"'
use "$hezar" plugin remove my_model >/dev/null
expect_text "removed, its repo says what is needed" \
  "$(use "$hezar" predict "$made/my_model/golden/model" "عالی بود" 2>&1)" 'comes with the plugin "my_model"'
finish
