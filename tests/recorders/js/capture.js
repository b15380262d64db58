'use strict';
// Replaces the connection under node's http and https by a stub in this process: the SDK's own HTTP handler and node's
// own request run (so node's checks of paths and headers apply), but no socket is opened. Load it before the SDK.
//
// Two addresses are different. Requests to STS_RECORDER_IMDS, the stand-in for instance metadata on the loopback
// interface, do go out; an SDK that asks the link-local address is led there. Without a stand-in that address refuses.
const dgram = require('dgram'), dns = require('dns'), http = require('http'), https = require('https'), net = require('net');
const { Duplex } = require('stream');

const requests = [];
const metadata = process.env.STS_RECORDER_IMDS ? new URL(process.env.STS_RECORDER_IMDS) : null;

const KEYS = '<Credentials><AccessKeyId>ASIAEXAMPLE</AccessKeyId><SecretAccessKey>s</SecretAccessKey>' +
  '<SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>';
const ANSWERS = {
  GetCallerIdentity: '<Arn>arn:aws:iam::123456789012:user/u</Arn><UserId>u</UserId><Account>123456789012</Account>',
  DecodeAuthorizationMessage: '<DecodedMessage>x</DecodedMessage>',
  GetAccessKeyInfo: '<Account>123456789012</Account>',
};
/** An answer that any release takes for a success. */
function answer(action) {
  const inner = ANSWERS[action] || `${KEYS}<AssumedRoleUser><Arn>arn:aws:sts::123456789012:assumed-role/demo/s</Arn>` +
    '<AssumedRoleId>AROA:s</AssumedRoleId></AssumedRoleUser>';
  const xml = `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result>${inner}</${action}Result>` +
    `<ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></${action}Response>`;
  return `HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: ${Buffer.byteLength(xml)}\r\nConnection: close\r\n\r\n${xml}`;
}

class StubSocket extends Duplex {
  constructor(scheme, target) {
    super();
    Object.assign(this, { scheme, target, bytes: Buffer.alloc(0), answered: false, connecting: false, authorized: true,
      encrypted: scheme === 'https', remoteAddress: '127.0.0.1' });
  }
  setTimeout() { return this; }
  setNoDelay() { return this; }
  setKeepAlive() { return this; }
  ref() { return this; }
  unref() { return this; }
  _read() {}
  _write(chunk, encoding, done) {
    this.bytes = Buffer.concat([this.bytes, chunk]);
    done();
    this.whenComplete();
  }
  whenComplete() {
    const end = this.bytes.indexOf('\r\n\r\n');
    if (this.answered || end < 0) return;
    const [first, ...rest] = this.bytes.subarray(0, end).toString('latin1').split('\r\n');
    const headers = Object.fromEntries(rest.map(line => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]));
    const body = this.bytes.subarray(end + 4);
    if (headers['content-length'] !== undefined && body.length < Number(headers['content-length'])) return;
    this.answered = true;
    const action = (/(?:^|&)Action=([A-Za-z]+)/.exec(body.toString()) || [])[1] || 'Unknown';
    requests.push({ scheme: this.scheme, ...this.target, path: first.split(' ')[1], headers });
    setImmediate(() => { this.push(answer(action)); this.push(null); });
  }
}

for (const [scheme, module] of [['http', http], ['https', https]]) {
  const real = module.request;
  const request = function (options, ...rest) {
    if (typeof options === 'string' || options instanceof URL) throw new Error('recorder: a request by URL is not expected');
    // Host and port as the SDK gave them; node itself prefers `hostname` to `host`.
    const host = String(options.hostname || options.host || ''), port = options.port;
    const linkLocal = /^169\.254\.|^\[?fd00:ec2/.test(host);
    if (metadata && (linkLocal || host === metadata.hostname && String(port) === metadata.port)) {
      return real.call(module, { ...options, agent: undefined, host: metadata.hostname, hostname: metadata.hostname, port: metadata.port }, ...rest);
    }
    const createConnection = () => {
      const socket = new StubSocket(scheme, { host, port });
      if (linkLocal) setImmediate(() => socket.destroy(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })));
      return socket;
    };
    return real.call(module, { ...options, agent: undefined, createConnection }, ...rest);
  };
  module.request = request;
  module.get = function (...words) { const r = request(...words); r.end(); return r; };
}
require('module').syncBuiltinESMExports();

// The second wall: nothing but the stand-in is ever connected to.
const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...words) {
  const options = (Array.isArray(words[0]) ? words[0][0] : words[0]) || {};
  const allowed = metadata && (options.host || options.hostname) === metadata.hostname && String(options.port) === metadata.port;
  if (!allowed) throw new Error('recorder: a real connection was attempted');
  return connect.apply(this, words);
};
dgram.Socket.prototype.send = dgram.Socket.prototype.connect = function () { throw new Error('recorder: a datagram was attempted'); };
dns.lookup = function (host, options, done) { (done || options)(new Error('recorder: a name lookup was attempted')); };
globalThis.fetch = () => Promise.reject(new Error('recorder: fetch was attempted'));

/** The requests caught so far. */
exports.requests = requests;

// A header goes out as UTF-8 or as Latin-1, depending on the body.
function text(latin1) {
  const utf8 = Buffer.from(latin1, 'latin1').toString('utf8');
  return utf8.includes('\ufffd') ? latin1 : utf8;
}

exports.outcomeOf = function ({ scheme, host, port, path, headers }) {
  const usual = !port || Number(port) === (scheme === 'https' ? 443 : 80);
  const authorization = text(headers.authorization || '');
  const scope = /Credential=[^/]*\/\d{8}\/(.*)\/([^/]*)\/aws4_request/.exec(authorization);
  if (authorization && !scope) throw new Error(`recorder: authorization not understood: ${authorization.split(' ')[0]}`);
  return { kind: 'request', url: `${scheme}://${host}${usual ? '' : ':' + port}${path.split('?')[0]}`, signing_region: scope ? scope[1] : null };
};

/** The outcome of a presigned URL: where it leads, and the region in its credential scope. */
exports.outcomeOfUrl = function (url) {
  const { protocol, host, pathname, searchParams } = new URL(url);
  const credential = searchParams.get('X-Amz-Credential');
  if (!credential) throw new Error('recorder: a presigned URL without X-Amz-Credential');
  return { kind: 'request', url: `${protocol}//${host}${pathname}`, signing_region: credential.split('/')[2] };
};
