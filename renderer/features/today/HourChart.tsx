import { useText } from '../../i18n/index.ts';
import { axisTop, barsOf } from './hours.ts';
import styles from './Today.module.css';

const WIDTH = 640;
const HEIGHT = 190;
const LEFT = 30;
const BOTTOM = 22;
const TOP = 8;

/** Captured and delivered pages per hour. Bars for eyes, the same numbers as a table for screen readers. */
export function HourChart({ captured, delivered }: { captured: readonly number[]; delivered: readonly number[] }) {
  const t = useText();
  const bars = barsOf(captured, delivered);
  const top = axisTop(Math.max(...bars.flatMap((bar) => [bar.captured, bar.delivered])));
  const plotHeight = HEIGHT - TOP - BOTTOM;
  const step = (WIDTH - LEFT) / bars.length;
  const barWidth = Math.min(17, step * 0.36);
  const y = (value: number) => TOP + plotHeight * (1 - value / top);
  return (
    <>
      <ul className={styles['legend']} aria-hidden>
        <li>
          <span className={styles['keyCaptured']} />
          {t('today.chart.captured')}
        </li>
        <li>
          <span className={styles['keyDelivered']} />
          {t('today.chart.delivered')}
        </li>
      </ul>
      <svg className={styles['chart']} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden>
        {[0, top / 2, top].map((line) => (
          <g key={line}>
            <line className={styles['gridLine']} x1={LEFT} x2={WIDTH} y1={y(line)} y2={y(line)} />
            <text className={styles['axis']} x={LEFT - 8} y={y(line)} textAnchor="end" dominantBaseline="central">
              {line}
            </text>
          </g>
        ))}
        {bars.map((bar, index) => {
          const middle = LEFT + step * (index + 0.5);
          return (
            <g key={bar.hour}>
              <title>{`${bar.hour}:00  ${t('today.chart.total', { captured: bar.captured, delivered: bar.delivered })}`}</title>
              {/* Catches the pointer over the whole hour. */}
              <rect className={styles['hourArea']} x={middle - step / 2} y={TOP} width={step} height={plotHeight} />
              <rect
                className={styles['barCaptured']}
                x={middle - barWidth - 1}
                y={y(bar.captured)}
                width={barWidth}
                height={Math.max(0, y(0) - y(bar.captured))}
                rx="2"
              />
              <rect
                className={styles['barDelivered']}
                x={middle + 1}
                y={y(bar.delivered)}
                width={barWidth}
                height={Math.max(0, y(0) - y(bar.delivered))}
                rx="2"
              />
              <text className={styles['axis']} x={middle} y={HEIGHT - 6} textAnchor="middle">
                {bar.hour}
              </text>
            </g>
          );
        })}
      </svg>
      <table className="visually-hidden">
        <caption>{t('today.chart')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('today.chart.hour')}</th>
            <th scope="col">{t('today.chart.captured')}</th>
            <th scope="col">{t('today.chart.delivered')}</th>
          </tr>
        </thead>
        <tbody>
          {bars.map((bar) => (
            <tr key={bar.hour}>
              <th scope="row">{bar.hour}:00</th>
              <td>{bar.captured}</td>
              <td>{bar.delivered}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
