'use strict';
// What the recorders of both JavaScript SDKs share: one scenario from standard input, one outcome to standard output.
const fs = require('fs');
const capture = require('./capture.js');

/** Smallest parameters that the SDKs accept. */
exports.PARAMETERS = {
  GetCallerIdentity: {},
  AssumeRole: { RoleArn: 'arn:aws:iam::123456789012:role/demo', RoleSessionName: 'session' },
  AssumeRoleWithWebIdentity: { RoleArn: 'arn:aws:iam::123456789012:role/demo', RoleSessionName: 'session', WebIdentityToken: 'header.payload.signature' },
  AssumeRoleWithSAML: { RoleArn: 'arn:aws:iam::123456789012:role/demo', PrincipalArn: 'arn:aws:iam::123456789012:saml-provider/p', SAMLAssertion: 'PHNhbWw+' },
  GetSessionToken: {},
  GetFederationToken: { Name: 'demo' },
  DecodeAuthorizationMessage: { EncodedMessage: 'abcdefghijklmnop' },
  GetAccessKeyInfo: { AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' },
};

/** The release has no such option, operation or entry. */
class NotApplicable extends Error {}
exports.NotApplicable = NotApplicable;
/** The scenario's answer is a URL that the client signed. */
class Presigned { constructor(url) { this.url = url; } }
exports.Presigned = Presigned;

// First match wins: what an error is about, by the SDKs' own words.
const CATEGORIES = [
  ['missing-region', /^Missing region in config|Region is missing|Missing Region$|expected `region` to be configured/i],
  ['invalid-region', /Invalid region in config|Invalid region in client config|Region not accepted|Invalid Region|hostname component|region.*valid DNS|HostLabel/i],
  ['invalid-setting', /invalid "?stsRegionalEndpoints|invalid AWS_STS_REGIONAL_ENDPOINTS|invalid sts_regional_endpoints|Cannot load .*endpoint.*Expected "true" or "false"|Expected "?true"? or "?false"?|Invalid parameter for "defaultsMode"|Invalid (boolean|value)/i],
  ['unsupported-variant', /Endpoint resolution failed for|FIPS (and DualStack )?(is|are) enabled|DualStack is enabled|FIPS.*not support|DualStack.*not support|Invalid Configuration: (FIPS|Dualstack)/i],
  ['invalid-endpoint', /Invalid URL|Invalid endpoint|Unescaped|UnknownEndpoint|Invalid character|Endpoint is invalid|(Invalid|Unsupported) protocol|not a valid URL|Endpoint URL must be a string|ERR_INVALID_URL|ERR_INVALID_PROTOCOL|ERR_UNESCAPED_CHARACTERS|ERR_INVALID_CHAR|ERR_INVALID_ARG_VALUE/i],
  ['other', /source_profile|^ENOENT/],
  ['profile-not-found', /Profile .* (not found|could not be found)|could not be found or parsed in shared credentials file/i],
  ['missing-credentials', /EC2 Instance Metadata Service access disabled|credentials|Credential is missing/i],
  ['config-parse', /parse|malformed|Cannot redefine property/i],
];

function errorOutcome(error) {
  const message = String(error && error.message !== undefined ? error.message : error);
  const type = String(error && (typeof error.code === 'string' && error.code || error.name) || 'Error');
  const [category] = CATEGORIES.find(([, words]) => words.test(message) || words.test(type) && type.startsWith('ERR_')) || ['other'];
  return { kind: 'error', category, type, message: Array.from(message).slice(0, 200).join('') };
}

/** Fails the recorder itself, so that nothing is recorded. */
function fail(error) {
  process.stderr.write(`${error && error.stack || error}\n`);
  process.exit(1);
}

/** Runs `call(scenario)` and prints its outcome: the first request caught, or else what it raised. */
exports.record = async function (call) {
  for (const name of ['log', 'info', 'warn', 'error', 'debug']) console[name] = () => {};
  process.on('unhandledRejection', () => {});      // an SDK's own; what the call came to is below
  const ours = error => error && (/^recorder:/.test(error.message) || error.code === 'MODULE_NOT_FOUND' || error.code === 'ERR_MODULE_NOT_FOUND');
  let outcome;
  try {
    const scenario = JSON.parse(fs.readFileSync(0, 'utf8'));
    let value, raised = null;
    try { value = await call(scenario); } catch (e) { raised = e || new Error('an error without value'); }
    if (capture.requests.length) outcome = capture.outcomeOf(capture.requests[0]);
    else if (raised instanceof NotApplicable) outcome = { kind: 'not-applicable', why: raised.message };
    else if (ours(raised)) throw raised;
    else if (raised) outcome = errorOutcome(raised);
    else if (value instanceof Presigned) outcome = capture.outcomeOfUrl(value.url);
    else throw new Error('recorder: neither request nor error');
  } catch (e) { fail(e); }
  fs.writeSync(1, JSON.stringify(outcome) + '\n');
  process.exit(0);
};
