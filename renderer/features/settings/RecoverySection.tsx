import { Copy, KeyRound, LockOpen, Printer } from 'lucide-react';
import { useRef, useState } from 'react';
import { asksForPin } from '../../../shared/domain/index.ts';
import {
  Badge,
  Banner,
  Button,
  Card,
  CheckboxField,
  Dialog,
  DialogForm,
  FailureNote,
  SupervisorFields,
  TextField,
  useFirstFieldFocus,
  useSupervisorWord,
  Working,
} from '../../components/index.ts';
import { useText } from '../../i18n/index.ts';
import { failureOf, useAction, useMethod } from '../../ipc/index.ts';
import { SectionHead } from './SectionHead.tsx';
import styles from './Settings.module.css';

/** Main asks for the same bound. */
const MIN_KEY_SIGNS = 20;

/** The recovery key: made and shown once, or asked for when the key store no longer opens the vault. */
export function RecoverySection() {
  const t = useText();
  const status = useMethod('status.get', {});
  const create = useAction('recovery.create', { isSilent: true });
  const supervision = useMethod('supervision.get', {}, { isAskedAnew: true });
  const [isAsked, setIsAsked] = useState(false);
  const asksPin = asksForPin(supervision.data);
  const store = status.data?.keyStore;

  if (create.data !== undefined) return <ShownKey recoveryKey={create.data.recoveryKey} onFinish={create.reset} />;
  return (
    <>
      <SectionHead title={t('settings.section.recovery')} intro={t('settings.recovery.intro')} />
      {status.isError ? <FailureNote error={status.error} onRetry={() => void status.refetch()} /> : null}
      {store === undefined ? (
        status.isPending ? (
          <Working>{t('frame.loading')}</Working>
        ) : null
      ) : store.isUnlocked ? (
        <div className={styles['stack']}>
          {store.hasRecoveryKey ? null : <Banner tone="amber">{t('settings.recovery.none')}</Banner>}
          <Card>
            <dl className={styles['facts']}>
              <dt>{t('settings.recovery.state')}</dt>
              <dd>
                <Badge tone="green" icon={LockOpen}>
                  {t('settings.recovery.unlocked')}
                </Badge>
              </dd>
              <dt>{t('settings.recovery.store')}</dt>
              <dd className={store.isSecure ? undefined : styles['warning']}>
                {t(`settings.recovery.store.${store.kind}`)}
              </dd>
              <dt>{t('settings.recovery.key')}</dt>
              <dd>{t(store.hasRecoveryKey ? 'settings.recovery.has' : 'settings.recovery.hasNot')}</dd>
            </dl>
            <div className={styles['buttons']}>
              <Button
                tone={store.hasRecoveryKey ? 'secondary' : 'primary'}
                icon={KeyRound}
                isDisabled={create.isPending}
                onPress={() => {
                  if (store.hasRecoveryKey || asksPin) setIsAsked(true);
                  else create.mutate({ pin: null });
                }}
              >
                {t(store.hasRecoveryKey ? 'settings.recovery.createAgain' : 'settings.recovery.create')}
              </Button>
            </div>
          </Card>
          {create.isError && !isAsked ? <FailureNote error={create.error} /> : null}
        </div>
      ) : (
        <Locked />
      )}
      {isAsked && store !== undefined ? (
        <MakeDialog
          hasRecoveryKey={store.hasRecoveryKey}
          create={create}
          onClose={() => {
            setIsAsked(false);
            create.reset();
          }}
        />
      ) : null}
    </>
  );
}

