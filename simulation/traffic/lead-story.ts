import type { Draw, Weighted } from './draw.js';
import type { Persona } from './persona.js';
import {
  GREETINGS,
  SMALL_TALK,
  STOPS,
  sayAbout,
  sayAsAgent,
  TOPICS,
  type Topic,
} from './phrases.js';

/** One thing that happens to a lead. */
export type StoryStep =
  | { readonly kind: 'new_contact' }
  /** A form or an advertisement: contact and first message in one. */
  | { readonly kind: 'new_lead'; readonly text: string }
  | { readonly kind: 'message'; readonly text: string }
  | { readonly kind: 'opt_out'; readonly text: string }
  | { readonly kind: 'human_message'; readonly text: string }
  | { readonly kind: 'opportunity'; readonly status: 'open' | 'won' | 'lost' | 'abandoned' }
  | { readonly kind: 'appointment'; readonly status: 'confirmed' | 'showed' | 'cancelled' };

type Ending = 'none' | 'opt_out' | 'won' | 'lost' | 'appointment' | 'human';

const ENDINGS: readonly [Weighted<Ending>, ...Weighted<Ending>[]] = [
  ['none', 46],
  ['appointment', 18],
  ['human', 11],
  ['lost', 10],
  ['won', 8],
  ['opt_out', 7],
];
const STARTS_WITH_CONTACT = 0.45;
/** One more topic in the same breath. */
const SAYS_MORE = 0.45;
const TALKS_SMALL = 0.2;
const CHANGES_APPOINTMENT = 0.4;

/** What happens to one lead, in order: it arrives, tells piece by piece what it wants, and ends somehow. */
export function inventStory(persona: Persona, draw: Draw): readonly StoryStep[] {
  const [first = '', ...later] = inventTexts(persona, draw);
  const opening: readonly StoryStep[] = draw.chance(STARTS_WITH_CONTACT)
    ? [{ kind: 'new_contact' }, { kind: 'message', text: first }]
    : [{ kind: 'new_lead', text: first }];
  const talk = later.map((text): StoryStep => ({ kind: 'message', text }));
  return [...opening, ...talk, ...inventEnding(persona, draw)];
}

/** Not every lead tells everything. */
function inventTexts(persona: Persona, draw: Draw): readonly string[] {
  const topics = draw.shuffled(TOPICS).slice(0, draw.whole(1, TOPICS.length));
  const texts: string[] = [];
  for (const topic of topics) {
    const sentence = sayAbout(topic, persona, draw);
    const last = texts.at(-1);
    if (last !== undefined && draw.chance(SAYS_MORE))
      texts[texts.length - 1] = `${last} ${sentence}`;
    else texts.push(last === undefined ? `${draw.one(GREETINGS)} ${sentence}` : sentence);
    if (draw.chance(TALKS_SMALL)) texts.push(draw.one(SMALL_TALK));
  }
  return texts;
}

function inventEnding(persona: Persona, draw: Draw): readonly StoryStep[] {
  switch (draw.weighted(ENDINGS)) {
    case 'none':
      return [];
    case 'opt_out':
      return [{ kind: 'opt_out', text: draw.one(STOPS) }];
    case 'won':
      return [
        { kind: 'opportunity', status: 'open' },
        { kind: 'opportunity', status: 'won' },
      ];
    case 'lost':
      return [{ kind: 'opportunity', status: draw.one(['lost', 'lost', 'abandoned']) }];
    case 'appointment':
      return inventAppointment(draw);
    case 'human':
      return inventTakeover(persona, draw);
  }
}

function inventAppointment(draw: Draw): readonly StoryStep[] {
  const booked: StoryStep = { kind: 'appointment', status: 'confirmed' };
  if (!draw.chance(CHANGES_APPOINTMENT)) return [booked];
  return [booked, { kind: 'appointment', status: draw.one(['showed', 'cancelled']) }];
}

/** A person answers; the lead goes on, and the bot must hold back. */
function inventTakeover(persona: Persona, draw: Draw): readonly StoryStep[] {
  const topic: Topic = draw.one(['timeline', 'budget', 'area']);
  return [
    { kind: 'human_message', text: sayAsAgent(persona, draw) },
    { kind: 'message', text: sayAbout(topic, persona, draw) },
  ];
}
