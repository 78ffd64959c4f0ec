#!/usr/bin/env bash
# Prints the speed of the tokenizers beside their peers: builds the programs that are measured, installs the peers from PyPI
# into BUILD_DIR/bench/venv, and runs bench_tokenizers.py. A peer that cannot be installed costs its rows, and a line.
#
#   tests/bench/run_tokenizers.sh BUILD_DIR [option of bench_tokenizers.py...]
set -euo pipefail

(($#)) || { echo "usage: tests/bench/run_tokenizers.sh BUILD_DIR [option of bench_tokenizers.py...]" >&2; exit 2; }
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
build=$(cd "$1" && pwd)
shift
source "$root/cmake/versions.sh"
venv=$build/bench/venv

# have <package==version>: installs it where it is missing; 1 where that fails
have() {
  "$venv/bin/python" -c "import importlib.metadata as m, sys; sys.exit(m.version('${1%%==*}') != '${1##*==}')" 2>/dev/null ||
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input "${@:2}" "$1" 2>/dev/null
}

mkdir -p "$build/bench"
[[ -x $venv/bin/python ]] || python3 -m venv "$venv"
for peer in "${kBenchPeers[@]}"; do
  have "$peer" || echo "peer not available: $peer (pip could not install it; check the connection, or PIP_INDEX_URL)"
done
# The reference's dependencies only download from the Hub.
if ! have "tokenizers==$kReferenceVersion" --no-deps; then
  echo "peer not available: tokenizers==$kReferenceVersion, which trains the vocabularies: no rows of the tokenizers"
  exit 0
fi
cmake --build "$build" --target tokenizers_bench training_oracle >&2
cd "$root"
exec "$venv/bin/python" tests/bench/bench_tokenizers.py "$build/bench/tokenizers_bench" --work "$build/bench/tokenizers" \
  --trainer "$build/oracle/training_oracle" "$@"