/** Before a recovery key is made that ends another one, or that a supervisor has to allow. */
function MakeDialog({
  hasRecoveryKey,
  create,
  onClose,
}: {
  hasRecoveryKey: boolean;
  create: ReturnType<typeof useAction<'recovery.create'>>;
  onClose: () => void;
}) {
  const t = useText();
  const word = useSupervisorWord();
  const asksPin = word.pin !== null;
  const [isTried, setIsTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useFirstFieldFocus(form, asksPin && word.isPossible ? 'asked' : '');
  const submit = (): void => {
    setIsTried(true);
    if (asksPin && !word.isReady) return;
    create.mutate({ pin: word.pin });
  };
  return (
    <Dialog
      title={t(hasRecoveryKey ? 'settings.recovery.again.title' : 'settings.recovery.create')}
      isOpen
      onClose={onClose}
      size="s"
      footer={
        <>
          <Button onPress={onClose}>{t('action.cancel')}</Button>
          <Button tone={hasRecoveryKey ? 'danger' : 'primary'} isDisabled={create.isPending} onPress={submit}>
            {t(hasRecoveryKey ? 'settings.recovery.again.confirm' : 'settings.recovery.create')}
          </Button>
        </>
      }
    >
      <DialogForm formRef={form} className={styles['stack']} onSubmit={submit}>
        {hasRecoveryKey ? <p>{t('settings.recovery.again.body')}</p> : null}
        {asksPin ? (
          <>
            <p>{t('settings.recovery.askPin')}</p>
            <SupervisorFields word={word} isTried={isTried} error={create.error} />
          </>
        ) : null}
        {create.isError && failureOf(create.error).field !== 'pin' ? <FailureNote error={create.error} /> : null}
      </DialogForm>
    </Dialog>
  );
}

/** The key, this one time. It lives in this component only and is gone when it is left. */
function ShownKey({ recoveryKey, onFinish }: { recoveryKey: string; onFinish: () => void }) {
  const t = useText();
  const [isKept, setIsKept] = useState(false);
  const [isCopied, setIsCopied] = useState(false);
  return (
    <>
      <SectionHead title={t('settings.recovery.shown.title')} />
      <div className={styles['stack']}>
        <Banner tone="amber" isAlert>
          {t('settings.recovery.shown.body')}
        </Banner>
        <Card className={styles['printed']}>
          <p className={styles['printedTitle']}>{t('settings.recovery.shown.title')}</p>
          <output className={styles['recoveryKey']}>{recoveryKey}</output>
          <div className={styles['buttons']}>
            <Button icon={Printer} onPress={() => window.print()}>
              {t('settings.recovery.print')}
            </Button>
            <Button
              icon={Copy}
              onPress={() => {
                void navigator.clipboard.writeText(recoveryKey).then(() => setIsCopied(true));
              }}
            >
              {t(isCopied ? 'settings.recovery.copied' : 'settings.recovery.copy')}
            </Button>
          </div>
        </Card>
        <CheckboxField label={t('settings.recovery.kept')} isOn={isKept} onChange={setIsKept} />
        <div>
          <Button tone="primary" isDisabled={!isKept} onPress={onFinish}>
            {t('settings.recovery.finish')}
          </Button>
        </div>
      </div>
    </>
  );
}

function Locked() {
  const t = useText();
  const unlock = useAction('recovery.unlock', { isSilent: true });
  const [key, setKey] = useState('');
  const [isTried, setIsTried] = useState(false);
  const form = useRef<HTMLFormElement | null>(null);
  useFirstFieldFocus(form);
  const isWhole = key.trim().length >= MIN_KEY_SIGNS;
  return (
    <div className={styles['stack']}>
      <p className={styles['intro']}>{t('settings.recovery.locked.body')}</p>
      <Card>
        <form
          ref={form}
          className={styles['stack']}
          onSubmit={(event) => {
            event.preventDefault();
            setIsTried(true);
            if (isWhole) unlock.mutate({ recoveryKey: key.trim() }, { onSuccess: () => setKey('') });
          }}
        >
          <TextField
            label={t('settings.recovery.enter')}
            value={key}
            onChange={(value) => setKey(value.slice(0, 200))}
            isRequired
            error={isTried && !isWhole ? t('settings.recovery.tooShort') : undefined}
          />
          {unlock.isError ? <FailureNote error={unlock.error} /> : null}
          <div>
            <Button type="submit" tone="primary" icon={LockOpen} isDisabled={unlock.isPending}>
              {t('settings.recovery.unlock')}
            </Button>
          </div>
        </form>
      </Card>
    </div>
  );
}
