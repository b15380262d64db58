import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An outcome line. */
final class Outcome {
    private static final Pattern SCOPE = Pattern.compile("Credential=[^/]*/\\d{8}/(.*)/[^/]*/aws4_request");
    private static final Pattern PRESIGNED = Pattern.compile("X-Amz-Credential=[^&]*?%2F\\d{8}%2F(.*?)%2F[^&%]*%2Faws4_request");

    private Outcome() {}

    /** A request as it would have gone out: its URL without query and fragment, and the region of the credential scope in `Authorization`. */
    static Map<String, Object> request(String url, String authorization) {
        Matcher scope = SCOPE.matcher(authorization == null ? "" : authorization);
        return signedFor(bare(url), scope.find() ? scope.group(1) : null);
    }

    /** A presigned URL. */
    static Map<String, Object> presigned(String url) {
        Matcher scope = PRESIGNED.matcher(url);
        if (!scope.find()) throw new IllegalStateException("a presigned URL without X-Amz-Credential: " + url);
        return signedFor(bare(url), java.net.URLDecoder.decode(scope.group(1), java.nio.charset.StandardCharsets.UTF_8));
    }

    private static Map<String, Object> signedFor(String url, String region) {
        Map<String, Object> outcome = new LinkedHashMap<>();
        outcome.put("kind", "request");
        outcome.put("url", url);
        outcome.put("signing_region", region);
        return outcome;
    }

    private static String bare(String url) {
        String bare = url.split("[?#]", 2)[0];
        return bare.chars().filter(c -> c == '/').count() == 2 ? bare + "/" : bare;
    }

    /** An object's hash code is another in each run: `@0`. */
    private static String withoutHashes(String message) {
        return message.replaceAll("@[0-9a-f]{5,8}\\b", "@0");
    }

    /** What ended a run that made no request. Where the runner does not fit the release, it is no outcome. */
    static Map<String, Object> failure(Throwable failure, Function<Throwable, String> category) {
        if (failure == null) throw new IllegalStateException("neither a request nor an error");
        if (failure instanceof LinkageError) throw (LinkageError) failure;
        return error(category.apply(failure), failure.getClass().getSimpleName(), withoutHashes(String.valueOf(failure.getMessage())));
    }

    private static Map<String, Object> error(String category, String type, String message) {
        Map<String, Object> outcome = new LinkedHashMap<>();
        outcome.put("kind", "error");
        outcome.put("category", category);
        outcome.put("type", type);
        outcome.put("message", message);
        return outcome;
    }

    static Map<String, Object> notApplicable(String why) {
        Map<String, Object> outcome = new LinkedHashMap<>();
        outcome.put("kind", "not-applicable");
        outcome.put("why", why);
        return outcome;
    }
}
