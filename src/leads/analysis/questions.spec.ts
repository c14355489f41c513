import { describe, expect, it } from '@jest/globals';
import { isBotQuestion } from './questions.js';

describe('isBotQuestion', () => {
  it.each([
    'are you a bot?',
    'Is this a bot',
    'is this a real person?',
    'am I talking to a human',
    'are you human?',
    'are you real?',
    'bot?',
    'R u a robot',
    'Is this automated?',
    'is this AI',
    'can I talk to a real person',
    'is this chatgpt',
    'are you an ai assistant',
    'you a bot?',
    'am i speaking with a real human being?',
    'Are you a real person or a machine?',
    'is that an automated reply?',
    'is this an automated message?',
    'Are you even real',
    'Is there a real person there',
  ])('sees the question in %j', (text) => {
    expect(isBotQuestion(text)).toBe(true);
  });

  it.each([
    'are you the agent?',
    'is this a real deal?',
    'I am a real person',
    'is the house real close to school',
    'can someone call me?',
    'I need a person to show me the house',
    'are you available',
    'robot vacuum included?',
    'is the thermostat automated?',
  ])('sees no question in %j', (text) => {
    expect(isBotQuestion(text)).toBe(false);
  });
});
