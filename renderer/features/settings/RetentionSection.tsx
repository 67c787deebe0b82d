import { useState } from 'react';
import { LONGEST_RETENTION_DAYS, PROVIDER_DESCRIPTORS } from '../../../shared/domain/index.ts';
import type { ProviderRedaction, RetentionDue, RetentionView } from '../../../shared/domain/index.ts';
import {
  Button,
  Card,
  Dialog,
  FailureNote,
  Moment,
  SwitchField,
  TextField,
  typedNumber,
  Working,
} from '../../components/index.ts';
import { nameText, useText } from '../../i18n/index.ts';
import { useAction, useMethod } from '../../ipc/index.ts';
import { SectionHead } from './SectionHead.tsx';
import styles from './Settings.module.css';

/** Offered when the period is turned on. */
const USUAL_DAYS = '365';

interface Draft {
  readonly isOn: boolean;
  readonly days: string;
}

/** The days of a draft; null: for good; undefined: what stands there is no period. */
function daysOf({ isOn, days }: Draft): number | null | undefined {
  return isOn ? (typedNumber(days, LONGEST_RETENTION_DAYS) ?? undefined) : null;
}

/** How long pages are kept after the decision. What cannot be brought back is counted and confirmed first. */
export function RetentionSection() {
  const t = useText();
  const view = useMethod('retention.get', {});
  return (
    <>
      <SectionHead title={t('settings.section.retention')} intro={t('settings.retention.intro')} />
      {view.isError ? <FailureNote error={view.error} onRetry={() => void view.refetch()} /> : null}
      {view.isPending ? <Working>{t('frame.loading')}</Working> : null}
      {view.data === undefined ? null : (
        <div className={styles['stack']}>
          <PeriodCard view={view.data} />
          {view.data.keepDays === null ? null : <DueCard view={view.data} />}
          {view.data.redactions.length === 0 ? null : <RedactionCard redactions={view.data.redactions} />}
        </div>
      )}
    </>
  );
}

function PeriodCard({ view }: { view: RetentionView }) {
  const t = useText();
  const count = useAction('retention.due');
  const save = useAction('retention.set');
  const [typed, setTyped] = useState<Draft | null>(null);
  const [asked, setAsked] = useState<{ keepDays: number; due: RetentionDue } | null>(null);
  const draft = typed ?? { isOn: view.keepDays !== null, days: String(view.keepDays ?? USUAL_DAYS) };
  const keepDays = daysOf(draft);
  const change = (part: Partial<Draft>): void => {
    save.reset();
    setTyped({ ...draft, ...part });
  };
  const set = (days: number | null): void => {
    save.mutate({ keepDays: days }, { onSuccess: () => setTyped(null) });
  };
  const begin = (): void => {
    if (keepDays === undefined) return;
    if (keepDays === null) {
      set(null);
      return;
    }
    count.mutate(
      { keepDays },
      {
        onSuccess: (due) => {
          if (due.submissions === 0) set(keepDays);
          else setAsked({ keepDays, due });
        },
      },
    );
  };
  return (
    <Card>
      <div className={styles['stack']}>
        <SwitchField
          label={t('settings.retention.on')}
          hint={t('settings.retention.on.hint')}
          isOn={draft.isOn}
          onChange={(isOn) => change({ isOn })}
        />
        {draft.isOn ? (
          <TextField
            label={t('settings.retention.days')}
            className={styles['short']}
            value={draft.days}
            onChange={(days) => change({ days })}
            {...(keepDays === undefined ? { error: t('settings.retention.days.wrong') } : {})}
          />
        ) : null}
        <div className={styles['buttons']}>
          <Button
            isDisabled={typed === null || keepDays === undefined || keepDays === view.keepDays || save.isPending}
            onPress={begin}
          >
            {t('settings.retention.save')}
          </Button>
          {save.isSuccess ? (
            <output>{t(view.keepDays === null ? 'settings.retention.savedOff' : 'settings.retention.saved')}</output>
          ) : null}
        </div>
      </div>
      {asked === null ? null : (
        <Asked
          title={t('settings.retention.confirm.title')}
          confirm={t('settings.retention.confirm')}
          onClose={() => setAsked(null)}
          onConfirm={() => set(asked.keepDays)}
        >
          {t('settings.retention.confirm.body', {
            count: asked.due.submissions,
            pages: t('settings.retention.pages', { count: asked.due.pages }),
          })}
        </Asked>
      )}
    </Card>
  );
}

