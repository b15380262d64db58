import java.io.BufferedReader;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;

/**
 * Runs an SDK's runner over scenarios: a class with `static Map<String, Object> record(Scenario)`.
 *
 * <p>`Recorder RUNNER`: one scenario on standard input, in this process's own environment. `Recorder RUNNER --batch CLASSPATH`: many
 * lines `{"env":{...},"scenario":{...}}`, the environment laid over the JDK's own map before each and, where the runner says
 * `static boolean keepsState(Scenario)`, a class loader of its own for the SDK, so that nothing is carried over.
 */
public final class Recorder {
    private Recorder() {}

    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        closeTheNetwork();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        if (arguments.length > 1) {
            batch(arguments[0], arguments[2], in, out);
        } else {
            System.setProperty("user.home", System.getenv("HOME"));
            out.println(record(Recorder.class.getClassLoader(), arguments[0], in.readLine()));
        }
        out.flush();
        System.exit(0);
    }

    /** The second wall: whatever the runner misses is refused here, loopback excepted (instance metadata). */
    @SuppressWarnings("removal")
    private static void closeTheNetwork() {
        System.setSecurityManager(new SecurityManager() {
            @Override
            public void checkPermission(java.security.Permission permission) {}

            @Override
            public void checkPermission(java.security.Permission permission, Object context) {}

            @Override
            public void checkConnect(String host, int port) {
                if (!host.equals("localhost") && !host.equals("127.0.0.1") && !host.equals("::1") && !host.equals("0:0:0:0:0:0:0:1")) {
                    throw new SecurityException("the recorder lets nothing out: " + host + ":" + port);
                }
            }

            @Override
            public void checkConnect(String host, int port, Object context) {
                checkConnect(host, port);
            }
        });
    }

    private static void batch(String runner, String classPath, BufferedReader in, PrintStream out) throws Exception {
        String[] paths = classPath.split(":");
        URL[] urls = new URL[paths.length];
        for (int i = 0; i < paths.length; i++) urls[i] = new File(paths[i]).toURI().toURL();
        ClassLoader above = ClassLoader.getPlatformClassLoader();
        URLClassLoader shared = new URLClassLoader(urls, above);
        Properties properties = (Properties) System.getProperties().clone();
        Map<String, String> environment = openEnvironment();
        for (String line; (line = in.readLine()) != null; ) {
            Map<?, ?> job = (Map<?, ?>) Json.read(line);
            environment.clear();
            ((Map<?, ?>) job.get("env")).forEach((name, value) -> environment.put((String) name, (String) value));
            System.setProperties((Properties) properties.clone());
            System.setProperty("user.home", environment.get("HOME"));
            String scenario = Json.write(job.get("scenario"));
            boolean fresh = (boolean) call(shared, "keepsState", runner, scenario);
            URLClassLoader loader = fresh ? new URLClassLoader(urls, above) : shared;
            Thread.currentThread().setContextClassLoader(loader);
            out.println(record(loader, runner, scenario));
            out.flush();
            if (fresh) loader.close();
        }
    }

    private static String record(ClassLoader loader, String runner, String scenario) throws Exception {
        return (String) call(loader, "record", runner, scenario);
    }

    private static Object call(ClassLoader loader, String method, String runner, String scenario) throws Exception {
        try {
            return loader.loadClass("Recorder$Inside").getMethod(method, String.class, String.class).invoke(null, runner, scenario);
        } catch (InvocationTargetException error) {
            error.getCause().printStackTrace();
            System.exit(1);
            return null;
        }
    }

    /** The map behind `System.getenv` (JDK: `java.util.Collections$UnmodifiableMap`, field `m`); wants `--add-opens java.base/java.util`. */
    @SuppressWarnings("unchecked")
    private static Map<String, String> openEnvironment() throws Exception {
        Field map = System.getenv().getClass().getDeclaredField("m");
        map.setAccessible(true);
        return (Map<String, String>) map.get(System.getenv());
    }

    /** What runs in the SDK's class loader. */
    public static final class Inside {
        private Inside() {}

        public static String record(String runner, String line) throws Exception {
            Scenario scenario = new Scenario((Map<?, ?>) Json.read(line));
            scenario.properties().forEach((name, value) -> System.setProperty((String) name, (String) value));
            return Json.write(method(runner, "record").invoke(null, scenario));
        }

        public static boolean keepsState(String runner, String line) throws Exception {
            return (boolean) method(runner, "keepsState").invoke(null, new Scenario((Map<?, ?>) Json.read(line)));
        }

        private static java.lang.reflect.Method method(String runner, String name) throws Exception {
            java.lang.reflect.Method method = Class.forName(runner).getDeclaredMethod(name, Scenario.class);
            method.setAccessible(true);
            return method;
        }
    }
}
