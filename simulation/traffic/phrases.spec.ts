import { describe, expect, it } from '@jest/globals';
import { sampleRequest } from '#product/leads/analysis/testing/sample-reading.js';
import { analyseLead } from '#product/leads/analysis/analyse-lead.js';
import { Draw } from './draw.js';
import { inventPersona, type Persona } from './persona.js';
import { sayAbout, STOPS, type Topic } from './phrases.js';

const SAMPLES = 400;

function read(text: string) {
  return analyseLead(sampleRequest(text));
}

/** Sentences of many leads about one topic. */
function sentencesAbout(topic: Topic): { persona: Persona; text: string }[] {
  return Array.from({ length: SAMPLES }, (_, index) => {
    const draw = new Draw(1, index);
    const persona = inventPersona(draw);
    return { persona, text: sayAbout(topic, persona, draw) };
  });
}

const shareOf = <T>(items: readonly T[], holds: (item: T) => boolean): number =>
  items.filter(holds).length / items.length;

describe('what simulated leads say', () => {
  it('names the budget that the lead has in mind', () => {
    const told = sentencesAbout('budget');
    const understood = shareOf(
      told,
      ({ persona, text }) => read(text).analysis.facts.budget_max === persona.budget.amount,
    );
    expect(understood).toBeGreaterThan(0.95);
  });

  it('is worded in many ways', () => {
    expect(new Set(sentencesAbout('budget').map(({ text }) => text)).size).toBeGreaterThan(200);
    expect(new Set(sentencesAbout('timeline').map(({ text }) => text)).size).toBeGreaterThan(15);
  });

  it('mostly names a timeline and a way of financing that can be understood', () => {
    const timelines = sentencesAbout('timeline');
    expect(
      shareOf(timelines, ({ text }) => read(text).analysis.facts.timeline !== 'unknown'),
    ).toBeGreaterThan(0.9);
    const financings = sentencesAbout('financing');
    expect(
      shareOf(financings, ({ text }) => read(text).analysis.facts.financing !== 'unknown'),
    ).toBeGreaterThan(0.9);
  });

  it('asks to stop in words that count as an opt-out', () => {
    for (const text of STOPS)
      expect([text, read(text).consent?.verdict]).toEqual([text, 'opt_out']);
  });
});
