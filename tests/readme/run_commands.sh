#!/usr/bin/env bash
# Runs the README's commands in a folder that looks like a clone after `make build`.
#   run_commands.sh SOURCE_DIR BUILD_DIR COMMANDS_FILE
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
ln -s "$1/demo" "$work/demo"
ln -s "$2" "$work/build"
printf 'id,text\n1,"کیفیت این گوشی واقعا عالی است"\n2,"غذا سرد بود، اصلا راضی نیستم"\n' > "$work/reviews.csv"
cd "$work"
bash "$3"
test "$(wc -l < answers.jsonl)" -eq 2
