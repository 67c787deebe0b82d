/** The module `electron` of the main process. */

import { app } from './app.ts';
import { clipboard } from './clipboard.ts';
import { dialog } from './dialog.ts';
import { guardObject, missingExport } from './guard.ts';
import { ipcMain } from './ipc-main.ts';
import { HostMenu as Menu, HostMenuItem as MenuItem } from './menu.ts';
import { nativeTheme } from './native-theme.ts';
import { net } from './net.ts';
import { HostNotification as Notification } from './notification.ts';
import { powerMonitor } from './power-monitor.ts';
import { powerSaveBlocker } from './power-save-blocker.ts';
import { safeStorage } from './safe-storage.ts';
import { session } from './session.ts';
import { shell } from './shell.ts';
import { HostWebContents as webContents } from './web-contents.ts';
import { HostBrowserWindow as BrowserWindow } from './windows.ts';

const protocol = session.defaultSession.protocol;

const autoUpdater = missingExport('autoUpdater');
const BaseWindow = missingExport('BaseWindow');
const BrowserView = missingExport('BrowserView');
const contentTracing = missingExport('contentTracing');
const crashReporter = missingExport('crashReporter');
const desktopCapturer = missingExport('desktopCapturer');
const globalShortcut = missingExport('globalShortcut');
const ImageView = missingExport('ImageView');
const inAppPurchase = missingExport('inAppPurchase');
const MessageChannelMain = missingExport('MessageChannelMain');
const nativeImage = missingExport('nativeImage');
const netLog = missingExport('netLog');
const pushNotifications = missingExport('pushNotifications');
const screen = missingExport('screen');
const ServiceWorkerMain = missingExport('ServiceWorkerMain');
const ShareMenu = missingExport('ShareMenu');
const systemPreferences = missingExport('systemPreferences');
const TouchBar = missingExport('TouchBar');
const Tray = missingExport('Tray');
const utilityProcess = missingExport('utilityProcess');
const View = missingExport('View');
const webFrameMain = missingExport('webFrameMain');
const WebContentsView = missingExport('WebContentsView');

const electron = guardObject('electron', {
  app,
  autoUpdater,
  BaseWindow,
  BrowserView,
  BrowserWindow,
  clipboard,
  contentTracing,
  crashReporter,
  desktopCapturer,
  dialog,
  globalShortcut,
  ImageView,
  inAppPurchase,
  ipcMain,
  Menu,
  MenuItem,
  MessageChannelMain,
  nativeImage,
  nativeTheme,
  net,
  netLog,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  pushNotifications,
  safeStorage,
  screen,
  ServiceWorkerMain,
  session,
  ShareMenu,
  shell,
  systemPreferences,
  TouchBar,
  Tray,
  utilityProcess,
  View,
  webContents,
  webFrameMain,
  WebContentsView,
});

export {
  app,
  autoUpdater,
  BaseWindow,
  BrowserView,
  BrowserWindow,
  clipboard,
  contentTracing,
  crashReporter,
  desktopCapturer,
  dialog,
  globalShortcut,
  ImageView,
  inAppPurchase,
  ipcMain,
  Menu,
  MenuItem,
  MessageChannelMain,
  nativeImage,
  nativeTheme,
  net,
  netLog,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  pushNotifications,
  safeStorage,
  screen,
  ServiceWorkerMain,
  session,
  ShareMenu,
  shell,
  systemPreferences,
  TouchBar,
  Tray,
  utilityProcess,
  View,
  webContents,
  webFrameMain,
  WebContentsView,
};
export default electron;
// What `require('electron')` returns.
export { electron as 'module.exports' };
