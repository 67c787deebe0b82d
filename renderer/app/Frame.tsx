import { Suspense, useEffect, useRef, useState } from 'react';
import { Outlet, useLocation, useNavigate } from 'react-router';
import {
  Banner,
  Button,
  CrashBoundary,
  focusWork,
  isFocusAtWork,
  paths,
  showToast,
  ToastArea,
  useShortcuts,
  workProps,
} from '../components/index.ts';
import { formatMessage, text, useText } from '../i18n/index.ts';
import { onActionFailure, useAction, useBridgeEvent, useLiveAnswers, useMethod } from '../ipc/index.ts';
import { useAppearance } from './appearance.ts';
import styles from './Frame.module.css';
import { Palette } from './Palette.tsx';
import { Rail, screenOf } from './Rail.tsx';
import { ShortcutSheet } from './ShortcutSheet.tsx';
import { StatusBar } from './StatusBar.tsx';

/** Rail, status bar and the screen between them. */
export function Frame() {
  const t = useText();
  const navigate = useNavigate();
  const location = useLocation();
  const [open, setOpen] = useState<'palette' | 'shortcuts' | null>(null);
  const { data: status } = useMethod('status.get', {});
  const tryNow = useAction('status.tryNow');
  const decideCopy = useAction('installation.decide');
  useLiveAnswers();
  useAppearance();

  const screen = screenOf(location.pathname);
  useEffect(() => {
    document.title = `${t(`screen.${screen}`)} - ${t('app.name')}`;
  }, [screen, t]);
  // On another screen Tab goes on in that screen, and a screen reader says its name. One that has its own place for the focus keeps it.
  const shownScreen = useRef(screen);
  useEffect(() => {
    if (shownScreen.current === screen) return;
    shownScreen.current = screen;
    if (!isFocusAtWork()) focusWork();
  }, [screen]);

  useEffect(
    () => onActionFailure((failure) => void showToast({ tone: 'problem', text: formatMessage(failure.message) })),
    [],
  );
  useBridgeEvent('toast', ({ message, tone, submissionId }) => {
    showToast({
      tone,
      text: formatMessage(message),
      ...(submissionId === null
        ? {}
        : { action: { label: text('action.open'), run: () => void navigate(paths.submission(submissionId)) } }),
    });
  });

  useShortcuts('shortcuts.everywhere', [
    { keys: 'Mod+K', label: 'shortcuts.palette', run: () => setOpen('palette') },
    { keys: '?', label: 'shortcuts.help', run: () => setOpen('shortcuts') },
    { keys: 'Alt+1', label: 'shortcuts.today', run: () => void navigate(paths.today) },
    { keys: 'Alt+2', label: 'shortcuts.capture', run: () => void navigate(paths.capture) },
    { keys: 'Alt+3', label: 'shortcuts.submissions', run: () => void navigate(paths.submissions) },
    { keys: 'Alt+4', label: 'shortcuts.attention', run: () => void navigate(paths.attention) },
    { keys: 'Alt+5', label: 'shortcuts.activity', run: () => void navigate(paths.activity) },
    { keys: 'Alt+6', label: 'shortcuts.settings', run: () => void navigate(paths.settings) },
    { keys: 'Alt+T', label: 'shortcuts.tryNow', run: () => tryNow.mutate({}) },
  ]);

  return (
    <div className={styles['frame']}>
      <button type="button" className={styles['skip']} onClick={focusWork}>
        {t('frame.skip')}
      </button>
      <Rail
        attention={status?.attention ?? 0}
        onFind={() => setOpen('palette')}
        onShortcuts={() => setOpen('shortcuts')}
      />
      <main {...workProps} className={styles['main']} aria-label={t(`screen.${screen}`)}>
        {status?.keyStore.isUnlocked === false ? (
          <div className={styles['banner']}>
            <Banner
              tone="red"
              title={t('frame.locked.title')}
              isAlert
              actions={
                <Button tone="primary" onPress={() => void navigate(paths.settingsSection('recovery'))}>
                  {t('frame.locked.action')}
                </Button>
              }
            >
              {t('frame.locked.text')}
            </Banner>
          </div>
        ) : null}
        {status === undefined || status.copy === null ? null : (
          <div className={styles['banner']}>
            <Banner
              tone="red"
              title={t('frame.copy.title')}
              isAlert
              actions={status.copy.choices.map((choice) => (
                <Button key={choice} isDisabled={decideCopy.isPending} onPress={() => decideCopy.mutate({ choice })}>
                  {t(`frame.copy.${choice}`)}
                </Button>
              ))}
            >
              {formatMessage(status.copy.message)}
            </Banner>
          </div>
        )}
        {(status?.notices ?? []).map((notice) => (
          <div key={notice.code} className={styles['banner']}>
            <Banner tone="red" title={t('frame.notice.title')} isAlert>
              {formatMessage(notice)}
            </Banner>
          </div>
        ))}
        <div className={styles['screen']}>
          <CrashBoundary key={screen}>
            <Suspense fallback={<p className={styles['loading']}>{t('frame.loading')}</p>}>
              <Outlet />
            </Suspense>
          </CrashBoundary>
        </div>
      </main>
      <StatusBar />
      <ToastArea />
      {open === 'palette' ? <Palette onClose={() => setOpen(null)} /> : null}
      {open === 'shortcuts' ? <ShortcutSheet onClose={() => setOpen(null)} /> : null}
    </div>
  );
}
