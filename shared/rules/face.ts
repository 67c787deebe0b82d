import type { Finding } from '../domain/index.ts';
import { isDocumentForSelfie } from './kind.ts';
import { finding, placeOf, wantedType } from './place.ts';
import { isBlankPage } from './quality.ts';
import type { RulePage } from './types.ts';

/**
 * A selfie on which no face was seen, or more than one. Sumsub, and Personr with it, sends such back for another try (labels `BAD_SELFIE`,
 * `BAD_FACE_MATCHING`; fast-fail tag `selfieFaceBadQuality`). It warns and no flow can make it stop (`JudgedRule` does not have
 * it): a detector that misses somebody's face must not refuse them.
 */
export function faceFindings(page: RulePage): Finding[] {
  const faces = page.measures[0]?.faces;
  if (wantedType(page) !== 'selfie' || faces === undefined || faces === 1 || isBlankPage(page)) return [];
  // A document is named as one.
  if (isDocumentForSelfie(page)) return [];
  const file = { file: page.fileName };
  return [finding(faces === 0 ? 'page.noFace' : 'page.severalFaces', 'warning', placeOf(page), file)];
}
