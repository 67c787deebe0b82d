/**
 * The other end of the upload benchmarks, in a process of its own: reads a request to its end, then answers as the two
 * providers do, after `answerAfterMs`. Prints its port and ends with its standard input.
 */
import { createServer } from 'node:http';
import { z } from 'zod';

const ANSWERS: Readonly<Record<string, { status: number; body: unknown }>> = {
  '/persona/document/generics': {
    status: 201,
    body: { data: { type: 'document/generic', id: 'doc_bench', attributes: { status: 'initiated' } } },
  },
  '/personr/api-document-upload': {
    status: 200,
    body: { status: 'success', response: { applicantId: 'applicant', errors: [], warnings: [] } },
  },
};

/** A document of Persona's that exists already: submitted by a POST, decided by the time somebody asks. */
function document(method: string | undefined): { status: number; body: unknown } {
  const status = method === 'POST' ? 'submitted' : 'processed';
  return { status: 200, body: { data: { type: 'document/generic', id: 'doc_bench', attributes: { status } } } };
}

const { host, answerAfterMs } = z
  .object({ host: z.string().default('127.0.0.1'), answerAfterMs: z.number().default(0) })
  .parse(JSON.parse(process.argv[2] ?? '{}'));

const server = createServer((request, response) => {
  request.on('data', () => {});
  request.on('end', () => {
    const isKnown = request.url?.includes('/doc_bench') === true;
    const path = Object.keys(ANSWERS).find((known) => request.url?.startsWith(known) === true);
    const answer = isKnown ? document(request.method) : (ANSWERS[path ?? ''] ?? { status: 404, body: {} });
    setTimeout(() => {
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer.body));
    }, answerAfterMs);
  });
});
server.requestTimeout = 0;
server.listen(0, host, () => {
  const address = server.address();
  if (address !== null && typeof address === 'object') process.stdout.write(`${address.port}\n`);
});
process.stdin.on('end', () => process.exit(0));
process.stdin.resume();
