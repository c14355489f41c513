import { describe, expect, it } from '@jest/globals';
import { renderTable } from './text-table.js';

describe('renderTable', () => {
  it('aligns labels to the left and figures to the right over all sections', () => {
    const table = renderTable([
      { title: 'Sent', rows: [['webhooks', 1_200]] },
      { title: 'Time', rows: [['p50 ms', '3.5']] },
    ]);
    expect(table).toBe('Sent\n  webhooks  1200\nTime\n  p50 ms     3.5\n');
  });

  it('leaves out sections without rows', () => {
    expect(renderTable([{ title: 'Nothing', rows: [] }])).not.toContain('Nothing');
  });
});
