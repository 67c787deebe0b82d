import { KeyRound } from 'lucide-react';
import { useRef, useState } from 'react';
import { SupervisorPin } from '../../../shared/domain/index.ts';
import type { PinProof, SupervisionView } from '../../../shared/domain/index.ts';
import {
  Badge,
  Banner,
  Button,
  Card,
  FailureNote,
  TextField,
  useFirstFieldFocus,
  whoIs,
  Working,
} from '../../components/index.ts';
import { formatMessage, useText } from '../../i18n/index.ts';
import type { TextKey } from '../../i18n/index.ts';
import { failureOf, useAction, useAnswers, useMethod } from '../../ipc/index.ts';
import { SectionHead } from './SectionHead.tsx';
import styles from './Settings.module.css';

/** Who the second person is: by the policy of the PC, or by the PIN that is set here. */
export function SupervisorSection() {
  const t = useText();
  const view = useMethod('supervision.get', {}, { isAskedAnew: true });
  return (
    <>
      <SectionHead title={t('settings.section.supervisor')} intro={t('settings.supervisor.intro')} />
      {view.isError ? <FailureNote error={view.error} onRetry={() => void view.refetch()} /> : null}
      {view.isPending ? <Working>{t('frame.loading')}</Working> : null}
      {view.data === undefined ? null : (
        <div className={styles['stack']}>
          {view.data.kind === 'refused' ? <Banner tone="red">{formatMessage(view.data.message)}</Banner> : null}
          <Facts view={view.data} />
          {view.data.kind === 'pin' ? <PinCard isSet={view.data.isSet} /> : null}
        </div>
      )}
    </>
  );
}

function Facts({ view }: { view: SupervisionView }) {
  const t = useText();
  const whoMay = (): string => {
    if (view.kind === 'pin') return t('settings.supervisor.byPin');
    return (view.kind === 'policy' && whoIs(view, t)) || t('settings.supervisor.none');
  };
  return (
    <Card>
      <dl className={styles['facts']}>
        <dt>{t('settings.supervisor.account')}</dt>
        <dd>
          {view.operator}
          {view.kind === 'policy' ? (
            <span className={styles['factDetail']}>
              {t(view.isSupervisor ? 'settings.supervisor.isOne' : 'settings.supervisor.isNone')}
            </span>
          ) : null}
        </dd>
        <dt>{t('settings.supervisor.who')}</dt>
        <dd>{whoMay()}</dd>
        {view.kind === 'pin' ? (
          <>
            <dt>{t('settings.supervisor.pin')}</dt>
            <dd>
              {view.isSet ? (
                <Badge tone="green" icon={KeyRound}>
                  {t('settings.supervisor.isSet')}
                </Badge>
              ) : (
                <span className={styles['warning']}>{t('settings.supervisor.isNotSet')}</span>
              )}
            </dd>
          </>
        ) : null}
      </dl>
    </Card>
  );
}

/** Sets the first PIN at once; another one after the old one, or the recovery key, was asked for. */
function PinCard({ isSet }: { isSet: boolean }) {
  const t = useText();
  const [asks, setAsks] = useState<'pin' | 'recoveryKey' | null>(null);
  const [isSaved, setIsSaved] = useState(false);
  const proofKind = isSet ? asks : 'first';
  return (
    <Card title={t(isSet ? 'settings.supervisor.change' : 'supervision.set')}>
      {isSaved && proofKind === null ? (
        <Banner tone="green" isAlert>
          {t('settings.supervisor.saved')}
        </Banner>
      ) : null}
      {proofKind === null ? (
        <div className={styles['buttons']}>
          {(
            [
              ['pin', 'settings.supervisor.change'],
              ['recoveryKey', 'settings.supervisor.forgotten'],
            ] as const
          ).map(([kind, label]) => (
            <Button
              key={kind}
              onPress={() => {
                setIsSaved(false);
                setAsks(kind);
              }}
            >
              {t(label)}
            </Button>
          ))}
        </div>
      ) : (
        <PinForm
          key={proofKind}
          kind={proofKind}
          onSaved={() => {
            setAsks(null);
            setIsSaved(true);
          }}
          onCancel={isSet ? () => setAsks(null) : null}
        />
      )}
    </Card>
  );
}

/** How each proof is asked for. */
const PROOF_FIELDS = {
  pin: { label: 'supervision.pin.old', missing: 'supervision.pin.old.missing', shortest: 1 },
  recoveryKey: { label: 'settings.recovery.enter', missing: 'settings.recovery.tooShort', shortest: 20 },
} as const satisfies Record<string, { label: TextKey; missing: TextKey; shortest: number }>;

function proofOf(kind: PinProof['kind'], secret: string): PinProof {
  if (kind === 'pin') return { kind, pin: secret };
  return kind === 'recoveryKey' ? { kind, recoveryKey: secret } : { kind };
}

function PinForm({
  kind,
  onSaved,
  onCancel,
}: {
  kind: PinProof['kind'];
  onSaved: () => void;
  onCancel: (() => void) | null;
}) {
  const t = useText();
  const { isAnsweredAnew } = useAnswers();
  const save = useAction('supervision.setPin', { isSilent: true });
  const [secret, setSecret] = useState('');
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const [isTried, setIsTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useFirstFieldFocus(form);
  const proof = kind === 'first' ? null : PROOF_FIELDS[kind];
  const isSecretMissing = proof !== null && secret.trim().length < proof.shortest;
  const isPinBad = !SupervisorPin.safeParse(pin).success;
  const problem = (isBad: boolean, key: TextKey): string | undefined => (isTried && isBad ? t(key) : undefined);
  const failure = save.error === null ? null : failureOf(save.error);
  const ofSecret = failure?.field === undefined ? undefined : formatMessage(failure.message);
  const submit = (): void => {
    setIsTried(true);
    if (isSecretMissing || isPinBad || pin !== again) return;
    save.mutate(
      { pin, proof: proofOf(kind, secret.trim()) },
      { onSuccess: () => void isAnsweredAnew('supervision.get', {}).then(onSaved) },
    );
  };
  return (
    <form
      ref={form}
      className={styles['stack']}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {kind === 'recoveryKey' ? <p className={styles['intro']}>{t('settings.supervisor.forgotten.text')}</p> : null}
      {proof === null ? null : (
        <TextField
          label={t(proof.label)}
          type="password"
          isRequired
          value={secret}
          onChange={setSecret}
          error={problem(isSecretMissing, proof.missing) ?? ofSecret}
        />
      )}
      <TextField
        label={t('supervision.pin.new')}
        hint={t('supervision.pin.new.hint')}
        type="password"
        isRequired
        value={pin}
        onChange={setPin}
        error={problem(isPinBad, 'supervision.pin.new.bad')}
      />
      <TextField
        label={t('supervision.pin.again')}
        type="password"
        isRequired
        value={again}
        onChange={setAgain}
        error={problem(pin !== again, 'supervision.pin.again.bad')}
      />
      {failure === null || ofSecret !== undefined ? null : <FailureNote error={save.error} />}
      <div className={styles['buttons']}>
        <Button type="submit" tone="primary" icon={KeyRound} isDisabled={save.isPending}>
          {t('settings.supervisor.save')}
        </Button>
        {onCancel === null ? null : <Button onPress={onCancel}>{t('action.cancel')}</Button>}
      </div>
    </form>
  );
}
