#!/usr/bin/env bash
# make_kept_plugin.sh [COMMIT]: builds kept_plugin.cpp against the headers of a commit (unset: those here) and keeps it as
# plugins/epoch_<its ABI epoch>.so. Run it once for each epoch, on x86-64 with the g++ and Boost of cmake/setup.sh; a kept
# plugin is never built again. Environment: CXX.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

headers=$root
if (($#)); then
  git -C "$root" archive "$1" core/include sdk/plugin/include | tar -x -C "$work"
  headers=$work
fi
epoch=$(sed -n 's/.*kAbiEpoch = \([0-9]*\);/\1/p' "$headers/core/include/hezar/plugin/descriptor.hpp")
out=$here/plugins/epoch_$epoch.so
[[ ! -e $out ]] || { echo "$out: is there already, and what was built then is what counts" >&2; exit 1; }

# As hezar_add_plugin() does, but what it takes of libhezar is looked up by the host alone: an empty library of that name
# stands for it here, so that nothing else need be built.
mkdir -p "$here/plugins"
"${CXX:-g++}" -shared -Wl,-soname,libhezar.so.0 -x c++ -o "$work/libhezar.so" /dev/null
"${CXX:-g++}" -std=c++20 -Os -DNDEBUG -fPIC -shared -s -fvisibility=hidden -fvisibility-inlines-hidden \
  -ffunction-sections -fdata-sections -Wl,--gc-sections -Wl,-z,nodelete -Wl,--build-id=sha1 \
  -Wl,--version-script="$root/cmake/plugin_exports.map" -Wl,--unresolved-symbols=ignore-all \
  -DHEZAR_PLUGIN_NAME='"kept"' -DHEZAR_PLUGIN_VERSION="\"$epoch.0.0\"" -DHEZAR_PLUGIN_LICENSE='"Apache-2.0"' \
  -DHEZAR_PLUGIN_HEZAR_VERSION=0,1,0 \
  -I "$headers/core/include" -I "$headers/sdk/plugin/include" -o "$out" "$here/kept_plugin.cpp" \
  -Wl,--no-as-needed "$work/libhezar.so"
echo "$out: $(stat -c %s "$out") bytes, ABI epoch $epoch"
