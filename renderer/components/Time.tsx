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

/** `words` for a time, with the exact UTC time on hover. `at`: UTC epoch milliseconds, here and below. */
export function TimeInWords({ at, words }: { at: number; words: string }) {
  return (
    <time dateTime={new Date(at).toISOString()} title={formatExactUtc(at)}>
      {words}
    </time>
  );
}

/** `2 min ago`, kept right while it is shown. */
export function RelativeTime({ at }: { at: number }) {
  const t = useText();
  return <TimeInWords at={at} words={formatDistance(at, useNowFor(at), currentLanguage()) ?? t('time.now')} />;
}

/** `in 35 sec.` or `in a moment`, for what comes next. */
export function Countdown({ at }: { at: number }) {
  const t = useText();
  return <TimeInWords at={at} words={formatCountdown(at, useNowFor(at), currentLanguage()) ?? t('time.soon')} />;
}

/** `14:32`, with the day when it is not today. */
export function Moment({ at }: { at: number }) {
  return <TimeInWords at={at} words={momentText(at)} />;
}
