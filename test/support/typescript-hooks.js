import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';

/** The condition under which the subpath imports of package.json lead to the sources, not to the build. */
const FROM_SOURCE = 'growthgate-source';

/** A `.js` import that has no file of that name means the TypeScript source beside it. */
export async function resolve(specifier, context, next) {
  const fromSource = { ...context, conditions: [...context.conditions, FROM_SOURCE] };
  try {
    return await next(specifier, fromSource);
  } catch (error) {
    if (!/^[.#].*\.js$/.test(specifier)) throw error;
    return next(specifier.replace(/\.js$/, '.ts'), fromSource);
  }
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
