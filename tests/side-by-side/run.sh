#!/bin/sh
# Times the emulators beside aws-sdk-sts, aws-config and botocore, in one run, and prints a table in Markdown.
#   tests/side-by-side/run.sh            the table
#   tests/side-by-side/run.sh --builds   also what a clean build of one emulator costs beside aws-config and aws-sdk-sts
# Everything made stands under target/side-by-side (or $CARGO_TARGET_DIR/side-by-side). Needs a network the first time.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
made=${CARGO_TARGET_DIR:-$root/target}/side-by-side
mkdir -p "$made"

# No variable of this shell's AWS configuration may reach what is timed.
for name in $(env | sed -n 's/^\(AWS_[A-Za-z0-9_]*\)=.*/\1/p'); do unset "$name"; done
export AWS_EC2_METADATA_DISABLED=true

if ! command -v python3 >/dev/null; then
    echo "run.sh: no python3 here: botocore is left out" >&2
elif [ -x "$made/python/bin/python" ] || {
    python3 -m venv "$made/python" && "$made/python/bin/python" -m pip install --quiet botocore
}; then
    export SIDE_BY_SIDE_PYTHON="$made/python/bin/python"
else
    echo "run.sh: botocore could not be installed: it is left out" >&2
fi
CARGO_TARGET_DIR="$made/build" cargo run --quiet --release --manifest-path "$here/Cargo.toml"

[ "${1:-}" = --builds ] || exit 0

# What one clean build costs: crates compiled, the time that cargo says it took, processor time, size of the target folder.
build() {
    name=$1
    shift
    folder="$made/clean"
    rm -rf "$folder"
    # `times` tells last what this subshell's children took: user and system, as 1m2.345s
    said=$( (CARGO_TARGET_DIR="$folder" cargo build "$@" 2>&1 && times) ) || { echo "$said" >&2; exit 1; }
    crates=$(echo "$said" | grep -c '^ *Compiling')
    seconds=$(echo "$said" | tail -n 1 | tr ms '  ' | awk '{ printf "%.1f", 60 * $1 + $2 + 60 * $3 + $4 }')
    wall=$(echo "$said" | sed -n 's/.*target(s) in //p')
    size=$(du -sm "$folder" | cut -f1)
    echo "| $name | $crates | $wall | $seconds s | $size MB |"
    rm -rf "$folder"
}
echo
echo "| clean build, \`dev\` profile | crates compiled | on the wall | processor time | target folder |"
echo "|---|---:|---:|---:|---:|"
build "sts-endpoint-boto3" --manifest-path "$root/Cargo.toml" -p sts-endpoint-boto3 --no-default-features
build "sts-endpoint-rust" --manifest-path "$root/Cargo.toml" -p sts-endpoint-rust --no-default-features
build "aws-config and aws-sdk-sts, as they come" --manifest-path "$here/as-they-come/Cargo.toml"
