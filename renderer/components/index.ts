export { Button, IconButton } from './Button.tsx';
export type { ButtonProps, ButtonSize, ButtonTone, IconButtonProps } from './Button.tsx';
export { classes } from './classes.ts';
export { Kbd } from './Kbd.tsx';
export { paths } from './paths.ts';
export { useShortcuts } from './shortcuts.ts';
export type { Shortcut } from './shortcuts.ts';
