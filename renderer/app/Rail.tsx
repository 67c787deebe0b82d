import { ScanLine, Command, History, Home, Keyboard, Settings, TableProperties, TriangleAlert } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import { NavLink } from 'react-router';
import { Kbd, paths, steady } from '../components/index.ts';
import { useText } from '../i18n/index.ts';
import { Mark } from './Mark.tsx';
import styles from './Frame.module.css';

const screens = ['today', 'capture', 'submissions', 'attention', 'activity', 'settings'] as const;
export type ScreenName = (typeof screens)[number];

const icons: Readonly<Record<ScreenName, LucideIcon>> = {
  today: Home,
  capture: ScanLine,
  submissions: TableProperties,
  attention: TriangleAlert,
  activity: History,
  settings: Settings,
};

export const screenPaths: Readonly<Record<ScreenName, string>> = {
  today: paths.today,
  capture: paths.capture,
  submissions: paths.submissions,
  attention: paths.attention,
  activity: paths.activity,
  settings: paths.settings,
};

export const screenNames: readonly ScreenName[] = screens;

/** Which screen an address inside the window belongs to. */
export function screenOf(pathname: string): ScreenName {
  const first = pathname.split('/')[1];
  return screens.find((name) => name === first) ?? 'today';
}

/** The way between screens, in words. */
export const Rail = steady(function Rail({
  attention,
  onFind,
  onShortcuts,
}: {
  attention: number;
  onFind: () => void;
  onShortcuts: () => void;
}) {
  const t = useText();
  return (
    <nav className={styles['rail']} aria-label={t('frame.navigation')}>
      <div className={styles['brand']}>
        <Mark />
        <span className={styles['brandName']}>{t('app.name')}</span>
      </div>
      <div className={styles['links']}>
        {screens.map((name) => {
          const Icon = icons[name];
          return (
            <NavLink key={name} to={screenPaths[name]} end={name === 'today'} className={styles['link'] ?? ''}>
              <Icon aria-hidden size={17} strokeWidth={1.9} />
              <span className={styles['linkText']}>{t(`screen.${name}`)}</span>
              {name === 'attention' && attention > 0 ? (
                <span className={styles['count']}>
                  <span aria-hidden>{attention}</span>
                  <span className="visually-hidden">{t('frame.attentionCount', { count: attention })}</span>
                </span>
              ) : null}
            </NavLink>
          );
        })}
      </div>
      <div className={styles['railFoot']}>
        <AriaButton className={styles['railButton'] ?? ''} onPress={onFind}>
          <Command aria-hidden size={16} strokeWidth={1.9} />
          <span className={styles['linkText']}>{t('rail.find')}</span>
          <Kbd keys="Mod+K" tone="inverse" />
        </AriaButton>
        <AriaButton className={styles['railButton'] ?? ''} onPress={onShortcuts}>
          <Keyboard aria-hidden size={16} strokeWidth={1.9} />
          <span className={styles['linkText']}>{t('rail.keys')}</span>
          <Kbd keys="?" tone="inverse" />
        </AriaButton>
      </div>
    </nav>
  );
});
