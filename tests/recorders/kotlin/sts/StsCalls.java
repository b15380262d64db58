import aws.smithy.kotlin.runtime.auth.awscredentials.CredentialsProvider;
import aws.sdk.kotlin.services.sts.StsClient;
import aws.sdk.kotlin.services.sts.model.AssumeRoleRequest;
import aws.sdk.kotlin.services.sts.model.AssumeRoleWithWebIdentityRequest;
import aws.sdk.kotlin.services.sts.model.AssumeRoleWithSamlRequest;
import aws.sdk.kotlin.services.sts.model.DecodeAuthorizationMessageRequest;
import aws.sdk.kotlin.services.sts.model.GetAccessKeyInfoRequest;
import aws.sdk.kotlin.services.sts.model.GetCallerIdentityRequest;
import aws.sdk.kotlin.services.sts.model.GetFederationTokenRequest;
import aws.sdk.kotlin.services.sts.model.GetSessionTokenRequest;
import aws.sdk.kotlin.services.sts.presigners.PresignersKt;
import aws.smithy.kotlin.runtime.http.request.HttpRequest;
import aws.smithy.kotlin.runtime.net.url.Url;
import aws.smithy.kotlin.runtime.net.url.UrlEncoding;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import kotlin.Unit;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlinx.coroutines.BuildersKt;

/** A client of the module `sts`, made from the environment. */
final class StsCalls {
    /** What a client calls to set its credential provider going. */
    static final String OUTER_OPERATION = "GetCallerIdentity";
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
                case "AssumeRoleWithSAML":
                    return client.assumeRoleWithSaml(AssumeRoleWithSamlRequest.Companion.invoke(request -> {
                        request.setRoleArn(ROLE);
                        request.setPrincipalArn("arn:aws:iam::123456789012:saml-provider/demo");
                        request.setSamlAssertion("ZHVtbXk=");
                        return Unit.INSTANCE;
                    }), next);
                case "DecodeAuthorizationMessage":
                    return client.decodeAuthorizationMessage(DecodeAuthorizationMessageRequest.Companion.invoke(request -> {
                        request.setEncodedMessage("dummy");
                        return Unit.INSTANCE;
                    }), next);
                case "GetAccessKeyInfo":
                    return client.getAccessKeyInfo(GetAccessKeyInfoRequest.Companion.invoke(request -> {
                        request.setAccessKeyId("AKIDEXAMPLE12345678");
                        return Unit.INSTANCE;
                    }), next);
                case "GetCallerIdentity":
                    return client.getCallerIdentity(GetCallerIdentityRequest.Companion.invoke(request -> Unit.INSTANCE), next);
                case "GetFederationToken":
                    return client.getFederationToken(GetFederationTokenRequest.Companion.invoke(request -> {
                        request.setName("demo");
                        return Unit.INSTANCE;
                    }), next);
                case "GetSessionToken":
                    return client.getSessionToken(GetSessionTokenRequest.Companion.invoke(request -> Unit.INSTANCE), next);
                default:
                    throw new UnsupportedOperationException(operation);
            }
        });
    }

    /** The URL that a token maker hands out: valid for 15 minutes. */
    String presign() throws Exception {
        GetCallerIdentityRequest request = GetCallerIdentityRequest.Companion.invoke(it -> Unit.INSTANCE);
        long duration = kotlin.time.DurationKt.toDuration(15, kotlin.time.DurationUnit.MINUTES);
        // Kotlin mangles the name of a function that takes a Duration; Java cannot write it.
        Method presign = Arrays.stream(PresignersKt.class.getMethods())
            .filter(method -> method.getName().startsWith("presignGetCallerIdentity-"))
            .findFirst()
            .orElseThrow();
        HttpRequest presigned = (HttpRequest) BuildersKt.<Object>runBlocking(EmptyCoroutineContext.INSTANCE, (scope, next) -> {
            try {
                return presign.invoke(null, client, request, duration, next);
            } catch (InvocationTargetException thrown) {
                throw KotlinRunner.<RuntimeException>unchecked(thrown.getCause());
            } catch (IllegalAccessException error) {
                throw new IllegalStateException(error);
            }
        });
        return presigned.getUrl().toString();
    }
}