function DueCard({ view: { due, wait } }: { view: RetentionView }) {
  const t = useText();
  return (
    <Card>
      <dl className={styles['facts']}>
        <dt>{t('settings.retention.past')}</dt>
        <dd>
          {due.submissions === 0
            ? t('settings.retention.past.none')
            : t('settings.retention.customers', {
                count: due.submissions,
                pages: t('settings.retention.pages', { count: due.pages }),
              })}
        </dd>
        <dt>{t('settings.retention.when')}</dt>
        <dd>
          {wait === null ? (
            t('settings.retention.when.hourly')
          ) : (
            <>
              {wait.untilMs === null ? null : (
                <strong>
                  {t('settings.retention.when.from')} <Moment at={wait.untilMs} />
                </strong>
              )}
              <span className={styles['factDetail']}>{t(`settings.retention.wait.${wait.reason}`)}</span>
            </>
          )}
        </dd>
      </dl>
    </Card>
  );
}

/** Whose provider removes what it has as well. What cannot be brought back is confirmed first. */
function RedactionCard({ redactions }: { redactions: readonly ProviderRedaction[] }) {
  const t = useText();
  const set = useAction('retention.setRedaction');
  const [asked, setAsked] = useState<ProviderRedaction | null>(null);
  const turn = (connectionId: string, isOn: boolean): void => set.mutate({ connectionId, isOn });
  return (
    <Card title={t('settings.retention.redaction')}>
      <div className={styles['stack']}>
        {redactions.map((redaction) => (
          <div key={redaction.connectionId} className={styles['stack']}>
            <SwitchField
              label={nameText(redaction.name, redaction.nameKey)}
              hint={stateOf(redaction, t)}
              isOn={redaction.isOn}
              isDisabled={set.isPending}
              onChange={(isOn) => {
                if (isOn) setAsked(redaction);
                else turn(redaction.connectionId, false);
              }}
            />
            {redaction.isUndecided ? (
              <div className={styles['buttons']}>
                <Button size="s" isDisabled={set.isPending} onPress={() => turn(redaction.connectionId, false)}>
                  {t('settings.retention.redaction.leaveOff')}
                </Button>
              </div>
            ) : null}
          </div>
        ))}
      </div>
      {asked === null ? null : (
        <Asked
          title={t('settings.retention.redaction.title', { name: nameText(asked.name, asked.nameKey) })}
          confirm={t('settings.retention.redaction.confirm')}
          onClose={() => setAsked(null)}
          onConfirm={() => turn(asked.connectionId, true)}
        >
          {hintOf(asked, t)}
        </Asked>
      )}
    </Card>
  );
}

function stateOf({ isOn, isUndecided, open }: ProviderRedaction, t: ReturnType<typeof useText>): string {
  if (isUndecided) return t('settings.retention.redaction.undecided');
  if (open > 0) return t('settings.retention.redaction.open', { count: open });
  return t(isOn ? 'settings.retention.redaction.on' : 'settings.retention.redaction.off');
}

function hintOf({ provider }: ProviderRedaction, t: ReturnType<typeof useText>): string {
  const { redactionHintKey } = PROVIDER_DESCRIPTORS[provider];
  return redactionHintKey === null ? '' : t(redactionHintKey);
}

/** The question before something that cannot be brought back; each line of it is a paragraph. */
function Asked(props: {
  title: string;
  confirm: string;
  onClose: () => void;
  onConfirm: () => void;
  children: string;
}) {
  const { title, confirm, onClose, onConfirm, children } = props;
  const t = useText();
  return (
    <Dialog
      title={title}
      isOpen
      onClose={onClose}
      size="s"
      footer={
        <>
          <Button onPress={onClose}>{t('action.cancel')}</Button>
          <Button
            tone="danger"
            onPress={() => {
              onClose();
              onConfirm();
            }}
          >
            {confirm}
          </Button>
        </>
      }
    >
      <div className={styles['paragraphs']}>
        {children.split('\n').map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
      </div>
    </Dialog>
  );
}
