import { X } from 'lucide-react';
import { useEffect, useEffectEvent, useRef } from 'react';
import type { ReactNode, RefObject } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useText } from '../i18n/index.ts';
import { IconButton } from './Button.tsx';
import { classes } from './classes.ts';
import { scrollsByKeys } from './scrolling.ts';
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

/**
 * Escape where React Aria's dialog does not hear it: a button that is disabled under the focus lets it fall onto the page behind,
 * and a tooltip, which comes up by focus alone, keeps the key to itself. Of dialogs over each other only the last one is closed.
 */
function useEveryEscape(isOpen: boolean, onClose: () => void) {
  const modal = useRef<HTMLDivElement>(null);
  const isLast = () => [...document.querySelectorAll('[data-satchel-modal]')].at(-1) === modal.current;
  const afterAll = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented || document.activeElement !== document.body) return;
    if (isLast()) onClose();
  });
  const beforeTooltip = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'Escape' || document.querySelector('[role="tooltip"]') === null) return;
    if (!isLast() || modal.current?.contains(document.activeElement) !== true) return;
    event.preventDefault();
    event.stopPropagation();
    onClose();
  });
  useEffect(() => {
    if (!isOpen) return undefined;
    const last = (event: KeyboardEvent) => afterAll(event);
    const first = (event: KeyboardEvent) => beforeTooltip(event);
    window.addEventListener('keydown', last);
    window.addEventListener('keydown', first, { capture: true });
    return () => {
      window.removeEventListener('keydown', last);
      window.removeEventListener('keydown', first, { capture: true });
    };
  }, [isOpen]);
  return modal;
}

/**
 * React Aria focuses the dialog itself when it opens, and again half a second later so that a screen reader reads it. A main
 * button that has become ready meanwhile must not lose the focus to that: Enter would do nothing.
 */
function forwardFocus({ target }: FocusEvent): void {
  if (!(target instanceof HTMLElement) || target.role !== 'dialog') return;
  const main = target.querySelector<HTMLElement>('[data-takes-focus]:not([disabled])');
  main?.focus();
}

function useFocusOfMainButton(isOpen: boolean): void {
  useEffect(() => {
    if (!isOpen) return undefined;
    document.addEventListener('focusin', forwardFocus);
    return () => document.removeEventListener('focusin', forwardFocus);
  }, [isOpen]);
}

/** A window over the window, for what cannot go on without an answer. Escape closes it. */
export function Dialog({ title, isOpen, onClose, size = 'm', footer, isBare = false, children }: DialogProps) {
  const t = useText();
  const modal = useEveryEscape(isOpen, onClose);
  useFocusOfMainButton(isOpen);
  return (
    <ModalOverlay
      className={classes(styles['overlay'], isBare && styles['overlayTop'])}
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      isDismissable
    >
      <Modal ref={modal} className={classes(styles['modal'], styles[`size-${size}`])} data-satchel-modal>
        <AriaDialog className={styles['dialog'] ?? ''} {...(isBare ? { 'aria-label': title } : {})}>
          {isBare ? null : (
            <header className={styles['head']}>
              <Heading slot="title" className={styles['title'] ?? ''}>
                {title}
              </Heading>
              <IconButton icon={X} size="s" label={t('action.close')} onPress={onClose} />
            </header>
          )}
          <div ref={isBare ? null : scrollsByKeys} className={classes(!isBare && styles['body'])}>
            {children}
          </div>
          {footer === undefined ? null : <footer className={styles['foot']}>{footer}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/** The fields of a dialog. Enter in one of them submits, although the button that a person sees stands in the dialog's foot. */
export function DialogForm({
  formRef,
  className,
  onSubmit,
  children,
}: {
  formRef: RefObject<HTMLFormElement | null>;
  className: string | undefined;
  onSubmit: () => void;
  children: ReactNode;
}) {
  return (
    <form
      ref={formRef}
      className={className}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
      <button type="submit" hidden aria-hidden tabIndex={-1} />
    </form>
  );
}
