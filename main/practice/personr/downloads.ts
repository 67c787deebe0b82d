import type { ApiRequest } from '../answer.ts';
import { standIn } from '../stand-in.ts';
import type { PracticeState } from '../state.ts';
import { parametersOf, text } from './parameters.ts';
import { imagesOf, recordOf, statusOf, type ImageRow } from './records.ts';
import { notRun } from './refusals.ts';

const PIXEL = Buffer.from(standIn('image/png').bytes).toString('base64');

/** Two arrays side by side. Which side of a document an image shows is not said. */
export function downloadDocuments(state: PracticeState, request: ApiRequest): unknown {
  const images = verified(state, request);
  return {
    status: 'success',
    response: { IdDocType: images.map(({ docType }) => docType), base64: images.map(() => PIXEL) },
  };
}

/** The same with what was read; a document of two sides is named once, but has two images. */
export function downloadWithInformation(state: PracticeState, request: ApiRequest): unknown {
  const images = verified(state, request);
  const types = [...new Set(images.map(({ docType }) => docType))];
  return {
    status: 'success',
    response: {
      IdDocType: types,
      base64: images.map(() => PIXEL),
      docExpiries: types.map(() => '2030-01-01'),
      docNumbers: types.map((_type, index) => `SPECIMEN${index}`),
    },
  };
}

function verified(state: PracticeState, request: ApiRequest): ImageRow[] {
  const record = recordOf(state, text(parametersOf(request), 'applicantId', request.path.slice(1)));
  if (statusOf(state, record, request.now) === 'Reviewed') {
    return imagesOf(state, record.applicantId).filter(({ isActive }) => isActive === 1);
  }
  if (state.switches['personr.downloadBeforeReviewed'] === 'not_run') throw notRun('The check is not finished.');
  return [];
}
