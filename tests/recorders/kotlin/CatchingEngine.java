import aws.smithy.kotlin.runtime.http.HttpCall;
import aws.smithy.kotlin.runtime.http.engine.DefaultHttpEngineKt;
import aws.smithy.kotlin.runtime.http.engine.HttpClientEngine;
import aws.smithy.kotlin.runtime.http.engine.HttpClientEngineBase;
import aws.smithy.kotlin.runtime.http.engine.HttpClientEngineConfig;
import aws.smithy.kotlin.runtime.http.request.HttpRequest;
import aws.smithy.kotlin.runtime.operation.ExecutionContext;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import kotlin.coroutines.Continuation;

/** The HTTP engine of every client and provider: keeps the STS requests and sends none. */
final class CatchingEngine extends HttpClientEngineBase {
    /** Ends a call whose request is caught; no `Exception`, so that neither a retry nor a provider chain goes on. */
    static final class Caught extends Error {
        Caught() {
            super("caught", null, false, false);
        }
    }

    private final String metadata;
    final List<HttpRequest> caught = new ArrayList<>();

    /** `metadata`: the address of the instance metadata server, whose requests go out; null for none. */
    CatchingEngine(String metadata) {
        super("catching");
        this.metadata = metadata;
    }

    @Override
    public HttpClientEngineConfig getConfig() {
        return HttpClientEngineConfig.Companion.getDefault();
    }

    @Override
    public Object roundTrip(ExecutionContext context, HttpRequest request, Continuation<? super HttpCall> next) {
        if (metadata != null && request.getUrl().toString().startsWith(metadata)) {
            HttpClientEngine real = DefaultHttpEngineKt.DefaultHttpEngine(null);
            return real.roundTrip(context, request, next);
        }
        if (request.getUrl().getHost().toString().equals("169.254.169.254")) {
            throw KotlinRunner.<RuntimeException>unchecked(new ConnectException("no instance metadata"));
        }
        caught.add(request);
        throw new Caught();
    }
}
