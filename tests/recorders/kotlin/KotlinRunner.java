import aws.sdk.kotlin.runtime.auth.credentials.DefaultChainCredentialsProvider;
import aws.sdk.kotlin.runtime.auth.credentials.ProfileCredentialsProvider;
import aws.smithy.kotlin.runtime.auth.awscredentials.CredentialsProvider;
import aws.smithy.kotlin.runtime.collections.AttributesKt;
import aws.smithy.kotlin.runtime.http.request.HttpRequest;
import aws.smithy.kotlin.runtime.util.PlatformProvider;
import java.util.Map;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlinx.coroutines.BuildersKt;

/** What the AWS SDK for Kotlin does with a scenario. A client is one of `StsClient.fromEnvironment`. */
final class KotlinRunner {
    private KotlinRunner() {}

    /** Nothing of the SDK's outlives its clients and providers. */
    static boolean keepsState(Scenario scenario) {
        return false;
    }

    static Map<String, Object> record(Scenario scenario) throws Exception {
        if (scenario.code("sts_regional_endpoints") != null) return Outcome.notApplicable("no such option in code");
        CatchingEngine engine = new CatchingEngine(System.getenv("STS_RECORDER_IMDS"));
        Throwable failure = null;
        try {
            String presigned = run(scenario, engine);
            if (presigned != null) return Outcome.presigned(presigned);
        } catch (Throwable thrown) {
            failure = thrown;
        }
        if (!engine.caught.isEmpty()) {
            HttpRequest first = engine.caught.get(0);
            return Outcome.request(first.getUrl().toString(), first.getHeaders().get("Authorization"));
        }
        if (failure instanceof UnsupportedOperationException) throw new IllegalStateException(failure);
        return Outcome.failure(failure, KotlinRunner::category);
    }

    /** The presigned URL, if the scenario asks for one. */
    private static String run(Scenario scenario, CatchingEngine engine) throws Exception {
        CredentialsProvider provider = provider(scenario, engine);
        if (scenario.alone()) {
            BuildersKt.runBlocking(EmptyCoroutineContext.INSTANCE, (scope, next) -> provider.resolve(AttributesKt.emptyAttributes(), next));
            return null;
        }
        StsCalls client = new StsCalls(scenario, engine, provider);
        if (scenario.presign()) return client.presign();
        client.call(scenario.entry().equals("client") ? scenario.operation() : StsCalls.OUTER_OPERATION);
        return null;
    }

    /** Null: the client's own default chain. */
    private static CredentialsProvider provider(Scenario scenario, CatchingEngine engine) {
        if (scenario.asksProfile()) return new ProfileCredentialsProvider(null, null, PlatformProvider.Companion.getSystem(), engine, null);
        return scenario.alone() ? new DefaultChainCredentialsProvider(null, PlatformProvider.Companion.getSystem(), engine, null) : null;
    }

    /** Throws what it is given, checked or not. */
    @SuppressWarnings("unchecked")
    static <T extends Throwable> T unchecked(Throwable thrown) throws T {
        throw (T) thrown;
    }

    /** The category of the failure, or of what a chain of providers tells of its links. */
    private static String category(Throwable failure) {
        String own = named(failure);
        for (Throwable cause = failure; own.equals("other") || own.equals("missing-credentials"); cause = cause.getCause()) {
            if (cause == null) return own;
            for (Throwable link : cause.getSuppressed()) {
                String category = category(link);
                if (!category.equals("other") && !category.equals("missing-credentials")) return category;
            }
            if (cause != failure && !named(cause).equals("other")) own = named(cause);
        }
        return own;
    }

    private static String named(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        if (message.contains("Missing Region")) return "missing-region";
        if (message.contains("AwsSigningRegion")) return "missing-region";
        if (message.startsWith("Configured region ")) return "invalid-region";
        // A host made of the region, or an endpoint that somebody gave.
        if (message.startsWith("Cannot parse ")) return message.contains("\"https://sts") ? "invalid-region" : "invalid-endpoint";
        if (message.startsWith("Invalid Configuration: ") || message.contains("partition does not support")) return "unsupported-variant";
        String type = failure.getClass().getSimpleName();
        if (type.equals("AwsConfigParseException")) return "config-parse";
        if (type.startsWith("CredentialsProvider") || type.startsWith("NoCredentials") || message.contains("No identity could be resolved")) return "missing-credentials";
        return "other";
    }
}
