'use strict';
// Lays out packages with every dependency at the LOWEST version that its dependants' ranges allow, where npm takes the
// highest. AWS raises those lower bounds with each release, so this is nearest to what was current on the day of the
// release: from 3.363.0 on the @smithy packages are required with ranges, from about 3.970.0 on internal ones too, and a
// plain `npm install` of an old release takes packages of today that pick other endpoints.
const fs = require('fs'), path = require('path');
const { execFileSync } = require('child_process');

const npm = (...words) => execFileSync('npm', [...words, '--loglevel=error'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 28 });
// What tar says of unknown headers in older packages is kept out of the way; its failures are raised.
const tar = (...words) => execFileSync('tar', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 28 });
const key = version => version.split(/[-+]/)[0].split('.').map(Number);
const compareKeys = (a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
const compare = (a, b) => compareKeys(key(a), key(b));

const known = new Map();
/** All versions of a package but prereleases, oldest first. */
function published(name) {
  return everyVersion(name).filter(version => !version.includes('-')).sort(compare);
}
function everyVersion(name) {
  if (!known.has(name)) known.set(name, [].concat(JSON.parse(npm('view', name, 'versions', '--json'))));
  return known.get(name);
}

/** A range's lowest version and the first one above it (null: none). Only the forms that these packages use. */
function bounds(range) {
  range = range.trim();
  if (['', '*', 'latest'].includes(range)) return { low: [0, 0, 0], high: null };
  if (range.includes('||')) return bounds(range.split('||').pop());
  const open = /^>=\s*(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(range);
  if (open) return { low: [+open[1], +(open[2] || 0), +(open[3] || 0)], high: null };
  const m = /^(\^|~|=|v)?\s*(\d+)(?:\.(\d+|x))?(?:\.(\d+|x))?(-[\w.]+)?$/.exec(range);
  if (!m) throw new Error(`range not understood: ${range}`);
  const number = text => (text && text !== 'x' ? Number(text) : 0), missing = text => text === undefined || text === 'x';
  const low = [Number(m[2]), number(m[3]), number(m[4])];
  let high = [low[0], low[1], low[2] + 1];
  if (m[1] === '^') high = low[0] ? [low[0] + 1, 0, 0] : low[1] ? [0, low[1] + 1, 0] : high;
  else if (m[1] === '~') high = [low[0], low[1] + 1, 0];
  else if (missing(m[3])) high = [low[0] + 1, 0, 0];
  else if (missing(m[4])) high = [low[0], low[1] + 1, 0];
  return { low, high, full: !missing(m[4]), prerelease: m[5] };
}

class Store {
  constructor(folder) { this.folder = folder; fs.mkdirSync(folder, { recursive: true }); this.manifests = new Map(); }
  file(name, version) { return path.join(this.folder, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`); }
  /** Fetches packages; false for those that are not to be had. */
  fetch(wanted) {
    const need = wanted.filter(([name, version]) => !fs.existsSync(this.file(name, version))).map(([name, version]) => `${name}@${version}`);
    for (let i = 0; i < need.length; i += 40) {
      npm('pack', '--silent', '--prefer-offline', '--pack-destination', this.folder, ...need.slice(i, i + 40));
    }
  }
  manifest(name, version) {
    const id = `${name}@${version}`;
    if (!this.manifests.has(id)) {
      const list = tar('-tzf', this.file(name, version)).split('\n');
      const entry = list.filter(entry => /^[^/]+\/package\.json$/.test(entry))[0];
      this.manifests.set(id, JSON.parse(tar('-xzOf', this.file(name, version), entry)));
    }
    return this.manifests.get(id);
  }
}

/** The version for one dependency. */
function pick(name, range, roots) {
  const { low, high, full, prerelease } = bounds(range);
  // The lower bound is nearly always a version that exists; asking the registry for each would take minutes.
  if (full && high && !prerelease && !pick.refused.has(`${name}@${low.join('.')}`)) return low.join('.');
  const inside = version => compareKeys(key(version), low) >= 0 && (!high || compareKeys(key(version), high) < 0);
  let candidates = published(name).filter(inside);
  if (!candidates.length && prerelease) candidates = everyVersion(name).filter(version => version.includes('-') && inside(version));
  if (!candidates.length) throw new Error(`no version of ${name} for ${range}`);
  if (high) return candidates[0];
  // "*": the newest of its time.
  const release = Object.values(roots)[0];
  const ofItsTime = name.startsWith('@aws-sdk/') ? candidates.filter(version => compare(version, release) <= 0) : [];
  return (ofItsTime.length ? ofItsTime : candidates).pop();
}
pick.refused = new Set();

/** Dependencies, and the peers that npm would install for an SDK's package. */
function dependencies(manifest, roots) {
  const all = { ...manifest.dependencies };
  const optional = name => ((manifest.peerDependenciesMeta || {})[name] || {}).optional;
  for (const [name, range] of Object.entries(manifest.peerDependencies || {})) {
    if (/^@(aws-sdk|smithy)\//.test(name) && !(name in all) && !(name in roots) && !optional(name)) all[name] = range;
  }
  return all;
}

/** One version for each package and caret group; raised until nobody's lower bound is above it. */
function resolve(store, roots) {
  let chosen = new Map();
  for (;;) {
    const wanted = new Map(), edges = new Map(), seen = new Set();
    let todo = Object.entries(roots);
    todo.forEach(([name, version]) => seen.add(`${name}@${version}`));
    while (todo.length) {
      try { store.fetch(todo); } catch (e) {
        // Which of them are not there? Their ranges are then read against the list of versions.
        const gone = todo.filter(([name, version]) => !everyVersion(name).includes(version));
        if (!gone.length) throw e;
        if (gone.some(([name]) => name in roots && roots[name] === gone[0][1])) throw new Error(`${gone[0].join('@')} is not published`);
        gone.forEach(([name, version]) => pick.refused.add(`${name}@${version}`));
        return resolve(store, roots);
      }
      const next = [];
      for (const [name, version] of todo) {
        const manifest = store.manifest(name, version), own = {};
        for (const [dependency, range] of Object.entries(dependencies(manifest, roots)).sort()) {
          const { low, high } = bounds(range);
          const exact = high && /^\d/.test(range) && compareKeys(high, [low[0], low[1], low[2] + 1]) === 0;
          const group = `${dependency} ${exact ? '=' + range : !high ? 'any' : low[0] ? low[0] : '0.' + low[1]}`;
          let version = pick(dependency, range, roots);
          for (const other of [chosen.get(group), wanted.get(group)]) if (other && compare(other, version) > 0) version = other;
          wanted.set(group, version);
          own[dependency] = group;
          const id = `${dependency}@${version}`;
          if (!seen.has(id)) { seen.add(id); next.push([dependency, version]); }
        }
        for (const peer of Object.keys(manifest.peerDependencies || {})) {
          if (peer in roots && !(peer in own)) { wanted.set(`${peer} root`, roots[peer]); own[peer] = `${peer} root`; }
        }
        edges.set(`${name}@${version}`, own);
      }
      todo = next;
    }
    const same = wanted.size === chosen.size && [...wanted].every(([group, version]) => chosen.get(group) === version);
    chosen = wanted;
    if (same) return { chosen, edges };
  }
}

function link(target, file) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  if (!fs.existsSync(file)) fs.symlinkSync(path.relative(path.dirname(file), target), file);
}

/** Unpacks the roots and all that they need under `cache/node_modules`; returns what was taken. */
function layOut(cache, roots) {
  const tarballs = path.join(cache, 'tarballs');
  const store = new Store(tarballs), { chosen, edges } = resolve(store, roots);
  const modules = path.join(cache, 'node_modules'), kept = path.join(modules, '.store');
  fs.rmSync(modules, { recursive: true, force: true });
  const home = (name, version) => path.join(kept, `${name.replace('/', '+')}@${version}`, 'node_modules');
  const place = (name, version) => path.join(home(name, version), name);
  const taken = new Map(), stack = Object.entries(roots);
  while (stack.length) {
    const [name, version] = stack.pop(), id = `${name}@${version}`;
    if (taken.has(id)) continue;
    taken.set(id, [name, version]);
    const folder = place(name, version);
    fs.mkdirSync(folder, { recursive: true });
    tar('-xzf', store.file(name, version), '--strip-components=1', '--no-same-owner', '--exclude=*/dist-types', '--exclude=*/dist-es', '-C', folder);
    for (const [dependency, group] of Object.entries(edges.get(id) || {})) {
      const of = chosen.get(group);
      stack.push([dependency, of]);
      link(place(dependency, of), path.join(home(name, version), dependency));
    }
  }
  // Several packages use others that they do not declare: the newest of each is in reach of all.
  const newest = new Map();
  for (const [name, version] of taken.values()) if (!newest.has(name) || compare(version, newest.get(name)) > 0) newest.set(name, version);
  for (const [name, version] of newest) link(place(name, version), path.join(kept, 'node_modules', name));
  for (const [name, version] of Object.entries(roots)) link(place(name, version), path.join(modules, name));
  fs.rmSync(tarballs, { recursive: true, force: true });
  return [...taken.keys()].sort();
}

module.exports = { layOut, published, compare };
