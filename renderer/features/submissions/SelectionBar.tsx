import { useState } from 'react';
import type { SubmissionRow } from '../../../shared/domain/index.ts';
import { Button, Progress } from '../../components/index.ts';
import { useText } from '../../i18n/index.ts';
import { actionLooks } from './actionLooks.ts';
import { selectionActions } from './actions.ts';
import type { PerformedAction } from './actions.ts';
import type { BulkProgress } from './useSubmissionActions.ts';
import { VoidDialog } from './VoidDialog.tsx';
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
  onRun: (action: PerformedAction, submissionIds: string[], reason: string) => void;
  onClear: () => void;
}) {
  const t = useText();
  const [asksReason, setAsksReason] = useState(false);
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
            if (action === 'void') setAsksReason(true);
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
      {asksReason ? (
        <VoidDialog
          count={rows.length}
          onClose={() => setAsksReason(false)}
          onConfirm={(reason) => {
            setAsksReason(false);
            onRun('void', ids, reason);
          }}
        />
      ) : null}
    </div>
  );
}
