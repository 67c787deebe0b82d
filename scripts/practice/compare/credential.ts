import { readSecret } from '../../../main/headless/standard-input.ts';
import { CompareProblem } from './index.ts';

interface Credentials {
  readonly persona: { readonly apiKey: string };
  readonly personr: { readonly email: string; readonly password: string };
}

/** From the environment, or from standard input (Personr: e-mail and password on a line each). Never an argument. */
export async function credentialOf<Api extends keyof Credentials>(api: Api): Promise<Credentials[Api]> {
  return READ[api]();
}

const READ: { readonly [Api in keyof Credentials]: () => Promise<Credentials[Api]> } = {
  persona: async () => {
    const apiKey = process.env['SATCHEL_CONTRACT_PERSONA_KEY'] ?? (await readSecret('API key of the sandbox')).trim();
    if (!/^[\x21-\x7e]+$/.test(apiKey)) throw new CompareProblem('There is no API key on standard input.');
    return { apiKey };
  },
  personr: async () => {
    const fromEnvironment = [
      process.env['SATCHEL_CONTRACT_PERSONR_EMAIL'],
      process.env['SATCHEL_CONTRACT_PERSONR_PASSWORD'],
    ];
    const [email, password] = fromEnvironment.every((text) => text !== undefined) ? fromEnvironment : await twoLines();
    if (email === undefined || password === undefined || email === '' || password === '') {
      throw new CompareProblem('Standard input must bring the e-mail address and the password, on a line each.');
    }
    return { email, password };
  },
};

async function twoLines(): Promise<readonly (string | undefined)[]> {
  if (process.stdin.isTTY) return [(await readSecret('E-mail address')).trim(), await readSecret('Password')];
  return (await readSecret('')).split(/\r?\n/);
}
