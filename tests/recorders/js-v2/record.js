'use strict';
// record.js CACHE_DIR: records what aws-sdk (JavaScript 2.x) does in one scenario.
const path = require('path');
const { record, NotApplicable, Presigned, PARAMETERS } = require('../js/recorder.js');

const sdk = path.resolve(process.argv[2], 'node_modules', 'aws-sdk');
const done = start => new Promise((resolve, reject) => start((error, value) => (error ? reject(error) : resolve(value))));
const OPTIONS = [['region', 'region'], ['endpoint', 'endpoint'], ['sts_regional_endpoints', 'stsRegionalEndpoints'],
  ['use_fips', 'useFipsEndpoint'], ['use_dualstack', 'useDualstackEndpoint'], ['use_global_endpoint', 'useGlobalEndpoint']];

record(async ({ entry, operation, code, alone, presign }) => {
  // Region and other settings are read while the package loads.
  const AWS = require(path.join(sdk, 'global.js'));
  AWS.STS = require(path.join(sdk, 'clients', 'sts.js'));
  const options = { maxRetries: 0 }, given = { ...code, use_global_endpoint: code.use_global_endpoint ?? code.useGlobalEndpoint };
  for (const [name, option] of OPTIONS) {
    if (given[name] === null || given[name] === undefined) continue;
    if (option !== 'endpoint' && !(option in AWS.Config.prototype.keys)) throw new NotApplicable(`no ${option} option in code`);
    options[option] = given[name];
  }
  if (entry === 'client') {
    const sts = new AWS.STS(options), method = operation[0].toLowerCase() + operation.slice(1);
    if (typeof sts[method] !== 'function') throw new NotApplicable('no such operation');
    if (!presign) return sts[method](PARAMETERS[operation]).promise();
    const request = sts[method](PARAMETERS[operation]);
    if (typeof request.presign !== 'function') throw new NotApplicable('no presigned requests');
    return new Presigned(await done(callback => request.presign(60, callback)));
  }
  if (entry === 'profile-assume-role') {
    // The default chain would take the keys of the environment: the profile provider itself. It takes nothing from a client.
    return done(callback => new AWS.SharedIniFileCredentials().get(callback));
  }
  if (!entry.startsWith('web-identity')) throw new Error(`recorder: entry ${entry}`);
  if (!AWS.TokenFileWebIdentityCredentials) throw new NotApplicable('no web identity token file provider in this release');
  if (!alone) return done(callback => new AWS.STS(options).config.getCredentials(callback));
  return done(callback => new AWS.TokenFileWebIdentityCredentials(options.region ? { region: options.region } : undefined).get(callback));
});
