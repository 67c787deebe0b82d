import { useState } from 'react';
import type { ConnectionView, StackSettings } from '../../../../shared/domain/index.ts';
import { Button, Dialog, SelectField } from '../../../components/index.ts';
import { useText } from '../../../i18n/index.ts';
import { flowChoices } from '../flows.ts';
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
  const choices = flowChoices(connections);
  const likely = choices.findIndex(
    ({ connectionId, flowId }) => connectionId === initial?.connectionId && flowId === initial.flowId,
  );
  const [chosen, setChosen] = useState(Math.max(0, likely));
  const [draft, setDraft] = useState(FIRST_DRAFT);
  const choice = choices[chosen];
  const settings = settingsOf(draft);
  const begin = () => {
    if (choice !== undefined && settings !== null) {
      onBegin({ connectionId: choice.connectionId, flowId: choice.flowId }, settings);
    }
  };
  return (
    <Dialog
      title={t('stack.new')}
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('action.cancel')}</Button>
          <Button tone="primary" takesFocus onPress={begin} isDisabled={choice === undefined || settings === null}>
            {t('stack.begin')}
          </Button>
        </>
      }
    >
      <div className={styles['dialog']}>
        <p className={styles['dialogText']}>{t('stack.new.text')}</p>
        <SelectField
          label={t('capture.flow')}
          {...(choice === undefined ? {} : { hint: choice.detail })}
          options={choices.map(({ label, detail }, index) => ({ id: String(index), label, detail }))}
          value={String(chosen)}
          onChange={(id) => setChosen(Number(id))}
        />
        <SettingsFields draft={draft} onChange={setDraft} />
        <SeparatorSheets />
      </div>
    </Dialog>
  );
}
