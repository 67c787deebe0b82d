import { useEffect, useRef, useState } from 'react';
import { PROVIDER_DESCRIPTORS, isUnsupervised } from '../../../shared/domain/index.ts';
import type { ConnectionEdit, ConnectionView } from '../../../shared/domain/index.ts';
import type { OutputOf } from '../../../shared/ipc/index.ts';
import {
  Banner,
  Button,
  Dialog,
  DialogForm,
  FailureNote,
  RadioField,
  SupervisorFields,
  useFirstFieldFocus,
  useSupervisorWord,
} from '../../components/index.ts';
import { formatMessage, nameText, useText } from '../../i18n/index.ts';
import { failureOf, useAction } from '../../ipc/index.ts';
import { checkChange, draftOf } from './connectionDraft.ts';
import type { ChangedDraft } from './connectionDraft.ts';
import { withOtherId } from './flowEdits.ts';
import { FlowsStep, NameField, SettingFields } from './wizardSteps.tsx';
import type { StepProps } from './wizardSteps.tsx';
import styles from './Settings.module.css';

/** What saving would do, and with what. */
type Planned = OutputOf<'connection.checkUpdate'> & { readonly connection: ConnectionEdit };

/**
 * Changes a connection that is in use: its name, settings and flows. What becomes another one is shown in sentences before it is saved.
 * `onSaved` gets how many customers at the desk follow.
 */
export function ChangeConnection({
  connection,
  onClose,
  onSaved,
}: {
  connection: ConnectionView;
  onClose: () => void;
  onSaved: (atDesk: number) => void;
}) {
  const t = useText();
  const check = useAction('connection.checkUpdate', { isSilent: true });
  const save = useAction('connection.update', { isSilent: true });
  const word = useSupervisorWord();
  const [draft, setDraft] = useState<ChangedDraft>(() => draftOf(connection));
  const [planned, setPlanned] = useState<Planned | null>(null);
  const [failedTries, setFailedTries] = useState(0);
  const [isSaveTried, setIsSaveTried] = useState(false);
  const [isAskedToClose, setIsAskedToClose] = useState(false);
  const form = useRef<HTMLFormElement | null>(null);
  useFirstFieldFocus(form, planned === null ? 'change' : 'compare');

  const checked = checkChange(draft);
  const problems = checked.ok || failedTries === 0 ? [] : checked.problems;
  // A refused step leads to the input that has to be put right.
  useEffect(() => {
    if (failedTries > 0)
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-invalid] button')?.focus();
  }, [failedTries]);

  const change = (part: Partial<ChangedDraft>): void => {
    setDraft({ ...draft, ...part });
    check.reset();
  };
  const compare = (): void => {
    if (!checked.ok) {
      setFailedTries(failedTries + 1);
      return;
    }
    look(draft, checked.connection, []);
  };
  /** `usedIds`: of flows that were removed before. An added flow that would get one gets another, because nobody types one here. */
  const look = (from: ChangedDraft, edit: ConnectionEdit, usedIds: readonly string[]): void => {
    check.mutate(
      { connectionId: connection.id, connection: edit },
      {
        onSuccess: (answer) => {
          if (answer.changes.length > 0) setPlanned({ ...answer, connection: edit });
        },
        onError: (error) => {
          const { code, params } = failureOf(error).message;
          const usedId = params?.['id'];
          if (code !== 'connection.flowIdUsed' || typeof usedId !== 'string') return;
          const used = [...usedIds, usedId];
          const next = { ...from, flows: withOtherId(from.flows, usedId, used) };
          const again = checkChange(next);
          if (!again.ok) return;
          setDraft(next);
          look(next, again.connection, used);
        },
      },
    );
  };
  const needsNoWord = isUnsupervised(word.view.data);
  const store = (): void => {
    setIsSaveTried(true);
    if (planned === null || !(needsNoWord || word.isReady)) return;
    save.mutate(
      { connectionId: connection.id, connection: planned.connection, pin: word.pin },
      { onSuccess: () => onSaved(planned.atDesk) },
    );
  };
  // A slip beside the dialog, or Escape, does not throw an evening's work away.
  const close = (): void => {
    const isChanged = JSON.stringify(draft) !== JSON.stringify(draftOf(connection));
    if (isChanged && !isAskedToClose) setIsAskedToClose(true);
    else onClose();
  };

  return (
    <Dialog
      title={t(planned === null ? 'settings.change.title' : 'settings.change.compare', {
        name: nameText(connection.name, connection.nameKey),
      })}
      isOpen
      onClose={close}
      size="l"
      footer={
        planned === null ? (
          <>
            <Button key="cancel" onPress={onClose}>
              {t('action.cancel')}
            </Button>
            <Button key="compare" tone="primary" isDisabled={check.isPending} onPress={compare}>
              {t('settings.change.next')}
            </Button>
          </>
        ) : (
          <>
            <Button key="back" onPress={() => setPlanned(null)}>
              {t('settings.wizard.back')}
            </Button>
            <Button
              key="save"
              tone="primary"
              isDisabled={save.isPending || !(needsNoWord || word.isPossible)}
              onPress={store}
            >
              {t('settings.change.save')}
            </Button>
          </>
        )
      }
    >
      <DialogForm formRef={form} className={styles['stack']} onSubmit={planned === null ? compare : store}>
        {isAskedToClose ? <Banner tone="amber">{t('settings.change.unsaved')}</Banner> : null}
        {planned === null ? (
          <ChangeFields
            draft={draft}
            change={change}
            problemOf={(path) => problems.find((problem) => problem.path === path)?.key}
            savedIds={connection.flows.map(({ id }) => id)}
          />
        ) : (
          <>
            <Comparison planned={planned} />
            {needsNoWord ? null : <SupervisorFields word={word} isTried={isSaveTried} error={save.error} />}
          </>
        )}
        {planned === null && check.data?.changes.length === 0 ? (
          <Banner tone="blue">{t('settings.change.nothing')}</Banner>
        ) : null}
        {planned === null && check.isError ? <FailureNote error={check.error} /> : null}
        {planned !== null && save.isError && failureOf(save.error).field !== 'pin' ? (
          <FailureNote error={save.error} />
        ) : null}
      </DialogForm>
    </Dialog>
  );
}

