import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { OwnerPosition } from '../../../shared/domain/index.ts';
import type { SubmissionDetail } from '../../../shared/domain/index.ts';
import { Button, ComboField, IconButton, SelectField, StateBadge, paths } from '../../components/index.ts';
import { useText } from '../../i18n/index.ts';
import { useAction, useMethod } from '../../ipc/index.ts';
import { lockOf } from './lock.ts';
import styles from './Owners.module.css';

/** Who owns or directs a company: customers of the same batch, each with documents and a check of their own. */
export function Owners({ detail }: { detail: SubmissionDetail }) {
  const t = useText();
  const setOwner = useAction('submission.setOwner');
  const isOpen = lockOf(detail) === null;
  return (
    <>
      <h2 id="capture-owners" className={styles['title']}>
        {t('capture.owners')}
      </h2>
      {detail.owners.length === 0 ? <p className={styles['none']}>{t('capture.owners.none')}</p> : null}
      <ul className={styles['owners']}>
        {detail.owners.map(({ submissionId, customer, position, state, isVoided }) => (
          <li key={submissionId} className={styles['owner']}>
            <Link to={paths.submission(submissionId)} className={styles['name'] ?? ''}>
              {customer === '' ? t('capture.unnamed') : customer}
            </Link>
            <span className={styles['position']}>{t(`owner.${position}`)}</span>
            <StateBadge state={state} beside={isVoided ? ['voided'] : []} size="s" />
            {isOpen ? (
              <IconButton
                icon={X}
                size="s"
                label={t('capture.owners.remove', { customer })}
                onPress={() =>
                  setOwner.mutate({ submissionId: detail.id, ownerSubmissionId: submissionId, position: null })
                }
              />
            ) : null}
          </li>
        ))}
      </ul>
      {isOpen ? <NewOwner detail={detail} onAdd={setOwner.mutate} /> : null}
    </>
  );
}

function NewOwner({
  detail,
  onAdd,
}: {
  detail: SubmissionDetail;
  onAdd: (owner: { submissionId: string; ownerSubmissionId: string; position: OwnerPosition }) => void;
}) {
  const t = useText();
  const [ownerId, setOwnerId] = useState('');
  const [position, setPosition] = useState<OwnerPosition>('Director');
  const { data = [] } = useMethod('submission.ownerChoices', { submissionId: detail.id });
  if (data.length === 0) return <p className={styles['none']}>{t('capture.owners.noneToChoose')}</p>;
  const isChosen = data.some(({ submissionId }) => submissionId === ownerId);
  return (
    <div className={styles['new']}>
      <ComboField
        label={t('capture.owners.who')}
        className={styles['who']}
        options={data.map(({ submissionId, customer }) => ({
          id: submissionId,
          label: customer === '' ? t('capture.unnamed') : customer,
        }))}
        value={isChosen ? ownerId : ''}
        onChange={setOwnerId}
      />
      <SelectField
        label={t('capture.owners.position')}
        options={OwnerPosition.options.map((id) => ({ id, label: t(`owner.${id}`) }))}
        value={position}
        onChange={setPosition}
      />
      <Button
        size="s"
        icon={Plus}
        isDisabled={!isChosen}
        onPress={() => onAdd({ submissionId: detail.id, ownerSubmissionId: ownerId, position })}
      >
        {t('capture.owners.add')}
      </Button>
    </div>
  );
}
