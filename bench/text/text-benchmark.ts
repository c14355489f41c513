import { sampleRequest } from '../../src/leads/analysis/testing/sample-reading.js';
import { analyseLead } from '../../src/leads/analysis/analyse-lead.js';
import { formatCount, markdownTable } from '../report/markdown-table.js';
import { measureRates, type Contestant } from '../report/synchronous-rate.js';
import { TYPICAL_MESSAGES } from './typical-messages.js';

const ANALYSED_CHARACTERS = 10_000;

/** Reading facts and scores out of a message, on one core. */
export function benchmarkText(): Promise<string> {
  const longest = TYPICAL_MESSAGES.reduce((left, right) =>
    left.length >= right.length ? left : right,
  );
  const pasted = `${longest} `.repeat(ANALYSED_CHARACTERS / longest.length);
  const contestants: Contestant[] = [
    {
      title: 'typical messages, in turns',
      call: (index) => analyse(TYPICAL_MESSAGES[index % TYPICAL_MESSAGES.length] ?? ''),
    },
    { title: `one message of ${longest.length} characters`, call: () => analyse(longest) },
    { title: `a pasted text of ${pasted.length} characters`, call: () => analyse(pasted) },
  ];
  const rates = measureRates(contestants);
  const rows = [...rates].map(([{ title }, rate]) => [
    title,
    formatCount(rate),
    (1e6 / rate).toFixed(1),
  ]);
  return Promise.resolve(
    markdownTable({ heading: ['analyses a second and core', 'per second', 'µs each'], rows }),
  );
}

function analyse(text: string): unknown {
  return analyseLead(sampleRequest(text));
}
