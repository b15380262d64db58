# Sourced by `setup` and `run` of each JVM SDK: how the JVM is started.

JAVA=${JAVA_HOME:+$JAVA_HOME/bin/}java
# The JVM's own warnings go to standard output, which is the outcome's: off. The second wall is a security manager, which Java 18 to 23 must be allowed to set, and which Java 24 has no more.
JVM_FLAGS="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -Xlog:disable -Dfile.encoding=UTF-8 -Djava.security.manager=allow"

# record CACHE RUNNER [--batch]
record() {
    if [ "${3:-}" = --batch ]; then
        exec "$JAVA" $JVM_FLAGS --add-opens java.base/java.util=ALL-UNNAMED -cp "$1/runner.jar" Recorder "$2" --batch "$(cat "$1/classpath")"
    fi
    [ -f "$1/classes.jsa" ] && JVM_FLAGS="$JVM_FLAGS -XX:SharedArchiveFile=$1/classes.jsa"
    exec "$JAVA" $JVM_FLAGS -cp "$(cat "$1/classpath")" Recorder "$2"
}
