# Sourced by the `setup` of each JVM SDK: how a release is fetched and its runner built.

# fetch CACHE GROUP:ARTIFACT:VERSION...: the artifacts and what they depend on, by Maven, into CACHE/lib.
fetch() {
    cache=$1
    shift
    [ "$(cat "$cache/fetched" 2>/dev/null)" = "$*" ] && return
    rm -rf "$cache/lib" "$cache/fetched"
    {
        echo '<project><modelVersion>4.0.0</modelVersion><groupId>recorder</groupId><artifactId>recorder</artifactId>'
        echo '<version>1</version><packaging>pom</packaging><dependencies>'
        for artifact in "$@"; do
            echo "$artifact" | sed 's|\(.*\):\(.*\):\(.*\)|<dependency><groupId>\1</groupId><artifactId>\2</artifactId><version>\3</version></dependency>|'
        done
        echo '</dependencies></project>'
    } > "$cache/pom.xml"
    mvn -B -q -f "$cache/pom.xml" dependency:copy-dependencies -DoutputDirectory="$cache/lib" > "$cache/mvn.log" 2>&1 || return 1
    echo "$*" > "$cache/fetched"
}

# build CACHE SOURCE...: the runner, as CACHE/runner.jar.
build() {
    cache=$1
    shift
    rm -rf "$cache/classes"
    mkdir -p "$cache/classes"
    javac -nowarn -cp "$cache/lib/*" -d "$cache/classes" "$here"/../jvm/*.java "$@"
    jar cf "$cache/runner.jar" -C "$cache/classes" .
    # In this order: a stand-in for a class of the SDK's must come first.
    printf %s "$cache/runner.jar" > "$cache/classpath"
    for jar in "$cache"/lib/*.jar; do printf ':%s' "$jar" >> "$cache/classpath"; done
}

# speed_up CACHE RUNNER: an archive of the loaded classes, which makes each start of the JVM twice as fast. Not needed.
speed_up() {
    rm -f "$1/classes.jsa"
    mkdir -p "$1/home"
    echo '{"entry":"client","operation":"GetCallerIdentity","code":{"region":"us-west-2"}}' |
        env -i PATH="$PATH" HOME="$1/home" AWS_EC2_METADATA_DISABLED=true AWS_ACCESS_KEY_ID=AKIDEXAMPLE AWS_SECRET_ACCESS_KEY=secretEXAMPLE \
            "$JAVA" -XX:ArchiveClassesAtExit="$1/classes.jsa" $JVM_FLAGS -cp "$(cat "$1/classpath")" Recorder "$2" > "$1/speed_up.log" 2>&1 || true
}

. "$here/../jvm/java.sh"
