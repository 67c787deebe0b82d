import { cardZone, passportZone } from './mrz.ts';
import type { SamplePerson } from './people.ts';
import {
  caption,
  emblem,
  guilloche,
  labelled,
  MONO,
  portrait,
  rosette,
  SERIF,
  signature,
  specimen,
  svg,
  text,
  zone,
} from './pieces.ts';

/** A drawing with its size in pixels. */
export interface Drawing {
  readonly svg: string;
  readonly widthPixels: number;
  readonly heightPixels: number;
}

const MARGIN = 70;
const CAPTION = 110;

function date(isoDate: string): string {
  const [year = '', month = '', day = ''] = isoDate.split('-');
  const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
  return `${day} ${months[Number(month) - 1] ?? ''} ${year}`;
}

/** A document lying on the scanner's white lid, with the caption below it. */
function onGlass(width: number, height: number, content: string, practice: string, radius = 34): Drawing {
  const outerWidth = width + MARGIN * 2;
  const outerHeight = height + MARGIN + CAPTION + 20;
  const shadow = [18, 12, 7, 3]
    .map(
      (spread, index) =>
        `<rect x="${MARGIN - spread + 4}" y="${MARGIN - spread + 8}" width="${width + spread * 2}" height="${height + spread * 2}" rx="${radius + spread}" fill="#1b2a36" opacity="${0.03 + index * 0.015}"/>`,
    )
    .join('');
  const body =
    `<defs><clipPath id="edge"><rect width="${width}" height="${height}" rx="${radius}"/></clipPath>` +
    '<linearGradient id="glass" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#f4f5f3"/><stop offset="1" stop-color="#e6e9e8"/></linearGradient></defs>' +
    `<rect width="${outerWidth}" height="${outerHeight}" fill="url(#glass)"/>${shadow}` +
    `<g transform="translate(${MARGIN} ${MARGIN})"><g clip-path="url(#edge)">${content}</g>` +
    `<rect x="1" y="1" width="${width - 2}" height="${height - 2}" rx="${radius}" fill="none" stroke="#6b7b86" stroke-opacity="0.35" stroke-width="2"/></g>` +
    caption(outerWidth, MARGIN + height + 62, practice);
  return { svg: svg(outerWidth, outerHeight, body), widthPixels: outerWidth, heightPixels: outerHeight };
}

function framedPortrait(person: SamplePerson, x: number, y: number, scale: number, background: string): string {
  return (
    `<g transform="translate(${x} ${y}) scale(${scale})"><svg width="400" height="500" viewBox="0 0 400 500">` +
    `${portrait(person.look, background)}</svg><rect width="400" height="500" fill="none" stroke="#ffffff" stroke-width="4" opacity="0.8"/></g>`
  );
}

/** The same portrait, small and pale, as a second image. */
function ghostPortrait(person: SamplePerson, x: number, y: number, scale: number): string {
  return `<g opacity="0.32">${framedPortrait(person, x, y, scale, '#ffffff')}</g>`;
}

