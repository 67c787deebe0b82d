import { dpiChoices, sizesOf } from '../../../shared/domain/index.ts';
import type { SourceCapabilities } from '../../../shared/domain/index.ts';
import { useText } from '../../i18n/index.ts';

/** What a scanner said it can do, a line for each paper source. */
export function ScannerFacts({ sources }: { sources: readonly SourceCapabilities[] }) {
  const t = useText();
  return (
    <ul>
      {sources.map((source) => {
        const dpis = dpiChoices(source.resolutions);
        return (
          <li key={source.source}>
            {t('settings.scanners.fact', {
              source: t(`capture.scan.source.${source.source}`),
              dpi: dpis.length === 0 ? '' : t('capture.scan.dpi', { dpi: dpis.join(', ') }),
              colours: source.colours.map((colour) => t(`capture.scan.colourShort.${colour}`)).join(', '),
              sizes: sizesOf(source)
                .map((size) => t(`capture.scan.sizeShort.${size}`))
                .join(', '),
            })}
          </li>
        );
      })}
    </ul>
  );
}
