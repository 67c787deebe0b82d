import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The window's bundle. Nothing is inlined: the app's policy allows scripts, styles and fonts only as files of its own. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'chrome140',
    sourcemap: false,
    chunkSizeWarningLimit: 900,
  },
});
