import { PROVIDER_DESCRIPTORS } from '../../../shared/domain/index.ts';
import type { ProviderId } from '../../../shared/domain/index.ts';
import { Banner } from '../../components/index.ts';
import { useText } from '../../i18n/index.ts';

/** What the provider says about the calls that a connection to it uses; nothing for most. */
export function ProviderNotice({ provider }: { provider: ProviderId }) {
  const t = useText();
  const { notice } = PROVIDER_DESCRIPTORS[provider];
  return notice === null ? null : (
    <Banner tone="neutral" title={t(notice.titleKey)}>
      {t(notice.bodyKey)}
    </Banner>
  );
}
