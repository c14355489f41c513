import { z } from 'zod';
import type { LeadProfile } from '../config/lead-profile.js';
import { isCounted } from '../leads/analysis/facts/money.js';
import { FINANCINGS, TIMELINES } from '../leads/lead-documents.js';
import type { Quoted, SecondReading } from '../leads/second-reading.js';

const quote = z.string().describe('The words of the message, copied exactly, that say so');

/** What the model is asked to answer: every value with the words that it was read from. */
export const READING_ANSWER = z.strictObject({
  budget: z
    .strictObject({
      min: z.number().nullable().describe('Dollars; null when there is no lower end'),
      max: z.number().nullable().describe('Dollars; null when there is no upper end'),
      quote,
    })
    .nullable()
    .describe('What the home may cost; null when the message does not say'),
  timeline: z
    .strictObject({ value: z.enum(TIMELINES), quote })
    .nullable()
    .describe('How soon the lead wants to buy; null when the message does not say'),
  financing: z
    .strictObject({ value: z.enum(FINANCINGS), quote })
    .nullable()
    .describe('How the lead will pay; null when the message does not say'),
  areas: z
    .array(z.strictObject({ name: z.string(), quote }))
    .describe('Areas that the lead wants, of those listed; empty when it names none'),
  consent: z
    .strictObject({ value: z.enum(['opt_out', 'hold']), quote })
    .nullable()
    .describe('opt_out: wants no more messages; hold: may want that; null: nothing of the kind'),
});
export type ReadingAnswer = z.infer<typeof READING_ANSWER>;

const MOST_QUOTED = 300;
const FEWEST_QUOTED = 2;
const FIGURE = /\d+(?:[.,]\d+)*/g;
const NUMBER_WORD =
  /\b(?:hundreds?|thousand|million|mil|millón|millon|half|medio|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|one|two|three|four|five|six|seven|eight|nine|cien|cientos|doscientos|trescientos|cuatrocientos|quinientos|seiscientos|setecientos|ochocientos|novecientos)\b/i;
/** Of tens between a figure as written and dollars: "450" for 450,000, "1.2" for 1,200,000. */
const MOST_TENS = 6;

interface Message {
  /** As the model was shown it. */
  readonly text: string;
  readonly profile: Pick<LeadProfile, 'serviceAreas'>;
}

type Checked<Value> = { readonly ok: Quoted<Value> } | { readonly rejected: string };

/**
 * What of an answer may be believed: a value whose words stand in the message, and that these words can
 * mean. Whatever a message talks the model into, no more than this comes of it.
 */
export function checkAnswer(answer: ReadingAnswer, message: Message): SecondReading {
  const { budget, timeline, financing, areas, consent } = answer;
  const checked = {
    budget: budget && checkBudget(budget, message),
    timeline: timeline && checkWord(timeline, message),
    financing: financing && checkWord(financing, message),
    areas: areas.length === 0 ? null : checkAreas(areas, message),
    consent: consent && checkWord(consent, message),
  };
  const rejected = Object.values(checked).flatMap((one) =>
    one !== null && 'rejected' in one ? [one.rejected] : [],
  );
  const taken = Object.entries(checked).flatMap(([name, one]) =>
    one !== null && 'ok' in one ? [[name, one.ok] as const] : [],
  );
  return { ...Object.fromEntries(taken), rejected };
}

function checkWord<Value extends string>(
  { value, quote: words }: { readonly value: Value; readonly quote: string },
  message: Message,
): Checked<Value> {
  if (!isQuoted(words, message)) return { rejected: 'not_quoted' };
  return value === 'unknown' ? { rejected: 'out_of_range' } : { ok: { value, quote: words } };
}

function checkBudget(
  { min, max, quote: words }: NonNullable<ReadingAnswer['budget']>,
  message: Message,
): Checked<{ readonly budget_min: number | null; readonly budget_max: number | null }> {
  if (!isQuoted(words, message)) return { rejected: 'not_quoted' };
  const ends = [min, max].filter((end) => end !== null);
  const isInRange = ends.length > 0 && ends.every(isCounted) && (min ?? 0) <= (max ?? Infinity);
  if (!isInRange || !ends.every(Number.isInteger)) return { rejected: 'out_of_range' };
  if (!ends.every((end) => canMean(words, end))) return { rejected: 'not_quoted' };
  return { ok: { value: { budget_min: min, budget_max: max }, quote: words } };
}

/** Whether words that hold figures hold this one, at some scale; number words may mean any. */
function canMean(words: string, dollars: number): boolean {
  const figures = (words.match(FIGURE) ?? []).flatMap((figure) => [
    Number(figure.replaceAll(',', '')),
    Number(figure.replaceAll('.', '').replaceAll(',', '.')),
  ]);
  if (figures.length === 0) return NUMBER_WORD.test(words);
  return figures.some((figure) =>
    Array.from({ length: MOST_TENS + 1 }, (_, tens) => figure * 10 ** tens).some(
      (meant) => Math.abs(meant - dollars) < 1,
    ),
  );
}

function checkAreas(areas: ReadingAnswer['areas'], message: Message): Checked<readonly string[]> {
  if (!areas.every(({ quote: words }) => isQuoted(words, message))) {
    return { rejected: 'not_quoted' };
  }
  const named = areas.map(({ name }) =>
    message.profile.serviceAreas.find((area) => area.toLowerCase() === name.trim().toLowerCase()),
  );
  const served = [...new Set(named.filter((area) => area !== undefined))];
  if (served.length === 0) return { rejected: 'out_of_range' };
  return { ok: { value: served, quote: areas.map(({ quote: words }) => words).join(' … ') } };
}

function isQuoted(words: string, { text }: Message): boolean {
  const wanted = comparable(words);
  return (
    wanted.length >= FEWEST_QUOTED &&
    words.length <= MOST_QUOTED &&
    /[\p{L}\p{N}]/u.test(wanted) &&
    comparable(text).includes(wanted)
  );
}

/** Blanks, case and curly quotation marks make no difference. */
function comparable(text: string): string {
  return text.replace(/[‘’]/g, "'").replace(/[“”]/g, '"').replace(/\s+/g, ' ').trim().toLowerCase();
}
