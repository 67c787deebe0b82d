import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { BUNDLED_LICENCES } from '../../../shared/domain/licences.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const Package = z.object({
  license: z.string().optional(),
  dependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()).default({}),
});
const packageOf = (path: string) => Package.parse(JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8')));

/** Development equipment that no part of the shipped app contains. */
const EQUIPMENT =
  /^(@tesseract\.js-data\/|@types\/|@electron\/fuses|@vitejs\/|app-builder-lib|builder-util|dependency-cruiser|electron-builder|fast-check|js-yaml|oxfmt|oxlint|plainjob|playwright|tesseract\.js$|typescript|vite|vitest)/;

const byName = (a: { name: string }, b: { name: string }): number => a.name.localeCompare(b.name);

it('names every bundled package with the licence that it states', () => {
  const { dependencies, devDependencies } = packageOf('.');
  const shipped = Object.keys({ ...dependencies, ...devDependencies }).filter(
    (name) => !EQUIPMENT.test(name) && name !== 'react-dom',
  );
  const stated = shipped.map((name) => ({ name, licence: packageOf(`node_modules/${name}`).license }));
  expect([...BUNDLED_LICENCES].toSorted(byName)).toEqual(stated.toSorted(byName));
});

it('allows only permissive licences, and the font licence for the font', () => {
  const permissive = ['MIT', 'Apache-2.0', 'BSD-3-Clause', 'ISC'];
  const others = BUNDLED_LICENCES.filter(({ licence }) => !permissive.includes(licence));
  expect(others).toEqual([{ name: '@fontsource-variable/inter', licence: 'OFL-1.1' }]);
});
