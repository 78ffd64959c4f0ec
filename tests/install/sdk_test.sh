#!/usr/bin/env bash
# Builds the sample plugins, the embedding programs and the code of the author docs out of tree, against a moved prefix, as
# another build type, and uses them. Arguments: moved.sh.
set -u
source "$(dirname "$0")/moved.sh"
hezar=$prefix/bin/hezar

mkdir -p "$work/src/docs" "$work/plugins"
cp -r "$prefix/share/hezar/examples" "$work/src/examples"
python3 "$(dirname "$0")/extract_docs.py" "$prefix/share/doc/hezar/sdk" "$work/src/docs" || exit 1
{
  printf 'cmake_minimum_required(VERSION 3.25)\nproject(all LANGUAGES CXX)\n'
  for folder in "$work"/src/{examples,docs}/*/; do
    [[ ! -f $folder/CMakeLists.txt || (-z $torch && $folder == */deep_averaging/) ]] ||
      printf 'add_subdirectory(%s)\n' "${folder#"$work/src/"}"
  done
} >"$work/src/CMakeLists.txt"
# Without optimization, for the time it takes; another build type must load anyway.
use cmake -G Ninja -DCMAKE_CXX_COMPILER_LAUNCHER="$ccache" -S "$work/src" -B "$work/build" -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_BUILD_TYPE=Debug \
  -DCMAKE_CXX_FLAGS_DEBUG=-O0 -DCMAKE_CXX_FLAGS="-Wall -Wextra -Wpedantic -Wshadow -Werror" \
  -DHEZAR_PLUGIN_OUTPUT_DIRECTORY="$work/plugins" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
use cmake --build "$work/build" -- -k 0 >"$work/log" 2>&1 || { tail -n 60 "$work/log"; exit 1; }
expect "everything builds" true
expect "without a warning of CMake" test -z "$(grep -i warning "$work/log")"

export HEZAR_PLUGIN_PATH=$work/plugins
listed=$(use "$hezar" list --json)
statuses=$(use "$hezar" plugin list 2>&1)
modules=(linear_text_classification:linear_classifier matthews:matthews keyword_text_classification:keyword
  letter_tokenizer:preprocessors digits_normalizer:preprocessors labelled_lines:labelled_lines
  exact_match:exact_match letters:letters steady_trainer:steady_trainer boundary:boundary packaged:packaged)
[[ -z $torch ]] || modules+=(deep_averaging_text_classification:deep_averaging two_layers:two_layers)
for module in "${modules[@]}"; do
  expect_text "list has ${module%:*}" "$listed" "\"${module%:*}\""
  expect_text "info ${module%:*} names its plugin" "$(use "$hezar" info "${module%:*}" 2>&1)" "plugin ${module#*:}"
done
expect "no plugin is refused: $statuses" test -z "$(grep -iE 'incompatible|crashed|failed|conflict|missing' <<<"$statuses")"

# What samples and pages show passes the conformance suite.
check=$prefix/lib/hezar/hezar-plugin-check
if [[ -x $check ]]; then
  for plugin in "$work"/plugins/*.so; do
    if found=$(use "$check" --only-failed --plugin-dir "$work/plugins" "$plugin" 2>&1); then found=; fi
    expect "${plugin##*/} passes its checks${found:+: $found}" test -z "$found"
  done
fi

