import com.amazonaws.auth.AWSCredentialsProvider;
import com.amazonaws.auth.DefaultAWSCredentialsProviderChain;
import com.amazonaws.auth.profile.ProfileCredentialsProvider;
import com.amazonaws.client.builder.AwsClientBuilder.EndpointConfiguration;
import com.amazonaws.http.apache.client.impl.ApacheHttpClientFactory;
import com.amazonaws.regions.RegionUtils;
import com.amazonaws.services.securitytoken.AWSSecurityTokenService;
import com.amazonaws.services.securitytoken.AWSSecurityTokenServiceClient;
import com.amazonaws.services.securitytoken.AWSSecurityTokenServiceClientBuilder;
import com.amazonaws.services.securitytoken.model.AssumeRoleRequest;
import com.amazonaws.services.securitytoken.model.AssumeRoleWithSAMLRequest;
import com.amazonaws.services.securitytoken.model.AssumeRoleWithWebIdentityRequest;
import com.amazonaws.services.securitytoken.model.DecodeAuthorizationMessageRequest;
import com.amazonaws.services.securitytoken.model.GetCallerIdentityRequest;
import com.amazonaws.services.securitytoken.model.GetFederationTokenRequest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;

/**
 * What the AWS SDK for Java 1.x does with a scenario.
 *
 * <p>A provider is used alone unless an option is given in code: then an STS client with that option is built around it.
 */
final class JavaV1Runner {
    private static final Categories CATEGORIES = new Categories()
        .where("Unable to find a region via", "missing-region")
        .where("No region provided", "invalid-region")
        .where("Unexpected value set for AWS_STS", "invalid-setting")
        .where("Unexpected option for 'sts_regional", "invalid-setting")
        .where("Illegal character in", "invalid-endpoint")
        .where("Unable to load AWS credentials", "missing-credentials")
        .where("Unable to load credentials", "missing-credentials")
        .where("profile file cannot be null", "profile-not-found")
        .where("No AWS profile named", "profile-not-found");

    private JavaV1Runner() {}

    /** The profile of `sts_regional_endpoints` stands in a static field, and so does the default credential provider. */
    static boolean keepsState(Scenario scenario) {
        return scenario.hasFiles() || scenario.hasMetadata() || !scenario.entry().equals("client");
    }

    static Map<String, Object> record(Scenario scenario) {
        if (scenario.code("sts_regional_endpoints") != null || scenario.code("use_fips") != null || scenario.code("use_dualstack") != null) {
            return Outcome.notApplicable("no such option in code");
        }
        boolean constructor = "constructor".equals(scenario.construction());
        if (constructor && !scenario.entry().equals("client")) return Outcome.notApplicable("entry does not use this constructor");
        // Token makers sign a request of their own, whose host they put together themselves.
        if (scenario.presign()) return Outcome.notApplicable("the SDK presigns no STS request");
        // The SDK reads the address of instance metadata from this property alone (EC2MetadataUtils).
        String metadata = System.getenv("STS_RECORDER_IMDS");
        if (metadata != null) System.setProperty("com.amazonaws.sdk.ec2MetadataServiceEndpointOverride", metadata);
        ApacheHttpClientFactory.CAUGHT.clear();
        Throwable failure = null;
        try {
            run(scenario, constructor);
        } catch (NoSuchOperation missing) {
            return Outcome.notApplicable("no such operation in this release");
        } catch (Throwable thrown) {
            failure = thrown;
        }
        if (!ApacheHttpClientFactory.CAUGHT.isEmpty()) {
            String[] first = ApacheHttpClientFactory.CAUGHT.get(0);
            return Outcome.request(first[0], first[1]);
        }
        return Outcome.failure(failure, CATEGORIES::of);
    }

    private static void run(Scenario scenario, boolean constructor) throws Throwable {
        if (scenario.entry().equals("client")) {
            call(constructor ? constructed(scenario) : built(scenario, null), scenario.operation());
            return;
        }
        AWSCredentialsProvider provider = scenario.asksProfile()
            ? new ProfileCredentialsProvider()
            : new DefaultAWSCredentialsProviderChain();
        if (scenario.hasCode()) call(built(scenario, provider), "GetCallerIdentity");
        else provider.getCredentials();
    }

    private static AWSSecurityTokenService built(Scenario scenario, AWSCredentialsProvider provider) {
        AWSSecurityTokenServiceClientBuilder builder = AWSSecurityTokenServiceClientBuilder.standard();
        if (provider != null) builder.withCredentials(provider);
        String region = scenario.code("region"), endpoint = scenario.code("endpoint");
        if (endpoint != null) builder.withEndpointConfiguration(new EndpointConfiguration(endpoint, region));
        else if (region != null) builder.withRegion(region);
        return builder.build();
    }

    @SuppressWarnings("deprecation")
    private static AWSSecurityTokenService constructed(Scenario scenario) {
        AWSSecurityTokenServiceClient client = new AWSSecurityTokenServiceClient();
        String region = scenario.code("region"), endpoint = scenario.code("endpoint");
        if (region != null && endpoint == null) client.setRegion(RegionUtils.getRegion(region));
        if (region != null && endpoint != null) client.setSignerRegionOverride(region);
        if (endpoint != null) client.setEndpoint(endpoint);
        return client;
    }

    private static void call(AWSSecurityTokenService client, String operation) throws Throwable {
        switch (operation) {
            case "GetCallerIdentity":
                client.getCallerIdentity(new GetCallerIdentityRequest());
                break;
            case "AssumeRole":
                client.assumeRole(new AssumeRoleRequest().withRoleArn(Scenario.ROLE).withRoleSessionName("demo"));
                break;
            case "AssumeRoleWithWebIdentity":
                client.assumeRoleWithWebIdentity(new AssumeRoleWithWebIdentityRequest()
                    .withRoleArn(Scenario.ROLE)
                    .withRoleSessionName("demo")
                    .withWebIdentityToken("dummy"));
                break;
            case "AssumeRoleWithSAML":
                client.assumeRoleWithSAML(new AssumeRoleWithSAMLRequest()
                    .withRoleArn(Scenario.ROLE)
                    .withPrincipalArn("arn:aws:iam::123456789012:saml-provider/demo")
                    .withSAMLAssertion("ZHVtbXk="));
                break;
            case "GetSessionToken":
                client.getSessionToken();
                break;
            case "GetFederationToken":
                client.getFederationToken(new GetFederationTokenRequest("demo"));
                break;
            case "DecodeAuthorizationMessage":
                client.decodeAuthorizationMessage(new DecodeAuthorizationMessageRequest().withEncodedMessage("dummy"));
                break;
            case "GetAccessKeyInfo":
                getAccessKeyInfo(client);
                break;
            default:
                throw new IllegalArgumentException(operation);
        }
    }

    /** By reflection: added in July 2019. */
    private static void getAccessKeyInfo(AWSSecurityTokenService client) throws Throwable {
        try {
            Class<?> type = Class.forName("com.amazonaws.services.securitytoken.model.GetAccessKeyInfoRequest");
            Object request = type.getConstructor().newInstance();
            type.getMethod("setAccessKeyId", String.class).invoke(request, "AKIDEXAMPLE12345678");
            Method method = AWSSecurityTokenService.class.getMethod("getAccessKeyInfo", type);
            method.invoke(client, request);
        } catch (ClassNotFoundException missing) {
            throw new NoSuchOperation();
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    private static final class NoSuchOperation extends Exception {}
}
