#!/usr/bin/env bash
# What `make demo` shows: three sentences, how fast it goes, how good the model is, and what to type next.
set -eu
cd "$(dirname "$0")/.."
hezar=build/bin/hezar

echo "A small BERT, trained on the sentences in demo/data, says of three new ones:"
echo
"$hezar" predict ./demo/sentiment \
  "کیفیت دوخت این کیف عالی است و از خریدش خیلی خوشحالم" \
  "غذا سرد و بی‌مزه بود و دیگر هرگز به این رستوران نمی‌روم" \
  "کتابخانه‌ی مرکزی شهر روزهای فرد تا ساعت هشت شب باز است"
echo

lines=$(mktemp --suffix=.txt)
trap 'rm -f "$lines"' EXIT
for _ in 1 2 3 4 5 6 7 8 9 10; do cut -f2 demo/data/train.tsv; done > "$lines"
count=$(wc -l < "$lines")
start=$(date +%s%N)
"$hezar" predict ./demo/sentiment --input "$lines" --jsonl > /dev/null
end=$(date +%s%N)
echo "Throughput: $count sentences in $(((end - start) / 1000000)) ms, start included:" \
  "$((count * 1000000000 / (end - start))) sentences/s."
echo

python3 demo/evaluate.py "$hezar"
cat <<'EOT'

Next:
  build/bin/hezar predict ./demo/sentiment "جمله‌ی خودتان را بنویسید"
  build/bin/hezar predict ./demo/sentiment --input FILE.txt --json
  build/bin/hezar info ./demo/sentiment
  build/bin/hezar --help
EOT
