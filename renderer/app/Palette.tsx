import { Search } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { Autocomplete, Header, Input, Menu, MenuItem, MenuSection, SearchField, Text } from 'react-aria-components';
import { useNavigate } from 'react-router';
import { currentShortcutGroups, Dialog, Kbd, LightBadge, paths, StateBadge } from '../components/index.ts';
import { useText } from '../i18n/index.ts';
import { useMethod } from '../ipc/index.ts';
import { fitsSearch } from './search.ts';
import { screenNames, screenPaths } from './Rail.tsx';
import styles from './Palette.module.css';

const MAX_CUSTOMERS = 8;

/** The palette is opened in order to type. */
const FOCUSED = { autoFocus: true };

/** Finds customers by name or reference, screens, and everything that the keyboard can do at the moment. */
export function Palette({ onClose }: { onClose: () => void }) {
  const t = useText();
  const navigate = useNavigate();
  const [query, setQuery] = useState('');
  const [commands] = useState(() =>
    currentShortcutGroups().flatMap((group) => group.shortcuts.filter((shortcut) => shortcut.isDisabled !== true)),
  );
  const search = useDeferredValue(query.trim());
  const { data: found } = useMethod(
    'submission.list',
    { filter: { search }, offset: 0, limit: MAX_CUSTOMERS },
    { isEnabled: search !== '', keepsPrevious: true },
  );
  const customers = search === '' ? [] : (found?.rows ?? []);
  const shownScreens = screenNames.filter((name) => fitsSearch(t(`screen.${name}`), query));
  const shownCommands = commands.filter(
    (command) => !/^Alt\+\d$/.test(command.keys) && fitsSearch(t(command.label), query),
  );

  const goTo = (path: string) => {
    onClose();
    void navigate(path);
  };

  return (
    <Dialog title={t('palette.title')} isOpen onClose={onClose} isBare>
      <Autocomplete inputValue={query} onInputChange={setQuery}>
        <SearchField className={styles['search'] ?? ''} aria-label={t('palette.title')} {...FOCUSED}>
          <Search aria-hidden size={18} />
          <Input className={styles['input'] ?? ''} placeholder={t('palette.placeholder')} />
        </SearchField>
        <Menu
          className={styles['menu'] ?? ''}
          aria-label={t('palette.title')}
          renderEmptyState={() => <p className={styles['empty']}>{t('palette.empty')}</p>}
        >
          {customers.length === 0 ? null : (
            <MenuSection className={styles['section'] ?? ''}>
              <Header className={styles['header'] ?? ''}>{t('palette.customers')}</Header>
              {customers.map((row) => (
                <MenuItem
                  key={row.id}
                  id={`customer-${row.id}`}
                  textValue={row.customer}
                  className={styles['item'] ?? ''}
                  onAction={() =>
                    goTo(
                      ['draft', 'ready', 'retake'].includes(row.state)
                        ? paths.captureSubmission(row.id)
                        : paths.submission(row.id),
                    )
                  }
                >
                  <Text slot="label" className={styles['itemLabel'] ?? ''}>
                    {row.customer === '' ? row.reference : row.customer}
                  </Text>
                  <Text slot="description" className={styles['itemDetails'] ?? ''}>
                    <span className={styles['itemDetail']}>{row.reference}</span>
                    <StateBadge state={row.state} beside={row.beside} size="s" />
                    {['draft', 'ready'].includes(row.state) ? <LightBadge light={row.light} size="s" /> : null}
                  </Text>
                </MenuItem>
              ))}
            </MenuSection>
          )}
          {shownScreens.length === 0 ? null : (
            <MenuSection className={styles['section'] ?? ''}>
              <Header className={styles['header'] ?? ''}>{t('palette.screens')}</Header>
              {shownScreens.map((name) => (
                <MenuItem
                  key={name}
                  id={`screen-${name}`}
                  className={styles['item'] ?? ''}
                  onAction={() => goTo(screenPaths[name])}
                >
                  {t(`screen.${name}`)}
                </MenuItem>
              ))}
            </MenuSection>
          )}
          {shownCommands.length === 0 ? null : (
            <MenuSection className={styles['section'] ?? ''}>
              <Header className={styles['header'] ?? ''}>{t('palette.commands')}</Header>
              {shownCommands.map((command) => (
                <MenuItem
                  key={command.keys}
                  id={`command-${command.keys}`}
                  textValue={t(command.label)}
                  className={styles['item'] ?? ''}
                  onAction={() => {
                    onClose();
                    // After the palette has given the focus back, so that what the command opens keeps it.
                    requestAnimationFrame(() => command.run(command.keys));
                  }}
                >
                  <Text slot="label" className={styles['itemLabel'] ?? ''}>
                    {t(command.label)}
                  </Text>
                  <Kbd keys={command.keys} />
                </MenuItem>
              ))}
            </MenuSection>
          )}
        </Menu>
      </Autocomplete>
      <p className={styles['hint']}>{t('palette.hint')}</p>
    </Dialog>
  );
}
