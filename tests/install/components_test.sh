#!/usr/bin/env bash
# components_test.sh <build folder>: a component installs alone, with a host that works.
set -u
source "$(dirname "$0")/../build/expect.sh"
build=$1
[[ -x $build/bin/hezar ]] || { echo "skipped: no host in $build"; exit 77; }
export HEZAR_INSTALL_LINKS=1
work=$(mktemp -d -t hezar-components.XXXXXX)
trap 'rm -rf "$work"' EXIT
export XDG_CACHE_HOME=$work/cache XDG_DATA_HOME=$work/data

install_component() {
  log=$(cmake --install "$build" --prefix "$work/$1" --component "$1" 2>&1)
  expect_equal "installing $1" "$?" 0
}
for component in vision audio embeddings; do
  install_component "$component"
  plugins=$(ls "$work/$component/lib/hezar/plugins" 2>/dev/null)
  [[ -n $plugins ]] || expect_text "$component says that it is the host alone" "$log" "$component: no plugin"
  "$work/$component/bin/hezar" list --json >/dev/null
  expect_equal "the host of $component runs" "$?" 0
  expect "$component brings no headers" test ! -e "$work/$component/include"
done
rm -rf "$work"/{vision,audio,embeddings}

install_component nlp
expect_text "nlp brings its plugins" "$("$work/nlp/bin/hezar" list --json)" '"text_normalizer"'
missing=$(ldd "$work"/nlp/lib/hezar/plugins/*.so | grep "not found")
expect "and what they need${missing:+: $missing}" test -z "$missing"
expect "nlp brings no headers" test ! -e "$work/nlp/include"
finish
