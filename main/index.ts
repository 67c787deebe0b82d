import { fileURLToPath } from 'node:url';
import { app, dialog } from 'electron';
import { registerAppScheme, runDesktop } from './electron/index.ts';

const inDist = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

app.enableSandbox();
registerAppScheme();
if (app.requestSingleInstanceLock()) {
  runDesktop({
    preload: inDist('../preload/index.cjs'),
    renderer: inDist('../renderer'),
    samples: inDist('../../assets/samples'),
    workers: {
      vault: new URL('vault-worker.js', import.meta.url),
      inspection: new URL('inspection-worker.js', import.meta.url),
      practice: new URL('practice-worker.js', import.meta.url),
      databaseCheck: new URL('database-check-worker.js', import.meta.url),
    },
  }).catch((error: unknown) => {
    dialog.showErrorBox('Satchel cannot start', error instanceof Error ? error.name : 'unknown error');
    app.exit(1);
  });
} else {
  app.quit();
}
