import type { SubjectField } from '../../shared/domain/index.ts';
import type { Capture } from '../capture/index.ts';
import { appendLedger } from '../ledger/index.ts';
import { askProvider } from '../sync/index.ts';
import type { RecordDependencies } from '../sync/index.ts';

export interface AskingOptions {
  readonly dependencies: RecordDependencies;
  readonly capture: Capture;
  readonly operator: string;
  /** Throws while this profile may be a copy: a call may sign in, and at Personr a new sign-in ends the original's. */
  readonly assertMaySignIn: () => void;
  /** Something is to be followed from now on. */
  readonly wake: () => void;
}

/** What a person asks a provider about one customer. All of it throws `SatchelFailure` in words, and is in the ledger. */
export interface Asking {
  /**
   * The customer finishes a retake by themselves, at this address: it is waited for the outcome. Whoever has the address acts as the
   * customer; it is answered once, and is neither in the ledger nor in the log nor on the disk.
   */
  link(submissionId: string): Promise<string>;
  /** They are back at the desk instead. */
  backFromCustomer(submissionId: string): void;
  /** The documents as the provider keeps them. The caller sees to it that they stay where a person wanted them. */
  kept(submissionId: string): Promise<readonly { providerType: string | null; bytes: Uint8Array }[]>;
  /** How the customer's record stands there; `differing`: fields in which the provider has something else. */
  record(
    submissionId: string,
  ): Promise<{ recordId: string; status: string | null; flow: string | null; differing: readonly SubjectField[] }>;
}

export function createAsking({ dependencies, capture, operator, assertMaySignIn, wake }: AskingOptions): Asking {
  function note(submissionId: string, kind: string, code: string, facts: Readonly<Record<string, number>> = {}): void {
    const { db, clock } = dependencies;
    db.transaction((transaction) => {
      appendLedger(transaction, {
        at: clock.now(),
        operator,
        submissionId,
        operationId: null,
        kind,
        data: { ...facts, message: { code, params: facts }, requestId: null, nextAt: null },
      });
    });
  }

  return {
    async link(submissionId) {
      assertMaySignIn();
      capture.assertSelfService(submissionId);
      const { url } = await askProvider(dependencies, submissionId, (asks, earlier, context) =>
        asks.link(earlier, context),
      );
      capture.handOver(submissionId);
      wake();
      return url;
    },
    backFromCustomer(submissionId) {
      capture.backFromCustomer(submissionId);
    },
    async kept(submissionId) {
      assertMaySignIn();
      const { documents } = await askProvider(dependencies, submissionId, (asks, earlier, context) =>
        asks.kept(earlier, context),
      );
      note(submissionId, 'provider.keptRead', 'ledger.keptRead', { count: documents.length });
      return documents;
    },
    async record(submissionId) {
      assertMaySignIn();
      const { recordId, status, flow, differing } = await askProvider(
        dependencies,
        submissionId,
        (asks, earlier, context) => asks.record(earlier, context),
      );
      note(submissionId, 'provider.recordRead', 'ledger.recordRead');
      return { recordId, status, flow, differing };
    },
  };
}
