/** One record of a CSV file with a header, by column. */
export type CsvRecord = Readonly<Record<string, string>>;

/** A field of RFC 4180, quoted or bare, and what ends it; bare fields hold no quote. */
const FIELD = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;

/** @throws at the first character that RFC 4180 does not allow */
export function parseCsv(text: string): readonly CsvRecord[] {
  const rows: string[][] = [[]];
  FIELD.lastIndex = 0;
  while (FIELD.lastIndex < text.length) {
    const at = FIELD.lastIndex;
    const [matched, quoted, bare = '', end] = FIELD.exec(text) ?? [];
    if (matched === undefined) throw new Error(`Not CSV at character ${at}`);
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? bare);
    if (end === '\r\n') rows.push([]);
  }
  const [header = [], ...records] = rows.slice(0, -1);
  return records.map((fields) => {
    if (fields.length !== header.length) throw new Error('A record has another number of fields');
    return Object.fromEntries(header.map((name, index) => [name, fields[index] ?? '']));
  });
}
