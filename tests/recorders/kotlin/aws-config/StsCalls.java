import aws.smithy.kotlin.runtime.auth.awscredentials.CredentialsProvider;
import aws.sdk.kotlin.runtime.auth.credentials.internal.sts.StsClient;
import aws.sdk.kotlin.runtime.auth.credentials.internal.sts.model.AssumeRoleRequest;
import aws.sdk.kotlin.runtime.auth.credentials.internal.sts.model.AssumeRoleWithWebIdentityRequest;
import aws.smithy.kotlin.runtime.net.url.Url;
import aws.smithy.kotlin.runtime.net.url.UrlEncoding;
import kotlin.Unit;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlinx.coroutines.BuildersKt;

/**
 * The client inside the module `aws-config`, made from the environment: stands in where a repository has no module `sts` of the
 * release. The same generator makes it, for two operations only.
 */
final class StsCalls {
    /** What a client calls to set its credential provider going. */
    static final String OUTER_OPERATION = "AssumeRole";
    private static final String ROLE = "arn:aws:iam::123456789012:role/demo";
    private final StsClient client;

    StsCalls(Scenario scenario, CatchingEngine engine, CredentialsProvider provider) throws Exception {
        client = (StsClient) BuildersKt.<Object>runBlocking(EmptyCoroutineContext.INSTANCE, (scope, next) -> StsClient.Companion.fromEnvironment(config -> {
            config.setHttpClient(engine);
            if (provider != null) config.setCredentialsProvider(provider);
            if (scenario.code("region") != null) config.setRegion(scenario.code("region"));
            if (scenario.code("endpoint") != null) config.setEndpointUrl(Url.Companion.parse(scenario.code("endpoint"), UrlEncoding.Companion.getAll()));
            if (scenario.code("use_fips") != null) config.setUseFips(Boolean.valueOf(scenario.code("use_fips")));
            if (scenario.code("use_dualstack") != null) config.setUseDualStack(Boolean.valueOf(scenario.code("use_dualstack")));
            return Unit.INSTANCE;
        }, next));
    }

    void call(String operation) throws Exception {
        BuildersKt.<Object>runBlocking(EmptyCoroutineContext.INSTANCE, (scope, next) -> {
            switch (operation) {
                case "AssumeRole":
                    return client.assumeRole(AssumeRoleRequest.Companion.invoke(request -> {
                        request.setRoleArn(ROLE);
                        request.setRoleSessionName("demo");
                        return Unit.INSTANCE;
                    }), next);
                case "AssumeRoleWithWebIdentity":
                    return client.assumeRoleWithWebIdentity(AssumeRoleWithWebIdentityRequest.Companion.invoke(request -> {
                        request.setRoleArn(ROLE);
                        request.setRoleSessionName("demo");
                        request.setWebIdentityToken("dummy");
                        return Unit.INSTANCE;
                    }), next);
                default:
                    throw new UnsupportedOperationException(operation);
            }
        });
    }

    String presign() {
        throw new UnsupportedOperationException("presigning GetCallerIdentity");
    }
}
