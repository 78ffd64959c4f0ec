#!/usr/bin/env bash
# Compares the tokenizers with the reference on much text: builds the programs that answer, installs the reference and
# sentencepiece, which trains vocabularies of Unigram, from PyPI into BUILD_DIR/oracle-venv, and runs check_tokenizers.py,
# check_training.py on ORACLE_TRAINING megabytes (20), check_files.py on ORACLE_FILES random tokenizers (3000), and
# check_tokenizer_repos.py on each of ORACLE_REPOS, folders in which Python Hezar wrote its tokenizers and answers. Goes on
# behind what fails, and ends with 1 where something did.
# What passed before with the same program and options is not run again; --again does.
#
#   tests/oracle/run.sh BUILD_DIR [option of check_tokenizers.py...]
set -euo pipefail

(($#)) || { echo "usage: tests/oracle/run.sh BUILD_DIR [option of check_tokenizers.py...]" >&2; exit 2; }
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
build=$(cd "$1" && pwd)
shift
source "$root/cmake/versions.sh"
venv=$build/oracle-venv

packages=("tokenizers==$kReferenceVersion" "sentencepiece==$kSentencePieceVersion")

have_packages() {
  [[ $("$venv/bin/python" -c "import sentencepiece as s, tokenizers as t; print(t.__version__, s.__version__)" 2>/dev/null) == \
    "$kReferenceVersion $kSentencePieceVersion" ]]
}

if ! have_packages; then
  echo "oracle: installing ${packages[*]} into $venv" >&2
  rm -rf "$venv"
  python3 -m venv "$venv"
  # Without dependencies: those of tokenizers only download from the Hub.
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --no-deps "${packages[@]}" >&2 || {
    rm -rf "$venv"
    echo "oracle: expected ${packages[*]} from PyPI, got none. Check the connection, or PIP_INDEX_URL." >&2
    exit 2
  }
fi
cmake --build "$build" --target tokenizers_oracle training_oracle files_oracle >&2
cd "$root"
failed=0
"$venv/bin/python" tests/oracle/check_tokenizers.py "$build/oracle/tokenizers_oracle" --work "$build/oracle/work" "$@" || failed=1
if [[ ${ORACLE_TRAINING:=20} != 0 ]]; then
  "$venv/bin/python" tests/oracle/check_training.py "$build/oracle/training_oracle" --work "$build/oracle/training" \
    --megabytes "$ORACLE_TRAINING" || failed=1
fi
if [[ ${ORACLE_FILES:=3000} != 0 ]]; then
  "$venv/bin/python" tests/oracle/check_files.py "$build/oracle/files_oracle" --files "$ORACLE_FILES" || failed=1
fi
if [[ -n ${ORACLE_REPOS:=} ]]; then
  cmake --build "$build" --target hezar hezar_plugin_tokenizers >&2
fi
for folder in $ORACLE_REPOS; do
  "$venv/bin/python" tests/oracle/check_tokenizer_repos.py "$build/bin/hezar" "$folder" || failed=1
done
exit "$failed"
