import {
  FolderInput,
  GraduationCap,
  Hourglass,
  Info,
  KeyRound,
  Link2,
  Palette,
  ScanLine,
  Send,
  ShieldCheck,
} from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { NavLink, useParams, useSearchParams } from 'react-router';
import { classes, paths } from '../../components/index.ts';
import { useText } from '../../i18n/index.ts';
import { AboutSection } from './AboutSection.tsx';
import { AppearanceSection } from './AppearanceSection.tsx';
import { ConnectionsSection } from './ConnectionsSection.tsx';
import { ConnectionWizard } from './ConnectionWizard.tsx';
import { PracticeSection } from './PracticeSection.tsx';
import { RecoverySection } from './RecoverySection.tsx';
import { RetentionSection } from './RetentionSection.tsx';
import { ScannersSection } from './ScannersSection.tsx';
import { SendingSection } from './SendingSection.tsx';
import { SourcesSection } from './SourcesSection.tsx';
import { SupervisorSection } from './SupervisorSection.tsx';
import styles from './Settings.module.css';

const SECTIONS = [
  'connections',
  'scanners',
  'sources',
  'sending',
  'retention',
  'supervisor',
  'recovery',
  'appearance',
  'practice',
  'about',
] as const;
type Section = (typeof SECTIONS)[number];

const sectionIcons: Readonly<Record<Section, LucideIcon>> = {
  connections: Link2,
  scanners: ScanLine,
  sources: FolderInput,
  sending: Send,
  retention: Hourglass,
  supervisor: ShieldCheck,
  recovery: KeyRound,
  appearance: Palette,
  practice: GraduationCap,
  about: Info,
};

/** What an administrator sets, section by section. `?add` opens the wizard, `?connection=<id>` one connection. */
export function SettingsScreen() {
  const t = useText();
  const { section: named } = useParams();
  const [query] = useSearchParams();
  const section = SECTIONS.find((known) => known === named) ?? 'connections';
  return (
    <div className={styles['screen']}>
      <nav className={styles['sections']} aria-label={t('settings.sections')}>
        <h1 className={styles['title']}>{t('screen.settings')}</h1>
        <ul>
          {SECTIONS.map((id) => {
            const Icon = sectionIcons[id];
            return (
              <li key={id}>
                <NavLink
                  to={`${paths.settings}/${id}`}
                  className={classes(styles['sectionLink'], id === section && styles['current'])}
                  {...(id === section ? { 'aria-current': 'page' as const } : {})}
                >
                  <Icon aria-hidden size={16} />
                  {t(`settings.section.${id}`)}
                </NavLink>
              </li>
            );
          })}
        </ul>
      </nav>
      <div className={styles['content']}>
        <div className={styles['column']}>
          {section === 'connections' ? (
            query.has('add') ? (
              <ConnectionWizard />
            ) : (
              <ConnectionsSection focusedId={query.get('connection')} />
            )
          ) : section === 'scanners' ? (
            <ScannersSection />
          ) : section === 'sources' ? (
            <SourcesSection />
          ) : section === 'sending' ? (
            <SendingSection />
          ) : section === 'retention' ? (
            <RetentionSection />
          ) : section === 'supervisor' ? (
            <SupervisorSection />
          ) : section === 'recovery' ? (
            <RecoverySection />
          ) : section === 'appearance' ? (
            <AppearanceSection />
          ) : section === 'practice' ? (
            <PracticeSection />
          ) : (
            <AboutSection />
          )}
        </div>
      </div>
    </div>
  );
}
