import {
  Ban,
  Check,
  CircleAlert,
  CircleCheck,
  CirclePause,
  CircleX,
  Info,
  FilePen,
  Hand,
  Hourglass,
  KeyRound,
  LifeBuoy,
  PackageCheck,
  RefreshCw,
  ScanLine,
  Search,
  Send,
  TriangleAlert,
  Undo2,
} from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Beside, Cause, Light, Severity, SubmissionState } from '../../shared/domain/index.ts';
import { useText } from '../i18n/index.ts';
import { classes } from './classes.ts';
import styles from './Badge.module.css';

/** A meaning that has a colour. The colour never stands alone: a badge always has its icon and its word. */
export type Tone = 'green' | 'amber' | 'red' | 'blue' | 'neutral';

export interface BadgeProps {
  tone: Tone;
  icon?: LucideIcon;
  /** `l` is for the one light that is read from a distance. */
  size?: 's' | 'm' | 'l';
  /** Without fill and border, for dense rows. */
  isPlain?: boolean;
  children: ReactNode;
}

/** A word with its icon and colour. */
export function Badge({ tone, icon: Icon, size = 'm', isPlain = false, children }: BadgeProps) {
  return (
    <span className={classes(styles['badge'], styles[tone], styles[`size-${size}`], isPlain && styles['plain'])}>
      {Icon === undefined ? null : <Icon aria-hidden size={size === 'l' ? 20 : 14} strokeWidth={2.25} />}
      <span>{children}</span>
    </span>
  );
}

export const lightIcons: Readonly<Record<Light, LucideIcon>> = {
  green: CircleCheck,
  amber: TriangleAlert,
  red: Hand,
};

/** May the customer leave? */
export function LightBadge({
  light,
  size = 'm',
  isPlain = false,
}: {
  light: Light;
  size?: 's' | 'm' | 'l';
  isPlain?: boolean;
}) {
  const t = useText();
  return (
    <Badge tone={light} icon={lightIcons[light]} size={size} isPlain={isPlain}>
      {t(`light.${light}`)}
    </Badge>
  );
}

const stateLooks: Readonly<Record<SubmissionState, { tone: Tone; icon: LucideIcon }>> = {
  draft: { tone: 'neutral', icon: FilePen },
  ready: { tone: 'green', icon: Check },
  released: { tone: 'blue', icon: PackageCheck },
  sending: { tone: 'blue', icon: Send },
  sent: { tone: 'blue', icon: CircleCheck },
  in_review: { tone: 'blue', icon: Search },
  accepted: { tone: 'green', icon: CircleCheck },
  rejected: { tone: 'red', icon: CircleX },
  retake: { tone: 'amber', icon: Undo2 },
};

const besideLooks: Readonly<Record<Beside, { tone: Tone; icon: LucideIcon }>> = {
  held: { tone: 'amber', icon: CirclePause },
  attention: { tone: 'amber', icon: CircleAlert },
  voided: { tone: 'neutral', icon: Ban },
};

/** Where a submission is on the ladder, and what stands beside it (held, needs a person, voided). */
export function StateBadge({
  state,
  beside = [],
  size = 'm',
}: {
  state: SubmissionState;
  beside?: readonly Beside[];
  size?: 's' | 'm';
}) {
  const t = useText();
  const look = stateLooks[state];
  return (
    <span className={styles['group']}>
      <Badge tone={look.tone} icon={look.icon} size={size}>
        {t(`state.${state}`)}
      </Badge>
      {beside.map((mark) => (
        <Badge key={mark} tone={besideLooks[mark].tone} icon={besideLooks[mark].icon} size={size}>
          {t(`beside.${mark}`)}
        </Badge>
      ))}
    </span>
  );
}

export const causeIcons: Readonly<Record<Cause, LucideIcon>> = {
  rescan: ScanLine,
  correct_data: FilePen,
  wait: Hourglass,
  sign_in: KeyRound,
  call_it: LifeBuoy,
};

const causeTones: Readonly<Record<Cause, Tone>> = {
  rescan: 'red',
  correct_data: 'amber',
  wait: 'blue',
  sign_in: 'amber',
  call_it: 'red',
};

/** The one cause of a failure, which is also its one next step. */
export function CauseBadge({ cause, size = 'm' }: { cause: Cause; size?: 's' | 'm' }) {
  const t = useText();
  return (
    <Badge tone={causeTones[cause]} icon={causeIcons[cause]} size={size}>
      {t(`cause.${cause}`)}
    </Badge>
  );
}

export const severityLooks: Readonly<Record<Severity, { tone: Tone; icon: LucideIcon }>> = {
  blocking: { tone: 'red', icon: CircleX },
  warning: { tone: 'amber', icon: TriangleAlert },
  info: { tone: 'blue', icon: Info },
};

/** Small spinning mark beside words that say what is being waited for. */
export function Working({ children }: { children: ReactNode }) {
  return (
    <span className={classes(styles['badge'], styles['plain'], styles['neutral'], styles['size-s'])}>
      <RefreshCw aria-hidden size={13} className={styles['spin']} />
      <span>{children}</span>
    </span>
  );
}
