/** `dialog`: Chromium's own file chooser, zenity for what Chromium cannot ask, and a message box inside the page. */

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { isHeadless } from './chromium.ts';
import { guardObject } from './guard.ts';
import { trusted } from './trusted.ts';
import { HostBrowserWindow } from './windows.ts';

/** Splits Electron's overloads: the parent window may be left out. */
function splitArguments<T extends object>(
  first: unknown,
  second: T | undefined,
): { window: HostBrowserWindow; options: T } {
  const options = second ?? trusted<T>(first);
  const given = first instanceof HostBrowserWindow ? first : undefined;
  const window = given ?? HostBrowserWindow.getFocusedWindow() ?? HostBrowserWindow.getAllWindows()[0];
  if (window === undefined) throw new Error('electron-host: a dialog without any window is not implemented');
  return { window, options };
}

function requireDisplay(name: string): void {
  if (!isHeadless()) return;
  throw new Error(`electron-host: dialog.${name} needs a display; in a test replace it through electronApp.evaluate`);
}

/** Asks with zenity; undefined when the person cancelled. */
async function askZenity(name: string, values: string[]): Promise<string | undefined> {
  const directories = (process.env['PATH'] ?? '').split(':');
  if (!directories.some((directory) => existsSync(path.join(directory, 'zenity')))) {
    throw new Error(`electron-host: dialog.${name} needs Debian's package "zenity" (apt install zenity)`);
  }
  return new Promise((resolve, reject) => {
    const child = spawn('zenity', ['--file-selection', ...values], { stdio: ['ignore', 'pipe', 'ignore'] });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    child.once('error', reject);
    child.once('close', (code) => resolve(code === 0 ? text.replace(/\n$/, '') : undefined));
  });
}

async function showOpenDialog(
  first: unknown,
  second?: Electron.OpenDialogOptions,
): Promise<Electron.OpenDialogReturnValue> {
  requireDisplay('showOpenDialog');
  const { window, options } = splitArguments(first, second);
  const properties = options.properties ?? ['openFile'];
  if (properties.includes('openDirectory')) {
    const chosen = await askZenity('showOpenDialog for folders', ['--directory', ...titleOf(options)]);
    return { canceled: chosen === undefined, filePaths: chosen === undefined ? [] : [chosen] };
  }
  const extensions = (options.filters ?? []).flatMap((filter) => filter.extensions);
  const accept = extensions.includes('*') ? '' : extensions.map((extension) => `.${extension}`).join(',');
  const script = `
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = ${properties.includes('multiSelections')};
    input.accept = ${JSON.stringify(accept)};
    globalThis.electronHostFiles = [];
    input.addEventListener('change', () => {
      globalThis.electronHostFiles = [...input.files];
      answer(input.files.length);
    });
    input.addEventListener('cancel', () => answer(0));
    input.click();`;
  const count = Number(await window.webContents.ask(script));
  const filePaths: string[] = [];
  for (let at = 0; at < count; at += 1) {
    filePaths.push(await window.webContents.pathOf(`globalThis.electronHostFiles[${at}]`));
  }
  return { canceled: filePaths.length === 0, filePaths };
}

async function showSaveDialog(
  first: unknown,
  second?: Electron.SaveDialogOptions,
): Promise<Electron.SaveDialogReturnValue> {
  requireDisplay('showSaveDialog');
  const { options } = splitArguments(first, second);
  const proposal = options.defaultPath === undefined ? [] : [`--filename=${options.defaultPath}`];
  const chosen = await askZenity('showSaveDialog', ['--save', '--confirm-overwrite', ...titleOf(options), ...proposal]);
  return { canceled: chosen === undefined, filePath: chosen ?? '' };
}

function titleOf(options: { title?: string }): string[] {
  return options.title === undefined ? [] : [`--title=${options.title}`];
}

/** A box inside the page, in a closed shadow tree, so that it works without any desktop. */
async function showMessageBox(
  first: unknown,
  second?: Electron.MessageBoxOptions,
): Promise<Electron.MessageBoxReturnValue> {
  const { window, options } = splitArguments(first, second);
  const content = JSON.stringify({
    message: options.message,
    detail: options.detail ?? '',
    buttons: options.buttons?.length ? options.buttons : ['OK'],
    defaultId: options.defaultId ?? 0,
    cancelId: options.cancelId ?? 0,
    checkboxLabel: options.checkboxLabel ?? '',
    checkboxChecked: options.checkboxChecked ?? false,
  });
  const script = `
    const content = ${content};
    const host = document.createElement('div');
    const root = host.attachShadow({ mode: 'closed' });
    const box = root.appendChild(document.createElement('dialog'));
    box.style.cssText = 'font: 15px system-ui; max-width: 32em; padding: 1.5em; white-space: pre-line';
    for (const [tag, text] of [['h2', content.message], ['p', content.detail]]) {
      if (text !== '') box.appendChild(document.createElement(tag)).textContent = text;
    }
    const check = document.createElement('input');
    check.type = 'checkbox';
    check.checked = content.checkboxChecked;
    if (content.checkboxLabel !== '') {
      const label = box.appendChild(document.createElement('label'));
      label.append(check, content.checkboxLabel);
    }
    const finish = (response) => {
      host.remove();
      answer({ response, checkboxChecked: check.checked });
    };
    const row = box.appendChild(document.createElement('p'));
    content.buttons.forEach((text, at) => {
      const button = row.appendChild(document.createElement('button'));
      button.textContent = text;
      button.style.marginRight = '0.75em';
      button.autofocus = at === content.defaultId;
      button.addEventListener('click', () => finish(at));
    });
    box.addEventListener('cancel', () => finish(content.cancelId));
    document.documentElement.append(host);
    box.showModal();`;
  const result = await window.webContents.ask(script);
  const field = (name: string): unknown =>
    typeof result === 'object' && result !== null ? Reflect.get(result, name) : 0;
  return { response: Number(field('response')), checkboxChecked: field('checkboxChecked') === true };
}

/** The host's `dialog`. */
export const dialog = guardObject('dialog', {
  showOpenDialog,
  showSaveDialog,
  showMessageBox,
  showErrorBox(title: string, content: string): void {
    process.stderr.write(`${title}\n${content}\n`);
  },
});
