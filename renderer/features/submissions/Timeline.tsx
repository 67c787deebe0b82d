import { Cog, Server, UserRound } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { TimelineEntry } from '../../../shared/domain/index.ts';
import { formatMessage, useText } from '../../i18n/index.ts';
import { CopyText, Moment } from '../../components/index.ts';
import styles from './Timeline.module.css';

const kindIcons: Readonly<Record<TimelineEntry['kind'], LucideIcon>> = {
  person: UserRound,
  provider: Server,
  system: Cog,
};

/** What happened to a submission, newest first: when, what, by whom, the provider's request id, and the next try. */
export function Timeline({ entries }: { entries: readonly TimelineEntry[] }) {
  const t = useText();
  const newestFirst = [...entries].sort((a, b) => b.sequence - a.sequence);
  return (
    <ol className={styles['timeline']}>
      {newestFirst.map((entry) => {
        const Icon = kindIcons[entry.kind];
        return (
          <li key={entry.sequence} className={styles['entry']} data-kind={entry.kind}>
            <span className={styles['mark']}>
              <Icon aria-hidden size={12} strokeWidth={2.25} />
            </span>
            <p className={styles['message']}>
              <span className="visually-hidden">{t(`submissions.kind.${entry.kind}`)}: </span>
              {formatMessage(entry.message)}
            </p>
            {typeof entry.reason === 'string' ? (
              <p className={styles['reason']}>{t('submissions.panel.reason', { reason: entry.reason })}</p>
            ) : null}
            <p className={styles['meta']}>
              <Moment at={entry.at} />
              {entry.kind === 'person' ? <span>{t('submissions.panel.by', { operator: entry.operator })}</span> : null}
              {entry.requestId === null ? null : (
                <span className={styles['request']}>
                  <span className="visually-hidden">{t('submissions.panel.requestId')} </span>
                  <CopyText text={entry.requestId} isMono />
                </span>
              )}
              {entry.nextAt === null ? null : (
                <span className={styles['next']}>
                  {t('submissions.panel.nextTry')} <Moment at={entry.nextAt} />
                </span>
              )}
            </p>
          </li>
        );
      })}
    </ol>
  );
}
