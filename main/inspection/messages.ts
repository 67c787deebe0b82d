import { z } from 'zod';
import { MediaType, RenditionType } from '../../shared/domain/index.ts';
import { MRZ_FIELD_NAMES } from '../../shared/mrz/index.ts';
import { SheetMeasures, WorkingView } from '../../shared/rules/index.ts';

/** What travels between the pool and its worker. Both sides are ours; parsing keeps a mistake from becoming a wrong picture. */
const Bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

/** Whether a thread of this process has said which formats may be read (see worker.ts); zero when the process begins. */
export const AllowedFormats = z.custom<Int32Array<SharedArrayBuffer>>(
  (value) => value instanceof Int32Array && value.buffer instanceof SharedArrayBuffer,
);

export const WorkerRequest = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('inspect'), mediaType: MediaType, bytes: Bytes, today: z.iso.date() }),
  z.object({
    kind: z.literal('preview'),
    mediaType: MediaType,
    bytes: Bytes,
    sheet: z.number().int().min(1),
    rotation: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
    view: WorkingView.optional(),
    maxPixels: z.number().int().min(16).max(4096),
  }),
  z.object({
    kind: z.literal('convert'),
    mediaType: MediaType,
    bytes: Bytes,
    to: RenditionType,
    limit: z.object({ maxBytes: z.number().positive(), leastScale: z.number().gt(0).max(1) }).nullable(),
  }),
  z.object({ kind: z.literal('samplesAsPng'), bytes: Bytes }),
  z.object({ kind: z.literal('part'), mediaType: MediaType, bytes: Bytes, sheet: z.number().int().min(1) }),
]);
export type WorkerRequest = z.infer<typeof WorkerRequest>;

const MrzField = z.enum(MRZ_FIELD_NAMES);

const Fact = z.object({
  rule: z.string(),
  severity: z.enum(['blocking', 'warning', 'info']),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});

const Corner = z.object({ x: z.number(), y: z.number() });
const Place = {
  sheet: z.number().int().min(1),
  corners: z.tuple([Corner, Corner, Corner, Corner]),
  dpi: z.number(),
};

/** A zone as the worker saw it; the pool reads its fields out of the lines. */
export const WorkerZone = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('read'),
    lines: z.array(z.string()),
    confidence: z.partialRecord(MrzField, z.number()),
    ...Place,
  }),
  z.object({ kind: z.literal('seen'), ...Place }),
]);
export type WorkerZone = z.infer<typeof WorkerZone>;

/** What the codes of a page say; the pool reads the licence's fields out of its text. */
export const WorkerCodes = z.object({
  separators: z.enum(['none', 'some', 'all']),
  licence: z.string().exactOptional(),
});
export type WorkerCodes = z.infer<typeof WorkerCodes>;

/**
 * One job has one reply, before which an inspection hands over what people can be shown already, and whatever goes through a file's sheets
 * tells of each that is done.
 */
export const WorkerReply = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sheetDone') }),
  z.object({ kind: z.literal('thumbnail'), thumbnail: Bytes }),
  z.object({
    kind: z.literal('inspected'),
    widthPixels: z.number().nullable(),
    heightPixels: z.number().nullable(),
    sheetCount: z.number().nullable(),
    thumbnail: Bytes.nullable(),
    facts: z.array(Fact),
    measures: z.array(SheetMeasures),
    look: Bytes.nullable(),
    zone: WorkerZone.optional(),
    codes: WorkerCodes.optional(),
    moreZones: z.array(WorkerZone).optional(),
  }),
  z.object({ kind: z.literal('previewed'), picture: Bytes.nullable() }),
  z.object({ kind: z.literal('converted'), file: Bytes.nullable() }),
  z.object({ kind: z.literal('parted'), file: Bytes.nullable() }),
]);
export type WorkerReply = z.infer<typeof WorkerReply>;
