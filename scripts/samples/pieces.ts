import type { Look } from './people.ts';

/** Pieces of drawings, as SVG text. Everything is computed from its arguments: the same call draws the same lines. */

export const SANS = "font-family=\"'Liberation Sans', Arial, Helvetica, 'DejaVu Sans', sans-serif\"";
export const SERIF = "font-family=\"'Liberation Serif', 'Times New Roman', 'DejaVu Serif', serif\"";
/** What zones are printed in (ICAO Doc 9303-3), where it is installed. */
const ZONE_FONT = "font-family=\"'OCR B', 'Liberation Mono', 'Courier New', monospace\"";
export const MONO = "font-family=\"'Liberation Mono', 'Courier New', 'DejaVu Sans Mono', monospace\"";

export function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

export interface TextStyle {
  readonly size: number;
  readonly fill?: string;
  readonly family?: string;
  readonly isBold?: boolean;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly spacing?: number;
  readonly opacity?: number;
}

export function text(x: number, y: number, content: string, style: TextStyle): string {
  const { size, fill = '#1c2733', family = SANS, isBold = false, anchor = 'start', spacing = 0, opacity = 1 } = style;
  return (
    `<text x="${x}" y="${y}" ${family} font-size="${size}" fill="${fill}" text-anchor="${anchor}"` +
    `${isBold ? ' font-weight="700"' : ''}${spacing === 0 ? '' : ` letter-spacing="${spacing}"`}` +
    `${opacity === 1 ? '' : ` opacity="${opacity}"`}>${escape(content)}</text>`
  );
}

/** A label in small print with its value below, as identity documents print them. */
export function labelled(x: number, y: number, label: string, value: string, valueSize = 34): string {
  return (
    text(x, y, label, { size: 17, fill: '#4b6172' }) +
    text(x, y + valueSize + 4, value, { size: valueSize, isBold: true, fill: '#17212b' })
  );
}

/** One letter per cell, so that every font keeps the columns of a machine-readable zone. */
export function zone(
  x: number,
  y: number,
  width: number,
  lines: readonly string[],
  size: number,
  lineHeight: number,
): string {
  return lines
    .map((line, row) => {
      const cell = width / line.length;
      return Array.from(line)
        .map((character, column) =>
          text(Number((x + cell * (column + 0.5)).toFixed(2)), y + row * lineHeight, character, {
            size,
            family: ZONE_FONT,
            anchor: 'middle',
            fill: '#111111',
          }),
        )
        .join('');
    })
    .join('');
}

/** Fine wave lines like those of security paper. */
export function guilloche(
  width: number,
  height: number,
  options: { lines: number; amplitude: number; colour: string; phase: number; opacity: number; frequency?: number },
): string {
  const { lines, amplitude, colour, phase, opacity, frequency = 3 } = options;
  const paths: string[] = [];
  for (let line = 0; line < lines; line += 1) {
    const base = (height * (line + 0.5)) / lines;
    const points: string[] = [];
    for (let step = 0; step <= 60; step += 1) {
      const x = (width * step) / 60;
      const angle = (step / 60) * Math.PI * 2 * frequency + phase + line * 0.21;
      const y = base + Math.sin(angle) * amplitude + Math.sin(angle * 2.3 + line * 0.4) * amplitude * 0.35;
      points.push(`${step === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`);
    }
    paths.push(points.join(''));
  }
  return `<path d="${paths.join('')}" fill="none" stroke="${colour}" stroke-width="1.1" opacity="${opacity}"/>`;
}

/** A rosette of turning ellipses. */
export function rosette(cx: number, cy: number, radius: number, colour: string, opacity: number): string {
  const petals = 36;
  const ellipses: string[] = [];
  for (let petal = 0; petal < petals; petal += 1) {
    const degrees = ((360 / petals) * petal).toFixed(1);
    ellipses.push(
      `<ellipse cx="${cx}" cy="${cy}" rx="${radius}" ry="${(radius * 0.34).toFixed(1)}" transform="rotate(${degrees} ${cx} ${cy})"/>`,
    );
  }
  return `<g fill="none" stroke="${colour}" stroke-width="1" opacity="${opacity}">${ellipses.join('')}</g>`;
}

