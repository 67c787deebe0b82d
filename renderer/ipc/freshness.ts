import type { QueryKey } from '@tanstack/react-query';
import type { Events, MethodName } from '../../shared/ipc/index.ts';

/** Methods whose answer may be old after a `changed` event: it is about submissions, pages or batches, or an action changes it. */
const FOLLOWS_WORK = new Set<MethodName>([
  'today.get',
  'batch.list',
  'submission.list',
  'submission.get',
  'submission.ownerChoices',
  'activity.list',
  'balance.get',
  'connection.list',
  'status.get',
  'retention.get',
  'sending.get',
]);

/**
 * Whether the answer kept under this key may be old after these submissions changed. Empty `submissionIds` means that
 * anything may have changed. Details of submissions that are not named stay as they are.
 */
export function isOutdatedBy(key: QueryKey, changed: Events['changed']): boolean {
  const [name, input] = key;
  if (name === 'submission.get' || name === 'stack.get') {
    if (changed.submissionIds.length === 0) return true;
    const submissionId =
      typeof input === 'object' && input !== null && 'submissionId' in input ? input.submissionId : undefined;
    return typeof submissionId === 'string' && changed.submissionIds.includes(submissionId);
  }
  return [...FOLLOWS_WORK].some((method) => method === name);
}

/** Two changes as one; "anything" (no ids) swallows what is named. */
export function mergeChanges(first: Events['changed'] | null, second: Events['changed']): Events['changed'] {
  if (first === null) return second;
  if (first.submissionIds.length === 0 || second.submissionIds.length === 0) {
    return { submissionIds: [], batchIds: [...new Set([...first.batchIds, ...second.batchIds])] };
  }
  return {
    submissionIds: [...new Set([...first.submissionIds, ...second.submissionIds])],
    batchIds: [...new Set([...first.batchIds, ...second.batchIds])],
  };
}
