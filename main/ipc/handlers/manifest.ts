import { basename } from 'node:path';
import type { BeforeChoice, ManifestView } from '../../../shared/domain/index.ts';
import { methods } from '../../../shared/ipc/index.ts';
import { SatchelFailure } from '../../../shared/util/failure.ts';
import { handle } from '../door.ts';
import type { GetServices, Shell } from './types.ts';

/**
 * A folder with a manifest, in two steps: it is chosen and read, and then, when a person has seen what would happen, taken in. The
 * window never sees the path, so the folder that was chosen last is remembered here.
 */
export function manifestHandlers(services: GetServices, shell: Shell) {
  let chosen: string | null = null;

  async function run(options: {
    readonly connectionIds: readonly string[];
    readonly isDryRun?: boolean;
    readonly before?: BeforeChoice;
  }): Promise<ManifestView> {
    if (chosen === null) throw new SatchelFailure({ code: 'conflict', message: { code: 'manifest.notChosen' } });
    const report = await services().capture.importManifest(chosen, options);
    return {
      folder: basename(chosen),
      batchId: report.batchId,
      customerCount: report.customers.length,
      fileCount: report.customers.reduce((sum, { files }) => sum + files, 0),
      problems: [...report.problems],
      importedBefore: report.importedBefore,
      missing: report.missing,
      files: { imported: [...report.files.imported], refused: [...report.files.refused] },
    };
  }

  return {
    'manifest.choose': handle(methods['manifest.choose'], async () => {
      const path = await shell.chooseFolder();
      if (path === null) return null;
      chosen = path;
      return { folder: basename(path) };
    }),
    'manifest.check': handle(methods['manifest.check'], ({ connectionIds }) => run({ connectionIds, isDryRun: true })),
    'manifest.import': handle(methods['manifest.import'], ({ connectionIds, before }) =>
      run({ connectionIds, before }),
    ),
  };
}