/** Utopia's emblem: a sun over the sea, in a ring. */
export function emblem(cx: number, cy: number, radius: number, colour: string): string {
  const rays: string[] = [];
  for (let ray = 0; ray <= 10; ray += 1) {
    const angle = Math.PI + (Math.PI * ray) / 10;
    const from = radius * 0.46;
    const to = radius * (ray % 2 === 0 ? 0.8 : 0.68);
    rays.push(
      `M${(cx + Math.cos(angle) * from).toFixed(1)} ${(cy + Math.sin(angle) * from).toFixed(1)}` +
        `L${(cx + Math.cos(angle) * to).toFixed(1)} ${(cy + Math.sin(angle) * to).toFixed(1)}`,
    );
  }
  const waves = [0.16, 0.36, 0.56]
    .map((offset, row) => {
      const y = cy + radius * offset;
      const half = radius * (0.74 - row * 0.13);
      const quarter = half / 2;
      return (
        `M${(cx - half).toFixed(1)} ${y.toFixed(1)}q${(quarter / 2).toFixed(1)} ${(-radius * 0.13).toFixed(1)} ${quarter.toFixed(1)} 0` +
        `t${quarter.toFixed(1)} 0t${quarter.toFixed(1)} 0t${quarter.toFixed(1)} 0`
      );
    })
    .join('');
  const disc = radius * 0.34;
  return (
    `<g fill="none" stroke="${colour}" stroke-width="${(radius * 0.055).toFixed(1)}" stroke-linecap="round">` +
    `<circle cx="${cx}" cy="${cy}" r="${radius}"/><circle cx="${cx}" cy="${cy}" r="${(radius * 0.9).toFixed(1)}" stroke-width="${(radius * 0.02).toFixed(1)}"/>` +
    `<path d="${rays.join('')}"/><path d="${waves}"/>` +
    `<path d="M${(cx - disc).toFixed(1)} ${cy}A${disc} ${disc} 0 0 1 ${(cx + disc).toFixed(1)} ${cy}Z" fill="${colour}"/></g>`
  );
}

/** A written name, as a line that goes up and down; its shape comes from the letters. */
export function signature(x: number, y: number, name: string, colour = '#1d2f6f'): string {
  let path = `M${x} ${y}`;
  for (const letter of name.slice(0, 14)) {
    const code = letter.toLowerCase().charCodeAt(0) % 23;
    const isCapital = letter !== letter.toLowerCase();
    const rise = isCapital ? 58 : 10 + (code % 5) * 7;
    const width = isCapital ? 34 : 13 + (code % 4) * 4;
    path += `c${width * 0.2} ${-rise} ${width * 0.9} ${-rise} ${width * 0.5} ${-rise * 0.2}s${width * 0.1} ${rise * 0.55} ${width * 0.5} ${rise * 0.2}`;
  }
  return `<path d="${path}q40 -6 70 -22" fill="none" stroke="${colour}" stroke-width="3.4" stroke-linecap="round" stroke-linejoin="round"/>`;
}

