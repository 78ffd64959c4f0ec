#!/usr/bin/env bash
# remove_prefix.sh <file>: removes what make_prefix.sh made.
[[ ! -f $1 ]] || { rm -rf "$(<"$1")" && rm "$1"; }