/** Passport data page (ICAO TD3, 125 × 88 mm). */
export function passport(person: SamplePerson, practice: string): Drawing {
  const width = 1500;
  const height = 1056;
  const lines = passportZone(person);
  const content =
    '<defs><linearGradient id="paper" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#dfeaf0"/><stop offset="0.5" stop-color="#f3ead9"/><stop offset="1" stop-color="#d7e7e1"/></linearGradient></defs>' +
    `<rect width="${width}" height="${height}" fill="url(#paper)"/>` +
    guilloche(width, 800, { lines: 26, amplitude: 26, colour: '#4e86a0', phase: 0.4, opacity: 0.3 }) +
    guilloche(width, 800, { lines: 22, amplitude: 34, colour: '#b58a4a', phase: 2.1, opacity: 0.24, frequency: 2 }) +
    rosette(1130, 470, 300, '#3f7d8c', 0.18) +
    `<rect width="${width}" height="118" fill="#16394f"/>` +
    emblem(80, 60, 42, '#e8cf8f') +
    text(146, 56, 'REPUBLIC OF UTOPIA', { size: 38, family: SERIF, isBold: true, fill: '#f5e9c8', spacing: 4 }) +
    text(146, 94, 'RÉPUBLIQUE D’UTOPIE', { size: 22, family: SERIF, fill: '#cfe0e8', spacing: 3 }) +
    text(width - 60, 74, 'PASSPORT · PASSEPORT', {
      size: 34,
      isBold: true,
      fill: '#f5e9c8',
      anchor: 'end',
      spacing: 3,
    }) +
    framedPortrait(person, 56, 214, 1.02, '#dce6ea') +
    ghostPortrait(person, 1262, 520, 0.42) +
    labelled(512, 168, 'Type', 'P', 32) +
    labelled(640, 168, 'Code of issuing State', 'UTO', 32) +
    labelled(960, 168, 'Passport No.', person.documentNumber, 38) +
    labelled(512, 256, 'Surname / Nom', person.familyName.toUpperCase(), 40) +
    labelled(512, 346, 'Given names / Prénoms', person.givenNames.toUpperCase(), 40) +
    labelled(512, 436, 'Nationality / Nationalité', 'UTOPIAN') +
    labelled(960, 436, 'Sex / Sexe', person.sex) +
    labelled(512, 520, 'Date of birth / Date de naissance', date(person.birthDate)) +
    labelled(960, 520, 'Place of birth', person.birthPlace.toUpperCase(), 28) +
    labelled(512, 604, 'Date of issue', date(person.issueDate)) +
    labelled(960, 604, 'Authority', 'UTOPIA PASSPORTS', 26) +
    labelled(512, 688, 'Date of expiry / Date d’expiration', date(person.expiryDate)) +
    text(960, 688, 'Holder’s signature', { size: 17, fill: '#4b6172' }) +
    signature(966, 750, `${person.givenNames.split(' ')[0] ?? ''} ${person.familyName}`) +
    `<rect y="800" width="${width}" height="256" fill="#f7f6ef"/><rect y="800" width="${width}" height="3" fill="#16394f" opacity="0.5"/>` +
    zone(40, 894, 1420, lines, 46, 84) +
    specimen(760, 480, 210, -24);
  return onGlass(width, height, content, practice, 24);
}

function cardBack(background: readonly [string, string], width: number, height: number): string {
  return (
    `<defs><linearGradient id="paper" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="${background[0]}"/><stop offset="1" stop-color="${background[1]}"/></linearGradient></defs>` +
    `<rect width="${width}" height="${height}" fill="url(#paper)"/>`
  );
}

const CARD_WIDTH = 1500;
const CARD_HEIGHT = 946;

function chip(x: number, y: number): string {
  return (
    `<g transform="translate(${x} ${y})" stroke="#8a6a24" stroke-width="3" fill="none"><rect width="150" height="118" rx="20" fill="#d9b85c"/>` +
    '<path d="M0 40H50V78H0M150 40H100V78H150M50 0V118M100 0V118M50 40H100M50 78H100"/></g>'
  );
}

