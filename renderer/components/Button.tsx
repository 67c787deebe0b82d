import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button as AriaButton, Tooltip, TooltipTrigger } from 'react-aria-components';
import type { ButtonProps as AriaButtonProps } from 'react-aria-components';
import { classes } from './classes.ts';
import { Kbd } from './Kbd.tsx';
import { steady } from './steady.tsx';
import styles from './Button.module.css';

/**
 * `primary`: the one thing this screen is for. `secondary`: the rest. `quiet`: inside rows and bars.
 * `danger`: cannot be undone; the text says what will happen.
 */
export type ButtonTone = 'primary' | 'secondary' | 'quiet' | 'danger';
export type ButtonSize = 's' | 'm' | 'l';

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'children' | 'style' | 'autoFocus'> {
  tone?: ButtonTone;
  size?: ButtonSize;
  icon?: LucideIcon;
  /** Shown as a key cap; the shortcut itself is registered with `useShortcuts`. */
  keys?: string;
  /** Has the focus from the start; only for the main button of a dialog. */
  takesFocus?: boolean;
  className?: string | undefined;
  children: ReactNode;
}

/** A button with words. */
export const Button = steady(function Button({
  tone = 'secondary',
  size = 'm',
  icon: Icon,
  keys,
  takesFocus = false,
  className,
  children,
  ...rest
}: ButtonProps) {
  return (
    <AriaButton
      {...rest}
      className={classes(styles['button'], styles[tone], styles[`size-${size}`], className)}
      {...(takesFocus ? { autoFocus: true, 'data-takes-focus': true } : {})}
      data-size={size}
    >
      {Icon === undefined ? null : <Icon aria-hidden size={size === 'l' ? 18 : 16} strokeWidth={2} />}
      <span className={styles['label']}>{children}</span>
      {keys === undefined ? null : <Kbd keys={keys} tone={tone === 'primary' ? 'inverse' : 'plain'} />}
    </AriaButton>
  );
});

export interface IconButtonProps extends Omit<AriaButtonProps, 'className' | 'children' | 'style' | 'aria-label'> {
  icon: LucideIcon;
  /** What it does, in words: its name for screen readers and its tooltip. */
  label: string;
  keys?: string;
  tone?: 'quiet' | 'secondary';
  size?: ButtonSize;
  /** A second line of the tooltip, for what there may be no room for beside the button. */
  more?: string | undefined;
  /** For a button that switches something on: whether it is on. */
  isOn?: boolean;
  className?: string | undefined;
}

/** Words and a key that come up beside a button, by mouse and by keyboard focus. */
export function WithTooltip({
  label,
  more,
  keys,
  children,
}: Pick<IconButtonProps, 'label' | 'more' | 'keys'> & { children: ReactNode }) {
  return (
    <TooltipTrigger delay={500} closeDelay={80}>
      {children}
      <Tooltip className={styles['tooltip'] ?? ''} offset={6}>
        <span>
          {label}
          {more === undefined ? null : <span className={styles['more']}>{more}</span>}
        </span>
        {keys === undefined ? null : <Kbd keys={keys} tone="inverse" />}
      </Tooltip>
    </TooltipTrigger>
  );
}

/** A button with only a picture. Its words come as a tooltip, by mouse and by keyboard focus. */
export const IconButton = steady(function IconButton({
  icon: Icon,
  label,
  more,
  keys,
  tone = 'quiet',
  size = 'm',
  isOn,
  className,
  ...rest
}: IconButtonProps) {
  return (
    <WithTooltip label={label} more={more} {...(keys === undefined ? {} : { keys })}>
      <AriaButton
        {...rest}
        aria-label={label}
        {...(isOn === undefined ? {} : { 'aria-pressed': isOn })}
        className={classes(styles['button'], styles['iconOnly'], styles[tone], styles[`size-${size}`], className)}
      >
        <Icon aria-hidden size={size === 's' ? 15 : 17} strokeWidth={2} />
      </AriaButton>
    </WithTooltip>
  );
});
