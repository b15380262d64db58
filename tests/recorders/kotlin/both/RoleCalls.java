import aws.sdk.kotlin.services.sts.StsClient;
import aws.sdk.kotlin.services.sts.model.AssumeRoleRequest;
import aws.sdk.kotlin.services.sts.model.AssumeRoleWithWebIdentityRequest;
import aws.smithy.kotlin.runtime.auth.awscredentials.CredentialsProvider;
import aws.smithy.kotlin.runtime.net.url.Url;
import aws.smithy.kotlin.runtime.net.url.UrlEncoding;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlinx.coroutines.BuildersKt;

/**
 * An STS client made from the environment, with the two calls that every module's client has. `setup` names another package where the
 * client is the one inside `aws-config`: one generator makes both.
 */
class RoleCalls {
    final StsClient client;

    RoleCalls(Scenario scenario, CatchingEngine engine, CredentialsProvider provider) throws Exception {
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

    final void call(String operation) throws Exception {
        BuildersKt.<Object>runBlocking(EmptyCoroutineContext.INSTANCE, (scope, next) -> start(operation, next));
    }

    /** What a suspending function of the client's returns, which Kotlin's `runBlocking` waits for. */
    Object start(String operation, Continuation<? super Object> next) {
        switch (operation) {
            case "AssumeRole":
                return client.assumeRole(AssumeRoleRequest.Companion.invoke(request -> {
                    request.setRoleArn(Scenario.ROLE);
                    request.setRoleSessionName("demo");
                    return Unit.INSTANCE;
                }), next);
            case "AssumeRoleWithWebIdentity":
                return client.assumeRoleWithWebIdentity(AssumeRoleWithWebIdentityRequest.Companion.invoke(request -> {
                    request.setRoleArn(Scenario.ROLE);
                    request.setRoleSessionName("demo");
                    request.setWebIdentityToken("dummy");
                    return Unit.INSTANCE;
                }), next);
            default:
                throw new UnsupportedOperationException(operation);
        }
    }
}