/** Identity card, front (ID-1, 85.6 × 54 mm). `isPale`: nearly without colour, as a worn-out scanner makes it. */
export function idCardFront(person: SamplePerson, practice: string, isPale = false): Drawing {
  const [light, dark] = isPale ? (['#ecebe8', '#d9d9d4'] as const) : (['#d8efe3', '#bfdcec'] as const);
  const band = isPale ? '#5f6061' : '#0f5c4c';
  const content =
    cardBack([light, dark], CARD_WIDTH, CARD_HEIGHT) +
    guilloche(CARD_WIDTH, CARD_HEIGHT, {
      lines: 30,
      amplitude: 24,
      colour: isPale ? '#9a9a98' : '#2e8b74',
      phase: 1.2,
      opacity: 0.28,
    }) +
    rosette(1120, 560, 330, isPale ? '#8f8f8c' : '#246e9c', 0.18) +
    `<rect width="${CARD_WIDTH}" height="130" fill="${band}"/>` +
    emblem(84, 66, 46, '#f2e3b0') +
    text(156, 62, 'REPUBLIC OF UTOPIA', { size: 38, family: SERIF, isBold: true, fill: '#f7efd6', spacing: 4 }) +
    text(156, 104, 'IDENTITY CARD · CARTE D’IDENTITÉ', { size: 26, fill: '#dcefe8', spacing: 3 }) +
    text(CARD_WIDTH - 60, 84, person.documentNumber, {
      size: 44,
      family: MONO,
      isBold: true,
      fill: '#f7efd6',
      anchor: 'end',
    }) +
    `<g${isPale ? ' opacity="0.75"' : ''}>${framedPortrait(person, 60, 210, 1.08, isPale ? '#dedede' : '#dcebe6')}</g>` +
    ghostPortrait(person, 1250, 610, 0.44) +
    labelled(550, 210, 'Surname', person.familyName.toUpperCase(), 46) +
    labelled(550, 318, 'Given names', person.givenNames.toUpperCase(), 46) +
    labelled(550, 426, 'Date of birth', date(person.birthDate), 38) +
    labelled(920, 426, 'Sex', person.sex, 38) +
    labelled(1050, 426, 'Nationality', 'UTOPIAN', 38) +
    labelled(550, 524, 'Place of birth', person.birthPlace.toUpperCase(), 34) +
    labelled(550, 618, 'Date of expiry', date(person.expiryDate), 38) +
    chip(1240, 200) +
    text(550, 744, 'Signature', { size: 17, fill: '#4b6172' }) +
    signature(560, 830, `${person.givenNames} ${person.familyName}`) +
    (isPale ? `<rect width="${CARD_WIDTH}" height="${CARD_HEIGHT}" fill="#e9e7e2" opacity="0.3"/>` : '') +
    specimen(760, 500, 210, -22);
  return onGlass(CARD_WIDTH, CARD_HEIGHT, content, practice, 56);
}

/** Identity card, back, with its three-line zone (ICAO TD1). */
export function idCardBack(person: SamplePerson, practice: string): Drawing {
  const content =
    cardBack(['#cfe6ee', '#dcefdd'], CARD_WIDTH, CARD_HEIGHT) +
    guilloche(CARD_WIDTH, 600, { lines: 22, amplitude: 22, colour: '#246e9c', phase: 0.3, opacity: 0.26 }) +
    rosette(1180, 300, 250, '#0f5c4c', 0.18) +
    labelled(70, 96, 'Address', person.street, 40) +
    text(70, 190, person.town, { size: 40, isBold: true, fill: '#17212b' }) +
    labelled(70, 260, 'Date of issue', date(person.issueDate), 36) +
    labelled(520, 260, 'Issued by', 'CIVIL REGISTRY OF UTOPIA', 30) +
    labelled(70, 362, 'Height', person.sex === 'F' ? '1.68 m' : '1.81 m', 36) +
    labelled(520, 362, 'Eyes', 'SEE PICTURE', 30) +
    emblem(1180, 300, 130, '#0f5c4c') +
    text(70, 530, 'This card belongs to a country that does not exist. If found, keep it as a souvenir.', {
      size: 24,
      fill: '#3a4f5c',
    }) +
    `<rect y="590" width="${CARD_WIDTH}" height="356" fill="#f6f7f1"/>` +
    zone(60, 682, 1380, cardZone(person), 54, 96) +
    specimen(760, 420, 210, -22);
  return onGlass(CARD_WIDTH, CARD_HEIGHT, content, practice, 56);
}

/** A numbered field of a driving licence. */
function numbered(x: number, y: number, number: string, value: string, size = 36): string {
  return (
    text(x, y, number, { size: 24, isBold: true, fill: '#8c3b55' }) +
    text(x + 52, y, value, { size, isBold: true, fill: '#2a1b24' })
  );
}

