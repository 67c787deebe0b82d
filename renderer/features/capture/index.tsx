import { useText } from '../../i18n/index.ts';

/** The capture screen. */
export function CaptureScreen() {
  const t = useText();
  return <h1>{t('screen.capture')}</h1>;
}
