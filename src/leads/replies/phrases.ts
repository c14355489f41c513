import type { ReplyLanguage } from '../lead-context.js';

/** By which HighLevel recognises that a text says how to stop; else it adds a sentence of its own. */
export const STOP_NOTICE = 'Reply STOP to unsubscribe';

export type Question =
  'budget_and_area' | 'budget' | 'area' | 'timeline' | 'talk' | 'else' | 'changed';

/** All sentences of one language. `who` is the business, or the team where it has no name. */
export interface Phrases {
  readonly team: string;
  greet(name: string | undefined): string;
  introduce(greeting: string, who: string): string;
  thank(name: string | undefined): string;
  admitMachine(name: string | undefined, who: string): string;
  help(who: string): string;
  readonly questions: Readonly<Record<Question, string>>;
  willCheck: string;
  requestFor(area: string | undefined): string;
  reviewOf(area: string | undefined): string;
  noted(area: string | undefined): string;
  followingUp(area: string | undefined): string;
  checkingIn(area: string | undefined): string;
}

const ENGLISH: Phrases = {
  team: 'our team',
  greet: (name) => (name === undefined ? 'Hi' : `Hi ${name}`),
  introduce: (greeting, who) => `${greeting}, automated assistant of ${who} here.`,
  thank: (name) => (name === undefined ? 'Thank you!' : `Thank you, ${name}!`),
  admitMachine: (name, who) =>
    name === undefined
      ? `I'm an automated assistant of ${who}.`
      : `I'm an automated assistant of ${who}, ${name}.`,
  help: (who) =>
    `This is the automated assistant of ${who}, about your home search. A team member will help you. ${STOP_NOTICE}`,
  questions: {
    budget_and_area: 'What budget and area do you have in mind?',
    budget: 'What budget do you have in mind?',
    area: 'Which area do you have in mind?',
    timeline: 'When do you hope to move?',
    talk: 'When is a good time to talk?',
    else: 'Is there anything else we should know?',
    changed: 'Has anything changed for you?',
  },
  willCheck: 'A team member will check that and get back to you.',
  requestFor: (area) =>
    area === undefined
      ? 'We got your request; a team member will contact you.'
      : `We got your request for a home in ${area}; a team member will contact you.`,
  reviewOf: (area) =>
    area === undefined
      ? 'A team member will review your request and contact you.'
      : `A team member will review your request in ${area} personally and contact you.`,
  noted: (area) =>
    area === undefined ? 'We noted your request.' : `We noted your request in ${area}.`,
  followingUp: (area) =>
    area === undefined
      ? 'following up on your home search.'
      : `following up on your home search in ${area}.`,
  checkingIn: (area) =>
    area === undefined
      ? 'checking in on your home search.'
      : `checking in on your home search in ${area}.`,
};

/** In letters of the GSM alphabet, which knows é and ñ and neither á, í, ó nor ú: else a segment holds 70. */
const SPANISH: Phrases = {
  team: 'nuestro equipo',
  greet: (name) => (name === undefined ? 'Hola' : `Hola ${name}`),
  introduce: (greeting, who) => `${greeting}, soy el asistente virtual de ${who}.`,
  thank: (name) => (name === undefined ? '¡Gracias!' : `¡Gracias, ${name}!`),
  admitMachine: (name, who) =>
    name === undefined
      ? `Soy un asistente virtual de ${who}, no una persona.`
      : `Soy un asistente virtual de ${who}, no una persona, ${name}.`,
  help: (who) =>
    `Este es el asistente virtual de ${who}, sobre su compra de casa. Una persona del equipo le ayuda. ${STOP_NOTICE}`,
  questions: {
    budget_and_area: '¿Qué presupuesto y qué zona tiene en mente?',
    budget: '¿Qué presupuesto tiene en mente?',
    area: '¿Qué zona tiene en mente?',
    timeline: '¿En qué fecha piensa mudarse?',
    talk: '¿A qué hora le podemos llamar?',
    else: '¿Hay algo que debamos saber?',
    changed: '¿Ha cambiado algo para usted?',
  },
  willCheck: 'Una persona del equipo lo revisa y le responde.',
  requestFor: (area) =>
    area === undefined
      ? 'Recibimos su mensaje; una persona del equipo le contacta.'
      : `Recibimos su mensaje sobre casas en ${area}; una persona del equipo le contacta.`,
  reviewOf: (area) =>
    area === undefined
      ? 'Una persona del equipo revisa su solicitud y le contacta.'
      : `Una persona del equipo revisa su solicitud en ${area} y le contacta.`,
  noted: (area) =>
    area === undefined ? 'Anotamos su solicitud.' : `Anotamos su solicitud en ${area}.`,
  followingUp: (area) =>
    area === undefined
      ? 'seguimos con su compra de casa.'
      : `seguimos con su compra de casa en ${area}.`,
  checkingIn: (area) =>
    area === undefined
      ? 'le escribimos por su compra de casa.'
      : `le escribimos por su compra de casa en ${area}.`,
};

export const PHRASES: Readonly<Record<ReplyLanguage, Phrases>> = { en: ENGLISH, es: SPANISH };
