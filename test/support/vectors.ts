import sharp from 'sharp';

const SVG = { operation: ['VipsForeignLoadSvg'] };

let underWay = 0;

/**
 * Draws from SVG. Whoever looks at a page forbids it in the whole process, of which several files of tests have one: it is allowed for as long as
 * `draw` takes, and forbidden from then on.
 */
export async function drawing<Drawn>(draw: () => Promise<Drawn>): Promise<Drawn> {
  underWay += 1;
  sharp.unblock(SVG);
  try {
    return await draw();
  } finally {
    underWay -= 1;
    if (underWay === 0) sharp.block(SVG);
  }
}
