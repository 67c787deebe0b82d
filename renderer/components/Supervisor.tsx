import type { UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { asksForPin, isUnsupervised } from '../../shared/domain/index.ts';
import type { SupervisionView } from '../../shared/domain/index.ts';
import { currentLanguage, formatMessage, useText } from '../i18n/index.ts';
import { failureOf, useMethod } from '../ipc/index.ts';
import { Working } from './Badge.tsx';
import { Button } from './Button.tsx';
import type { ButtonTone } from './Button.tsx';
import { FailureNote } from './Failure.tsx';
import { TextField } from './Field.tsx';
import { paths } from './paths.ts';
import { Banner } from './Surface.tsx';
import { Countdown } from './Time.tsx';

/** A supervisor's part of a form, as far as it is filled in. */
export interface SupervisorWord {
  readonly view: UseQueryResult<SupervisionView>;
  /** For the call to main, which decides; null: no PIN is asked for. */
  readonly pin: string | null;
  readonly setPin: (pin: string) => void;
  /** Somebody in front may be a supervisor: there is a PIN to enter, or the policy names the account. */
  readonly isPossible: boolean;
  /** Nothing is missing that could be entered. */
  readonly isReady: boolean;
}

/** Asks each time a form opens: the policy of the PC may have changed, and a wait may be over. */
export function useSupervisorWord(): SupervisorWord {
  const view = useMethod('supervision.get', {}, { isAskedAnew: true });
  const [typed, setPin] = useState('');
  const asksPin = asksForPin(view.data);
  const isNamed = view.data?.kind === 'policy' && view.data.isSupervisor;
  return {
    view,
    pin: asksPin ? typed : null,
    setPin,
    isPossible: asksPin || isNamed,
    isReady: asksPin ? typed !== '' : isNamed,
  };
}

/** Says who may, or asks for the PIN. `isTried`: says also what is missing; `error`: what main answered, null for nothing. */
export function SupervisorFields({
  word: { view, pin, setPin },
  isTried,
  error,
}: {
  word: SupervisorWord;
  isTried: boolean;
  error: unknown;
}) {
  const t = useText();
  if (view.isError) return <FailureNote error={view.error} onRetry={() => void view.refetch()} />;
  if (view.data === undefined) return <Working>{t('frame.loading')}</Working>;
  if (pin === null) return <WhoMay view={view.data} />;
  const failure = error === null ? null : failureOf(error);
  const ofPin = failure?.field === 'pin' ? formatMessage(failure.message) : undefined;
  const missing = isTried && pin === '' ? t('supervision.pin.missing') : undefined;
  const untilMs = view.data.kind === 'pin' ? view.data.untilMs : null;
  return (
    <>
      {untilMs === null || ofPin !== undefined ? null : (
        <Banner tone="amber">
          {t('supervision.waits')} <Countdown at={untilMs} />
        </Banner>
      )}
      <TextField
        label={t('supervision.pin')}
        hint={t('supervision.pin.hint')}
        type="password"
        autoComplete="off"
        isRequired
        value={pin}
        onChange={setPin}
        error={missing ?? ofPin}
      />
    </>
  );
}

function WhoMay({ view }: { view: SupervisionView }) {
  const t = useText();
  if (view.kind === 'refused') return <Banner tone="red">{formatMessage(view.message)}</Banner>;
  if (view.kind === 'pin') return <NotSet />;
  if (view.isSupervisor) return <Banner tone="green">{t('supervision.you', { operator: view.operator })}</Banner>;
  const who = whoIs(view, t);
  return (
    <Banner tone="amber">
      {who === '' ? t('supervision.nobody') : t('supervision.others', { operator: view.operator, who })}
    </Banner>
  );
}

/** The accounts and groups of the policy, in words; '' for none. */
export function whoIs(
  { accounts, groups }: { accounts: readonly string[]; groups: readonly string[] },
  t: ReturnType<typeof useText>,
): string {
  const all = [...accounts, ...groups.map((group) => t('supervision.group', { group }))];
  return new Intl.ListFormat(currentLanguage(), { type: 'conjunction' }).format(all);
}

function NotSet() {
  const t = useText();
  const status = useMethod('status.get', {});
  return (
    <Banner tone="amber">
      {t(status.data?.isPractice === true ? 'supervision.notSet.practice' : 'supervision.notSet')}
    </Banner>
  );
}

/** Leads to where the PIN is set; nothing while there is one, or while it is out of use. */
export function SetPinButton({ view, tone = 'secondary' }: { view: SupervisionView | undefined; tone?: ButtonTone }) {
  const t = useText();
  const navigate = useNavigate();
  if (!isUnsupervised(view)) return null;
  return (
    <Button tone={tone} onPress={() => void navigate(paths.settingsSection('supervisor'))}>
      {t('supervision.set')}
    </Button>
  );
}
