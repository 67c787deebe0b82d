import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components';
import { classes } from './classes.ts';
import styles from './Tabs.module.css';

export interface TabItem<Id extends string = string> {
  id: Id;
  label: string;
  icon?: LucideIcon;
  /** Shown after the label when not undefined. */
  count?: number | undefined;
  /** Rendered while the tab is selected. */
  content: ReactNode;
}

/** Tabs of one place. `fill`: the panel takes the rest of the height and scrolls by itself. */
export function Tabs<Id extends string>({
  label,
  items,
  selectedId,
  onSelect,
  isFilling = false,
}: {
  label: string;
  items: readonly TabItem<Id>[];
  selectedId: Id;
  onSelect: (id: Id) => void;
  isFilling?: boolean;
}) {
  return (
    <AriaTabs
      className={classes(styles['tabs'], isFilling && styles['filling'])}
      selectedKey={selectedId}
      onSelectionChange={(key) => {
        const item = items.find((candidate) => candidate.id === key);
        if (item !== undefined) onSelect(item.id);
      }}
    >
      <TabList aria-label={label} className={styles['list'] ?? ''}>
        {items.map((item) => (
          <Tab key={item.id} id={item.id} className={styles['tab'] ?? ''}>
            {item.icon === undefined ? null : <item.icon aria-hidden size={15} />}
            {item.label}
            {item.count === undefined ? null : <span className={styles['count']}>{item.count}</span>}
          </Tab>
        ))}
      </TabList>
      {items.map((item) => (
        <TabPanel key={item.id} id={item.id} className={styles['panel'] ?? ''}>
          {item.content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
