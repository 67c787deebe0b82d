import { useEffect } from 'react';
import { setLanguage } from '../i18n/index.ts';
import { useMethod } from '../ipc/index.ts';

const darkQuery = window.matchMedia('(prefers-color-scheme: dark)');

function applyTheme(theme: 'system' | 'light' | 'dark'): void {
  const chosen = theme === 'system' ? (darkQuery.matches ? 'dark' : 'light') : theme;
  document.documentElement.dataset['theme'] = chosen;
}

// Before anything is drawn, so that a dark desk does not flash white nor a German one English.
applyTheme('system');
setLanguage('system', navigator.languages);

/** Follows the chosen theme and language, or the system's. */
export function useAppearance(): void {
  const { data: settings } = useMethod('settings.get', {});
  const theme = settings?.theme ?? 'system';
  const language = settings?.language ?? 'system';
  useEffect(() => {
    applyTheme(theme);
    const follow = () => applyTheme(theme);
    darkQuery.addEventListener('change', follow);
    return () => darkQuery.removeEventListener('change', follow);
  }, [theme]);
  useEffect(() => {
    setLanguage(language, navigator.languages);
  }, [language]);
}
