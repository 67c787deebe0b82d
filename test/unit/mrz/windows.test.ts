import { describe, expect, it } from 'vitest';
import { CHARACTERS, CLASSES, NONE } from '../../../main/inspection/mrz/network.ts';
import type { Recognised } from '../../../main/inspection/mrz/recognise.ts';
import { windowsOf } from '../../../main/inspection/mrz/windows.ts';

/** What a sure network makes of two lines, of which a space is nothing. */
const seen = (lines: readonly string[]): Recognised => {
  const scored = lines.map((line) =>
    Float32Array.from(
      Array.from(line).flatMap((character) => {
        const scores = new Float32Array(CLASSES).fill(-8);
        scores[character === ' ' ? NONE : CHARACTERS.indexOf(character)] = -0.1;
        return [...scores];
      }),
    ),
  );
  return { first: 0, count: lines[0]?.length ?? 0, lines: scored, networks: [scored] };
};

describe('where a zone begins and ends', () => {
  const VISA = ['V<AUTIVAANMARXEN<OKS<<TAN<ZIEELO<UWENO<<<<<<', 'IG979873<5AUT6003210M3507289<<<<<<<<<<<<<<<<'];

  it('is where nothing stands beside it', () => {
    expect(windowsOf(seen(VISA.map((line) => `  ${line}  `)))[0]).toMatchObject({ start: 2, length: 44 });
    expect(windowsOf(seen(VISA.map((line) => `  ${line.slice(0, 36)}  `)))[0]).toMatchObject({ start: 2, length: 36 });
  });

  it('is not where the text goes on, though the check digits would be right', () => {
    // Blur took the fillers, and with them the end of the zone: what is left is no visa with 36 characters.
    expect(windowsOf(seen(VISA.map((line) => `  ${line.slice(0, 38)}`)))).toEqual([]);
  });

  it('is not where one line goes on by more than a speck', () => {
    const [upper = '', lower = ''] = VISA.map((line) => line.slice(0, 36));
    expect(windowsOf(seen([`  ${upper}   `, `  ${lower}<< `]))).toEqual([]);
    expect(windowsOf(seen([`  ${upper}   `, `  ${lower}<  `]))[0]).toMatchObject({ start: 2, length: 36 });
  });
});
