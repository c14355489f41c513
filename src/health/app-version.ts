import { readFileSync } from 'node:fs';

const FALLBACK = '0.0.0';

/** The version of package.json, which lies two folders up from the source and from the build alike. */
export const APP_VERSION = readVersion();

function readVersion(): string {
  const manifest: unknown = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  );
  if (typeof manifest !== 'object' || manifest === null || !('version' in manifest))
    return FALLBACK;
  return typeof manifest.version === 'string' ? manifest.version : FALLBACK;
}
