/** The CRM's names. */
export type Channel = 'SMS' | 'Call' | 'Email';

const NAMES: readonly (readonly [RegExp, Channel])[] = [
  [/^(?:text|sms)/, 'SMS'],
  [/^(?:call|phoning|ring|robocall|llam|marqu|marc)/, 'Call'],
  [/^(?:email|correo)/, 'Email'],
];
/** Every way of writing to somebody. */
const ANY =
  / (?:messag|contact|communicat|bother|spam|harass|pester|disturb|solicit|writ|reach|follow|hit|blow|bug|anything|mensaje|escrib|molest)/;

export function channelOf(word: string): Channel | undefined {
  return NAMES.find(([pattern]) => pattern.test(word))?.[1];
}

/** Those a phrase names, in order of mention, each once; none when it names every way. */
export function channelsIn(phrase: string): readonly Channel[] {
  const words = phrase
    .replace(/ text messag(?:es?|ing)/g, ' text')
    .replace(/ mensajes? de texto/g, ' texto')
    .replace(/ phone calls?/g, ' call');
  if (ANY.test(words)) return [];
  const found = words.split(' ').map(channelOf);
  return [...new Set(found.filter((channel) => channel !== undefined))];
}
