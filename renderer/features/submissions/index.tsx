import { useText } from '../../i18n/index.ts';

/** The submissions screen. */
export function SubmissionsScreen() {
  const t = useText();
  return <h1>{t('screen.submissions')}</h1>;
}
