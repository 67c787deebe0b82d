import { useState } from 'react';
import { Button, Card, SwitchField, TextField } from '../../components/index.ts';
import { useText } from '../../i18n/index.ts';
import { useAction, useMethod } from '../../ipc/index.ts';
import { draftOf, rulesOf } from './sendingDraft.ts';
import type { SendingDraft, SendingField } from './sendingDraft.ts';
import styles from './Settings.module.css';

/** Hours, bandwidth, and what happens when the window is closed. Holds what was typed until it is saved. */
export function SendingRulesCard() {
  const t = useText();
  const rules = useMethod('sending.get', {});
  const save = useAction('sending.set');
  const [typed, setTyped] = useState<SendingDraft | null>(null);
  if (rules.data === undefined) return null;
  const draft = typed ?? draftOf(rules.data);
  const result = rulesOf(draft);
  const change = (part: Partial<SendingDraft>): void => {
    save.reset();
    setTyped({ ...draft, ...part });
  };
  const errorOf = (field: SendingField): { error?: string } =>
    'field' in result && result.field === field ? { error: t(result.text) } : {};
  return (
    <Card>
      <div className={styles['stack']}>
        <SwitchField
          label={t('settings.sending.hours')}
          hint={t('settings.sending.hours.hint')}
          isOn={draft.hasHours}
          onChange={(hasHours) => change({ hasHours })}
        />
        {draft.hasHours ? (
          <>
            <TextField
              label={t('settings.sending.hours.from')}
              value={draft.from}
              onChange={(from) => change({ from })}
              {...errorOf('from')}
            />
            <TextField
              label={t('settings.sending.hours.until')}
              value={draft.until}
              onChange={(until) => change({ until })}
              {...errorOf('until')}
            />
          </>
        ) : null}
        <SwitchField
          label={t('settings.sending.bandwidth')}
          hint={t('settings.sending.bandwidth.hint')}
          isOn={draft.hasLimit}
          onChange={(hasLimit) => change({ hasLimit })}
        />
        {draft.hasLimit ? (
          <TextField
            label={t('settings.sending.bandwidth.amount')}
            value={draft.kilobits}
            onChange={(kilobits) => change({ kilobits })}
            {...errorOf('kilobits')}
          />
        ) : null}
        <SwitchField
          label={t('settings.sending.background')}
          hint={t('settings.sending.background.hint')}
          isOn={draft.finishesWithoutWindow}
          onChange={(finishesWithoutWindow) => change({ finishesWithoutWindow })}
        />
        <div className={styles['buttons']}>
          <Button
            isDisabled={typed === null || 'field' in result || save.isPending}
            onPress={() => {
              if (!('field' in result)) save.mutate(result, { onSuccess: () => setTyped(null) });
            }}
          >
            {t('settings.sending.rules.save')}
          </Button>
          {save.isSuccess ? <output>{t('settings.sending.rules.saved')}</output> : null}
        </div>
      </div>
    </Card>
  );
}
