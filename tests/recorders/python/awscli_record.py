"""Runs one scenario as a command of the AWS CLI, version 1 or 2, in process.

An error's type is the class of the exception that clidriver logged, its message what the command printed.
"""
import base64
import importlib
import inspect
import io
import json
import logging
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import awscli.clidriver  # noqa: E402
import botocore.credentials  # noqa: E402  after awscli, which may carry its own
import botocore.loaders  # noqa: E402
from recorder import CATEGORY, Catcher, Fault, error, fault, keep_data_files, main, not_applicable, presigned  # noqa: E402

ROLE = ["--role-arn", "arn:aws:iam::123456789012:role/demo"]
COMMANDS = {
    "AssumeRole": ["assume-role", *ROLE, "--role-session-name", "demo"],
    "AssumeRoleWithSAML": [
        "assume-role-with-saml",
        *ROLE,
        "--principal-arn",
        "arn:aws:iam::123456789012:saml-provider/demo",
        "--saml-assertion",
        "assertion",
    ],
    "AssumeRoleWithWebIdentity": [
        "assume-role-with-web-identity",
        *ROLE,
        "--role-session-name",
        "demo",
        "--web-identity-token",
        "token-token",
    ],
    "DecodeAuthorizationMessage": ["decode-authorization-message", "--encoded-message", "message"],
    "GetAccessKeyInfo": ["get-access-key-info", "--access-key-id", "AKIDEXAMPLEAKIDEX"],
    "GetCallerIdentity": ["get-caller-identity"],
    "GetFederationToken": ["get-federation-token", "--name", "demo"],
    "GetSessionToken": ["get-session-token"],
}


def category(kind, message):
    if kind in CATEGORY:
        return CATEGORY[kind]
    if "Invalid endpoint" in message or "--endpoint-url" in message:
        return "invalid-endpoint"
    return "other"


class Logged(logging.Handler):
    """The exception that the command caught."""

    raised = None

    def emit(self, record):
        if record.exc_info and record.exc_info[1] is not None:
            self.raised = record.exc_info[1]


def arguments(scenario):
    if scenario.get("presign"):
        # The command that presigns GetCallerIdentity: the URL is in the token.
        command = ["eks", "get-token", "--cluster-name", "demo"]
    else:
        operation = scenario["operation"] if scenario["entry"] == "client" else "GetCallerIdentity"
        command = ["sts", *COMMANDS[operation]]
    code = scenario["code"]
    if code.get("region") is not None:
        command.append("--region=" + code["region"])
    if code.get("endpoint") is not None:
        command.append("--endpoint-url=" + code["endpoint"])
    if scenario["entry"] == "profile-assume-role":
        # Named on the command line: with AWS_PROFILE alone the keys in the environment would win.
        command.append("--profile=" + os.environ.get("AWS_PROFILE", "default"))
    return command


def execute(command, catcher):
    """Runs the command; what it raised, what it returned, what it printed."""
    if inspect.signature(awscli.clidriver.create_clidriver).parameters:
        driver = awscli.clidriver.create_clidriver(command)
    else:
        driver = awscli.clidriver.create_clidriver()
    driver.session.register("before-send.sts", catcher)
    if hasattr(awscli.clidriver, "AWSCLIEntryPoint"):
        return awscli.clidriver.AWSCLIEntryPoint(driver).main(command)
    return driver.main(command)


def stream():
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)


def record(scenario):
    for option in ("sts_regional_endpoints", "use_fips", "use_dualstack", "use_global_endpoint"):
        if scenario["code"].get(option) is not None:
            return not_applicable("no such command line option")
    if scenario.get("alone"):
        return not_applicable("a command has a client around its credentials")
    if scenario["entry"].startswith("web-identity") and not hasattr(
        botocore.credentials, "AssumeRoleWithWebIdentityProvider"
    ):
        return not_applicable("no web identity credential provider in this release")
    if "STS_RECORDER_IMDS" in os.environ and "AWS_EC2_METADATA_SERVICE_ENDPOINT" in os.environ:
        # 2.9.19 puts the path right behind the address.
        os.environ["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = os.environ["STS_RECORDER_IMDS"] + "/"
    command, catcher, logged = arguments(scenario), Catcher(scenario), Logged(level=logging.DEBUG)
    for name in ("awscli.clidriver", "awscli.errorhandler"):
        logger = logging.getLogger(name)
        logger.addHandler(logged)
        logger.setLevel(logging.DEBUG)
        logger.propagate = False
    raised, (out, err) = None, (stream(), stream())
    real = sys.stdout, sys.stderr
    try:
        sys.stdout, sys.stderr, sys.argv = out, err, ["aws", *command]
        execute(command, catcher)
    except Fault:
        raise
    except BaseException as stopped:  # SystemExit too: the argument parser's
        raised = stopped
    finally:
        sys.stdout, sys.stderr = real
    if catcher.first is not None:
        return catcher.outcome()
    printed, complaint = (text.buffer.getvalue().decode("utf-8", "replace").strip() for text in (out, err))
    if scenario.get("presign") and printed:
        token = json.loads(printed)["status"]["token"].split(".", 1)[1]
        return presigned(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)).decode())
    cause = logged.raised or raised
    if (cause is None or isinstance(cause, SystemExit)) and "Invalid choice" in complaint:
        return not_applicable("no such operation in this release")
    message = complaint or str(cause or "")
    if not message:
        fault("neither a request nor a message; printed: " + printed[:200])
    kind = type(cause).__name__
    return error(category(kind, message), "None" if cause is None else kind, message)


#: Prints the modules that a command loads; it fails before it makes a client.
LIST_MODULES = """
import io, sys
sys.argv = ["aws"]
import awscli.clidriver as clidriver
out, sys.stdout, sys.stderr = sys.stdout, io.StringIO(), io.StringIO()
try:
    clidriver.create_clidriver().main(["sts", "get-caller-identity", "--endpoint-url=none"])
except BaseException:
    pass
wanted = ("awscli", "botocore", "s3transfer", "yaml", "docutils", "rsa", "prompt_toolkit", "urllib3", "dateutil")
out.write("\\n".join(name for name in sys.modules if name.split(".")[0] in wanted))
"""


def warm():
    """Loads the modules of a command, but nothing of its session."""
    keep_data_files(botocore.loaders, os.path.join(os.path.dirname(awscli.__file__), "data"))
    command = [sys.executable, "-W", "ignore", "-c", LIST_MODULES]
    for name in subprocess.run(command, stdout=subprocess.PIPE).stdout.decode().split():
        try:
            importlib.import_module(name)
        except ImportError:
            pass  # an alias that only the listing process made


main(record, warm)
