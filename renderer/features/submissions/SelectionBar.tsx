import { useState } from 'react';
import type { SubmissionRow } from '../../../shared/domain/index.ts';
import { Button, Progress } from '../../components/index.ts';
import { useText } from '../../i18n/index.ts';
import { actionLooks } from './actionLooks.ts';
import { selectionActions } from './actions.ts';
import type { SubmissionAction } from './actions.ts';
import { ReasonDialog } from './ReasonDialog.tsx';
import type { BulkProgress } from './useSubmissionActions.ts';
import styles from './Submissions.module.css';

/** What can be done with the chosen rows; only what every one of them allows. */
export function SelectionBar({
  rows,
  progress,
  onRun,
  onClear,
}: {
  rows: readonly SubmissionRow[];
  progress: BulkProgress | null;
  onRun: (action: SubmissionAction, submissionIds: string[], reason: string) => void;
  onClear: () => void;
}) {
  const t = useText();
  const [asksReasonFor, setAsksReasonFor] = useState<'void' | 'override' | null>(null);
  const ids = rows.map((row) => row.id);
  const actions = selectionActions(rows);
  if (progress !== null) {
    return (
      <div className={styles['selectionBar']}>
        <Progress label={t(`submissions.action.${progress.action}`)} done={progress.done} total={progress.total} />
        <Button size="s" onPress={progress.stop}>
          {t('submissions.bulk.stop')}
        </Button>
      </div>
    );
  }
  return (
    <div className={styles['selectionBar']} role="toolbar" aria-label={t('submissions.chosen', { count: rows.length })}>
      <output className={styles['selectionCount']}>{t('submissions.chosen', { count: rows.length })}</output>
      {actions.length === 0 ? <span className={styles['faint']}>{t('submissions.chosen.noAction')}</span> : null}
      {actions.map((action) => (
        <Button
          key={action}
          icon={actionLooks[action].icon}
          tone={actionLooks[action].tone}
          onPress={() => {
            if (action === 'void' || action === 'override') setAsksReasonFor(action);
            else onRun(action, ids, '');
          }}
        >
          {t(`submissions.action.${action}`)}
        </Button>
      ))}
      <span className={styles['grow']} />
      <Button tone="quiet" keys="Escape" onPress={onClear}>
        {t('submissions.chosen.clear')}
      </Button>
      <ActionReason
        action={asksReasonFor}
        count={rows.length}
        onClose={() => setAsksReasonFor(null)}
        onConfirm={(action, reason) => {
          setAsksReasonFor(null);
          onRun(action, ids, reason);
        }}
      />
    </div>
  );
}

/** The dialog of the two actions that need a reason; `action` null: closed. */
export function ActionReason({
  action,
  count,
  onClose,
  onConfirm,
}: {
  action: 'void' | 'override' | null;
  count: number;
  onClose: () => void;
  onConfirm: (action: 'void' | 'override', reason: string) => void;
}) {
  const t = useText();
  if (action === null) return null;
  return (
    <ReasonDialog
      title={t(`submissions.${action}.title`, { count })}
      body={t(`submissions.${action}.body`)}
      label={t(`submissions.${action}.reason`)}
      confirmLabel={t(`submissions.${action}.confirm`, { count })}
      tone={action === 'void' ? 'danger' : 'primary'}
      onClose={onClose}
      onConfirm={(reason) => onConfirm(action, reason)}
    />
  );
}
