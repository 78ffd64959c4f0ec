#!/usr/bin/env bash
# Installs what building needs and is not there: Debian packages, LibTorch, Arrow and, with --lint, the lint tools,
# with --fuzz, Clang for the fuzzers.
# Safe to run at any time: with nothing missing it changes nothing and takes a fraction of a second.
#
#   cmake/setup.sh [--lint] [--fuzz] [--no-torch]
#
# Environment: Torch_DIR, CMAKE_PREFIX_PATH (a LibTorch or Arrow found there wins), CMAKE_ARGS (what configuring will get),
# HEZAR_DEPS (where LibTorch, Arrow and the lint tools go, default: .deps in the source folder).
# Exit: 0 everything is there, 2 something could not be installed (the message says what to run).
set -euo pipefail

packages=(
  g++ make cmake ninja-build ccache mold git python3 python3-pip python3-venv patchelf binutils ca-certificates
  libboost1.81-dev libboost-json1.81-dev libboost-filesystem1.81-dev libyaml-cpp-dev
  libspdlog-dev libfmt-dev libcli11-dev zlib1g-dev libcurl4-openssl-dev libssl-dev
  libonig-dev libdlpack-dev libgtest-dev libgmock-dev
)

# Only --fuzz installs these.
readonly kFuzzPackages=(clang-16 libclang-rt-16-dev)

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$root/cmake/versions.sh"
deps=${HEZAR_DEPS:-$root/.deps}

say() { printf 'setup: %s\n' "$*" >&2; }
give_up() {
  say "$1"
  exit 2
}

missing_packages() {
  command -v dpkg-query >/dev/null || give_up "expected Debian 12 or a system with its packages, got no dpkg-query. \
Install the equivalents of: ${packages[*]}; then run with HEZAR_SKIP_PACKAGES=1"
  local installed package
  # dpkg-query fails when any package is unknown to it; what it prints is still right.
  installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "${packages[@]}" 2>/dev/null || true)
  for package in "${packages[@]}"; do
    grep -qxF "installed $package" <<<"$installed" || printf '%s\n' "$package"
  done
}

