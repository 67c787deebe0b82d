import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import type { PageFile, PracticePage } from '../../main/practice/index.ts';

const FOLDER = fileURLToPath(new URL('../../main/practice/page', import.meta.url));

/** The practice server's page, straight from its source: the types are taken out of its scripts, nothing else is built. */
export async function readPracticePage(): Promise<PracticePage> {
  const names = (await readdir(FOLDER)).filter((name) => name !== 'tsconfig.json');
  const files = await Promise.all(
    names.map(async (name) => pageFile(name, await readFile(join(FOLDER, name), 'utf8'))),
  );
  return new Map(files);
}

function pageFile(name: string, source: string): [path: string, file: PageFile] {
  switch (extname(name)) {
    case '.html':
      return ['/', { contentType: 'text/html; charset=utf-8', content: source }];
    case '.css':
      return [`/page/${name}`, { contentType: 'text/css; charset=utf-8', content: source }];
    default:
      return [
        `/page/${name.replace(/\.ts$/, '.js')}`,
        { contentType: 'text/javascript; charset=utf-8', content: withoutTypes(source) },
      ];
  }
}

function withoutTypes(source: string): string {
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2024,
      verbatimModuleSyntax: true,
      rewriteRelativeImportExtensions: true,
    },
  });
  return outputText;
}
