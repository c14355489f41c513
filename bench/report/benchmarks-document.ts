import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const DOCUMENT = fileURLToPath(new URL('../../docs/benchmarks.md', import.meta.url));

/** Replaces what stands between the markers of one benchmark; the words around them are written by hand. */
export async function writeReport(name: string, report: string): Promise<void> {
  const document = await readFile(DOCUMENT, 'utf8');
  const begin = `<!-- begin ${name} -->`;
  const end = `<!-- end ${name} -->`;
  const from = document.indexOf(begin);
  const to = document.indexOf(end);
  if (from < 0 || to < from) throw new Error(`${DOCUMENT} has no markers of "${name}"`);
  await writeFile(
    DOCUMENT,
    `${document.slice(0, from + begin.length)}\n\n${report}\n\n${document.slice(to)}`,
  );
}
