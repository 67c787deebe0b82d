import { Banner } from '../../components/index.ts';
import { useText } from '../../i18n/index.ts';

/** What Persona says about the calls that this connection uses. */
export function LegacyNotice() {
  const t = useText();
  return (
    <Banner tone="neutral" title={t('settings.connections.legacy.title')}>
      {t('settings.connections.legacy.body')}
    </Banner>
  );
}
