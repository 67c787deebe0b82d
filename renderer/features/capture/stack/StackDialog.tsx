import { useState } from 'react';
import type { ConnectionView, StackSettings } from '../../../../shared/domain/index.ts';
import { Button, Dialog } from '../../../components/index.ts';
import { useText } from '../../../i18n/index.ts';
import { FlowField, useFlowOffer } from '../FlowField.tsx';
import type { FlowChoice } from '../memory.ts';
import { SeparatorSheets } from './SeparatorSheets.tsx';
import { FIRST_DRAFT, settingsOf } from './settings.ts';
import { SettingsFields } from './SettingsFields.tsx';
import styles from './Stack.module.css';

/** Asks by which flow the customers of a stack go and how it is parted, and prints what parts it. */
export function StackDialog({
  connections,
  initial,
  onBegin,
  onClose,
}: {
  connections: readonly ConnectionView[];
  initial: FlowChoice | null;
  onBegin: (choice: FlowChoice, settings: StackSettings) => void;
  onClose: () => void;
}) {
  const t = useText();
  const offer = useFlowOffer(connections, initial);
  const [draft, setDraft] = useState(FIRST_DRAFT);
  const settings = settingsOf(draft);
  const begin = () => {
    if (offer.choice !== null && settings !== null) onBegin(offer.choice, settings);
  };
  return (
    <Dialog
      title={t('stack.new')}
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('action.cancel')}</Button>
          <Button tone="primary" takesFocus onPress={begin} isDisabled={offer.choice === null || settings === null}>
            {t('stack.begin')}
          </Button>
        </>
      }
    >
      <div className={styles['dialog']}>
        <p className={styles['dialogText']}>{t('stack.new.text')}</p>
        <FlowField offer={offer} />
        <SettingsFields draft={draft} onChange={setDraft} />
        <SeparatorSheets />
      </div>
    </Dialog>
  );
}
