#!/usr/bin/env bash
# package_test.sh <build folder> <version>: cpack's two packages, of one small component so that it takes seconds: what is
# in them is cmake --install's, which other tests look at.
set -u
source "$(dirname "$0")/../build/expect.sh"
build=$1 version=$2
[[ -x $build/bin/hezar ]] || { echo "skipped: no host in $build"; exit 77; }
command -v dpkg-deb >/dev/null || { echo "skipped: no dpkg-deb"; exit 77; }
work=$(mktemp -d -t hezar-package.XXXXXX)
trap 'rm -rf "$work"' EXIT
export XDG_CACHE_HOME=$work/cache XDG_DATA_HOME=$work/data

log=$(cd "$work" && cpack --config "$build/CPackConfig.cmake" -B "$work" \
  -D CPACK_INSTALL_CMAKE_PROJECTS="$build;hezar;host;/" 2>&1)
(($? == 0)) || printf "%s\n" "$log"
name=hezar-$version-$(uname -m)

deb=$work/$name.deb
expect_equal "the package's name" "$(dpkg-deb -f "$deb" Package)" hezar
expect_equal "its version" "$(dpkg-deb -f "$deb" Version)" "$version"
expect_text "it needs a C++ run time" "$(dpkg-deb -f "$deb" Depends)" "libstdc++6 (>= "
dpkg-deb -x "$deb" "$work/deb"
expect_text "its host runs" "$("$work/deb/usr/bin/hezar" --version)" "$version"

mkdir "$work/tar"
tar -xzf "$work/$name.tar.gz" -C "$work/tar"
expect_text "the archive's host runs" "$("$work/tar/$name/bin/hezar" --version)" "$version"
expect_equal "its list is a list" "$("$work/tar/$name/bin/hezar" list --json 2>/dev/null)" "[]"
finish
