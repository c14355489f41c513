import { describe, expect, it } from '@jest/globals';
import { ProgressLines } from './progress.js';

describe('ProgressLines', () => {
  it('writes a line for each tenth, and none twice', () => {
    const lines: string[] = [];
    const progress = new ProgressLines((line) => lines.push(line));
    progress.begin('webhooks', 50);
    for (let done = 0; done <= 50; done += 1) progress.reach(done);
    expect(lines).toHaveLength(10);
    expect(lines.at(-1)).toBe('webhooks 50/50\n');
  });

  it('is silent where there is nothing to do', () => {
    const lines: string[] = [];
    const progress = new ProgressLines((line) => lines.push(line));
    progress.begin('webhooks', 0);
    progress.reach(0);
    expect(lines).toEqual([]);
  });
});
