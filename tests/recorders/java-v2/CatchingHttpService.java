import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.SdkHttpService;
import software.amazon.awssdk.utils.AttributeMap;

/** The transport that the SDK finds through the service loader: keeps the request, answers 403. */
public final class CatchingHttpService implements SdkHttpService {
    static final List<SdkHttpRequest> CAUGHT = Collections.synchronizedList(new ArrayList<>());

    @Override
    public SdkHttpClient.Builder<?> createHttpClientBuilder() {
        return new Builder();
    }

    private static final class Builder implements SdkHttpClient.Builder<Builder> {
        @Override
        public SdkHttpClient buildWithDefaults(AttributeMap defaults) {
            return new Client();
        }
    }

    private static final class Client implements SdkHttpClient {
        @Override
        public void close() {}

        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            CAUGHT.add(request.httpRequest());
            byte[] body = ("<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type>"
                + "<Code>AccessDenied</Code><Message>caught</Message></Error><RequestId>r</RequestId></ErrorResponse>").getBytes(StandardCharsets.UTF_8);
            SdkHttpResponse head = SdkHttpResponse.builder()
                .statusCode(403)
                .putHeader("Content-Type", "text/xml")
                .putHeader("Content-Length", String.valueOf(body.length))
                .build();
            return new ExecutableHttpRequest() {
                @Override
                public void abort() {}

                @Override
                public HttpExecuteResponse call() {
                    return HttpExecuteResponse.builder().response(head).responseBody(AbortableInputStream.create(new ByteArrayInputStream(body))).build();
                }
            };
        }
    }
}
