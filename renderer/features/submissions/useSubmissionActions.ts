import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { showToast } from '../../components/index.ts';
import { formatMessage, useText } from '../../i18n/index.ts';
import { call, failureOf } from '../../ipc/index.ts';
import { performOnAll } from './actions.ts';
import type { PerformedAction } from './actions.ts';

/** How far an action on several submissions is. */
export interface BulkProgress {
  action: PerformedAction;
  done: number;
  total: number;
  stop: () => void;
}

/** One call to main for one submission. `reason` is empty for actions that need none. */
const performers: Readonly<Record<PerformedAction, (submissionId: string, reason: string) => Promise<unknown>>> = {
  release: (submissionId) => call('submission.release', { submissionId }),
  tryNow: (submissionId) => call('status.tryNow', { submissionId }),
  takeBack: (submissionId) => call('submission.takeBack', { submissionId }),
  hold: (submissionId) => call('submission.hold', { submissionId, isHeld: true }),
  resume: (submissionId) => call('submission.hold', { submissionId, isHeld: false }),
  void: (submissionId, reason) => call('submission.void', { submissionId, reason }),
};

/** Performs actions on one or many submissions with progress; failures are told once, in words. */
export function useSubmissionActions(): {
  progress: BulkProgress | null;
  run: (action: PerformedAction, submissionIds: readonly string[], reason?: string) => Promise<void>;
} {
  const t = useText();
  const client = useQueryClient();
  const [progress, setProgress] = useState<BulkProgress | null>(null);
  const run = async (action: PerformedAction, submissionIds: readonly string[], reason = ''): Promise<void> => {
    const controller = new AbortController();
    const show = (done: number): void =>
      setProgress({ action, done, total: submissionIds.length, stop: () => controller.abort() });
    show(0);
    const outcome = await performOnAll(submissionIds, (id) => performers[action](id, reason), show, controller.signal);
    setProgress(null);
    await client.invalidateQueries({
      predicate: (query) => FOLLOWERS.has(String(query.queryKey[0])),
    });
    const first = outcome.failures[0];
    if (first !== undefined) {
      showToast({
        tone: 'problem',
        text: t('submissions.bulk.failed', {
          count: outcome.failures.length,
          reason: formatMessage(failureOf(first.error).message),
        }),
      });
    }
  };
  return { progress, run };
}

/** Answers that an action makes old at once; main's `changed` event follows, but the desk must answer within 100 ms. */
const FOLLOWERS = new Set(['submission.list', 'submission.get', 'status.get', 'today.get', 'batch.list']);