function ChangeFields({
  draft,
  change,
  problemOf,
  savedIds,
}: StepProps<ChangedDraft> & { savedIds: readonly string[] }) {
  const t = useText();
  const [current, older] = PROVIDER_DESCRIPTORS[draft.provider].baseUrls;
  const own: string[] = [current, ...(older === undefined ? [] : [older])];
  return (
    <>
      <p className={styles['intro']}>{t('settings.change.intro')}</p>
      <NameField draft={draft} change={change} problemOf={problemOf} />
      {own.length > 1 && own.includes(draft.baseUrl) ? (
        <RadioField<string>
          label={t('settings.wizard.baseUrl')}
          value={draft.baseUrl}
          onChange={(baseUrl) => change({ baseUrl })}
          options={own.map((id) => ({ id, label: id }))}
        />
      ) : null}
      <SettingFields draft={draft} change={change} problemOf={problemOf} />
      <FlowsStep draft={draft} change={change} problemOf={problemOf} savedIds={savedIds} />
    </>
  );
}

/** What becomes another one, and whom that touches. */
function Comparison({ planned: { changes, atDesk } }: { planned: Planned }) {
  const t = useText();
  const heading = useRef<HTMLParagraphElement | null>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <p ref={heading} tabIndex={-1} className={styles['fieldsLabel']}>
        {t('settings.change.count', { count: changes.length })}
      </p>
      <ul className={styles['changes']}>
        {changes.map((message) => (
          <li key={JSON.stringify(message)}>{formatMessage(message)}</li>
        ))}
      </ul>
      <Banner tone={atDesk === 0 ? 'blue' : 'amber'}>
        {t(atDesk === 0 ? 'settings.change.nobody' : 'settings.change.atDesk', { count: atDesk })}
      </Banner>
      <p className={styles['quiet']}>{t('settings.change.others')}</p>
    </>
  );
}
