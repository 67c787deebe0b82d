import type { OperationView, SubmissionDetail } from '../../../shared/domain/index.ts';
import { Badge, Countdown } from '../../components/index.ts';
import type { Tone } from '../../components/index.ts';
import { formatMessage, hasMessage, useText } from '../../i18n/index.ts';
import { slotTitle } from './panelWords.ts';
import styles from './Panel.module.css';

/** Every call that the provider must receive, and how far each is. */
export function PanelOperations({ detail }: { detail: SubmissionDetail }) {
  const t = useText();
  if (detail.operations.length === 0) return <p className={styles['quiet']}>{t('submissions.panel.noOperations')}</p>;
  return (
    <ol className={styles['operations']}>
      {detail.operations.map((operation) => (
        <Operation key={operation.id} operation={operation} detail={detail} />
      ))}
    </ol>
  );
}

const OPERATION_TONES: Readonly<Record<OperationView['state'], Tone>> = {
  blocked: 'neutral',
  pending: 'neutral',
  claimed: 'blue',
  unknown: 'amber',
  done: 'green',
  attention: 'red',
  cancelled: 'neutral',
};

/** A call by main's own sentence for its kind, or by the kind itself. */
function operationName(kind: string): string {
  const code = `operation.${kind}`;
  return hasMessage(code) ? formatMessage({ code }) : kind.replaceAll(/[._]/g, ' ');
}

function Operation({ operation, detail }: { operation: OperationView; detail: SubmissionDetail }) {
  const t = useText();
  const slot = detail.slots.find((candidate) => candidate.pageId !== null && candidate.pageId === operation.pageId);
  return (
    <li className={styles['operation']}>
      <div className={styles['operationHead']}>
        <span>
          {operationName(operation.kind)}
          {slot === undefined ? '' : `: ${slotTitle(slot)}`}
        </span>
        <Badge tone={OPERATION_TONES[operation.state]} size="s">
          {t(`submissions.operation.${operation.state}`)}
        </Badge>
      </div>
      <div className={styles['operationFacts']}>
        {operation.attempts === 0 ? null : (
          <span>{t('submissions.panel.attempts', { count: operation.attempts })}</span>
        )}
        {operation.nextAt === null ? null : (
          <span>
            {t('submissions.panel.nextTry')} <Countdown at={operation.nextAt} />
          </span>
        )}
      </div>
      {operation.lastError === null || operation.state === 'done' ? null : (
        <p className={styles['operationError']}>{formatMessage(operation.lastError)}</p>
      )}
    </li>
  );
}
