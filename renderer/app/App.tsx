import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, useState } from 'react';
import { I18nProvider } from 'react-aria-components';
import { createHashRouter } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { currentLanguage, useText } from '../i18n/index.ts';
import { createQueryClient } from '../ipc/index.ts';
import { Frame } from './Frame.tsx';

const TodayScreen = lazy(async () => ({ default: (await import('../features/today/index.tsx')).TodayScreen }));
const CaptureScreen = lazy(async () => ({ default: (await import('../features/capture/index.tsx')).CaptureScreen }));
const SubmissionsScreen = lazy(async () => ({
  default: (await import('../features/submissions/index.tsx')).SubmissionsScreen,
}));
const AttentionScreen = lazy(async () => ({
  default: (await import('../features/attention/index.tsx')).AttentionScreen,
}));
const ActivityScreen = lazy(async () => ({ default: (await import('../features/activity/index.tsx')).ActivityScreen }));
const SettingsScreen = lazy(async () => ({ default: (await import('../features/settings/index.tsx')).SettingsScreen }));

/** Addresses live after the `#`, so that the app's own scheme serves one file. `components/paths.ts` writes them. */
function createRouter() {
  return createHashRouter([
    {
      path: '/',
      element: <Frame />,
      children: [
        { index: true, element: <TodayScreen /> },
        { path: 'capture/:submissionId?', element: <CaptureScreen /> },
        { path: 'submissions/:submissionId?', element: <SubmissionsScreen /> },
        { path: 'attention', element: <AttentionScreen /> },
        { path: 'activity', element: <ActivityScreen /> },
        { path: 'settings/:section?', element: <SettingsScreen /> },
        { path: '*', element: <TodayScreen /> },
      ],
    },
  ]);
}

/** The whole window: answers from main, addresses, frame. */
export function App() {
  const [client] = useState(createQueryClient);
  const [router] = useState(createRouter);
  // Only to follow the language: date fields and the widgets' own words take theirs from the provider.
  useText();
  return (
    <QueryClientProvider client={client}>
      <I18nProvider locale={currentLanguage()}>
        <RouterProvider router={router} />
      </I18nProvider>
    </QueryClientProvider>
  );
}
