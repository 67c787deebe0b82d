import { useText } from '../../i18n/index.ts';

/** The activity screen. */
export function ActivityScreen() {
  const t = useText();
  return <h1>{t('screen.activity')}</h1>;
}
