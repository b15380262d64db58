import java.net.URI;
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
    private static final Categories CATEGORIES = new Categories()
        .where("Unable to load region from any", "missing-region")
        .where("region must not be blank", "invalid-region")
        .where("Configured region (", "invalid-region")
        .where("No endpoint known for [", "unsupported-variant")
        .where("custom endpoint are not supported", "unsupported-variant")
        .where("custom endpoint is not supported", "unsupported-variant")
        .where("but should be 'false' or 'true'", "invalid-setting")
        .where("is not a valid defaults mode", "invalid-setting")
        .where("Illegal character in", "invalid-endpoint")
        .where("An invalid URI was configured", "invalid-endpoint")
        .where("URI scheme of endpointOverride", "invalid-endpoint")
        .where("protocol must not be null", "invalid-endpoint")
        .where("Unable to load credentials", "missing-credentials")
        .where("definition on line", "config-parse")
        .where("must end with ']'", "config-parse")
        .where("does not exist", "profile-not-found");

    private JavaV2Runner() {}

    /** What instance metadata said stands in a static field (EC2MetadataUtils). */
    static boolean keepsState(Scenario scenario) {
        return scenario.hasMetadata();
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
        return Outcome.failure(failure, CATEGORIES::of);
    }

    private static void run(Scenario scenario) {
        if (scenario.entry().equals("client")) {
            try (StsClient client = builder(scenario).build()) {
                call(client, scenario.operation());
            }
            return;
        }
        // `create()` would give out one object for all.
        AwsCredentialsProvider provider = scenario.asksProfile()
            ? ProfileCredentialsProvider.create()
            : DefaultCredentialsProvider.builder().build();
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
        switch (operation) {
            case "GetCallerIdentity":
                client.getCallerIdentity();
                break;
            case "AssumeRole":
                client.assumeRole(request -> request.roleArn(Scenario.ROLE).roleSessionName("demo"));
                break;
            case "AssumeRoleWithWebIdentity":
                client.assumeRoleWithWebIdentity(request -> request.roleArn(Scenario.ROLE).roleSessionName("demo").webIdentityToken("dummy"));
                break;
            case "AssumeRoleWithSAML":
                client.assumeRoleWithSAML(request -> request
                    .roleArn(Scenario.ROLE)
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
