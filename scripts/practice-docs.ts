import { switchesEn } from '../main/practice/page/switch-words-en.ts';
import { DOCUMENTED_TYPES, PRACTICE_ENTITY_FLOW_NAMES, WORKSPACES } from '../main/practice/personr/catalogue.ts';
import { PRACTICE_FLOW_NAMES } from '../main/practice/review.ts';
import { PRACTICE_SWITCHES, SWITCH_NAMES, type Switch } from '../main/practice/switches.ts';

function values(definition: Switch): string {
  if (definition.kind === 'number') return `${definition.minimum} to ${definition.maximum}`;
  return definition.values.map((value) => `\`${value}\``).join(', ');
}

function row(name: (typeof SWITCH_NAMES)[number]): string {
  const definition: Switch = PRACTICE_SWITCHES[name];
  return `| \`${name}\` | ${switchesEn[name].question} | ${values(definition)} | \`${definition.default}\` (assumed) |`;
}

function known(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}

/** docs/practice.md: written by `npm run samples`, compared by a test. */
export function practiceDocument(): string {
  return `# The practice server

An HTTP server inside the app, on this PC only (127.0.0.1), that behaves as Persona's API v1, Personr's workflows and Sumsub's API
for applicants do as far as their public material says. The app talks to it with the same code as to the real ones. It keeps hash, size and type of
each file, never its bytes (a download gives a grey pixel or an empty sheet); file names and applicants are kept encrypted. \`npm run samples\` writes this page from
\`main/practice/switches.ts\`.

| | base URL | credential |
|---|---|---|
| Persona | \`http://127.0.0.1:<port>/persona/api/v1\` | API key \`persona_sandbox_practice\` |
| Personr | \`http://127.0.0.1:<port>/personr/api/1.1/wf\` | \`practice@satchel.invalid\` / \`practice\` |
| Sumsub | \`http://127.0.0.1:<port>/sumsub\` | app token \`sbx:practice\`, secret key \`practice\` |

A first run makes a connection to Persona and one to Personr: two are enough to learn the work with, and a third would only be one more
choice at the counter. Sumsub is practised by adding a connection with the values above.

What its accounts know, to be written letter by letter into a connection's flows ([connections.md](connections.md#flows)):

| | |
|---|---|
| Persona | any kind of document; any template \`itmpl_…\` and transaction type \`txntp_…\`, except those that end in \`Unknown\` |
| Personr | the flows ${known(Object.keys(PRACTICE_FLOW_NAMES))}, for companies ${known(PRACTICE_ENTITY_FLOW_NAMES)}; the workspaces ${known(WORKSPACES)}; the document types ${known(DOCUMENTED_TYPES)} |
| Sumsub | the levels ${known(Object.keys(PRACTICE_FLOW_NAMES))} |

## By itself

\`npm run practice\` starts the same server alone, with a page for a browser; nothing else of Satchel runs.

| option | |
|---|---|
| \`--port 8787\` | on 127.0.0.1; 0 takes any that is free |
| \`--switches practice.json\` | a JSON object of switches. A change of the file is taken while the server runs; one with a problem is named and changes nothing |
| \`--write-switches practice.json\` | writes such a file with every assumed value, and ends |
| \`--persona-webhook\`, \`--personr-webhook\` | an address on this PC that gets what happens: see [Webhooks](#webhooks) |
| \`--database practice.sqlite3\` | keeps what it receives; otherwise that is forgotten at the end |

It prints the base URLs, the credentials and the page's address, which holds a token of this run; Ctrl+C ends it. A first call, which the page then
shows:

\`\`\`
curl -X POST http://127.0.0.1:8787/persona/api/v1/document/generics -H 'Authorization: Bearer persona_sandbox_practice' \\
  -H 'Content-Type: application/json' -d '{"data":{"attributes":{"kind":"proof_of_address","files":[{"data":"/9j/4AAQ","filename":"a.jpg"}]}}}'
\`\`\`

![The page, light](screenshots/practice-light.png)

![The page, dark](screenshots/practice-dark.png)

The page shows what arrived (time, call, status, key, replay, fault, the files by hash, type and size) and the records with the provider's own
word for each. What is undecided can be accepted, rejected with a label, held, or given a status that nobody has seen; *Hold every new
document* leaves each one for the person. Its other parts are the fault script and the switches. It is English or German by the browser,
works by keyboard, and shows nothing of a customer's: practice keeps no bytes, and file names, names and references stay sealed.

Requests with a foreign \`Host\` or \`Origin\` are refused. The page's own origin is let in for its files and the calls under /practice/ only,
which want the token as well; inside the app there is no page and no origin is let in. Tested in Chromium
(\`test/integration/practice/page.test.ts\`); no other browser was tried.

## Against a real account

\`npm run practice -- compare --api persona --base-url https://api.withpersona.com/api/v1 --template itmpl_… --transaction-type txntp_…\` makes
the same calls at a sandbox account and at a fresh practice server: accounts, inquiries, documents, government ids, transactions, events, the
addresses of files, redaction. It says of each call *same*, *differs* (in which status, header names and types in the JSON, with the switch that
decides the answer here), *only there* (practice has no such call, or could not make it), *only here* or *not made* (an earlier call did not bring
what it needs). \`--recording file\` writes what the account answered: path templates, statuses, header names and types, never a value.
For Personr: \`--api personr --base-url https://enterprise.personr.co/api/1.1/wf --flow "…" --entity-flow "…" --file-url https://… --new-token\`. Its
first call makes a new token, which ends the one that this user has: use a user made for it. Without a flow for companies these are left out, without
the address of a PDF that Personr can fetch the upload by address. For Sumsub: \`--api sumsub --base-url https://api.sumsub.com --level "…"\`, a level
that a utility bill fills; every call is signed as the app signs it, one with a wrong signature and one with an old one.

The credential comes from \`SATCHEL_CONTRACT_PERSONA_KEY\`, or \`SATCHEL_CONTRACT_PERSONR_EMAIL\` and \`SATCHEL_CONTRACT_PERSONR_PASSWORD\`,
or \`SATCHEL_CONTRACT_SUMSUB_TOKEN\` and \`SATCHEL_CONTRACT_SUMSUB_SECRET\`, or from standard input (a pair on a line each), never from an
argument. A key or token of production is refused; the address of a file gets none. A key that the account does not take ends it with the first
call, and a recording that cannot be written is said before it. Ctrl+C, or a line that breaks, redacts what was made at Persona so far; where that does not
work, and at Personr and Sumsub, the last sentence names the reference by which it is found. It speaks of the account also when the run ends in practice's half, after
the account's. What the calls make at Persona is of one account, inquiry and
transaction, which are redacted at the end; at Personr one applicant and one company, and at Sumsub one applicant, which stay. Exit code 0: all
alike; 3: some differ.

The provider tests run there as well: \`npx vitest run test/integration/providers/account.test.ts\` with the variables above and
\`SATCHEL_CONTRACT_PERSONA_TEMPLATE\`, \`SATCHEL_CONTRACT_PERSONA_TRANSACTION_TYPE\`, \`SATCHEL_CONTRACT_PERSONR_FLOW\` and
\`SATCHEL_CONTRACT_SUMSUB_LEVEL\` (a flow and a level that a driving licence fills), \`SATCHEL_CONTRACT_PERSONR_ENTITY_FLOW\` (for companies),
\`SATCHEL_CONTRACT_PERSONA_VERIFICATION_TEMPLATE\` (for pretended verifications; may be left out);
\`SATCHEL_CONTRACT_PERSONA_URL\`, \`SATCHEL_CONTRACT_PERSONR_URL\` and \`SATCHEL_CONTRACT_SUMSUB_URL\` replace the base URLs. Without them they are
skipped and say which is missing. They go each road to a decision, look up what a lost answer would leave in doubt, follow events through their
pages, read back what is kept, ask for a customer's link, take a company with its owner through a check, capture a transaction again, give a
document to a customer's account, take a template through every simulate action, and redact, an account of the submission alone included.
Every record has a reference made for the run. Accounts, inquiries and transactions at Persona are redacted at the end; documents by themselves there, and records
at Personr and Sumsub, stay, because no call removes them. Decisions asked for by markers, switches and faults are tested at practice only.

**None has met a real account yet**: no one here has one. All were tried against a second practice server with other switches, whose
differences they must find. Of Sumsub, what it answers to bytes whose image was put out of use is not compared: nothing that a caller sends
puts one out of use.

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

At Persona the labels are names of checks, with a reason behind a dot where a check may fail for several:
\`reject=id_expired_detection.no_expiration_date\`.

## Switches

What the public material leaves open is a switch. **Every default is an assumption of this project, not a fact about a
provider.** A limit of 0 means that there is none. What Satchel makes of every value is in \`test/integration/providers/switch-cases\`.

| switch | what is not known | values | default |
|---|---|---|---|
${SWITCH_NAMES.map(row).join('\n')}

## Webhooks

Satchel listens for none: nothing on a branch PC could be called. For a program that does, this server sends them, to an address on this PC only:

| | |
|---|---|
| \`npm run practice -- --persona-webhook http://127.0.0.1:9000/persona\` | each event of Persona, as \`GET /events\` lists it; the secret is \`wbhsec_practice\` |
| \`npm run practice -- --personr-webhook http://127.0.0.1:9000/personr\` | the end of each check at Personr; the token is \`practice\` |
| \`POST /practice/webhooks\` | \`{persona?: {url, secrets: [one, or two during a rotation], timeoutMs?}, personr?: {url, token or null}}\`: from now on; \`{}\` ends it |
| \`GET /practice/webhooks\` | every attempt with its answer |

- Persona: \`Persona-Signature: t=<unix>,v1=<hex>\`, HMAC-SHA256 over \`<t>.<body>\` as the bytes are; two pairs with a space between them during a rotation.
  \`included\` is empty. What is not answered with 2xx within five seconds comes again, with the same event id, also when it was worked on.
- Personr: no signature; flat, with names unlike those of the status. No id: a duplicate is the same body about the same applicant.

## Playing the provider

Tests, and a person who wants to see a rare answer, call \`/practice/\` with the admin token that the server hands to the
program that started it (\`Authorization: Bearer …\`; it is new in every run).

| call | does |
|---|---|
| \`GET /practice/requests\` | what arrived: time, path, status, idempotency key, hash and size of each file |
| \`GET /practice/files\` | for each file: how often it was received, how often it is stored |
| \`GET /practice/records\` | documents and applicants with what they hold, as a dashboard shows them |
| \`POST /practice/board\` | what the page shows: \`{after?}\` the newest sequence that is known already |
| \`POST /practice/holding\` | \`{isHolding}\`: every new document is held, whatever its bytes say |
| \`GET /practice/access\`, \`GET /practice/labels\` | base paths and credentials; the labels to choose from |
| \`POST /practice/forget\` | \`{id}\`: somebody deleted this document or applicant there |
| \`GET\`, \`POST /practice/switches\` | shows or sets switches; they survive a restart |
| \`POST /practice/decision\` | \`{decision, api}\` for the next document, \`{decision, id}\` for a document, inquiry, transaction or applicant that is there, at once |
| \`POST\`, \`GET\`, \`DELETE /practice/faults\` | the fault script: \`{faults: [{api?, method?, path?, times?, action}]}\` |
| \`POST /practice/credentials\` | \`{personaApiKeys?, personrUsers?, sumsubTokens?}\`: who may call, for this run |
| \`POST /practice/reset\` | forgets everything |

Actions of the fault script: \`delay {ms}\`, \`resetBeforeStoring\`, \`resetAfterStoring\` (the lost answer), \`cutAfterBytes {bytes}\`,
\`cutAnswer\`, \`truncatedJson\`, \`emptyAnswer\`, \`silence\`, \`html {status?}\` (a sign-in page), \`status {status, afterStoring?, headers?}\`.
`;
}
