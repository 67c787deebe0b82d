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

/** The package of which only the weights of a network are shipped, in assets/face. */
const Weights = z.object({ package: z.string(), version: z.string(), licence: z.string() });
const weights = Weights.parse(JSON.parse(readFileSync(join(root, 'assets/face/detector.json'), 'utf8')));

it('comes with the licence of the weights, as their package has it', () => {
  const text = readFileSync(join(root, 'assets/face/LICENSE'), 'utf8');
  expect(text).toMatch(new RegExp(`^${weights.licence} License`));
  expect(text).toContain('Copyright (c) Vladimir Mandic');
});

it('names every bundled package with the licence that it states', () => {
  const { dependencies, devDependencies } = packageOf('.');
  const shipped = Object.keys({ ...dependencies, ...devDependencies }).filter(
    (name) => !EQUIPMENT.test(name) && name !== 'react-dom',
  );
  const stated = shipped.map((name) => ({ name, licence: packageOf(`node_modules/${name}`).license }));
  const all = [...stated, { name: weights.package, licence: weights.licence }];
  expect([...BUNDLED_LICENCES].toSorted(byName)).toEqual(all.toSorted(byName));
});

it('allows only permissive licences, and the font licence for the font', () => {
  const permissive = ['MIT', 'Apache-2.0', 'BSD-3-Clause', 'ISC'];
  const others = BUNDLED_LICENCES.filter(({ licence }) => !permissive.includes(licence));
  expect(others).toEqual([{ name: '@fontsource-variable/inter', licence: 'OFL-1.1' }]);
});