/** Driving licence, front, with the numbered fields that such cards have. */
export function licenceFront(person: SamplePerson, practice: string): Drawing {
  const content =
    cardBack(['#fbe3e4', '#f7eed8'], CARD_WIDTH, CARD_HEIGHT) +
    guilloche(CARD_WIDTH, CARD_HEIGHT, { lines: 30, amplitude: 22, colour: '#c2617c', phase: 0.9, opacity: 0.26 }) +
    guilloche(CARD_WIDTH, CARD_HEIGHT, {
      lines: 18,
      amplitude: 40,
      colour: '#c69b48',
      phase: 2.6,
      opacity: 0.2,
      frequency: 2,
    }) +
    rosette(1150, 600, 300, '#a14a66', 0.16) +
    `<rect width="${CARD_WIDTH}" height="126" fill="#7a2741"/>` +
    `<rect x="50" y="26" width="150" height="76" rx="12" fill="#24459c"/>` +
    text(125, 82, 'UTO', { size: 46, isBold: true, fill: '#ffffff', anchor: 'middle', spacing: 3 }) +
    text(236, 62, 'DRIVING LICENCE', { size: 42, isBold: true, fill: '#fdeef0', spacing: 5 }) +
    text(236, 102, 'REPUBLIC OF UTOPIA · PERMIS DE CONDUIRE', { size: 24, fill: '#f3cdd6', spacing: 2 }) +
    framedPortrait(person, 60, 206, 1.02, '#efe2e4') +
    ghostPortrait(person, 1260, 640, 0.4) +
    numbered(530, 220, '1.', person.familyName.toUpperCase(), 44) +
    numbered(530, 290, '2.', person.givenNames.toUpperCase(), 44) +
    numbered(530, 360, '3.', `${date(person.birthDate)}  ${person.birthPlace.toUpperCase()}`, 34) +
    numbered(530, 428, '4a.', date(person.issueDate)) +
    numbered(960, 428, '4b.', date(person.expiryDate)) +
    numbered(530, 496, '4c.', 'UTOPIA TRANSPORT', 32) +
    numbered(530, 564, '5.', person.documentNumber, 40) +
    text(530, 650, '7.', { size: 24, isBold: true, fill: '#8c3b55' }) +
    signature(590, 672, `${person.givenNames.split(' ')[0] ?? ''} ${person.familyName}`) +
    numbered(530, 776, '9.', 'AM   B   BE', 46) +
    specimen(760, 500, 210, -22);
  return onGlass(CARD_WIDTH, CARD_HEIGHT, content, practice, 56);
}

/** Driving licence, back: the table of vehicle classes. */
export function licenceBack(person: SamplePerson, practice: string): Drawing {
  const classes = ['AM', 'A1', 'A', 'B', 'BE', 'C', 'D'];
  const held = new Set(['AM', 'B', 'BE']);
  const rows = classes
    .map((name, index) => {
      const y = 150 + index * 84;
      const isHeld = held.has(name);
      return (
        `<rect x="70" y="${y}" width="1010" height="84" fill="${index % 2 === 0 ? '#ffffff' : '#fbeff0'}" opacity="0.75"/>` +
        text(110, y + 56, name, { size: 40, isBold: true, fill: '#7a2741' }) +
        text(330, y + 56, isHeld ? date(person.issueDate) : '—', { size: 34, fill: '#2a1b24' }) +
        text(680, y + 56, isHeld ? date(person.expiryDate) : '—', { size: 34, fill: '#2a1b24' })
      );
    })
    .join('');
  const content =
    cardBack(['#f7eed8', '#fbe3e4'], CARD_WIDTH, CARD_HEIGHT) +
    guilloche(CARD_WIDTH, CARD_HEIGHT, { lines: 30, amplitude: 22, colour: '#c69b48', phase: 1.7, opacity: 0.28 }) +
    rosette(1290, 300, 170, '#a14a66', 0.24) +
    emblem(1290, 300, 90, '#7a2741') +
    text(110, 118, '9.', { size: 28, isBold: true, fill: '#8c3b55' }) +
    text(330, 118, '10. valid from', { size: 26, fill: '#6b4653' }) +
    text(680, 118, '11. valid to', { size: 26, fill: '#6b4653' }) +
    rows +
    `<rect x="70" y="150" width="1010" height="588" fill="none" stroke="#a9717f" stroke-width="2"/>` +
    labelled(1130, 520, '5. Number', person.documentNumber, 40) +
    labelled(1130, 620, '12. Notes', 'NONE', 36) +
    text(
      70,
      830,
      '1. Surname  2. Given names  3. Birth  4a. Issued  4b. Expires  4c. Authority  5. Number  9. Classes',
      {
        size: 24,
        fill: '#6b4653',
      },
    ) +
    specimen(700, 480, 210, -22);
  return onGlass(CARD_WIDTH, CARD_HEIGHT, content, practice, 56);
}

