import type { ApiRequest } from '../answer.ts';
import { fileOf, isReceivedFile, isRecord, type ReceivedFile } from '../body.ts';
import { platform } from './refusals.ts';

export type Parameters = Readonly<Record<string, unknown>>;

export function missing(workflow: string, name: string): string {
  return `Missing parameter for workflow ${workflow}: parameter ${name}`;
}

export function parametersOf(request: ApiRequest): Parameters {
  if (request.body.form === 'none') return {};
  if (request.body.form === 'broken') throw platform(400, 'INVALID_DATA', 'The request body could not be read');
  return isRecord(request.body.value) ? request.body.value : {};
}

export function text(parameters: Parameters, name: string, workflow: string): string {
  const value = optionalText(parameters, name, workflow);
  if (value === '') throw platform(400, 'MISSING_DATA', missing(workflow, name));
  return value;
}

export function optionalText(parameters: Parameters, name: string, workflow: string): string {
  const value = parameters[name] ?? '';
  if (typeof value !== 'string') {
    throw platform(400, 'INVALID_DATA', `Invalid value for parameter ${name} of workflow ${workflow}`);
  }
  return value;
}

/** A JSON array, or (in a form) the text of one. */
export function textList(parameters: Parameters, name: string, workflow: string): string[] {
  const value = parameters[name] ?? [];
  let list: unknown = value;
  if (typeof value === 'string') {
    try {
      list = value === '' ? [] : JSON.parse(value);
    } catch {
      list = null;
    }
  }
  if (!Array.isArray(list) || !list.every((item) => typeof item === 'string')) {
    throw platform(400, 'INVALID_DATA', `Invalid value for parameter ${name} of workflow ${workflow}`);
  }
  return list;
}

/** `docFile` as `{filename, contents}`, or as the file part of a form. */
export function uploadedFile(parameters: Parameters, workflow: string): ReceivedFile {
  const value = parameters['docFile'];
  if (isReceivedFile(value)) return value;
  if (!isRecord(value)) throw platform(400, 'MISSING_DATA', missing(workflow, 'docFile'));
  const fileName = value['filename'];
  if (typeof fileName !== 'string' || fileName === '') {
    throw platform(400, 'MISSING_DATA', missing(workflow, 'docFile filename'));
  }
  const file = fileOf(value['contents']);
  if (file === null) throw platform(400, 'MISSING_DATA', missing(workflow, 'docFile contents'));
  return { fileName, digest: file.digest };
}
