#!/usr/bin/env bash
# Compares the tokenizers with the reference on much text: builds the programs that answer, installs the reference from
# PyPI into BUILD_DIR/oracle-venv, and runs check_tokenizers.py, then check_training.py on ORACLE_TRAINING megabytes (20).
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

if ! "$venv/bin/python" -c "import tokenizers; assert tokenizers.__version__ == '$kReferenceVersion'" 2>/dev/null; then
  echo "oracle: installing tokenizers==$kReferenceVersion into $venv" >&2
  rm -rf "$venv"
  python3 -m venv "$venv"
  # Without its dependencies: they only download from the Hub.
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --no-deps "tokenizers==$kReferenceVersion" >&2 || {
    rm -rf "$venv"
    echo "oracle: expected tokenizers==$kReferenceVersion from PyPI, got none. Check the connection, or PIP_INDEX_URL." >&2
    exit 2
  }
fi
cmake --build "$build" --target tokenizers_oracle training_oracle >&2
cd "$root"
failed=0
"$venv/bin/python" tests/oracle/check_tokenizers.py "$build/oracle/tokenizers_oracle" --work "$build/oracle/work" "$@" || failed=1
if [[ ${ORACLE_TRAINING:=20} != 0 ]]; then
  "$venv/bin/python" tests/oracle/check_training.py "$build/oracle/training_oracle" --work "$build/oracle/training" \
    --megabytes "$ORACLE_TRAINING" || failed=1
fi
exit "$failed"
