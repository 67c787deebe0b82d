import { header, type ApiRequest } from '../answer.ts';
import { sha256, type PracticeState } from '../state.ts';
import { WORKSPACES } from './catalogue.ts';
import { missing, parametersOf, text } from './parameters.ts';
import { notRun, platform, unauthorized } from './refusals.ts';

/** Tokens and the workspace, which both belong to a user. */

export interface PersonrUser {
  readonly email: string;
  readonly password: string;
}

/** Whoever a token belongs to: `owner` is a hash of the e-mail address. */
export interface SignedIn {
  readonly owner: string;
  readonly workspace: string;
}

const TOKEN_SECONDS = 31_536_000;

export function basicAuth(state: PracticeState, users: readonly PersonrUser[], request: ApiRequest): unknown {
  if (state.switches['personr.tokenWorkflows'] === 'generate') {
    throw platform(404, 'NOT_FOUND', 'Workflow not found: api-basic-auth');
  }
  const encoded = /^Basic (.+)$/.exec(header(request.headers, 'authorization') ?? '')?.[1];
  if (encoded === undefined) throw unauthorized(state);
  const [email = '', ...password] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return mint(state, users, { email, password: password.join(':') }, request.now);
}

export function tokenGenerate(state: PracticeState, users: readonly PersonrUser[], request: ApiRequest): unknown {
  const name = 'api-token-generate';
  if (state.switches['personr.tokenWorkflows'] === 'basic') {
    throw platform(404, 'NOT_FOUND', `Workflow not found: ${name}`);
  }
  const form = state.switches['personr.tokenEncoding'];
  if (form !== 'both' && form !== request.body.form) throw platform(400, 'MISSING_DATA', missing(name, 'email'));
  const parameters = parametersOf(request);
  const credential = { email: text(parameters, 'email', name), password: text(parameters, 'password', name) };
  return mint(state, users, credential, request.now);
}

/** One token per user: a new one ends the former. */
function mint(
  state: PracticeState,
  users: readonly PersonrUser[],
  { email, password }: PersonrUser,
  now: number,
): unknown {
  if (!users.some((user) => user.email === email && user.password === password)) throw unauthorized(state);
  const owner = sha256(email.toLowerCase());
  const { db } = state;
  const known = db.get<{ userId: string }>('SELECT user_id AS userId FROM personr_users WHERE email_sha256 = ?', [
    owner,
  ]);
  const userId = known?.userId ?? state.numberedId(now);
  const token = `bus|${userId}|${state.numberedId(now)}`;
  db.run(
    `INSERT INTO personr_users (email_sha256, user_id, token_sha256, token_expires_at, tokens_minted, workspace)
     VALUES (?, ?, ?, ?, 1, ?)
     ON CONFLICT (email_sha256) DO UPDATE SET token_sha256 = excluded.token_sha256,
       token_expires_at = excluded.token_expires_at, tokens_minted = tokens_minted + 1`,
    [owner, userId, sha256(token), now + TOKEN_SECONDS * 1000, WORKSPACES[0] ?? ''],
  );
  return { status: 'success', response: { token, user_id: userId, expires: TOKEN_SECONDS } };
}

export function authenticate(state: PracticeState, users: readonly PersonrUser[], request: ApiRequest): SignedIn {
  const token = /^Bearer (.+)$/.exec(header(request.headers, 'authorization') ?? '')?.[1];
  if (token === undefined) throw unauthorized(state);
  const row = state.db.get<SignedIn & { expiresAt: number }>(
    `SELECT email_sha256 AS owner, workspace, token_expires_at AS expiresAt FROM personr_users WHERE token_sha256 = ?`,
    [sha256(token)],
  );
  const isUser = users.some((user) => sha256(user.email.toLowerCase()) === row?.owner);
  if (row === undefined || !isUser || request.now >= row.expiresAt) throw unauthorized(state);
  return row;
}

/** Of this user for good, in the dashboard too: there is no workspace of a token. */
export function changeWorkspace(state: PracticeState, request: ApiRequest, user: SignedIn): unknown {
  const workspace = text(parametersOf(request), 'workspace', 'api-change-workspace');
  const isKnown = WORKSPACES.includes(workspace);
  if (!isKnown && state.switches['personr.unknownWorkspace'] === 'reject') {
    throw notRun('The workspace does not exist.');
  }
  if (isKnown) {
    state.db.run('UPDATE personr_users SET workspace = ? WHERE email_sha256 = ?', [workspace, user.owner]);
  }
  return { status: 'success', response: { currentWorkspace: isKnown ? workspace : user.workspace } };
}
