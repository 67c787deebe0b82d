import sharp from 'sharp';
import type { Sharp } from 'sharp';
import type { WorkingView } from '../../shared/rules/index.ts';
import { decode } from './sheet.ts';

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The whole pixels of a box, as far as they are in the picture. */
function within(box: Box, picture: { readonly width: number; readonly height: number }): Box {
  const left = Math.min(picture.width - 1, Math.max(0, Math.round(box.left)));
  const top = Math.min(picture.height - 1, Math.max(0, Math.round(box.top)));
  const right = Math.max(left + 1, Math.min(picture.width, Math.round(box.left + box.width)));
  const bottom = Math.max(top + 1, Math.min(picture.height, Math.round(box.top + box.height)));
  return { left, top, width: right - left, height: bottom - top };
}

async function decoded(
  picture: Sharp,
): Promise<{ readonly raw: Sharp; readonly width: number; readonly height: number }> {
  const { data, info } = await decode(picture);
  const { width, height, channels } = info;
  return { raw: sharp(data, { raw: { width, height, channels } }), width, height };
}

/**
 * What a view shows of a sheet, turned and cut out, its longer side at most `maxPixels`. In three steps, because sharp would
 * order a cut, a turn and a cut in its own way.
 * @param sheet the whole sheet, so many pixels wide, or as wide as it is if that is less
 */
export async function cutOut(
  sheet: (width: number) => Sharp | Promise<Sharp>,
  view: WorkingView,
  maxPixels: number,
): Promise<Sharp> {
  const whole = await decoded(await sheet(Math.ceil(maxPixels / Math.max(view.width, view.height))));
  const inPixels = (share: number): number => share * whole.width;
  const [x, y] = [inPixels(view.x), inPixels(view.y)];
  const [width, height] = [inPixels(view.width), inPixels(view.height)];
  const turn = (view.turn * Math.PI) / 180;
  const [cosine, sine] = [Math.cos(turn), Math.sin(turn)];
  const spread = {
    width: Math.abs(width * cosine) + Math.abs(height * sine),
    height: Math.abs(width * sine) + Math.abs(height * cosine),
  };
  const around = within({ left: x - spread.width / 2, top: y - spread.height / 2, ...spread }, whole);
  const turned = await decoded(whole.raw.extract(around).rotate(view.turn, { background: '#ffffff' }));
  const [dx, dy] = [x - (around.left + around.width / 2), y - (around.top + around.height / 2)];
  const left = turned.width / 2 + dx * cosine - dy * sine - width / 2;
  const top = turned.height / 2 + dx * sine + dy * cosine - height / 2;
  return turned.raw.extract(within({ left, top, width, height }, turned));
}
