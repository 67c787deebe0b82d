import type { Inspection, InspectionPort, LookJob } from '../inspection/index.ts';

/** A look at a page that began before the page was stored, so that nobody has to decode it again. */
export interface BegunLook {
  /** What people can be shown already; null when nothing can. */
  readonly thumbnail: Uint8Array | null;
  /** May reject, as `InspectionPort.inspect` does: then the page is looked at anew. */
  readonly seen: Promise<Inspection>;
}

type Job = Pick<LookJob, 'mediaType' | 'read' | 'onPng'>;

/**
 * Begins to look at bytes that somebody waits for. Resolves as soon as they have decoded to their last row, which is long before
 * all is seen; null: they do not decode. Rejects when they cannot be read.
 */
export async function beginLook(inspection: Pick<InspectionPort, 'inspect'>, job: Job): Promise<BegunLook | null> {
  const { promise: early, resolve: onThumbnail } = Promise.withResolvers<Uint8Array>();
  const seen = inspection.inspect({ ...job, isUrgent: true, onThumbnail });
  const thumbnail = await Promise.race([early, seen.then((whole) => whole.thumbnail)]);
  return thumbnail === null ? null : { thumbnail, seen };
}

/**
 * The same of a scanner's samples (TIFF), with the PNG of the same pixels that is kept of them. Resolves as soon as that is made. Null, and
 * rejects, as above.
 */
export async function beginLookAtSamples(
  inspection: Pick<InspectionPort, 'inspect'>,
  read: LookJob['read'],
): Promise<{ readonly look: BegunLook; readonly png: Uint8Array } | null> {
  const { promise: made, resolve: onPng } = Promise.withResolvers<Uint8Array>();
  const look = await beginLook(inspection, { mediaType: 'image/tiff', read, onPng });
  if (look === null) return null;
  // The look ends without one when its worker did not survive it.
  const png = await Promise.race([made, look.seen.then(() => null)]);
  return png === null ? null : { look, png };
}
