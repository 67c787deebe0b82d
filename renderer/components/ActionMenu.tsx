import { Ellipsis } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover, Text } from 'react-aria-components';
import { Kbd } from './Kbd.tsx';
import { classes } from './classes.ts';
import buttonStyles from './Button.module.css';
import styles from './Field.module.css';

export interface ActionMenuItem {
  id: string;
  label: string;
  icon?: LucideIcon;
  keys?: string;
  isDisabled?: boolean;
  run: () => void;
}

/** A button with three dots that offers what is needed seldom. */
export function ActionMenu({ label, items }: { label: string; items: readonly ActionMenuItem[] }) {
  return (
    <MenuTrigger>
      <AriaButton
        aria-label={label}
        className={classes(
          buttonStyles['button'],
          buttonStyles['iconOnly'],
          buttonStyles['secondary'],
          buttonStyles['size-m'],
        )}
      >
        <Ellipsis aria-hidden size={17} />
      </AriaButton>
      <Popover className={styles['popover'] ?? ''} offset={4} placement="bottom end">
        <Menu className={styles['list'] ?? ''} aria-label={label}>
          {items.map((item) => (
            <MenuItem
              key={item.id}
              id={item.id}
              textValue={item.label}
              isDisabled={item.isDisabled ?? false}
              className={classes(styles['option'], styles['menuOption'])}
              onAction={item.run}
            >
              {item.icon === undefined ? null : <item.icon aria-hidden size={15} />}
              <Text slot="label" className={styles['menuLabel'] ?? ''}>
                {item.label}
              </Text>
              {item.keys === undefined ? null : <Kbd keys={item.keys} />}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
