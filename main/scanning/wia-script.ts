import { fileURLToPath } from 'node:url';

/** The script as another program can open it: beside the app's archive, not in it. From here and from dist/main alike. */
export const WIA_SCRIPT = fileURLToPath(new URL('../../assets/wia/scan.ps1', import.meta.url)).replace(
  /app\.asar(?=[\\/])/,
  'app.asar.unpacked',
);
