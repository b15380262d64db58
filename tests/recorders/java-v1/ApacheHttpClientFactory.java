package com.amazonaws.http.apache.client.impl;

import com.amazonaws.http.client.HttpClientFactory;
import com.amazonaws.http.settings.HttpClientSettings;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.http.Header;
import org.apache.http.HttpVersion;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.impl.conn.PoolingHttpClientConnectionManager;
import org.apache.http.message.BasicHttpResponse;
import org.apache.http.message.BasicStatusLine;

/** Stands in for the SDK's own class of that name, first on the class path: its client keeps the request and answers 403. */
public class ApacheHttpClientFactory implements HttpClientFactory<ConnectionManagerAwareHttpClient> {
    /** URL and `Authorization` of each request. */
    public static final List<String[]> CAUGHT = Collections.synchronizedList(new ArrayList<>());

    @Override
    public ConnectionManagerAwareHttpClient create(HttpClientSettings settings) {
        Class<?>[] types = {ConnectionManagerAwareHttpClient.class};
        return (ConnectionManagerAwareHttpClient) Proxy.newProxyInstance(types[0].getClassLoader(), types, (proxy, method, arguments) -> {
            switch (method.getName()) {
                case "getHttpClientConnectionManager":
                    return new PoolingHttpClientConnectionManager();
                case "execute":
                    HttpUriRequest request = (HttpUriRequest) arguments[0];
                    Header authorization = request.getFirstHeader("Authorization");
                    CAUGHT.add(new String[] {request.getURI().toString(), authorization == null ? null : authorization.getValue()});
                    return refusal();
                case "hashCode":
                    return System.identityHashCode(proxy);
                case "equals":
                    return proxy == arguments[0];
                default:
                    throw new UnsupportedOperationException(method.toString());
            }
        });
    }

    private static BasicHttpResponse refusal() {
        BasicHttpResponse response = new BasicHttpResponse(new BasicStatusLine(HttpVersion.HTTP_1_1, 403, "Forbidden"));
        String body = "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type>"
            + "<Code>AccessDenied</Code><Message>caught</Message></Error><RequestId>r</RequestId></ErrorResponse>";
        response.setEntity(new ByteArrayEntity(body.getBytes(StandardCharsets.UTF_8)));
        response.setHeader("Content-Type", "text/xml");
        return response;
    }
}
