# Assertions for the shell tests of this folder; source it. A test ends with `finish`.
failures=0

# expect <what> <condition...>: runs a command that must succeed.
expect() {
  local what=$1
  shift
  if "$@"; then
    printf 'ok: %s\n' "$what"
  else
    printf 'FAILED: %s (%s)\n' "$what" "$*"
    failures=$((failures + 1))
  fi
}
# expect_text <what> <text> <expected part>
expect_text() {
  expect "$1" contains "$2" "$3"
}
contains() { [[ $1 == *"$2"* ]]; }
expect_equal() { expect "$1: expected $3, got $2" test "$2" = "$3"; }

finish() {
  ((failures == 0)) || { printf '%d failed\n' "$failures"; exit 1; }
}
