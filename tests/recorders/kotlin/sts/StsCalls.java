import aws.sdk.kotlin.services.sts.model.AssumeRoleWithSamlRequest;
import aws.sdk.kotlin.services.sts.model.DecodeAuthorizationMessageRequest;
import aws.sdk.kotlin.services.sts.model.GetAccessKeyInfoRequest;
import aws.sdk.kotlin.services.sts.model.GetCallerIdentityRequest;
import aws.sdk.kotlin.services.sts.model.GetFederationTokenRequest;
import aws.sdk.kotlin.services.sts.model.GetSessionTokenRequest;
import aws.sdk.kotlin.services.sts.presigners.PresignersKt;
import aws.smithy.kotlin.runtime.auth.awscredentials.CredentialsProvider;
import aws.smithy.kotlin.runtime.http.request.HttpRequest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlinx.coroutines.BuildersKt;

/** The client of the module `sts`. */
final class StsCalls extends RoleCalls {
    /** What a client calls to set its credential provider going. */
    static final String OUTER_OPERATION = "GetCallerIdentity";

    StsCalls(Scenario scenario, CatchingEngine engine, CredentialsProvider provider) throws Exception {
        super(scenario, engine, provider);
    }

    @Override
    Object start(String operation, Continuation<? super Object> next) {
        switch (operation) {
            case "AssumeRoleWithSAML":
                return client.assumeRoleWithSaml(AssumeRoleWithSamlRequest.Companion.invoke(request -> {
                    request.setRoleArn(Scenario.ROLE);
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
                return super.start(operation, next);
        }
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
