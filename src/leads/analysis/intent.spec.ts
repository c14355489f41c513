import { describe, expect, it } from '@jest/globals';
import type { LeadIntent } from '../lead-documents.js';
import { classifyIntent } from './intent.js';

const MESSAGES: Readonly<Record<LeadIntent, readonly string[]>> = {
  buyer: [
    'Looking for a house in Plano under 400k',
    'my rent is 2400 now, want to be around that',
    'lease ends in march, need to buy before',
    'is it still available?',
    'who is this?',
    'We liked the Frisco house',
    'hola, busco casa en Dallas',
    'what is the price of the home on Oak?',
    'I can sell my truck for the down payment',
    'renting now but looking to buy a house in Allen',
    'need to end my lease early, can you help me find a house in Allen',
    'I found a home on Zillow, can we see it?',
    'we want to list our wishes: pool, garage',
    'Are you a lender friendly agent?',
    '',
  ],
  seller: [
    'How much is my house in Plano worth? Zillow says 465k',
    'We need to sell before we can buy. Our home in Allen should go for around $410,000',
    "what's my home worth",
    'I want to sell my house',
    'thinking of selling our place in Frisco',
    'looking to list my property this spring',
    'quiero vender mi casa',
    '¿cuánto vale mi casa?',
    'can I get a home valuation',
  ],
  renter: [
    'do u have any rentals in frisco around 2200 a month? pets ok',
    'looking to rent a house in Plano',
    'Do you have houses for rent?',
    'need an apartment in Dallas',
    'busco una casa en renta',
  ],
  vendor: [
    'Hi there! We help realtors get 30+ exclusive seller leads a month GUARANTEED. Only $997/mo',
    'Congrats! You have been pre-approved for a business line of credit up to $150k',
    'We do SEO and Google Ads for agents',
    'Want more leads? book a demo today',
  ],
  wrong_person: ['Wrong number', 'you have the wrong person', 'número equivocado'],
  closed: [
    'we already bought a house in Celina last month thanks tho',
    'just closed on one',
    'we went with another agent',
    'I am no longer looking',
    'ya compramos, gracias',
    "we're under contract now",
  ],
  auto_reply: [
    "I'm driving right now - I'll get back to you when I stop. (Do Not Disturb While Driving)",
    'Automatic reply: I am away until January 4.',
    'I am out of the office until Monday',
    'Estoy manejando, te llamo luego',
  ],
  reaction: [],
  acknowledgement: [
    'ok',
    'k thx',
    'Thank you so much!',
    '👍',
    '👍🏽',
    'gracias',
    'sounds good',
    '🙏',
    'Muchas gracias!',
  ],
};

describe('classifyIntent', () => {
  it.each(
    Object.entries(MESSAGES).flatMap(([intent, texts]) => texts.map((text) => [intent, text])),
  )('sees a %s in %j', (intent, text) => {
    expect(classifyIntent(text ?? '')).toBe(intent);
  });

  it('reads no further than the beginning of a long text', () => {
    expect(classifyIntent(`${'we want to buy '.repeat(20_000)} wrong number`)).toBe('buyer');
  });
});
