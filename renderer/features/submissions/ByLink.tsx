import { Smartphone, Undo2 } from 'lucide-react';
import type { SubmissionDetail } from '../../../shared/domain/index.ts';
import { Button, CopyText, Dialog } from '../../components/index.ts';
import { useText } from '../../i18n/index.ts';
import { useAction } from '../../ipc/index.ts';
import styles from './ByLink.module.css';

/**
 * A retake that the customer does at their own phone: gives them the provider's link, or takes them back to the desk. The link is shown
 * once, in this dialog, and forgotten with it.
 */
export function ByLink({ detail }: { detail: SubmissionDetail }) {
  const t = useText();
  const link = useAction('submission.link');
  const back = useAction('submission.backFromCustomer');
  const { data } = link;
  return (
    <>
      {detail.selfService === 'offered' ? (
        <Button icon={Smartphone} isDisabled={link.isPending} onPress={() => link.mutate({ submissionId: detail.id })}>
          {t('submissions.link.give')}
        </Button>
      ) : null}
      {detail.selfService === 'awaited' && data === undefined ? (
        <Button icon={Undo2} isDisabled={back.isPending} onPress={() => back.mutate({ submissionId: detail.id })}>
          {t('submissions.link.back')}
        </Button>
      ) : null}
      {data === undefined ? null : (
        <Dialog
          title={t('submissions.link.title')}
          isOpen
          onClose={() => link.reset()}
          size="s"
          footer={
            <Button tone="primary" onPress={() => link.reset()}>
              {t('submissions.link.done')}
            </Button>
          }
        >
          <p className={styles['text']}>{t('submissions.link.body')}</p>
          <svg
            className={styles['code']}
            viewBox={`-4 -4 ${data.code.side + 8} ${data.code.side + 8}`}
            role="img"
            aria-label={t('submissions.link.code')}
          >
            <rect x="-4" y="-4" width="100%" height="100%" fill="#fff" />
            <path d={data.code.path} fill="#000" />
          </svg>
          <div className={styles['url']}>
            <CopyText text={data.url} isMono />
          </div>
          <p className={styles['text']}>{t('submissions.link.once')}</p>
        </Dialog>
      )}
    </>
  );
}
