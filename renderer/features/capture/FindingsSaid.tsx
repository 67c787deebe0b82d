import { useState } from 'react';
import type { SubmissionDetail } from '../../../shared/domain/index.ts';
import { formatMessage, useText } from '../../i18n/index.ts';
import { stationName } from './names.ts';
import { findingsAt } from './stations.ts';
import type { Station } from './stations.ts';

/**
 * Says what was noticed on a page as soon as it has been looked at, to whoever does not see the list: while the light stays as it is,
 * nothing else would. Give it the submission's id as `key`: what was looked at before the customer came in front is not said.
 */
export function FindingsSaid({ detail, stations }: { detail: SubmissionDetail; stations: readonly Station[] }) {
  const t = useText();
  const [known, setKnown] = useState(() => inspectedPages(stations));
  const [said, setSaid] = useState('');
  const news = stations.filter(({ page }) => page !== null && page.isInspected && !known.has(page.id));
  if (news.length > 0) {
    setKnown(inspectedPages(stations));
    setSaid(
      news
        .flatMap((station) => {
          const sentences = findingsAt(detail.findings, station)
            .filter(({ severity }) => severity !== 'info')
            .map(({ rule, params }) => formatMessage({ code: `finding.${rule}`, params }));
          if (sentences.length === 0) return [];
          return [t('capture.findings.said', { place: stationName(station, t), sentences: sentences.join(' ') })];
        })
        .join(' '),
    );
  }
  return <output className="visually-hidden">{said}</output>;
}

function inspectedPages(stations: readonly Station[]): ReadonlySet<string> {
  return new Set(stations.flatMap(({ page }) => (page?.isInspected === true ? [page.id] : [])));
}
