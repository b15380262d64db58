import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;

/**
 * What the AWS SDK for Java 2.x does with a scenario.
 *
 * <p>A provider is used alone unless an option is given in code: then an STS client with that option is built around it. (Without a
 * region such a client would fail in `build()`, before any provider is asked.)
 */
final class JavaV2Runner {
    /** What a message tells of the category; the first that fits. */
    private static final Map<String, String> CATEGORIES = new LinkedHashMap<>();

    static {
        CATEGORIES.put("Unable to load region from any", "missing-region");
        CATEGORIES.put("region must not be blank", "invalid-region");
        CATEGORIES.put("Configured region (", "invalid-region");
        CATEGORIES.put("No endpoint known for [", "unsupported-variant");
        CATEGORIES.put("custom endpoint are not supported", "unsupported-variant");
        CATEGORIES.put("custom endpoint is not supported", "unsupported-variant");
        CATEGORIES.put("but should be 'false' or 'true'", "invalid-setting");
        CATEGORIES.put("Illegal character in", "invalid-endpoint");
        CATEGORIES.put("An invalid URI was configured", "invalid-endpoint");
        CATEGORIES.put("URI scheme of endpointOverride", "invalid-endpoint");
        CATEGORIES.put("protocol must not be null", "invalid-endpoint");
        CATEGORIES.put("Unable to load credentials", "missing-credentials");
        CATEGORIES.put("definition on line", "config-parse");
        CATEGORIES.put("must end with ']'", "config-parse");
        CATEGORIES.put("does not exist", "profile-not-found");
    }

    private JavaV2Runner() {}

    /** The default credential provider is one object for all, and keeps what it found. */
    static boolean keepsState(Scenario scenario) {
        return !scenario.entry().equals("client") || scenario.noStatic();
    }

    static Map<String, Object> record(Scenario scenario) {
        if (scenario.code("sts_regional_endpoints") != null) return Outcome.notApplicable("no such option in code");
        // Token makers sign a request of their own, whose host they put together themselves.
        if (scenario.presign()) return Outcome.notApplicable("the SDK presigns no STS request");
        CatchingHttpService.CAUGHT.clear();
        Throwable failure = null;
        try {
            run(scenario);
        } catch (Throwable thrown) {
            failure = thrown;
        }
        if (!CatchingHttpService.CAUGHT.isEmpty()) {
            SdkHttpRequest first = CatchingHttpService.CAUGHT.get(0);
            return Outcome.request(first.getUri().toString(), first.firstMatchingHeader("Authorization").orElse(null));
        }
        if (failure == null) throw new IllegalStateException("neither a request nor an error");
        if (failure instanceof LinkageError) throw (LinkageError) failure;
        String message = Outcome.withoutHashes(String.valueOf(failure.getMessage()));
        return Outcome.error(category(message), failure.getClass().getSimpleName(), message);
    }

    private static String category(String message) {
        return CATEGORIES.entrySet().stream().filter(known -> message.contains(known.getKey())).map(Map.Entry::getValue).findFirst().orElse("other");
    }

    private static void run(Scenario scenario) {
        if (scenario.entry().equals("client")) {
            try (StsClient client = builder(scenario).build()) {
                call(client, scenario.operation());
            }
            return;
        }
        // Static credentials of the environment would win over a profile's role in the default chain.
        AwsCredentialsProvider provider = scenario.entry().equals("profile-assume-role") && !scenario.noStatic()
            ? ProfileCredentialsProvider.create()
            : DefaultCredentialsProvider.create();
        if (!scenario.hasCode()) {
            provider.resolveCredentials();
            return;
        }
        try (StsClient client = builder(scenario).credentialsProvider(provider).build()) {
            call(client, "GetCallerIdentity");
        }
    }

    private static StsClientBuilder builder(Scenario scenario) {
        StsClientBuilder builder = StsClient.builder();
        if (scenario.code("region") != null) builder.region(Region.of(scenario.code("region")));
        if (scenario.code("endpoint") != null) builder.endpointOverride(URI.create(scenario.code("endpoint")));
        if (scenario.code("use_fips") != null) builder.fipsEnabled(Boolean.valueOf(scenario.code("use_fips")));
        if (scenario.code("use_dualstack") != null) builder.dualstackEnabled(Boolean.valueOf(scenario.code("use_dualstack")));
        return builder;
    }

    private static void call(StsClient client, String operation) {
        String role = "arn:aws:iam::123456789012:role/demo";
        switch (operation) {
            case "GetCallerIdentity":
                client.getCallerIdentity();
                break;
            case "AssumeRole":
                client.assumeRole(request -> request.roleArn(role).roleSessionName("demo"));
                break;
            case "AssumeRoleWithWebIdentity":
                client.assumeRoleWithWebIdentity(request -> request.roleArn(role).roleSessionName("demo").webIdentityToken("dummy"));
                break;
            case "AssumeRoleWithSAML":
                client.assumeRoleWithSAML(request -> request
                    .roleArn(role)
                    .principalArn("arn:aws:iam::123456789012:saml-provider/demo")
                    .samlAssertion("ZHVtbXk="));
                break;
            case "GetSessionToken":
                client.getSessionToken();
                break;
            case "GetFederationToken":
                client.getFederationToken(request -> request.name("demo"));
                break;
            case "DecodeAuthorizationMessage":
                client.decodeAuthorizationMessage(request -> request.encodedMessage("dummy"));
                break;
            case "GetAccessKeyInfo":
                client.getAccessKeyInfo(request -> request.accessKeyId("AKIDEXAMPLE12345678"));
                break;
            default:
                throw new IllegalArgumentException(operation);
        }
    }
}
