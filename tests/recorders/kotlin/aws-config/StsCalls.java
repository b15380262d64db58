import aws.smithy.kotlin.runtime.auth.awscredentials.CredentialsProvider;

/** The client inside the module `aws-config`: stands in where a repository has no module `sts` of the release. */
final class StsCalls extends RoleCalls {
    /** What a client calls to set its credential provider going. */
    static final String OUTER_OPERATION = "AssumeRole";

    StsCalls(Scenario scenario, CatchingEngine engine, CredentialsProvider provider) throws Exception {
        super(scenario, engine, provider);
    }

    String presign() {
        throw new UnsupportedOperationException("presigning GetCallerIdentity");
    }
}
