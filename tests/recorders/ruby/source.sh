# A release of aws-sdk-core out of a clone of aws/aws-sdk-ruby. To be sourced.

# source_commit CLONE RELEASE: the commit of version 3 that set gems/aws-sdk-core/VERSION to it. Some were taken back before they
# were published and made anew: the last one counts, and none that goes back to an older release.
source_commit() {
    for branch in version-3 origin/version-3; do
        git -C "$1" log --format=%H --invert-grep --grep='^Revert' "$branch" -- gems/aws-sdk-core/VERSION 2>/dev/null || true
    done | while read -r commit; do
        if [ "$(git -C "$1" show "$commit:gems/aws-sdk-core/VERSION")" = "$2" ]; then
            echo "$commit"
            break
        fi
    done
}

# source_unpack CLONE RELEASE CACHE: the core and the gems that it was published with, as they stand at that commit.
source_unpack() {
    commit=$(source_commit "$1" "$2")
    [ -n "$commit" ] || { echo "$1 has no commit of aws-sdk-core $2 on its branch version-3" >&2; exit 1; }
    # The STS client is in the core.
    set -- "$1" "$2" "$3" aws-sdk-core aws-partitions aws-sigv4 aws-eventstream
    rm -rf "$3/source"
    mkdir -p "$3/source"
    source_clone=$1
    source_cache=$3
    shift 3
    git -C "$source_clone" archive "$commit" $(printf 'gems/%s ' "$@") | tar -x -C "$source_cache/source"
    printf 'source/gems/%s/lib\n' "$@" >"$source_cache/load-path.new"
    # jmespath has a home of its own, and any version of it serves.
    if ! ruby -e 'require "jmespath"' 2>/dev/null; then
        export GEM_HOME="$source_cache/gems" GEM_PATH="$source_cache/gems"
        gem install --no-document jmespath >"$source_cache/gem.log" 2>&1 ||
            { echo "there is no jmespath: install the package ruby-jmespath, or let RubyGems be reached" >&2; exit 1; }
        (cd "$source_cache" && find gems -path '*/gems/jmespath-*/lib' -type d -prune) >>"$source_cache/load-path.new"
    fi
    mv "$source_cache/load-path.new" "$source_cache/load-path"
}
