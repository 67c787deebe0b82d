import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useText } from '../i18n/index.ts';
import { IconButton } from './Button.tsx';
import { classes } from './classes.ts';
import styles from './Dialog.module.css';

export interface DialogProps {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  size?: 's' | 'm' | 'l';
  /** Buttons at the foot, the main one last. */
  footer?: ReactNode;
  /** For the palette: no head is drawn, the title is only read out. */
  isBare?: boolean;
  children: ReactNode;
}

/** A window over the window, for what cannot go on without an answer. Escape closes it. */
export function Dialog({ title, isOpen, onClose, size = 'm', footer, isBare = false, children }: DialogProps) {
  const t = useText();
  return (
    <ModalOverlay
      className={classes(styles['overlay'], isBare && styles['overlayTop'])}
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      isDismissable
    >
      <Modal className={classes(styles['modal'], styles[`size-${size}`])} data-satchel-modal>
        <AriaDialog className={styles['dialog'] ?? ''} {...(isBare ? { 'aria-label': title } : {})}>
          {isBare ? null : (
            <header className={styles['head']}>
              <Heading slot="title" className={styles['title'] ?? ''}>
                {title}
              </Heading>
              <IconButton icon={X} size="s" label={t('action.close')} onPress={onClose} />
            </header>
          )}
          <div className={classes(!isBare && styles['body'])}>{children}</div>
          {footer === undefined ? null : <footer className={styles['foot']}>{footer}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
