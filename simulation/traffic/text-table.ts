/** A title over its rows, or one row of the section above. */
export type TableRow = readonly [label: string, value: string | number];

export interface TableSection {
  readonly title: string;
  readonly rows: readonly TableRow[];
}

const INDENT = '  ';

/** Sections of two columns: labels to the left, figures to the right, all sections equally wide. */
export function renderTable(sections: readonly TableSection[]): string {
  const rows = sections.flatMap((section) => section.rows);
  const labelWidth = Math.max(0, ...rows.map(([label]) => label.length));
  const valueWidth = Math.max(0, ...rows.map(([, value]) => String(value).length));
  const lines = sections
    .filter((section) => section.rows.length > 0)
    .flatMap(({ title, rows: own }) => [
      title,
      ...own.map(
        ([label, value]) =>
          `${INDENT}${label.padEnd(labelWidth)}${INDENT}${String(value).padStart(valueWidth)}`,
      ),
    ]);
  return `${lines.join('\n')}\n`;
}
