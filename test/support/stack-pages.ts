import { randomFrom } from '../../scripts/mrz/random.ts';
import { drawWithoutZone } from '../bench/mrz/pages.ts';
import { drawSeparator, scanned } from './coded-pages.ts';
import { sample } from './samples.ts';

/**
 * Three customers of nobody in the order of a feeder, each with a passport and a letter, and separator sheets between them,
 * one of which lies upside down.
 */
export async function threeCustomers(dpi: number): Promise<Buffer[]> {
  const random = randomFrom(5);
  const sheet = await drawSeparator();
  const separator = (angle: number) => scanned(random, sheet, { dpi, angle, blur: 0.1, noise: 4, quality: 80 });
  return [
    await sample('amelie-passport.jpg'),
    await drawWithoutZone(1),
    await separator(0),
    await sample('david-passport.jpg'),
    await drawWithoutZone(3),
    await separator(180),
    await sample('felix-passport.jpg'),
    await drawWithoutZone(5),
  ];
}
