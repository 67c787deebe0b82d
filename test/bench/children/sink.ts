/**
 * The other end of the upload benchmarks, in a process of its own: reads a request to its end, then answers as the two
 * providers do. Prints its port and ends with its standard input.
 */
import { createServer } from 'node:http';

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

const server = createServer((request, response) => {
  request.on('data', () => {});
  request.on('end', () => {
    const path = Object.keys(ANSWERS).find((known) => request.url?.startsWith(known) === true);
    const answer = ANSWERS[path ?? ''] ?? { status: 404, body: {} };
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer.body));
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address === 'object') process.stdout.write(`${address.port}\n`);
});
process.stdin.on('end', () => process.exit(0));
process.stdin.resume();
