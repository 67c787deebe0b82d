import { CircleAlert, CircleCheck, Info, X } from 'lucide-react';
import {
  UNSTABLE_Toast as Toast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastRegion as ToastRegion,
  Text,
} from 'react-aria-components';
import { useText } from '../i18n/index.ts';
import { Button, IconButton } from './Button.tsx';
import { classes } from './classes.ts';
import { toastQueue } from './toasts.ts';
import styles from './ToastArea.module.css';

const icons = { info: Info, success: CircleCheck, problem: CircleAlert } as const;

/** Where toasts appear; a landmark that F6 reaches. Mounted once, by the frame. */
export function ToastArea() {
  const t = useText();
  return (
    <ToastRegion queue={toastQueue} className={styles['region'] ?? ''} aria-label={t('toast.region')}>
      {({ toast }) => {
        const { tone, text, action } = toast.content;
        const Icon = icons[tone];
        return (
          <Toast toast={toast} className={classes(styles['toast'], styles[tone])}>
            <Icon aria-hidden size={18} className={styles['icon']} />
            <ToastContent className={styles['content']}>
              <Text slot="title">{text}</Text>
            </ToastContent>
            {action === undefined ? null : (
              <Button
                size="s"
                onPress={() => {
                  action.run();
                  toastQueue.close(toast.key);
                }}
              >
                {action.label}
              </Button>
            )}
            <IconButton
              icon={X}
              size="s"
              slot={null}
              label={t('action.dismiss')}
              onPress={() => toastQueue.close(toast.key)}
            />
          </Toast>
        );
      }}
    </ToastRegion>
  );
}
