import { afterEach, beforeEach, expect } from 'vitest';
import { EMPTY_SUBJECT } from '../../shared/domain/index.ts';
import type { Flow, ProviderId, Subject, SubjectField, SubmissionState } from '../../shared/domain/index.ts';
import { jpeg } from '../integration/capture/files.ts';
import { makeFolder, removeFolder } from './folders.ts';
import { openSatchel } from './open-satchel.ts';
import type { OpenedSatchel } from './open-satchel.ts';
import { withComment } from './pictures.ts';
import { connectionTo, startPractice } from './practice.ts';
import type { PracticeForTests } from './practice.ts';
import { until } from './until.ts';

export const FRONT = 'identity/id_card/front';
export const BACK = 'identity/id_card/back';

/** A desk whose customers bring an identity card, sent to a provider of the practice server. */
export interface CardDesk {
  readonly app: OpenedSatchel;
  readonly practice: PracticeForTests;
  /** Ends the app and opens its profile anew. */
  readonly restart: () => Promise<void>;
  readonly customer: () => string;
  /** Puts a picture of its own into a slot; the practice server decides about it as `decision` says. */
  readonly scan: (submissionId: string, slot: string, seed: number, decision?: string) => Promise<void>;
  /** Releases a ready customer and waits for an end: accepted, rejected or a retake. */
  readonly release: (submissionId: string) => Promise<void>;
  readonly shown: (submissionId: string) => { state: SubmissionState; wanted: string[]; said: string[] };
}

/** A desk for each test of the file that calls this. `subject`: what the flow asks for beside the country, which it requires too. */
export function useCardDesk(provider: ProviderId, subject: Partial<Subject>): CardDesk {
  const card: Flow = {
    id: 'card',
    name: 'Identity',
    requiredFields: ['country', ...(['email', 'phone'] satisfies SubjectField[]).filter((field) => field in subject)],
    requirements: [
      {
        id: 'identity',
        label: 'Identity card',
        isOptional: false,
        accepts: [{ documentType: 'id_card', sides: ['front', 'back'], providerType: 'ID_CARD' }],
      },
    ],
  };
  let profile: string;
  let folder: string;
  let practice: PracticeForTests;
  let app: OpenedSatchel;

  async function open(): Promise<void> {
    app = await openSatchel(profile);
    await app.satchel.start();
  }

  beforeEach(async () => {
    profile = makeFolder('card-desk');
    folder = makeFolder('card-desk-practice');
    practice = await startPractice(folder);
    await open();
  });
  afterEach(async () => {
    await app.close();
    await practice.close();
    removeFolder(profile);
    removeFolder(folder);
  });

  return {
    get app() {
      return app;
    },
    get practice() {
      return practice;
    },
    async restart() {
      await app.close();
      await open();
    },
    customer() {
      const { connections, capture } = app.services;
      return capture.createSubmission({
        batchId: capture.createBatch(),
        connectionId: connections.create(connectionTo(provider, practice.server.origin, { flows: [card] })),
        flowId: card.id,
        subject: { ...EMPTY_SUBJECT, country: 'AUS', ...subject },
      });
    },
    async scan(submissionId, slot, seed, decision = 'accept') {
      const bytes = withComment(await jpeg({ seed }), `satchel-practice:${decision}`);
      const { capture } = app.services;
      await capture.importBytes({ name: `page-${seed}.jpg`, bytes }, { submissionId, slot }, 'drop');
      await capture.whenInspected();
    },
    async release(submissionId) {
      const { capture, dispatcher } = app.services;
      expect(capture.submission(submissionId).state).toBe('ready');
      capture.releaseSubmission(submissionId);
      dispatcher.wake();
      await until(
        'an end',
        () => {
          // Not after the usual pause between two looks at the status.
          dispatcher.tryNow(null);
          return /^(accepted|rejected|retake)$/.test(capture.submission(submissionId).state);
        },
        { everyMs: 200 },
      );
    },
    shown(submissionId) {
      const { state, slots, timeline } = app.services.capture.submission(submissionId);
      return {
        state,
        wanted: slots.filter(({ wantsRetake }) => wantsRetake !== null).map(({ key }) => key),
        said: timeline.map(({ message }) => message.code),
      };
    },
  };
}
