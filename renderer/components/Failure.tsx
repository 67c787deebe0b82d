import type { ReactNode } from 'react';
import { Component } from 'react';
import { formatMessage, useText } from '../i18n/index.ts';
import { failureOf } from '../ipc/index.ts';
import { Button } from './Button.tsx';
import { Banner } from './Surface.tsx';

/** Where an answer should be and main said why it is not. */
export function FailureNote({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const t = useText();
  return (
    <Banner
      tone="red"
      isAlert
      {...(onRetry === undefined ? {} : { actions: <Button onPress={onRetry}>{t('action.retry')}</Button> })}
    >
      {formatMessage(failureOf(error).message)}
    </Banner>
  );
}

function Crash({ onRetry }: { onRetry: () => void }) {
  const t = useText();
  return (
    <Banner tone="red" title={t('crash.title')} isAlert actions={<Button onPress={onRetry}>{t('crash.retry')}</Button>}>
      {t('crash.safe')}
    </Banner>
  );
}

/** Keeps a fault of one screen from taking the frame with it. The thrown value is not shown: it may hold customer data. */
export class CrashBoundary extends Component<{ children: ReactNode }, { hasCrashed: boolean }> {
  override state = { hasCrashed: false };

  static getDerivedStateFromError(): { hasCrashed: boolean } {
    return { hasCrashed: true };
  }

  override render(): ReactNode {
    if (!this.state.hasCrashed) return this.props.children;
    return <Crash onRetry={() => this.setState({ hasCrashed: false })} />;
  }
}
