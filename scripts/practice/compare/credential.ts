import { readSecret } from '../../../main/headless/standard-input.ts';
import { CompareProblem } from './index.ts';

interface Credentials {
  readonly persona: { readonly apiKey: string };
  readonly personr: { readonly email: string; readonly password: string };
  readonly sumsub: { readonly appToken: string; readonly secretKey: string };
}

/** From the environment, or from standard input (Personr: e-mail and password, Sumsub: app token and secret key, on a line each). Never an argument. */
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
    const [email, password] = await pair(['EMAIL', 'PASSWORD'], ['E-mail address', 'Password'], 'PERSONR');
    if (email === undefined || password === undefined || email === '' || password === '') {
      throw new CompareProblem('Standard input must bring the e-mail address and the password, on a line each.');
    }
    return { email, password };
  },
  sumsub: async () => {
    const [appToken, secretKey] = await pair(['TOKEN', 'SECRET'], ['App token', 'Secret key'], 'SUMSUB');
    const isHeader = appToken !== undefined && /^[\x21-\x7e]+$/.test(appToken);
    if (!isHeader || secretKey === undefined || secretKey === '') {
      throw new CompareProblem('Standard input must bring the app token and the secret key, on a line each.');
    }
    return { appToken, secretKey };
  },
};

type Pair<Item> = readonly [Item, Item];

async function pair(
  variables: Pair<string>,
  questions: Pair<string>,
  provider: string,
): Promise<readonly (string | undefined)[]> {
  const fromEnvironment = variables.map((name) => process.env[`SATCHEL_CONTRACT_${provider}_${name}`]);
  if (fromEnvironment.every((text) => text !== undefined)) return fromEnvironment;
  if (process.stdin.isTTY) return [(await readSecret(questions[0])).trim(), await readSecret(questions[1])];
  return (await readSecret('')).split(/\r?\n/);
}
