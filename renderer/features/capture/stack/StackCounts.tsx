import type { StackView } from '../../../../shared/domain/index.ts';
import { Badge, Working } from '../../../components/index.ts';
import { useText } from '../../../i18n/index.ts';
import styles from './Stack.module.css';

/** Found = to customers + in the tray + dealt out, and the customers against those expected. */
export function StackCounts({ stack }: { stack: StackView }) {
  const t = useText();
  const { found, proposed, tray, dealt, customers, beingChecked } = stack.counts;
  const expected = stack.settings.expectedCustomers;
  return (
    <section className={styles['counts']} aria-label={t('stack.counts')}>
      <strong>{t('stack.found', { count: found })}</strong>
      <span aria-hidden>=</span>
      <span>{t('stack.proposed', { count: proposed })}</span>
      <span aria-hidden>+</span>
      <span>{t('stack.inTray', { count: tray })}</span>
      {dealt === 0 ? null : (
        <>
          <span aria-hidden>+</span>
          <span>{t('stack.dealt', { count: dealt })}</span>
        </>
      )}
      <span className={styles['countsGap']} />
      <strong>{t('stack.customers', { count: customers })}</strong>
      {expected === null ? null : (
        <Badge tone={expected === customers ? 'green' : 'amber'} size="s">
          {expected === customers ? t('stack.asExpected') : t('stack.notAsExpected', { count: expected })}
        </Badge>
      )}
      {beingChecked === 0 ? null : <Working>{t('stack.beingChecked', { count: beingChecked })}</Working>}
    </section>
  );
}
