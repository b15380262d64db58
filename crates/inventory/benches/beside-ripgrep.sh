#!/bin/sh
# Holds a scan of 100,000 files against what the walk and the reading alone cost: `rg --files`, and `cat` of the files that a
# scan of the same tree opens.
#   crates/inventory/benches/beside-ripgrep.sh [FILES]
# Prints the processor time of each, user and system, of the middle one of five runs.
set -eu
root=$(cd "$(dirname "$0")/../../.." && pwd)
files=${1:-100000}
command -v rg >/dev/null || { echo "beside-ripgrep.sh: needs ripgrep (rg)" >&2; exit 2; }
cd "$root"
cargo build --quiet --release -p sts-endpoint-cli
cargo build --quiet --release -p sts-endpoint-inventory --example plant-tree
built=${CARGO_TARGET_DIR:-target}/release
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
"$built/examples/plant-tree" "$made/tree" "$files"

list() { rg --files --hidden --no-require-git "$made/tree"; }
opened() { list | grep -E '/(requirements\.txt|go\.mod|gradle\.lockfile|Cargo\.lock|Dockerfile|\.env)$|\.(yaml|tf|json)$'; }
opened | tr '\n' '\0' > "$made/opened"

walking() { list > /dev/null; }
reading() { xargs -0 cat < "$made/opened" > /dev/null; }
# exit status 1: the scan has findings
scanning() { "$built/sts-endpoint" scan "$made/tree" > /dev/null 2>&1 || [ $? = 1 ]; }

# The middle of five runs' processor time. `times` tells last what a subshell's children took, as 0m1.234s of user and system.
middle() {
    for run in 1 2 3 4 5; do
        ("$1" && times) | tail -n 1 | tr ms '  ' | awk '{ printf "%.2f\n", 60 * $1 + $2 + 60 * $3 + $4 }'
    done | sort -n | sed -n 3p
}
walk=$(middle walking)
read=$(middle reading)
scan=$(middle scanning)
echo "| $files files | processor time |"
echo "|---|---:|"
echo "| \`rg --files\` | $walk s |"
echo "| \`cat\` of the $(tr -cd '\0' < "$made/opened" | wc -c) files that a scan opens | $read s |"
echo "| \`sts-endpoint scan\` | $scan s |"
echo
echo "The scan takes $(echo "$scan $walk $read" | awk '{ printf "%.1f", $1 / ($2 + $3) }') times the other two."
