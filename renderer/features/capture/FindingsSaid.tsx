import { useState } from 'react';
import type { Finding, SubmissionDetail } from '../../../shared/domain/index.ts';
import { formatMessage, useText } from '../../i18n/index.ts';
import { stationName } from './names.ts';
import { findingsAt } from './stations.ts';
import type { Station } from './stations.ts';

/**
 * Says what is noticed on a page as soon as it is, to whoever does not see the list: while the light stays as it is, nothing else
 * would. Give it the submission's id as `key`: what was found before the customer came in front is not said.
 */
export function FindingsSaid({ detail, stations }: { detail: SubmissionDetail; stations: readonly Station[] }) {
  const t = useText();
  const places = stations.map((station) => ({
    name: stationName(station, t),
    findings: findingsAt(detail.findings, station).filter(({ severity }) => severity !== 'info'),
  }));
  const [known, setKnown] = useState(() => new Set(places.flatMap(({ findings }) => findings.map(identityOf))));
  const [said, setSaid] = useState('');
  const news = places
    .map((place) => ({ ...place, findings: place.findings.filter((finding) => !known.has(identityOf(finding))) }))
    .filter(({ findings }) => findings.length > 0);
  if (news.length > 0) {
    setKnown(new Set([...known, ...news.flatMap(({ findings }) => findings.map(identityOf))]));
    setSaid(
      news
        .map(({ name, findings }) =>
          t('capture.findings.said', {
            place: name,
            sentences: findings.map(({ rule, params }) => formatMessage({ code: `finding.${rule}`, params })).join(' '),
          }),
        )
        .join(' '),
    );
  }
  return <output className="visually-hidden">{said}</output>;
}

function identityOf({ rule, pageId, params }: Finding): string {
  return JSON.stringify([rule, pageId, params]);
}
