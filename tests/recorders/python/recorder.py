"""What the recorders of boto3 and of both CLIs share: they catch the request at botocore's `before-send` event.

The environment is the scenario's, made by the front door before this process began.
"""
import json
import os
import re
import socket
import sys
from urllib.parse import parse_qs, urlsplit


class Caught(Exception):
    """Raised in the event handler, so that nothing is sent."""


class Fault(BaseException):
    """The recorder failed, which says nothing about the SDK. No `Exception`: no SDK shall catch it."""


CATEGORY = {
    "ConfigParseError": "config-parse",
    "EndpointProviderError": "unsupported-variant",
    "EndpointResolutionError": "unsupported-variant",
    "EndpointVariantError": "unsupported-variant",
    "InvalidDefaultsMode": "invalid-setting",
    "InvalidHostLabelError": "invalid-region",
    "InvalidRegionError": "invalid-region",
    "InvalidSTSRegionalEndpointsConfigError": "invalid-setting",
    "NoCredentialsError": "missing-credentials",
    "NoRegionError": "missing-region",
    "PartialCredentialsError": "missing-credentials",
    "ProfileNotFound": "profile-not-found",
    "UnknownFIPSEndpointError": "unsupported-variant",
}

#: The request that each entry makes first; a role's source profile may itself hold a token.
FIRST = {
    "profile-assume-role": ("AssumeRole", "AssumeRoleWithWebIdentity"),
    "web-identity-env": ("AssumeRoleWithWebIdentity",),
    "web-identity-profile": ("AssumeRoleWithWebIdentity",),
}


def loopback(host):
    return host in ("localhost", "::1") or str(host).startswith("127.")


def close_the_network():
    """A second wall: nothing but the loopback interface (the fake instance metadata) can be reached."""
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def only_loopback(self, address):
        if not (isinstance(address, tuple) and loopback(address[0])):
            raise OSError("the recorder lets no connection out: %r" % (address,))
        return connect(self, address)

    def no_names(host, *args, **kwargs):
        if not loopback(host):
            raise socket.gaierror("the recorder looks no name up: %r" % (host,))
        return look_up(host, *args, **kwargs)

    socket.socket.connect, socket.getaddrinfo = only_loopback, no_names


def not_applicable(why):
    return {"kind": "not-applicable", "why": why}


def error(category, kind, message):
    return {"kind": "error", "category": category, "type": kind, "message": message}


def request(url, signing_region):
    return {"kind": "request", "url": url.split("#")[0].split("?")[0], "signing_region": signing_region}


def presigned(url):
    """Host and credential scope of a presigned URL."""
    credential = parse_qs(urlsplit(url).query).get("X-Amz-Credential")
    scope = re.fullmatch(r"[^/]*/\d+/(.*?)/sts/aws4_request", credential[0]) if credential else None
    if not scope:
        fault("a presigned URL without a SigV4 credential: " + url.split("?")[0])
    return request(url, scope.group(1))


def fault(why):
    """The recorder failed; the front door records nothing."""
    raise Fault(why)


class Catcher:
    """Keeps the first request and stops it."""

    def __init__(self, scenario):
        self.scenario, self.first = scenario, None

    def __call__(self, request, **_):
        if self.first is None:
            self.first = request
        raise Caught("caught")

    def outcome(self):
        sent = self.first
        body = sent.body.decode() if isinstance(sent.body, bytes) else str(sent.body)
        action = re.search(r"Action=(\w+)", body)
        expected = FIRST.get(self.scenario["entry"], (self.scenario["operation"],))
        if not action or action.group(1) not in expected:
            seen = action.group(1) if action else body[:80]
            fault("the first request was %s, not %s" % (seen, " or ".join(expected)))
        authorization = sent.headers.get("Authorization")
        if isinstance(authorization, bytes):
            authorization = authorization.decode()
        if not authorization:
            return request(sent.url, None)
        scope = re.search(r"Credential=[^/]*/\d+/(.*?)/sts/aws4_request", authorization)
        if not scope:
            fault("no SigV4 credential scope: " + authorization[:120])
        return request(sent.url, scope.group(1))


def main(record, warm=lambda: None):
    """`record` makes the outcome of a scenario; `warm` loads what does not depend on one, for the children to share."""
    out = os.dup(1)  # what the SDK prints goes elsewhere
    os.dup2(2, 1)
    close_the_network()
    if sys.argv[1:] != ["fork"]:
        try:
            answer = record(json.loads(sys.stdin.readline()))
        except Fault as failed:
            sys.exit(str(failed))
        os.write(out, (json.dumps(answer) + "\n").encode())
        os._exit(0)
    warm()
    imported = {name: value for name, value in os.environ.items() if name.startswith("AWS_")}
    for line in iter(sys.stdin.readline, ""):
        child = os.fork()
        if child == 0:
            os.write(out, (json.dumps(answered(record, json.loads(line), imported)) + "\n").encode())
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if status:
            os.write(out, (json.dumps({"failed": "the child ended with status %d" % status}) + "\n").encode())


def answered(record, request, imported):
    """In the child: the scenario's environment, over what the SDK's import set (awscli names its data folder)."""
    os.environ.clear()
    os.environ.update(imported)
    os.environ.update(request["env"])
    os.chdir(request["directory"])
    try:
        return {"outcome": record(request["scenario"])}
    except BaseException as failed:
        return {"failed": "%s: %s" % (type(failed).__name__, failed)}


def keep_data_files(loaders, folder=None):
    """Data files are parsed once: they hold no configuration."""
    load, parsed = loaders.JSONFileLoader.load_file, {}
    listing, listed = loaders.Loader.list_available_services, {}

    def load_once(self, path):
        if path not in parsed:
            parsed[path] = load(self, path)
        return parsed[path]

    def list_once(self, type_name):
        if type_name not in listed:
            listed[type_name] = listing(self, type_name)
        return list(listed[type_name])

    loaders.JSONFileLoader.load_file, loaders.Loader.list_available_services = load_once, list_once
    loader = loaders.create_loader(folder)
    for name in ("endpoints", "partitions", "_retry", "sdk-default-configuration", "cli"):
        try:
            loader.load_data(name)
        except loaders.DataNotFoundError:
            pass  # not in this release
    for name in ("service-2", "endpoint-rule-set-1"):
        try:
            loader.list_available_services(name)
            loader.load_service_model("sts", name)
        except (loaders.DataNotFoundError, loaders.UnknownServiceError):
            pass
