'use strict';
// record.js CACHE_DIR: records what @aws-sdk/client-sts (JavaScript 3.x) and its credential chain do in one scenario.
const fs = require('fs'), path = require('path');
const { record, NotApplicable, PARAMETERS } = require('../js/recorder.js');

const modules = path.resolve(process.argv[2], 'node_modules', '@aws-sdk');
function optional(name) {
  if (!fs.existsSync(path.join(modules, name))) throw new NotApplicable(`no @aws-sdk/${name} of this release`);
  return require(path.join(modules, name));
}
const OPTIONS = [['region', 'region'], ['endpoint', 'endpoint'], ['use_fips', 'useFipsEndpoint'], ['use_dualstack', 'useDualstackEndpoint'],
  ['use_global_endpoint', 'useGlobalEndpoint']];

record(async ({ entry, operation, code, alone, presign, construction }) => {
  // getSignedUrl of @aws-sdk/s3-request-presigner does take an STS client, but writes the scope `undefined/s3` (seen at
  // 3.1174.0), which STS refuses. Callers sign with SignatureV4 for a host that they name themselves.
  if (presign) throw new NotApplicable('no presigner for STS');
  const sts = require(path.join(modules, 'client-sts'));
  if ((code.sts_regional_endpoints ?? null) !== null) throw new NotApplicable('no sts_regional_endpoints option in code');
  // An unknown option would be ignored without a word, so a client is asked which it has.
  const known = new sts.STSClient({ region: 'us-west-2', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } }).config;
  const options = { maxAttempts: 1 }, given = { ...code, use_global_endpoint: code.use_global_endpoint ?? code.useGlobalEndpoint };
  for (const [name, option] of OPTIONS) {
    if (given[name] === null || given[name] === undefined) continue;
    if (/^use(Fips|Dual)/.test(option) && !(option in known)) throw new NotApplicable(`no ${option} option in code`);
    options[option] = given[name];
  }
  if (construction === 'temporary-credentials') {
    const { fromTemporaryCredentials } = optional('credential-providers');
    const provider = fromTemporaryCredentials({
      params: PARAMETERS.AssumeRole, masterCredentials: { accessKeyId: 'AKIDMASTER', secretAccessKey: 's' },
      clientConfig: alone ? options : { maxAttempts: 1 },
    });
    return alone ? provider() : new sts.STSClient({ ...options, credentials: provider }).config.credentials();
  }
  if (alone) {
    const { fromIni, fromTokenFile } = optional('credential-providers');
    const clientConfig = { maxAttempts: 1, ...('region' in options ? { region: options.region } : {}) };
    return (entry === 'web-identity-env' ? fromTokenFile : fromIni)({ clientConfig })();
  }
  const client = new sts.STSClient(options);
  // The credential chain that every client of this SDK runs. Once AWS_PROFILE is set it passes over the keys of the environment.
  if (entry !== 'client') return client.config.credentials();
  const Command = sts[`${operation}Command`];
  if (!Command) throw new NotApplicable('no such operation');
  return client.send(new Command(PARAMETERS[operation]));
});
