/** CRM records hold anything where a name should be; a wrong name is worse than none. */

const MAX_NAME_LENGTH = 30;
/** A name with one of them names no person: what forms, portals and telephone networks put there. */
const PLACEHOLDERS = new Set(
  (
    'unknown null undefined none test tester testing guest anonymous lead leads contact customer client user friend na ' +
    'name firstname lastname fname lname noname fullname first nickname placeholder sample demo example buyer seller ' +
    'renter tenant owner homeowner prospect visitor subscriber member new old inbound outbound caller callers calling ' +
    'wireless cell cellular mobile phone landline toll tollfree spam scam likely potential suspected risk fraud ' +
    'telemarketer private restricted blocked unavailable withheld number sms text message voicemail messenger whatsapp ' +
    'zillow trulia redfin realtor realtors homes homescom opcity boomtown facebook fb instagram google ads adwords ' +
    'craigslist yelp website web webform form landing page chat widget bot info sales support admin office team ' +
    'realty realestate properties property llc inc corp company group investments mortgage lender bank ' +
    'sir madam mr mrs ms miss dr hola hello hi there asdf qwerty xxx abc tbd'
  ).split(' '),
);
const STATES = new Set(
  (
    'al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok or ' +
    'pa ri sc sd tn tx ut vt va wa wv wi wy dc'
  ).split(' '),
);

/** The name to greet with, or undefined when what is stored is no name to say. */
export function toSpokenName(stored: string | undefined): string | undefined {
  if (stored === undefined) return undefined;
  const name = stored
    .slice(0, 200)
    .normalize('NFC')
    .replace(/<[^<>]*>/g, ' ')
    .replace(/[\u2018\u2019\u02BC]/g, "'")
    .replace(/\p{Extended_Pictographic}\uFE0F?/gu, ' ')
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim();
  if (!isName(name)) return undefined;
  const cased = properCase(name);
  if (cased.length <= MAX_NAME_LENGTH) return cased;
  const first = cased.split(' ')[0] ?? '';
  return first.length <= MAX_NAME_LENGTH ? first : undefined;
}

function isName(name: string): boolean {
  // Letters, with marks, blanks, hyphens, apostrophes and the full stop of an initial between them.
  const isSpelt = /^\p{L}(?:[\p{L}\p{M}' -]|\.(?= |$|\p{L}\.))*$/u.test(name);
  if (!isSpelt) return false;
  const words = name.toLowerCase().split(/[ -]/);
  const joined = words.join('').replaceAll(/[^\p{L}]/gu, '');
  return (
    !PLACEHOLDERS.has(joined) && !words.some((word) => PLACEHOLDERS.has(word)) && !isPlace(name)
  );
}

/** "DALLAS TX", as telephone networks name a caller whom they do not know. */
function isPlace(name: string): boolean {
  const words = name.split(' ');
  return (
    words.length > 1 && name === name.toUpperCase() && STATES.has(words.at(-1)?.toLowerCase() ?? '')
  );
}

/** Names typed in capitals or without any; one with both is spelt as its bearer wants it. */
function properCase(name: string): string {
  const isPlain = name === name.toLowerCase() || (name.length > 2 && name === name.toUpperCase());
  if (!isPlain) return name;
  return name
    .toLowerCase()
    .replace(
      /(^|[ '.-])(\p{L})/gu,
      (_, before: string, letter: string) => before + letter.toUpperCase(),
    );
}
