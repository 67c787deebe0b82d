/** `Menu`: kept and clickable from code. Nothing is drawn, and accelerators are not listened to. */

import { guardClass, notImplemented } from './guard.ts';
import { trusted } from './trusted.ts';
import { HostBrowserWindow } from './windows.ts';

type Template = Electron.MenuItemConstructorOptions | HostMenuItem;

/** The host's `MenuItem`. */
export class HostMenuItem {
  readonly id: string | undefined;
  readonly role: string | undefined;
  readonly type: string;
  readonly accelerator: Electron.Accelerator | null | undefined;
  readonly submenu: HostMenu | undefined;
  label: string;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  /** Runs the item as a click on it would. */
  readonly click: (event?: unknown, window?: unknown) => void;

  constructor(options: Electron.MenuItemConstructorOptions) {
    const { id, role, label, enabled = true, visible = true, checked = false, accelerator, submenu, click } = options;
    this.id = id;
    this.role = role;
    this.label = label ?? role ?? '';
    this.type = options.type ?? (submenu === undefined ? 'normal' : 'submenu');
    this.accelerator = accelerator;
    this.enabled = enabled;
    this.visible = visible;
    this.checked = checked;
    this.submenu = Array.isArray(submenu) ? HostMenu.buildFromTemplate(submenu) : undefined;
    if (submenu !== undefined && !Array.isArray(submenu)) throw notImplemented('MenuItem with a Menu as submenu');
    this.click = (event, window) => {
      if (!this.enabled) return;
      if (click === undefined) throw notImplemented(`the menu role '${role ?? 'none'}'`);
      trusted<(...values: unknown[]) => void>(click)(
        this,
        window ?? HostBrowserWindow.getFocusedWindow() ?? undefined,
        event ?? {},
      );
    };
  }
}
guardClass('MenuItem', HostMenuItem);

let applicationMenu: HostMenu | null = null;

/** The host's `Menu`. */
export class HostMenu {
  readonly items: HostMenuItem[] = [];

  append(item: HostMenuItem): void {
    this.items.push(item);
  }

  getMenuItemById(id: string): HostMenuItem | null {
    for (const item of this.items) {
      if (item.id === id) return item;
      const found = item.submenu?.getMenuItemById(id);
      if (found) return found;
    }
    return null;
  }

  static buildFromTemplate(template: Template[]): HostMenu {
    const menu = new HostMenu();
    for (const entry of template) menu.append(entry instanceof HostMenuItem ? entry : new HostMenuItem(entry));
    return menu;
  }

  static setApplicationMenu(menu: HostMenu | null): void {
    applicationMenu = menu;
  }

  static getApplicationMenu(): HostMenu | null {
    return applicationMenu;
  }
}
guardClass('Menu', HostMenu);
