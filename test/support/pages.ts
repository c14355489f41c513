import type { Test } from 'supertest';

interface PageView<T> {
  readonly items: readonly T[];
  readonly next_cursor: string | null;
}

/** More pages than any spec has rows for: a list that goes round in circles. */
const MAX_PAGES = 50;

/**
 * Walks through a list from its first page to its last.
 *
 * @param get asks for the page that is described by this query
 */
export async function readPages<T>(
  get: (page: { readonly limit: number; readonly cursor?: string }) => Test,
  limit: number,
): Promise<readonly (readonly T[])[]> {
  const pages: (readonly T[])[] = [];
  for (let cursor: string | null | undefined; cursor !== null && pages.length < MAX_PAGES;) {
    const { body } = await get({ limit, ...(cursor === undefined ? {} : { cursor }) }).expect(200);
    const page = body as PageView<T>;
    pages.push(page.items);
    cursor = page.next_cursor;
  }
  return pages;
}
