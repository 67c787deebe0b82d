import { Suspense } from 'react';
import { Outlet } from 'react-router';
import { useLiveAnswers } from '../ipc/index.ts';
import { useText } from '../i18n/index.ts';

/** Rail, status bar and the screen between them. */
export function Frame() {
  const t = useText();
  useLiveAnswers();
  return (
    <Suspense fallback={<p>{t('frame.loading')}</p>}>
      <Outlet />
    </Suspense>
  );
}
