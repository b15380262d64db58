#!/bin/sh
# Counts the instructions of one answer with callgrind, every SDK over the ready scenarios, and prints a table in Markdown. Unlike
# times, the counts are the same on a busy machine. Behind the table: the median of its first column. Needs valgrind.
set -eu
root=$(cd "$(dirname "$0")/../../.." && pwd)
command -v valgrind >/dev/null || { echo "instructions.sh: no valgrind here" >&2; exit 2; }
cargo build --quiet --release --manifest-path "$root/Cargo.toml" -p sts-endpoint-conformance --example one-answer
one_answer=${CARGO_TARGET_DIR:-$root/target}/release/examples/one-answer
scenarios="variable code legacy profile role"
# Two runs, so that what the first answer alone does (reading the files) is left out.
few=100 many=1100

count() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null --toggle-collect='*one_answer::one_answer*' \
        "$one_answer" "$1" "$2" "$3" 2>&1 | sed -n 's/.*Collected : //p'
}

echo "| SDK |$(printf ' %s |' $scenarios)"
echo "|---|$(printf -- '---:|%.0s' $scenarios)"
variables=
for sdk in $(ls "$root/crates/emulators"); do
    line="| $sdk |"
    for scenario in $scenarios; do
        instructions=$((($(count "$sdk" "$scenario" $many) - $(count "$sdk" "$scenario" $few)) / (many - few)))
        line="$line $instructions |"
        [ "$scenario" != variable ] || variables="$variables $instructions"
    done
    echo "$line"
done
echo
echo "Median over $(echo $variables | wc -w) SDKs, region in a variable: $(printf '%s\n' $variables | sort -n | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }')."
