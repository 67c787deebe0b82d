import { useEffect, useState } from 'react';
import { currentLanguage, useText } from '../i18n/index.ts';
import { distanceRefreshMs, formatDistance, formatExactUtc } from './format.ts';
import { momentText } from './when.ts';

/** `2 min ago`, kept right while it is shown; the exact UTC time on hover. `at`: UTC epoch milliseconds. */
export function RelativeTime({ at }: { at: number }) {
  const t = useText();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setTimeout(() => setNow(Date.now()), distanceRefreshMs(at, now));
    return () => clearTimeout(timer);
  }, [at, now]);
  return (
    <time dateTime={new Date(at).toISOString()} title={formatExactUtc(at)}>
      {formatDistance(at, now, currentLanguage()) ?? t('time.now')}
    </time>
  );
}

/** `14:32`, with the day when it is not today; the exact UTC time on hover. */
export function Moment({ at }: { at: number }) {
  return (
    <time dateTime={new Date(at).toISOString()} title={formatExactUtc(at)}>
      {momentText(at)}
    </time>
  );
}
