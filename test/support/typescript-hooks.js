import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { URL, fileURLToPath } from 'node:url';
import { transform } from '@swc/core';

/** The condition under which the subpath imports of package.json lead to the sources, not to the build. */
const FROM_SOURCE = 'growthgate-source';

/** A `.js` import in TypeScript means the source of that name, where there is one. */
export async function resolve(specifier, context, next) {
  if (specifier.startsWith('.') && specifier.endsWith('.js')) {
    const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
    if (existsSync(source)) return { url: source.href, format: 'module', shortCircuit: true };
  }
  const fromSource = { ...context, conditions: [...context.conditions, FROM_SOURCE] };
  const named = specifier.startsWith('#') ? specifier.replace(/\.js$/, '.ts') : specifier;
  return next(named, fromSource);
}

/** The same translation as jest.config.js asks for. */
export async function load(url, context, next) {
  if (!url.startsWith('file:') || !url.endsWith('.ts')) return next(url, context);
  const filename = fileURLToPath(url);
  const { code } = await transform(await readFile(filename, 'utf8'), {
    filename,
    swcrc: false,
    jsc: {
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
      target: 'es2023',
    },
    module: { type: 'es6' },
    sourceMaps: 'inline',
  });
  return { format: 'module', source: code, shortCircuit: true };
}
