import { useRef, useState } from 'react';
import type { ConnectionView } from '../../../shared/domain/index.ts';
import { Button, Dialog, DialogForm, FailureNote, useFirstFieldFocus } from '../../components/index.ts';
import { nameText, useText } from '../../i18n/index.ts';
import { useAction } from '../../ipc/index.ts';
import { checkCredential, emptyCredential } from './credential.ts';
import { CredentialFields } from './CredentialFields.tsx';
import styles from './Settings.module.css';

/** Takes a new credential; what is stored is never shown. */
export function ReplaceCredential({
  connection,
  onClose,
  onStored,
}: {
  connection: ConnectionView;
  onClose: () => void;
  onStored: () => void;
}) {
  const t = useText();
  const store = useAction('connection.setCredential', { isSilent: true });
  const [values, setValues] = useState(() => emptyCredential(connection.provider));
  const [isTried, setIsTried] = useState(false);
  const form = useRef<HTMLFormElement | null>(null);
  useFirstFieldFocus(form);
  const check = checkCredential(connection.provider, values);
  const submit = (): void => {
    setIsTried(true);
    if (!check.ok) return;
    store.mutate({ connectionId: connection.id, credential: check.credential }, { onSuccess: onStored });
  };
  return (
    <Dialog
      title={t('settings.credential.title', { name: nameText(connection.name, connection.nameKey) })}
      isOpen
      onClose={onClose}
      size="s"
      footer={
        <>
          <Button onPress={onClose}>{t('action.cancel')}</Button>
          <Button tone="primary" isDisabled={store.isPending} onPress={submit}>
            {t('settings.credential.save')}
          </Button>
        </>
      }
    >
      <DialogForm formRef={form} className={styles['stack']} onSubmit={submit}>
        <p className={styles['intro']}>{t('settings.credential.body')}</p>
        <CredentialFields
          provider={connection.provider}
          values={values}
          onChange={setValues}
          problemOf={(path) =>
            isTried && !check.ok ? check.problems.find((problem) => problem.path === path)?.key : undefined
          }
        />
        {store.isError ? <FailureNote error={store.error} /> : null}
      </DialogForm>
    </Dialog>
  );
}

/** Asks before a connection is taken out of use. */
export function RemoveConnection({ connection, onClose }: { connection: ConnectionView; onClose: () => void }) {
  const t = useText();
  const remove = useAction('connection.remove', { isSilent: true });
  return (
    <Dialog
      title={t('settings.connections.remove.title', { name: nameText(connection.name, connection.nameKey) })}
      isOpen
      onClose={onClose}
      size="s"
      footer={
        <>
          <Button onPress={onClose}>{t('action.cancel')}</Button>
          <Button
            tone="danger"
            isDisabled={remove.isPending}
            onPress={() => remove.mutate({ connectionId: connection.id }, { onSuccess: onClose })}
          >
            {t('settings.connections.remove.confirm')}
          </Button>
        </>
      }
    >
      <div className={styles['stack']}>
        <p>{t('settings.connections.remove.body')}</p>
        {remove.isError ? <FailureNote error={remove.error} /> : null}
      </div>
    </Dialog>
  );
}