install_packages() {
  [[ -z ${HEZAR_SKIP_PACKAGES:-} ]] || return 0
  local missing as_root=()
  mapfile -t missing < <(missing_packages)
  # The subshell above cannot end this script itself.
  command -v dpkg-query >/dev/null || exit 2
  ((${#missing[@]})) || return 0

  local command="apt-get update && apt-get install -y --no-install-recommends ${missing[*]}"
  if ((EUID != 0)); then
    sudo -n true 2>/dev/null || give_up "cannot install packages without root. Run: sudo sh -c '$command'"
    as_root=(sudo -n)
  fi
  say "installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  if ! { "${as_root[@]}" apt-get update -q && "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -q -y --no-install-recommends "${missing[@]}"; } </dev/null >&2; then
    give_up "apt-get could not install everything. Run: sudo sh -c '$command'"
  fi
  mapfile -t missing < <(missing_packages)
  ((${#missing[@]} == 0)) || give_up "apt-get ran, but these are still missing: ${missing[*]}"
}

# is_given <file>: whether a folder of CMAKE_PREFIX_PATH holds it: then nothing is installed.
is_given() {
  local folders=${CMAKE_PREFIX_PATH:-} word
  for word in ${CMAKE_ARGS:-}; do
    [[ $word != -DCMAKE_PREFIX_PATH=* ]] || folders+=";${word#*=}"
  done
  local folder
  IFS=';:' read -ra folders <<<"$folders"
  for folder in "${folders[@]}"; do
    [[ ! -e $folder/$1 ]] || return 0
  done
  return 1
}
torch_is_given() {
  [[ -z ${Torch_DIR:-} && ${CMAKE_ARGS:-} != *-DTorch_DIR=* ]] || return 0
  is_given share/cmake/Torch/TorchConfig.cmake
}

# install_with_pip <folder> <check> <pip argument...>: all of it or nothing. pip writes to a folder of its own, which gets
# its name only when it is complete and <check> likes it, so an interrupted run leaves nothing that looks finished.
install_with_pip() {
  local folder=$1 check=$2 partial
  shift 2
  [[ ! -e $folder/.complete ]] || return 0
  mkdir -p "$deps"
  exec {lock}>"$deps/.lock"
  flock "$lock"
  if [[ ! -e $folder/.complete ]]; then
    rm -rf "$folder" "$folder".partial.*
    partial=$(mktemp -d "$folder.partial.XXXXXX")
    chmod 755 "$partial"
    say "installing $(basename "$folder") into $deps"
    if ! python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --no-input --no-compile \
      --only-binary=:all: --target "$partial" "$@" </dev/null >&2; then
      rm -rf "$partial"
      give_up "pip could not install ${*: -1}; its message is above. $(hint "$folder")"
    fi
    if ! "$check" "$partial"; then
      rm -rf "$partial"
      exit 2
    fi
    touch "$partial/.complete"
    mv "$partial" "$folder"
  fi
  exec {lock}>&-
}

hint() {
  if [[ $1 == */pyarrow-* ]]; then
    printf '%s' "Name an Arrow with Parquet in CMAKE_PREFIX_PATH, or build without: CMAKE_ARGS=-DHEZAR_WITH_ARROW=OFF"
  fi
  [[ $1 == */torch-* ]] || return 0
  printf '%s' "The CPU wheel of torch $kTorchVersion must be where pip looks (PIP_FIND_LINKS, PIP_EXTRA_INDEX_URL; the \
PyTorch site says where CPU wheels are), or name a LibTorch: Torch_DIR=<libtorch>/share/cmake/Torch, or build \
without it: CMAKE_ARGS=-DHEZAR_WITH_TORCH=OFF"
}

is_cpu_torch() {
  local version=none
  [[ ! -e $1/torch/version.py ]] || version=$(sed -n "s/^__version__ = '\(.*\)'/\1/p" "$1/torch/version.py")
  [[ $version != "$kTorchVersion+cpu" ]] || return 0
  say "torch: expected $kTorchVersion+cpu, got $version; removed again. $(hint /torch-)"
  return 1
}

has_arrow() {
  local file
  for file in include/arrow/util/config.h include/parquet/arrow/writer.h; do
    [[ -e $1/pyarrow/$file ]] || { say "pyarrow: expected $file, got none; removed again"; return 1; }
  done
}

has_lint_tools() {
  local tool
  for tool in clang_format/data/bin/clang-format clang_tidy/data/bin/clang-tidy codespell_lib gersemi; do
    [[ -e $1/$tool ]] || { say "lint tools: expected $tool, got none; removed again"; return 1; }
  done
}

install_torch() {
  ! torch_is_given || return 0
  # On x86-64 the plain name is the CUDA build; the local version label makes pip take the CPU wheel or nothing.
  local requirement=torch==$kTorchVersion
  [[ $(uname -m) != x86_64 ]] || requirement+=+cpu
  install_with_pip "$deps/torch-$kTorchVersion" is_cpu_torch --no-deps --python-version 3.11 "$requirement"
}

install_arrow() {
  ! is_given include/arrow/util/config.h || return 0
  install_with_pip "$deps/pyarrow-$kArrowVersion" has_arrow --no-deps --python-version 3.11 "pyarrow==$kArrowVersion"
}

main() {
  local with_lint= with_torch=1 word
  for word in "$@"; do
    case $word in
      --lint) with_lint=1 ;;
      --fuzz) packages+=("${kFuzzPackages[@]}") ;;
      --no-torch) with_torch= ;;
      *) give_up "unknown argument $word. Usage: cmake/setup.sh [--lint] [--fuzz] [--no-torch]" ;;
    esac
  done
  [[ ${CMAKE_ARGS:-} != *-DHEZAR_WITH_TORCH=OFF* ]] || with_torch=
  install_packages
  [[ -z $with_torch ]] || install_torch
  [[ ${CMAKE_ARGS:-} == *-DHEZAR_WITH_ARROW=OFF* ]] || install_arrow
  [[ -z $with_lint ]] || install_with_pip "$deps/$kLintFolder" has_lint_tools "${kLintTools[@]}"
}

main "$@"
