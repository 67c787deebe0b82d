import type { OutputOf } from '../../../shared/ipc/index.ts';
import { Banner, CopyText, FailureNote } from '../../components/index.ts';
import { formatMessage, useText } from '../../i18n/index.ts';
import styles from './Settings.module.css';

/** The answer of a connection test in words, with the provider's request id. */
export function TestResult({
  result,
  error,
}: {
  result: OutputOf<'connection.test'> | undefined;
  error: Error | null;
}) {
  const t = useText();
  if (result === undefined) return error === null ? null : <FailureNote error={error} />;
  return (
    <Banner
      tone={result.isOk ? 'green' : 'red'}
      title={t(result.isOk ? 'settings.connections.testOk' : 'settings.connections.testFailed')}
      isAlert
    >
      {formatMessage(result.message)}
      {result.details.map((detail) => (
        <span key={detail.code} className={styles['factDetail']}>
          {formatMessage(detail)}
        </span>
      ))}
      {result.requestId === null ? null : (
        <span className={styles['factDetail']}>
          {t('settings.connections.requestId')} <CopyText text={result.requestId} isMono />
        </span>
      )}
    </Banner>
  );
}
