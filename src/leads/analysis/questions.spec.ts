import { describe, expect, it } from '@jest/globals';
import { isBotQuestion, isHelpRequest } from './questions.js';

describe('isHelpRequest', () => {
  it.each([
    'HELP',
    'help',
    'Help!',
    'help please',
    'INFO',
    'info?',
    'Ayuda',
    'AYUDA por favor',
    'help help',
  ])('hears %j', (text) => {
    expect(isHelpRequest(text)).toBe(true);
  });

  it.each([
    '',
    'please',
    'help me find a house',
    'can you help?',
    'help me',
    'send me info',
    'more info on the Plano house',
    'necesito ayuda con el enganche',
    `help${' '.repeat(100)}help`,
  ])('does not hear it in %j', (text) => {
    expect(isHelpRequest(text)).toBe(false);
  });
});

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
    'eres un robot',
    '¿Eres un bot?',
    'es una persona?',
    '¿Es usted una persona real?',
    'es esto un robot',
    'eres humano?',
    'eres una persona o un bot',
    'estoy hablando con una máquina?',
    'hablo con una persona?',
    'es este mensaje automático?',
    'quiero hablar con una persona real',
    'Hola, ¿eres real?',
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
    'es una persona muy amable la agente',
    'es para una persona',
    'hay alguien en la casa?',
    'es real el precio?',
    'es un dúplex?',
    'quiero hablar con el agente',
  ])('sees no question in %j', (text) => {
    expect(isBotQuestion(text)).toBe(false);
  });
});