/** A person before a wall: a drawing that nobody takes for a photograph. */
export function selfie(person: SamplePerson, practice: string, wall: readonly [string, string]): Drawing {
  const width = 1200;
  const height = 1500;
  const stripes = Array.from(
    { length: 12 },
    (_value, index) => `<rect x="${index * 100}" width="50" height="${height}" fill="${wall[1]}" opacity="0.35"/>`,
  ).join('');
  const body =
    `<defs><radialGradient id="wall" cx="0.5" cy="0.36" r="0.8"><stop offset="0" stop-color="#ffffff" stop-opacity="0.7"/><stop offset="1" stop-color="${wall[1]}" stop-opacity="0.5"/></radialGradient></defs>` +
    `<rect width="${width}" height="${height}" fill="${wall[0]}"/>${stripes}<rect width="${width}" height="${height}" fill="url(#wall)"/>` +
    `<g transform="translate(30 -10) scale(2.85)">${portrait(person.look, 'none')}</g>` +
    specimen(600, 1080, 190, -24) +
    `<rect y="1370" width="${width}" height="130" fill="#f4f5f3"/>` +
    caption(width, 1424, practice);
  return { svg: svg(width, height, body), widthPixels: width, heightPixels: height };
}

const SHEET_WIDTH = 1240;
const SHEET_HEIGHT = 1754;

function sheet(content: string, practice: string): Drawing {
  const body =
    `<rect width="${SHEET_WIDTH}" height="${SHEET_HEIGHT}" fill="#fffefb"/>${content}` +
    specimen(620, 900, 210, -38) +
    `<rect x="90" y="1616" width="1060" height="2" fill="#c9d2d8"/>${caption(SHEET_WIDTH, 1664, practice)}`;
  return { svg: svg(SHEET_WIDTH, SHEET_HEIGHT, body), widthPixels: SHEET_WIDTH, heightPixels: SHEET_HEIGHT };
}

function addressBlock(person: SamplePerson, y: number): string {
  const lines = [`${person.givenNames} ${person.familyName}`, person.street, person.town, 'Republic of Utopia'];
  return lines.map((line, index) => text(90, y + index * 38, line, { size: 28, isBold: index === 0 })).join('');
}

function letterhead(name: string, subtitle: string, colour: string): string {
  return (
    `<rect width="${SHEET_WIDTH}" height="150" fill="${colour}"/>${emblem(150, 75, 48, '#ffffff')}` +
    text(226, 72, name, { size: 46, isBold: true, fill: '#ffffff' }) +
    text(226, 112, subtitle, { size: 24, fill: '#e7f1f4', spacing: 1 })
  );
}

function pairs(x: number, y: number, entries: readonly (readonly [string, string])[]): string {
  return entries
    .map(
      ([label, value], index) =>
        text(x, y + index * 42, label, { size: 24, fill: '#5b6b78' }) +
        text(1150, y + index * 42, value, { size: 24, isBold: true, anchor: 'end' }),
    )
    .join('');
}