/** A drawn person inside a box of 400 × 500; clearly a drawing, never a face of anybody. */
export function portrait(look: Look, background: string): string {
  const shade = 'rgba(60,30,10,0.16)';
  const backHair: Record<Look['hairStyle'], string> = {
    long: `<path d="M88 250C70 90 330 90 312 250L326 420H74Z" fill="${look.hair}"/>`,
    bob: `<path d="M92 330C60 80 340 80 308 330Q200 366 92 330Z" fill="${look.hair}"/>`,
    curly: [
      [110, 200, 62],
      [104, 270, 54],
      [290, 200, 62],
      [296, 270, 54],
      [150, 132, 62],
      [250, 132, 62],
      [200, 112, 62],
    ]
      .map(([cx, cy, r]) => `<circle cx="${cx}" cy="${cy}" r="${r}" fill="${look.hair}"/>`)
      .join(''),
    bun: `<circle cx="200" cy="84" r="46" fill="${look.hair}"/>`,
    short: `<path d="M99 244C94 112 306 112 301 244Z" fill="${look.hair}"/>`,
    bald: '',
  };
  const frontHair: Record<Look['hairStyle'], string> = {
    long: `<path d="M104 236C96 128 176 104 214 112C292 116 306 180 298 240C280 190 250 168 214 160C180 186 130 190 104 236Z" fill="${look.hair}"/>`,
    bob: `<path d="M102 236C96 116 304 116 298 236C286 196 262 180 200 178C138 180 114 196 102 236Z" fill="${look.hair}"/>`,
    curly: `<path d="M110 210C120 150 160 140 200 142C240 140 280 150 290 210C262 176 236 182 200 172C160 184 136 178 110 210Z" fill="${look.hair}"/>`,
    bun: `<path d="M104 230C100 120 300 120 296 230C270 170 240 160 200 160C160 160 130 170 104 230Z" fill="${look.hair}"/>`,
    short: `<path d="M104 226C92 128 156 98 210 100C280 100 310 150 297 226C290 196 282 184 268 172C226 176 176 172 134 176C116 190 110 206 104 226Z" fill="${look.hair}"/>`,
    bald:
      `<path d="M104 268C88 246 88 206 108 184C118 180 124 190 120 202C112 222 112 246 114 268Z" fill="${look.hair}"/>` +
      `<path d="M296 268C312 246 312 206 292 184C282 180 276 190 280 202C288 222 288 246 286 268Z" fill="${look.hair}"/>` +
      `<path d="M152 316C164 296 192 296 200 306C208 296 236 296 248 316C228 312 212 316 200 318C188 316 172 312 152 316Z" fill="${look.hair}"/>`,
  };
  const beard =
    look.beard === true
      ? `<path d="M110 262C116 350 150 386 200 388C250 386 284 350 290 262C280 304 262 308 236 306C214 300 186 300 164 306C138 308 120 304 110 262Z" fill="${look.hair}"/>`
      : '';
  const glasses =
    look.glasses === true
      ? '<g fill="rgba(255,255,255,0.22)" stroke="#2b2f36" stroke-width="6"><rect x="126" y="222" width="64" height="46" rx="18"/><rect x="210" y="222" width="64" height="46" rx="18"/><path d="M190 240h20M126 238l-20 -6M274 238l20 -6" fill="none"/></g>'
      : '';
  const eye = (cx: number) =>
    `<ellipse cx="${cx}" cy="244" rx="17" ry="10.5" fill="#fffdf8"/><circle cx="${cx}" cy="244" r="8.5" fill="${look.eyes}"/>` +
    `<circle cx="${cx}" cy="244" r="4" fill="#15100c"/><circle cx="${cx + 3}" cy="241" r="2" fill="#ffffff"/>` +
    `<path d="M${cx - 19} 241Q${cx} 226 ${cx + 19} 241" fill="none" stroke="#2a1c14" stroke-width="4" stroke-linecap="round"/>` +
    `<path d="M${cx - 23} 219Q${cx} 206 ${cx + 23} 217" fill="none" stroke="${look.hair}" stroke-width="7" stroke-linecap="round"/>`;
  return (
    `<rect width="400" height="500" fill="${background}"/>${backHair[look.hairStyle]}` +
    `<path d="M20 500C26 420 92 398 152 388L248 388C308 398 374 420 380 500Z" fill="${look.clothes}"/>` +
    `<path d="M158 340V396Q200 436 242 396V340Z" fill="${look.skin}"/><path d="M158 356Q200 392 242 356V372Q200 404 158 372Z" fill="${shade}"/>` +
    `<path d="M140 392Q200 462 260 392L276 398Q204 492 124 398Z" fill="#ffffff" opacity="0.85"/>` +
    `<ellipse cx="104" cy="256" rx="16" ry="26" fill="${look.skin}"/><ellipse cx="296" cy="256" rx="16" ry="26" fill="${look.skin}"/>` +
    `<path d="M106 236C106 128 294 128 294 236C296 320 250 378 200 378C150 378 104 320 106 236Z" fill="${look.skin}"/>` +
    `${beard}<path d="M196 240C192 270 184 282 190 288Q200 294 212 288" fill="none" stroke="${shade}" stroke-width="6" stroke-linecap="round"/>` +
    `<ellipse cx="142" cy="288" rx="20" ry="12" fill="#d9705e" opacity="0.18"/><ellipse cx="258" cy="288" rx="20" ry="12" fill="#d9705e" opacity="0.18"/>` +
    `<path d="M170 322Q200 340 230 322Q200 354 170 322Z" fill="#a8483f"/>${eye(158)}${eye(242)}${glasses}${frontHair[look.hairStyle]}`
  );
}

/** SPECIMEN across the whole sheet. */
export function specimen(cx: number, cy: number, size: number, degrees: number): string {
  return (
    `<g transform="rotate(${degrees} ${cx} ${cy})" opacity="0.34">` +
    text(cx, cy + size * 0.36, 'SPECIMEN', {
      size,
      isBold: true,
      fill: '#c4161c',
      anchor: 'middle',
      spacing: size * 0.08,
    }) +
    '</g>'
  );
}

/** The line under a document that says what practice does with it. */
export function caption(width: number, y: number, practice: string): string {
  return (
    text(width / 2, y, 'Satchel sample, drawn by a program. Not a real document, nobody’s data.', {
      size: 22,
      fill: '#5b6b78',
      anchor: 'middle',
    }) + text(width / 2, y + 34, `Practice: ${practice}`, { size: 28, isBold: true, fill: '#26323d', anchor: 'middle' })
  );
}

export function svg(width: number, height: number, content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${content}</svg>`;
}
