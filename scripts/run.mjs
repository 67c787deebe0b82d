/**
 * Runs `scripts/<name>.ts`. Plain JavaScript, so that an old Node gets a sentence instead of a syntax error: on Linux the
 * project brings its own Node 24 (optional dependency node-linux-*), which `npm run` puts first on the PATH.
 */
import { fileURLToPath } from 'node:url';

const [name, ...rest] = process.argv.slice(2);
const [major = 0] = process.versions.node.split('.').map(Number);
if (major < 24) {
  process.stderr.write(
    `Satchel needs Node 24 or newer; this is Node ${process.versions.node} (${process.execPath}).\n` +
      'On Linux x64 and arm64 "npm ci" brings it, unless optional packages were left out (--omit=optional): run "npm ci" again without that.\n' +
      'Elsewhere install Node 24 from nodejs.org and run the command again. Start it through npm ("npm start"), not with "node" directly.\n',
  );
  process.exit(78);
}
const script = new URL(`${name}.ts`, import.meta.url);
process.argv = [process.execPath, fileURLToPath(script), ...rest];
await import(script.href);
