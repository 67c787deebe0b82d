import { createHmac } from 'node:crypto';
import { z } from 'zod';

/**
 * Webhooks, for whoever writes a program that listens for them: what happens at Persona, and the end of a check at Personr, is sent to an
 * address on this PC. Satchel itself listens for none.
 */

const Address = z
  .url({ protocol: /^http$/ })
  .refine((text) => ['127.0.0.1', 'localhost'].includes(new URL(text).hostname), 'an address on this PC');

/** Where to. `secrets`: two while one takes the other's place. `token` null: none was ever generated. */
export const Targets = z.object({
  persona: z
    .object({
      url: Address,
      secrets: z.array(z.string().min(1)).min(1).max(2),
      /** How long an answer is waited for; five seconds are documented. */
      timeoutMs: z.number().int().min(1).max(5000).default(5000),
    })
    .optional(),
  personr: z.object({ url: Address, token: z.string().min(1).nullable() }).optional(),
});
export type Targets = z.infer<typeof Targets>;

/** One message; its id tells duplicates, and its body is the same at each attempt. */
export interface Posting {
  readonly api: 'persona' | 'personr';
  readonly id: string;
  readonly name: string;
  readonly at: number;
  readonly body: string;
}

/** What the APIs know of what has happened. Times in milliseconds, both included. */
export interface Happened {
  postings(from: number, until: number): readonly Posting[];
  /** When the attempts of a message are made, in milliseconds after the first. */
  schedule(api: Posting['api']): readonly number[];
  /** What Personr's `Authorization` says; null: it is not sent. */
  authorization(token: string | null): string | null;
}

interface Delivery {
  readonly message: Posting;
  readonly firstAt: number;
  made: number;
}

/** What came of an attempt; `status` null: no answer in time. */
export interface Attempt {
  readonly api: Posting['api'];
  readonly id: string;
  readonly name: string;
  readonly attempt: number;
  readonly at: number;
  readonly status: number | null;
}

const PERSONR_TIMEOUT_MS = 30_000;
const MOST_KEPT = 1000;
const OVERLAP_MS = 1000;
const LOOK_EVERY_MS = 100;

export class Webhooks {
  readonly #happened: Happened;
  readonly #now: () => number;
  #targets: Targets = {};
  #begunAt = 0;
  #lookedUntil = 0;
  readonly #known = new Set<string>();
  #waiting: Delivery[] = [];
  #attempts: Attempt[] = [];
  #isBusy = false;
  #timer: NodeJS.Timeout | null = null;

  constructor(happened: Happened, now: () => number) {
    this.#happened = happened;
    this.#now = now;
  }

  get attempts(): readonly Attempt[] {
    return this.#attempts;
  }

  /** What happens from now on is sent there; what was still to be sent is dropped. */
  configure(targets: Targets): void {
    this.stop();
    this.#targets = targets;
    this.#begunAt = this.#now();
    this.#lookedUntil = this.#begunAt;
    this.#attempts = [];
    if (targets.persona === undefined && targets.personr === undefined) return;
    this.#timer = setInterval(() => void this.#look(), LOOK_EVERY_MS);
    this.#timer.unref();
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    this.#waiting = [];
  }

  async #look(): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      const now = this.#now();
      // Something may happen in the very millisecond of a look, after it.
      const from = Math.max(this.#begunAt, this.#lookedUntil - OVERLAP_MS);
      const news = this.#happened.postings(from, now).filter(({ id }) => !this.#known.has(id));
      this.#lookedUntil = now;
      for (const { id } of news) this.#known.add(id);
      const wanted = news.filter(({ api }) => this.#targets[api] !== undefined);
      this.#waiting.push(...wanted.map((message) => ({ message, firstAt: now, made: 0 })));
      await Promise.all(
        this.#waiting.filter((delivery) => this.#isDue(delivery, now)).map((one) => this.#attempt(one)),
      );
    } finally {
      this.#isBusy = false;
    }
  }

  #isDue({ message, firstAt, made }: Delivery, now: number): boolean {
    return now >= firstAt + (this.#happened.schedule(message.api)[made] ?? Infinity);
  }

  /** Anything but a 2xx in time is a failure; it is delivered again then, also when the handler had done its work. */
  async #attempt(delivery: Delivery): Promise<void> {
    const { message } = delivery;
    delivery.made += 1;
    const at = this.#now();
    const status = await this.#send(delivery, at).then(
      (answer) => answer.status,
      () => null,
    );
    const { api, id, name } = message;
    this.#attempts = [...this.#attempts, { api, id, name, attempt: delivery.made, at, status }].slice(-MOST_KEPT);
    const isDone = status !== null && status >= 200 && status < 300;
    if (isDone || delivery.made >= this.#happened.schedule(api).length) {
      this.#waiting = this.#waiting.filter((other) => other !== delivery);
    }
  }

  #send(delivery: Delivery, at: number): Promise<Response> {
    const { body, api } = delivery.message;
    const { persona, personr } = this.#targets;
    const target = api === 'persona' ? persona : personr;
    if (target === undefined) return Promise.reject(new Error('nowhere to send it'));
    const timeoutMs = 'timeoutMs' in target ? target.timeoutMs : PERSONR_TIMEOUT_MS;
    return fetch(target.url, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        'content-type': 'application/json',
        ...('secrets' in target
          ? this.#personaHeaders(delivery, target.secrets, at)
          : this.#personrHeaders(target.token)),
      },
      body,
    });
  }

  #personaHeaders(
    { message, made, firstAt }: Delivery,
    secrets: readonly string[],
    at: number,
  ): Record<string, string> {
    const left = this.#happened.schedule('persona').length - made;
    return {
      'Persona-Signature': secrets.map((secret) => signed(message.body, secret, at)).join(' '),
      'Persona-Webhook-Attempts-Made': String(made),
      'Persona-Webhook-Attempts-Left': String(left),
      'Persona-Webhook-First-Attempted-At': new Date(firstAt).toISOString(),
    };
  }

  #personrHeaders(token: string | null): Record<string, string> {
    const authorization = this.#happened.authorization(token);
    return authorization === null ? {} : { authorization };
  }
}

/** `t=<unix>,v1=<hex>`: HMAC-SHA256 over the time, a dot and the very bytes of the body. */
function signed(body: string, secret: string, at: number): string {
  const time = String(Math.floor(at / 1000));
  return `t=${time},v1=${createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')}`;
}
