import type { Inspection, InspectionPort, LookJob } from '../inspection/index.ts';

/** A look at a page that began before the page was stored, so that nobody has to decode it again. */
export interface BegunLook {
  /** What people can be shown already; null when nothing can. */
  readonly thumbnail: Uint8Array | null;
  /** May reject, as `InspectionPort.inspect` does: then the page is looked at anew. */
  readonly seen: Promise<Inspection>;
}

/**
 * Begins to look at bytes that somebody waits for. Resolves as soon as they have decoded to their last row, which is long before
 * all is seen; null: they do not decode. Rejects when they cannot be read.
 */
export async function beginLook(
  inspection: Pick<InspectionPort, 'inspect'>,
  job: Pick<LookJob, 'mediaType' | 'read' | 'givesAway'>,
): Promise<BegunLook | null> {
  const { promise: early, resolve: onThumbnail } = Promise.withResolvers<Uint8Array>();
  const seen = inspection.inspect({ ...job, isUrgent: true, onThumbnail });
  const thumbnail = await Promise.race([early, seen.then((whole) => whole.thumbnail)]);
  return thumbnail === null ? null : { thumbnail, seen };
}
