#!/usr/bin/env bash
# A moved prefix needs nothing from outside, names no folder it was built in, and its host works. Arguments: moved.sh.
set -u
source "$(dirname "$0")/moved.sh"

mapfile -t files < <(find "$prefix/bin" "$prefix/lib" -type f \( -name '*.so*' -o -perm -u+x \))
expect "there are plugins among the installed files" test -n "$(ls "$prefix/lib/hezar/plugins")"
# What ldd finds must lie in the prefix, or be the C and C++ run time. Each file is asked, plugins and libraries too.
for file in "${files[@]}"; do
  outside=$(ldd "$file" | sed -nE 's/^\s*(\S+) => (.*) \(.*/\1 \2/p; s/^\s*(\S+) => not found/\1 missing/p' | grep -v " $prefix/" |
    grep -vE '^(ld-linux[^ ]*|lib(c|m|dl|rt|util|pthread|resolv|nsl|anl|mvec|stdc\+\+|gcc_s)\.so[^ ]*) /')
  expect "${file#"$prefix"/} needs nothing from outside${outside:+: $outside}" test -z "$outside"
done
for folder in core sdk/plugin plugins/text plugins/tokenizers; do
  missing=$(cd "$source_folder/$folder/include" && find . -name '*.hpp' | while read -r header; do
    [[ -f $prefix/include/$header ]] || printf '%s ' "$header"
  done)
  expect "every public header of $folder is installed${missing:+: $missing}" test -z "$missing"
done
# The package's own files and headers; LibTorch's are as LibTorch made them.
named=$(grep -rlF -e "$build" -e "$source_folder/" -e "$(dirname "$prefix")/first" \
  "$prefix/lib/cmake" "$prefix/include/hezar" "$prefix/share")
expect "no file names the folders it was built in or installed to${named:+: $named}" test -z "$named"

listed=$(cd / && use "$prefix/bin/hezar" list --json)
expect_equal "hezar list" "$?" 0
expect_text "lists what the plugins bring" "$listed" '"plugin"'
if [[ -e $build/lib/libhezar-arrow.so ]]; then
  library=$prefix/lib/libhezar-arrow.so.0
  expect "libhezar-arrow is installed beside libhezar" test -e "$library"
  bundled=$(ls "$prefix/lib/hezar/deps")
  expect_text "with Arrow" "$bundled" "libarrow.so."
  expect_text "and Parquet" "$bundled" "libparquet.so."
  # Reading one opens the library: what it says is of the file.
  printf 'PAR1' >"$work/broken.parquet"
  said=$(cd / && use "$prefix/bin/hezar" predict "$work" --input "$work/broken.parquet" 2>&1)
  expect_text "the moved host opens it" "$said" "broken.parquet: expected a"
fi
if [[ -n $torch && -d $source_folder/demo/sentiment ]]; then
  cp -r "$source_folder/demo/sentiment" "$work/model"
  answer=$(cd / && use "$prefix/bin/hezar" predict "$work/model" --json "کیفیت عالی بود")
  expect_equal "hezar predict" "$?" 0
  expect_text "answers" "$answer" '"label"'
fi
finish