function table(
  y: number,
  header: readonly string[],
  rows: readonly (readonly string[])[],
  columns: readonly number[],
): string {
  const cells = (entries: readonly string[], top: number, isBold: boolean, fill: string) =>
    entries
      .map((entry, index) => {
        const isLast = index === entries.length - 1;
        return text(columns[index] ?? 0, top, entry, { size: 24, isBold, fill, anchor: isLast ? 'end' : 'start' });
      })
      .join('');
  return (
    `<rect x="90" y="${y}" width="1060" height="54" fill="#eaf0f2"/>${cells(header, y + 36, true, '#3a4f5c')}` +
    rows
      .map((entry, index) => {
        const top = y + 54 + index * 50;
        return `<rect x="90" y="${top + 49}" width="1060" height="1" fill="#d8e0e4"/>${cells(entry, top + 34, false, '#1c2733')}`;
      })
      .join('')
  );
}

const METER_ROWS = [
  ['Electricity, day', '412 kWh', '0.21', '86.52'],
  ['Electricity, night', '188 kWh', '0.14', '26.32'],
  ['Water', '14 m³', '2.10', '29.40'],
  ['Waste water', '14 m³', '1.65', '23.10'],
  ['Standing charge', '1 month', '18.00', '18.00'],
] as const;

/** First page of a bill for electricity and water. */
export function billPage(person: SamplePerson, practice: string, pages: 1 | 2): Drawing {
  const months = ['MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT'];
  const bars = months
    .map((month, index) => {
      const height = 90 + ((index * 53) % 130);
      const x = 130 + index * 166;
      return (
        `<rect x="${x}" y="${1500 - height}" width="96" height="${height}" rx="8" fill="${index === 5 ? '#0f6e84' : '#a9cdd6'}"/>` +
        text(x + 48, 1536, month, { size: 22, fill: '#5b6b78', anchor: 'middle' })
      );
    })
    .join('');
  const content =
    letterhead('Utopia Energy & Water', 'Your bill for October 2026', '#0f6e84') +
    addressBlock(person, 240) +
    pairs(700, 240, [
      ['Customer number', `UEW ${person.reference.slice(-4)} 7731`],
      ['Bill number', `2026-10-${person.reference.slice(-4)}`],
      ['Bill date', '04 NOV 2026'],
      ['Supply address', person.street],
    ]) +
    text(90, 500, 'To pay by 25 November 2026', { size: 30, fill: '#3a4f5c' }) +
    text(1150, 512, '183.34 UTD', { size: 58, isBold: true, fill: '#0f6e84', anchor: 'end' }) +
    `<rect x="90" y="548" width="1060" height="3" fill="#0f6e84"/>` +
    text(90, 620, 'What you used', { size: 34, isBold: true }) +
    table(650, ['Service', 'Used', 'Price', 'Amount'], METER_ROWS, [110, 520, 760, 1130]) +
    text(90, 1040, 'Total, tax included', { size: 28, isBold: true }) +
    text(1130, 1040, '183.34 UTD', { size: 28, isBold: true, anchor: 'end' }) +
    text(90, 1140, 'Thank you for saving 6 % compared with last October.', { size: 26, fill: '#3a4f5c' }) +
    text(90, 1230, 'Your last six months', { size: 34, isBold: true }) +
    `<rect x="90" y="1500" width="1060" height="2" fill="#9fb0b9"/>${bars}` +
    text(1150, 1590, `Page 1 of ${pages}`, { size: 22, fill: '#5b6b78', anchor: 'end' });
  return sheet(content, practice);
}

