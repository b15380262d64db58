//! Where a client's keys may stand (botocore `credentials.py`, `SharedCredentialProvider` and `ConfigProvider`): in the profile's
//! section of either file, both of them in one.

use sts_endpoint_boto3::HISTORY;
use sts_endpoint_core::{FileKind, Outcome, ResolutionPolicy, Scenario};

#[test]
fn a_client_needs_keys() {
    const KEYS: &str = "[default]\naws_access_key_id = a\naws_secret_access_key = b\n";
    let bare = || {
        let mut scenario = Scenario::new().with_code_region("us-west-2");
        scenario.no_static = true;
        scenario
    };
    let policy = HISTORY.latest();
    for (scenario, has_keys) in [
        (bare(), false),
        (bare().with_file(FileKind::Config, "[default]\nregion = us-west-2\n"), false),
        (
            bare().with_file(
                FileKind::Credentials,
                "[other]\naws_access_key_id = a\naws_secret_access_key = b\n",
            ),
            false,
        ),
        (bare().with_file(FileKind::Credentials, KEYS), true),
        (bare().with_file(FileKind::Config, KEYS), true),
    ] {
        let outcome = policy.resolve(&scenario);
        match &outcome {
            Outcome::Request(request) => {
                assert!(has_keys, "{outcome}");
                assert_eq!(request.endpoint.to_string(), "https://sts.us-west-2.amazonaws.com/");
            }
            Outcome::Error(failure) => {
                let said = (&*failure.error_type, &*failure.message);
                assert_eq!((has_keys, said), (false, ("NoCredentialsError", "Unable to locate credentials")));
            }
            Outcome::NotApplicable(why) => panic!("{why}"),
        }
    }
}
