import { useEffect, useState } from 'react';
import { currentLanguage, useText } from '../i18n/index.ts';
import { distanceRefreshMs, formatCountdown, formatDistance, formatExactUtc } from './format.ts';
import { momentText } from './when.ts';

/** The time now, as often as a text about `at` needs it. */
function useNowFor(at: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setTimeout(() => setNow(Date.now()), distanceRefreshMs(at, now));
    return () => clearTimeout(timer);
  }, [at, now]);
  return now;
}

/** `2 min ago`, kept right while it is shown; the exact UTC time on hover. `at`: UTC epoch milliseconds. */
export function RelativeTime({ at }: { at: number }) {
  const t = useText();
  const now = useNowFor(at);
  return (
    <time dateTime={new Date(at).toISOString()} title={formatExactUtc(at)}>
      {formatDistance(at, now, currentLanguage()) ?? t('time.now')}
    </time>
  );
}

/** `in 35 sec.` or `in a moment`, for what comes next; the exact UTC time on hover. `at`: UTC epoch milliseconds. */
export function Countdown({ at }: { at: number }) {
  const t = useText();
  const now = useNowFor(at);
  return (
    <time dateTime={new Date(at).toISOString()} title={formatExactUtc(at)}>
      {formatCountdown(at, now, currentLanguage()) ?? t('time.soon')}
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
