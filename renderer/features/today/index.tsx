import { useText } from '../../i18n/index.ts';

/** The today screen. */
export function TodayScreen() {
  const t = useText();
  return <h1>{t('screen.today')}</h1>;
}
