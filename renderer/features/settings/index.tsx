import { useText } from '../../i18n/index.ts';

/** The settings screen. */
export function SettingsScreen() {
  const t = useText();
  return <h1>{t('screen.settings')}</h1>;
}