/** Second page of a bill: how to read it. */
export function billSecondPage(person: SamplePerson, practice: string): Drawing {
  const readings = [
    ['4417 220 31', 'Electricity, day', '30 SEP 2026', '18 204', '18 616'],
    ['4417 220 31', 'Electricity, night', '30 SEP 2026', '9 077', '9 265'],
    ['8820 114 09', 'Water', '30 SEP 2026', '1 302', '1 316'],
  ];
  const answers = [
    ['Moving house?', 'Tell us the day and the meter readings, two weeks before.'],
    ['A question about this bill?', 'The counter in Amaurot is open from 9 to 5. Bring this page.'],
    ['Paying another way', 'Standing order, card at the counter, or seashells by agreement.'],
    ['Supply interrupted?', 'Call the night desk. Somebody always answers in Utopia.'],
  ];
  const content =
    letterhead('Utopia Energy & Water', `Bill 2026-10-${person.reference.slice(-4)}, continued`, '#0f6e84') +
    text(90, 240, 'Meter readings', { size: 34, isBold: true }) +
    table(270, ['Meter', 'Service', 'Last read', 'Before', 'Now'], readings, [110, 330, 640, 860, 1130]) +
    text(90, 560, 'Good to know', { size: 34, isBold: true }) +
    answers
      .map(
        ([question = '', answer = ''], index) =>
          `<rect x="90" y="${600 + index * 150}" width="1060" height="126" rx="14" fill="#f1f6f7"/>` +
          text(126, 652 + index * 150, question, { size: 28, isBold: true, fill: '#0f6e84' }) +
          text(126, 696 + index * 150, answer, { size: 25, fill: '#3a4f5c' }),
      )
      .join('') +
    addressBlock(person, 1290) +
    text(1150, 1590, 'Page 2 of 2', { size: 22, fill: '#5b6b78', anchor: 'end' });
  return sheet(content, practice);
}

/** A bank's monthly statement. */
export function bankStatement(person: SamplePerson, practice: string): Drawing {
  const rows = [
    ['01 OCT', 'Balance brought forward', '', '2 418.20'],
    ['02 OCT', 'Utopia Energy & Water, direct debit', '- 171.09', '2 247.11'],
    ['05 OCT', 'Market Hall, card', '- 64.30', '2 182.81'],
    ['09 OCT', 'Rent, Olive Terrace', '- 890.00', '1 292.81'],
    ['15 OCT', 'Salary, Harbour Works', '+ 2 640.00', '3 932.81'],
    ['18 OCT', 'Railway of Utopia, card', '- 38.00', '3 894.81'],
    ['22 OCT', 'Library, late fee', '- 1.20', '3 893.61'],
    ['27 OCT', 'Transfer to savings', '- 500.00', '3 393.61'],
    ['30 OCT', 'Bakery at the bridge, card', '- 12.40', '3 381.21'],
    ['31 OCT', 'Interest', '+ 2.11', '3 383.32'],
  ];
  const content =
    letterhead('Bank of Utopia', 'Statement of account, October 2026', '#3b3a78') +
    addressBlock(person, 240) +
    pairs(700, 240, [
      ['Account', `UT00 4417 0000 ${person.reference.slice(-4)}`],
      ['Statement', '10 / 2026'],
      ['Branch', person.birthPlace],
      ['Currency', 'UTD'],
    ]) +
    text(90, 500, 'Balance on 31 October 2026', { size: 30, fill: '#3a4f5c' }) +
    text(1150, 512, '3 383.32 UTD', { size: 58, isBold: true, fill: '#3b3a78', anchor: 'end' }) +
    `<rect x="90" y="548" width="1060" height="3" fill="#3b3a78"/>` +
    text(90, 620, 'Movements', { size: 34, isBold: true }) +
    table(650, ['Date', 'Text', 'Amount', 'Balance'], rows, [110, 270, 800, 1130]) +
    text(90, 1310, 'Please check this statement. It says nothing true, so every figure may be wrong.', {
      size: 25,
      fill: '#3a4f5c',
    }) +
    text(1150, 1590, 'Page 1 of 1', { size: 22, fill: '#5b6b78', anchor: 'end' });
  return sheet(content, practice);
}