# The commands of the pages.
for commands in "$work"/src/docs/*/commands.sh; do
  (cd "$(dirname "$commands")" && PATH=$prefix/bin:$PATH use bash "$commands") >"$work/log" 2>&1
  expect_equal "the commands of $(basename "$(dirname "$commands")").md" "$?" 0
done

# A module of a sample plugin from load to save, like a first-party one.
programs=$work/build/examples/embed
model=$work/src/examples/linear_classifier/model
answer=$(use "$hezar" predict "$model" "کیفیت عالی بود" "افتضاح" --json)
expect_text "the linear model predicts" "$answer" '"positive"'
expect_text "of both classes" "$answer" '"negative"'
expect_text "by its own weights" "$answer" '"score": 0.98201'
answer=$(use "$programs/predict" "$model" "کیفیت عالی بود" --save "$work/copy")
expect_equal "a program loads it, saves it and predicts the same with the copy" "$?" 0
expect_text "and prints the answer" "$answer" '"positive"'
expect_text "the copy is a model like any" "$(use "$hezar" info "$work/copy")" linear_text_classification
expect_text "with the file that its plugin declares" "$(ls "$work/copy")" vocabulary.txt
expect_equal "and predicts as before" "$(use "$hezar" predict "$work/copy" "کیفیت عالی بود" "افتضاح" --json)" \
  "$(use "$hezar" predict "$model" "کیفیت عالی بود" "افتضاح" --json)"
rm "$work/copy/vocabulary.txt"
expect_text "without it, it says so" "$(use "$hezar" predict "$work/copy" x 2>&1)" vocabulary.txt
expect_text "a misspelt option is answered" "$(use "$hezar" predict "$model" x --set topk=1 2>&1)" top_k

# A training run of four plugins that have never seen each other, the metric among them by its name.
printf '%s\t%s\n' positive "عالی بود" negative "خیلی بد بود" positive "خوب و عالی" negative "سرد بود" >"$work/lines.tsv"
answer=$(use "$work/build/docs/trainer/run" "$model" "$work/lines.tsv" "$work/trained" 2>&1)
expect_equal "a training run computes the named metric" "$answer" "matthews 1"
expect_text "its checkpoint predicts" "$(use "$hezar" predict "$work/trained" "عالی" --json)" '"positive"'

tokens=$(use "$programs/tokenize" "$source_folder/demo/sentiment/preprocessor/tokenizer.json" "کیفیت عالی")
expect_equal "the engine works without a registry" "$tokens" "[CLS] کیفیت عالی [SEP] "
if [[ -n $torch ]]; then
  answer=$(use "$programs/predict" deep_averaging_text_classification "متن" "" --save "$work/deep")
  expect_equal "a model on LibTorch is built, saved, loaded and predicts the same" "$?" 0
  expect_text "it predicts" "$answer" '"score"'
  expect_text "and is a model like any" "$(use "$hezar" predict "$work/deep" "متن" --json)" '"label"'
  expect_text "BertTextClassification works without a registry" \
    "$(use "$programs/classify" "$source_folder/demo/sentiment" "کیفیت این گوشی واقعا عالی است")" "positive 0."
  # Without the LibTorch of the tree: the one that is found, or a word about it.
  mv "$prefix/lib/hezar/libtorch" "$work/libtorch"
  answer=$(use cmake -S "$work/src/examples/deep_averaging" -B "$work/none" -DCMAKE_PREFIX_PATH="$prefix" 2>&1)
  expect "without LibTorch, what needs it does not configure" test $? -ne 0
  expect_text "and says why" "${answer//[$'\n ']/}" "LibTorch:expecteditsheaders"
  cmake -S "$work/src/examples/deep_averaging" -B "$work/own" -DCMAKE_PREFIX_PATH="$prefix;$torch" >"$work/log" 2>&1
  expect_equal "one that CMAKE_PREFIX_PATH names is found" "$?" 0
  use cmake -S "$work/src/examples/matthews" -B "$work/torchless" -DCMAKE_PREFIX_PATH="$prefix" >"$work/log" 2>&1
  expect_equal "what needs no LibTorch configures without" "$?" 0
  mv "$work/libtorch" "$prefix/lib/hezar/libtorch"
else
  answer=$(use cmake -S "$work/src/examples/deep_averaging" -B "$work/none" -DCMAKE_PREFIX_PATH="$prefix" 2>&1)
  expect "a plugin that needs LibTorch does not configure" test $? -ne 0
  expect_text "and says why" "${answer//[$'\n ']/}" "builtwithoutLibTorch"
fi
DESTDIR=$work/dest cmake --install "$work/build/docs/packaging" --prefix /usr >/dev/null
expect "a plugin project installs where the host looks" test -f "$work/dest/usr/lib/hezar/plugins/packaged/packaged.so"
finish
