import { OPEN_QUESTIONS, PRACTICE_SWITCHES, SWITCH_NAMES, type Switch } from '../main/practice/switches.ts';

function values(definition: Switch): string {
  if (definition.kind === 'number') return `${definition.minimum} to ${definition.maximum}`;
  return definition.values.map((value) => `\`${value}\``).join(', ');
}

function row(name: (typeof SWITCH_NAMES)[number]): string {
  const definition: Switch = PRACTICE_SWITCHES[name];
  return `| \`${name}\` | ${definition.question} | ${values(definition)} | \`${definition.default}\` (assumed) |`;
}

/** docs/practice.md: written by `npm run samples`, compared by a test. */
export function practiceDocument(): string {
  const untouched = OPEN_QUESTIONS.flatMap((entry) =>
    'untouched' in entry ? [`- ${entry.question}: ${entry.untouched}.`] : [],
  );
  return `# The practice server

An HTTP server inside the app, on this PC only (127.0.0.1), that behaves as Persona's API v1, Personr's workflows and Sumsub's API
for applicants do as far as their public material says. The app talks to it with the same code as to the real ones. It keeps hash, size and type of
each file, never its bytes; file names and applicants are kept encrypted. \`npm run samples\` writes this page from
\`main/practice/switches.ts\`.

| | base URL | credential |
|---|---|---|
| Persona | \`http://127.0.0.1:<port>/persona/api/v1\` | API key \`persona_sandbox_practice\` |
| Personr | \`http://127.0.0.1:<port>/personr/api/1.1/wf\` | \`practice@satchel.invalid\` / \`practice\` |
| Sumsub | \`http://127.0.0.1:<port>/sumsub\` | app token \`sbx:practice\`, secret key \`practice\` |

A first run makes a connection to Persona and one to Personr: two are enough to learn the work with, and a third would only be one more
choice at the counter. Sumsub is practised by adding a connection with the values above.

## Decisions

The bytes of a document may say what the provider decides: \`satchel-practice:<decision>\` in a JPEG comment, a PNG text or a
PDF comment, ended by anything that is not a letter, a digit or one of \`_,.-\`. The sample documents carry one, and say so in
print. Without one a document is accepted. For the two customers of the specimen batch that come back, new scans lie in
\`assets/samples/retake\`: both sides of Elena's identity card, and Clara's utility bill.

| decision | Persona | Personr | Sumsub |
|---|---|---|---|
| \`accept\` | processed | Approved | GREEN |
| \`errored\` | errored | Rejected, UNSATISFACTORY_PHOTOS, RETRY | RED, the same |
| \`reject=LABEL\` (or \`A,B\`) | errored | Rejected with these labels, RETRY | RED, the same |
| \`final=LABEL\` | errored | Rejected with these labels, FINAL | RED, the same |
| \`hold\` | stays submitted | stays on hold | stays onHold |
| \`status=anything\` | this status, never seen before | the same | the same |
| \`upload-error=tag\` | | the upload is answered with this tag in errors[] | the same; both sides are out of use |
| \`upload-warning=tag\` | | the upload is answered with this tag in warnings[] | the same |

## Switches

What the public material leaves open is a switch. **Every default is an assumption of this project, not a fact about a
provider.** A limit of 0 means that there is none.

| switch | what is not known | values | default |
|---|---|---|---|
${SWITCH_NAMES.map(row).join('\n')}

Not touched by this server:

${untouched.join('\n')}

## Playing the provider

Tests, and a person who wants to see a rare answer, call \`/practice/\` with the admin token that the server hands to the
program that started it (\`Authorization: Bearer …\`; it is new in every run).

| call | does |
|---|---|
| \`GET /practice/requests\` | what arrived: time, path, status, idempotency key, hash and size of each file |
| \`GET /practice/files\` | for each file: how often it was received, how often it is stored |
| \`GET /practice/records\` | documents and applicants with what they hold, as a dashboard shows them |
| \`POST /practice/forget\` | \`{id}\`: somebody deleted this document or applicant there |
| \`GET\`, \`POST /practice/switches\` | shows or sets switches; they survive a restart |
| \`POST /practice/decision\` | \`{decision, api}\` for the next document, \`{decision, id}\` for one that is there |
| \`POST\`, \`GET\`, \`DELETE /practice/faults\` | the fault script: \`{faults: [{api?, method?, path?, times?, action}]}\` |
| \`POST /practice/credentials\` | \`{personaApiKeys?, personrUsers?, sumsubTokens?}\`: who may call, for this run |
| \`POST /practice/reset\` | forgets everything |

Actions of the fault script: \`delay {ms}\`, \`resetBeforeStoring\`, \`resetAfterStoring\` (the lost answer), \`cutAfterBytes {bytes}\`,
\`cutAnswer\`, \`truncatedJson\`, \`emptyAnswer\`, \`silence\`, \`html {status?}\` (a sign-in page), \`status {status, afterStoring?, headers?}\`.
`;
}
