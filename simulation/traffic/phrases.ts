import type { Draw } from './draw.js';
import type { Budget, FinancingWish, Persona, TimelineWish } from './persona.js';

/** What one message may be about. */
export type Topic = 'budget' | 'timeline' | 'financing' | 'area';
export const TOPICS: readonly Topic[] = ['budget', 'timeline', 'financing', 'area'];

type Phrases = readonly [string, ...string[]];

/** A sentence of this lead about the topic. */
export function sayAbout(topic: Topic, persona: Persona, draw: Draw): string {
  switch (topic) {
    case 'budget':
      return sayBudget(persona.budget, draw);
    case 'timeline':
      return draw.one(TIMELINE_PHRASES[persona.timeline]);
    case 'financing':
      return draw.one(FINANCING_PHRASES[persona.financing]);
    case 'area':
      return draw.one(AREA_PHRASES).replace('{area}', persona.area);
  }
}

/** A person of the team writes. */
export function sayAsAgent(persona: Persona, draw: Draw): string {
  return draw.one(AGENT_TEXTS).replace('{name}', persona.firstName).replace('{area}', persona.area);
}

function sayBudget({ amount, form }: Budget, draw: Draw): string {
  const figure = writeAmount(amount, draw);
  switch (form) {
    case 'figure':
      return draw.one(FIGURE_PHRASES).replace('{figure}', figure);
    case 'ceiling':
      return draw.one(CEILING_PHRASES).replace('{figure}', figure);
    case 'range': {
      const low = thousands(Math.max(60_000, amount - draw.whole(2, 12) * 10_000));
      return draw.one(RANGE_PHRASES).replace('{low}', low).replace('{high}', thousands(amount));
    }
  }
}

function writeAmount(amount: number, draw: Draw): string {
  const forms: readonly [string, ...string[]] = [
    thousands(amount),
    `$${amount.toLocaleString('en-US')}`,
    `$${amount}`,
    `${amount.toLocaleString('en-US')} dollars`,
    amount < 1_000_000 ? `${amount / 1_000} thousand` : `$${amount / 1_000_000}M`,
  ];
  return draw.one(forms);
}

function thousands(amount: number): string {
  return amount < 1_000_000 ? `$${amount / 1_000}k` : `$${amount / 1_000_000}M`;
}

/** First words of a conversation; they may already say what is looked for. */
export const GREETINGS: Phrases = [
  'Hi there,',
  'Hello!',
  'Hey,',
  'Good morning,',
  'Hi, I saw your listing online.',
  'Hello, a friend gave me your number.',
  'Hi, I am looking for a house.',
  "Hey, we're searching for a new place to live.",
  'Hi! Can you help me find a home?',
  'I filled in the form on your page.',
  'We want to buy our first home.',
  'Interested in the house on your ad 🏡',
];
const FIGURE_PHRASES: Phrases = [
  'Our budget is {figure}.',
  'We can spend {figure}.',
  'Budget around {figure}',
  'thinking about {figure} for the price',
  'The price should be about {figure}.',
  'We have {figure} to work with.',
];
const CEILING_PHRASES: Phrases = [
  'Nothing above, our max is {figure}.',
  'up to {figure}',
  'It has to be under {figure}.',
  '{figure} at most',
  'We would go as high as {figure} max.',
  'Max budget {figure}',
];
const RANGE_PHRASES: Phrases = [
  'Somewhere between {low} and {high}.',
  'Price range {low}-{high}',
  'budget is {low} to {high}',
  'We look at houses from {low} to {high}.',
];
const AREA_PHRASES: Phrases = [
  'We like {area}.',
  'somewhere in {area}',
  'It should be in or near {area}.',
  '{area} would be perfect because of the schools.',
  'My job is in {area}, so close to that.',
  'Do you have anything in {area}?',
];
const TIMELINE_PHRASES: Readonly<Record<TimelineWish, Phrases>> = {
  now: [
    'We need to move ASAP.',
    'It is urgent, our lease has ended.',
    'I want to see something this week!',
    'as soon as possible please',
    'We are ready to buy right now.',
  ],
  month: [
    'We have to be in within 30 days.',
    'Moving next month.',
    'I start a new job in 3 weeks.',
    'We close on our old place in 2 weeks.',
    'in the next 4 weeks',
  ],
  quarter: [
    'We want to move within 60 days.',
    'In 2 or 3 months.',
    'closing within 90 days would be good',
    'Our lease is up in 10 weeks.',
  ],
  half_year: [
    'Probably in 6 months.',
    'In about five months.',
    'We are planning for half a year from now, say 6 months.',
    'within 5 months',
  ],
  next_year: ['Maybe next year, just looking.', 'In about a year.', 'We plan for next year.'],
  no_rush: [
    'No rush at all.',
    'We are flexible with the date.',
    'whenever the right house shows up',
    'Timing is flexible.',
  ],
};
const FINANCING_PHRASES: Readonly<Record<FinancingWish, Phrases>> = {
  cash: ["We'd pay cash.", 'Cash buyer here.', 'all cash, no bank', 'I am paying in cash.'],
  pre_approved: [
    'We are pre-approved.',
    "I'm already preapproved by my bank.",
    'pre-approved since last week',
    'We have our pre-approval letter.',
  ],
  conventional: [
    'Conventional loan.',
    'We go for a conventional mortgage.',
    'conventional, 20% down',
  ],
  fha: ['It will be an FHA loan.', 'FHA buyer', 'We qualify for FHA.'],
  va: ['I am a veteran, so a VA loan.', 'Using my VA loan for this.', 'VA loan buyer'],
  none_yet: [
    'We are not pre-approved yet.',
    'Need a lender first.',
    "I haven't talked to a bank, can you recommend a mortgage broker?",
    'No pre-approval so far.',
  ],
};
/** Turns that say nothing a score could use. */
export const SMALL_TALK: Phrases = [
  'Thanks!',
  'ok sounds good',
  'Is the kitchen new?',
  'How many bedrooms does it have?',
  'Could somebody call me after 5?',
  'Sorry, I was at work.',
  'My wife will look at it tonight',
  'What are the HOA fees?',
  '👍',
  'Does it have a yard for two dogs?',
];
export const STOPS: Phrases = ['STOP', 'stop', 'Unsubscribe', 'Please stop texting me', 'STOPALL'];
const AGENT_TEXTS: Phrases = [
  'Hi {name}, this is Dana from the office. Shall we talk at 3 pm?',
  'Hello {name}, I have two houses in {area} to show you on Saturday.',
  '{name}, I just tried to call you. When does it suit you?',
];
