import { useText } from '../../i18n/index.ts';

/** The attention screen. */
export function AttentionScreen() {
  const t = useText();
  return <h1>{t('screen.attention')}</h1>;
}
