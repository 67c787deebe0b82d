import { afterEach, beforeEach, expect, it } from 'vitest';
import { refusedInspection } from '../../main/inspection/port.ts';
import type { InspectionPort, LookJob } from '../../main/inspection/index.ts';
import { makeFolder, removeFolder } from '../support/folders.ts';
import { rememberingLooks } from '../support/remembered-looks.ts';

let folder: string;
let asked: string[];
/** Which thumbnail was shown, and when the whole page had been seen. */
let happened: string[];
/** Whether the next look fails. */
let isBroken: boolean;

beforeEach(() => {
  folder = makeFolder('remembered');
  asked = [];
  happened = [];
  isBroken = false;
});
afterEach(() => {
  removeFolder(folder);
});

const nothing = (what: string) => () => {
  asked.push(what);
  return Promise.resolve(null);
};

/** Says of a page what its bytes say, and counts how often it is asked. */
function counted(): InspectionPort {
  return {
    async inspect({ read, onThumbnail }) {
      const bytes = await read();
      asked.push(`inspect ${String(bytes)}`);
      if (isBroken) throw new Error('the worker is gone');
      onThumbnail?.(Uint8Array.of(1));
      happened.push('seen');
      return { ...refusedInspection('page.unreadable'), thumbnail: Uint8Array.of(2), look: bytes };
    },
    async preview({ read, sheet }) {
      asked.push(`preview ${sheet}`);
      return read();
    },
    convert: nothing('convert'),
    samplesAsPng: nothing('samplesAsPng'),
    part: nothing('part'),
    close: () => Promise.resolve(),
  };
}

function page(text: string): LookJob {
  return {
    mediaType: 'image/jpeg',
    read: () => Promise.resolve(Uint8Array.from(Buffer.from(text))),
    onThumbnail: ([first]) => happened.push(`shown ${first}`),
  };
}

it('asks once for the same bytes, whoever asks, and answers everybody the same in a copy of their own', async () => {
  const [one, other] = [rememberingLooks(counted(), folder), rememberingLooks(counted(), folder)];
  const [first, second] = await Promise.all([one.inspect(page('a')), one.inspect(page('a'))]);
  const third = await other.inspect(page('a'));
  expect(asked).toEqual(['inspect 97']);
  expect(second).toEqual(first);
  expect(third).toEqual(first);
  // The picture that is there early, which is not the last one: at the first look long before everything has been seen.
  expect(happened).toEqual(['shown 1', 'seen', 'shown 1', 'shown 1']);
  first.thumbnail?.fill(9);
  expect([second.thumbnail, (await one.inspect(page('a'))).thumbnail]).toEqual([Uint8Array.of(2), Uint8Array.of(2)]);
});

it('asks again for other bytes, for another kind of file and for another job', async () => {
  const looks = rememberingLooks(counted(), folder);
  await looks.inspect(page('a'));
  await looks.inspect(page('b'));
  await looks.inspect({ ...page('a'), mediaType: 'image/png' });
  for (const sheet of [1, 2, 1]) await looks.preview({ ...page('a'), sheet, rotation: 0, maxPixels: 10 });
  expect(asked).toEqual(['inspect 97', 'inspect 98', 'inspect 97', 'preview 1', 'preview 2']);
});

it('reads every time, and remembers neither what could not be read nor what could not be looked at', async () => {
  const looks = rememberingLooks(counted(), folder);
  await looks.inspect(page('a'));
  const held = { ...page('a'), read: () => Promise.reject(new Error('held')) };
  await expect(looks.inspect(held)).rejects.toThrow('held');
  isBroken = true;
  await expect(looks.inspect(page('b'))).rejects.toThrow('the worker is gone');
  isBroken = false;
  expect((await looks.inspect(page('b'))).look).toEqual(Uint8Array.of(98));
});
