"""Runs one scenario with boto3."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "python"))
import boto3.session  # noqa: E402
import botocore.config  # noqa: E402
import botocore.credentials  # noqa: E402
import botocore.loaders  # noqa: E402
from recorder import CATEGORY, Catcher, error, fault, keep_data_files, main, not_applicable, presigned  # noqa: E402

ROLE = "arn:aws:iam::123456789012:role/demo"
ARGUMENTS = {
    "AssumeRole": {"RoleArn": ROLE, "RoleSessionName": "demo"},
    "AssumeRoleWithSAML": {
        "RoleArn": ROLE,
        "PrincipalArn": "arn:aws:iam::123456789012:saml-provider/demo",
        "SAMLAssertion": "assertion",
    },
    "AssumeRoleWithWebIdentity": {"RoleArn": ROLE, "RoleSessionName": "demo", "WebIdentityToken": "token-token"},
    "DecodeAuthorizationMessage": {"EncodedMessage": "message"},
    "GetAccessKeyInfo": {"AccessKeyId": "AKIDEXAMPLEAKIDEX"},
    "GetCallerIdentity": {},
    "GetFederationToken": {"Name": "demo"},
    "GetSessionToken": {},
}


def category(raised):
    if isinstance(raised, ValueError) and "Invalid endpoint" in str(raised):
        return "invalid-endpoint"
    return CATEGORY.get(type(raised).__name__, "other")


def options(code):
    """The client's arguments, or why there are none such."""
    config = {}
    for ours, theirs in (("use_fips", "use_fips_endpoint"), ("use_dualstack", "use_dualstack_endpoint")):
        if code.get(ours) is None:
            continue
        if theirs not in botocore.config.Config.OPTION_DEFAULTS:
            return None, "Config has no %s in this release" % theirs
        config[theirs] = code[ours]
    arguments = {}
    if code.get("region") is not None:
        arguments["region_name"] = code["region"]
    if code.get("endpoint") is not None:
        arguments["endpoint_url"] = code["endpoint"]
    if config:
        arguments["config"] = botocore.config.Config(**config)
    return arguments, None


def call(session, scenario, arguments):
    client = session.client("sts", **arguments)
    operation = scenario["operation"]
    if operation not in client.meta.service_model.operation_names:
        return not_applicable("no such operation in this release")
    method = {name: method for method, name in client.meta.method_to_api_mapping.items()}[operation]
    if scenario.get("presign"):
        return presigned(client.generate_presigned_url(method, Params=ARGUMENTS[operation]))
    getattr(client, method)(**ARGUMENTS[operation])
    fault("no request was seen")


def resolve(session, scenario, arguments):
    """The session's chain resolves credentials; `arguments` are those of the client that it supplies."""
    if scenario.get("alone"):
        if set(arguments) - {"region_name"}:
            return not_applicable("a session without a client has no such option")
    elif arguments:
        session.client("sts", **arguments)
    credentials = session.get_credentials()
    if credentials is None:
        if scenario.get("alone"):
            return error("missing-credentials", "None", "the chain found no credentials")
        session.client("sts", **arguments).get_caller_identity()  # what its user sees
    credentials.get_frozen_credentials()
    fault("no request was seen")


def record(scenario):
    code = scenario["code"]
    if code.get("sts_regional_endpoints") is not None:
        return not_applicable("no such option in code (neither the client constructor nor Config has it)")
    if code.get("use_global_endpoint") is not None:
        return not_applicable("no such option in code")
    arguments, why = options(code)
    if why:
        return not_applicable(why)
    entry = scenario["entry"]
    if entry.startswith("web-identity") and not hasattr(botocore.credentials, "AssumeRoleWithWebIdentityProvider"):
        return not_applicable("no web identity credential provider in this release")
    catcher = Catcher(scenario)
    try:
        session_arguments = {}
        if entry == "profile-assume-role":
            # Named in code: with AWS_PROFILE alone the keys in the environment would win.
            session_arguments["profile_name"] = os.environ.get("AWS_PROFILE", "default")
        if scenario.get("alone") and "region_name" in arguments:
            session_arguments["region_name"] = arguments["region_name"]
        session = boto3.session.Session(**session_arguments)
        session.events.register("before-send.sts", catcher)
        return (call if entry == "client" else resolve)(session, scenario, arguments)
    except Exception as raised:
        if catcher.first is not None:
            return catcher.outcome()
        return error(category(raised), type(raised).__name__, str(raised))


main(record, lambda: keep_data_files(botocore.loaders))
