import type { LucideIcon } from 'lucide-react';
import { CircleAlert, CircleCheck, CircleX, Info, TriangleAlert, X } from 'lucide-react';
import { useId } from 'react';
import type { ReactNode } from 'react';
import { useText } from '../i18n/index.ts';
import type { Tone } from './Badge.tsx';
import { IconButton } from './Button.tsx';
import { classes } from './classes.ts';
import styles from './Surface.module.css';

export interface CardProps {
  /** Heading; with it the card is a landmark that screen readers can jump to. */
  title?: string;
  /** At the right of the heading. */
  actions?: ReactNode;
  /** Without inner space, for tables and lists that reach the border. */
  isFlush?: boolean;
  className?: string | undefined;
  children: ReactNode;
}

/** A sheet of the desk. */
export function Card({ title, actions, isFlush = false, className, children }: CardProps) {
  const headingId = useId();
  return (
    <section
      className={classes(styles['card'], isFlush && styles['flush'], className)}
      {...(title === undefined ? {} : { 'aria-labelledby': headingId })}
    >
      {title === undefined ? null : (
        <header className={styles['cardHead']}>
          <h2 id={headingId} className={styles['cardTitle']}>
            {title}
          </h2>
          {actions}
        </header>
      )}
      {children}
    </section>
  );
}

/** Head of a screen: what it is, one line about it, its few actions. */
export function PageHeader({ title, subtitle, actions }: { title: string; subtitle?: ReactNode; actions?: ReactNode }) {
  return (
    <header className={styles['pageHead']}>
      <div>
        <h1 className={styles['pageTitle']}>{title}</h1>
        {subtitle === undefined ? null : <p className={styles['pageSubtitle']}>{subtitle}</p>}
      </div>
      {actions === undefined ? null : <div className={styles['pageActions']}>{actions}</div>}
    </header>
  );
}

/** A screen that scrolls as one, with its head. Screens with own columns lay themselves out instead. */
export function Page({ children, isWide = false }: { children: ReactNode; isWide?: boolean }) {
  return <div className={classes(styles['page'], isWide && styles['wide'])}>{children}</div>;
}

/** Says what to do first where there is nothing yet. */
export function EmptyState({
  icon: Icon,
  title,
  children,
  actions,
}: {
  icon: LucideIcon;
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className={styles['empty']}>
      <span className={styles['emptyIcon']}>
        <Icon aria-hidden size={26} strokeWidth={1.75} />
      </span>
      <h2 className={styles['emptyTitle']}>{title}</h2>
      {children === undefined ? null : <div className={styles['emptyText']}>{children}</div>}
      {actions === undefined ? null : <div className={styles['emptyActions']}>{actions}</div>}
    </div>
  );
}

const bannerIcons: Readonly<Record<Tone, LucideIcon>> = {
  green: CircleCheck,
  amber: TriangleAlert,
  red: CircleX,
  blue: Info,
  neutral: CircleAlert,
};

export interface BannerProps {
  tone: Tone;
  title?: string;
  icon?: LucideIcon;
  actions?: ReactNode;
  onDismiss?: () => void;
  /** Read out at once when it appears. */
  isAlert?: boolean;
  children?: ReactNode;
}

/** A message that stays where it concerns until it is dealt with. */
export function Banner({ tone, title, icon, actions, onDismiss, isAlert = false, children }: BannerProps) {
  const t = useText();
  const Icon = icon ?? bannerIcons[tone];
  return (
    <div className={classes(styles['banner'], styles[tone])} {...(isAlert ? { role: 'alert' } : {})}>
      <Icon aria-hidden size={18} className={styles['bannerIcon']} />
      <div className={styles['bannerText']}>
        {title === undefined ? null : <strong className={styles['bannerTitle']}>{title}</strong>}
        {children === undefined ? null : <div>{children}</div>}
      </div>
      {actions === undefined ? null : <div className={styles['bannerActions']}>{actions}</div>}
      {onDismiss === undefined ? null : (
        <IconButton icon={X} size="s" label={t('action.dismiss')} onPress={onDismiss} />
      )}
    </div>
  );
}
