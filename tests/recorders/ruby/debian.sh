# Debian's packages of aws-sdk-core, one release a suite. To be sourced.
# A private package index is kept in the given folder; the machine's own is not touched.

debian_suites="bullseye bookworm trixie sid"

# debian_apt FOLDER COMMAND...: an apt command over the private index.
debian_apt() {
    debian_folder=$1
    debian_command=$2
    shift 2
    "$debian_command" \
        -o Dir::State::lists="$debian_folder/lists" -o Dir::Cache="$debian_folder/cache" \
        -o Dir::Etc::sourcelist="$debian_folder/sources.list" -o Dir::Etc::sourceparts=/dev/null \
        -o APT::Sandbox::User=root -o Acquire::Languages=none "$@"
}

# debian_releases FOLDER: makes the index and prints "RELEASE SUITE" for each suite; nothing where there is no apt.
debian_releases() {
    command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || return 0
    # The mirror that this machine uses for its own suite.
    mirror=$(apt-get indextargets --format '$(REPO_URI) $(ORIGIN) $(LABEL)' | sed -n 's/ Debian Debian$//p' | sort -u | head -n 1)
    [ -n "$mirror" ] || return 0
    mkdir -p "$1/lists/partial" "$1/cache/archives/partial"
    key=/usr/share/keyrings/debian-archive-keyring.gpg
    for suite in $debian_suites; do
        echo "deb [signed-by=$key] $mirror $suite main"
    done >"$1/sources.list"
    # A suite that the mirror no longer has is left out.
    debian_apt "$1" apt-get -qq update >/dev/null 2>&1 || true
    debian_apt "$1" apt-cache madison ruby-aws-sdk-core |
        sed -n 's/^[^|]*| *\([0-9.]*\)[^|]*|.* \([a-z]*\)\/main.*$/\1 \2/p'
}

# debian_unpack FOLDER SUITE TARGET: the packages of one suite, unpacked without installing them.
debian_unpack() {
    mkdir -p "$1/packages" "$3"
    (
        cd "$1/packages"
        for package in aws-sdk-core aws-partitions aws-sigv4 aws-eventstream jmespath; do
            debian_apt "$1" apt-get -qq download "ruby-$package/$2"
        done
    )
    for package in "$1"/packages/*.deb; do
        dpkg-deb --extract "$package" "$3"
    done
}
