import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ownWords } from './own-words.js';

const OURS = 'Hi Sam, checking in on your home search in Plano. What budget do you have in mind?';

function wordsOf(text: string, ourTexts: readonly string[] = []): string {
  const own = ownWords(text, ourTexts);
  return own.kind === 'words' ? own.text : '(reaction)';
}

/** What answers look like: `{original}` stands for the original that is quoted. */
const ORIGINAL = 'Which area do you have in mind? Reply STOP to opt out.';
const ABOVE: readonly (readonly [string, string])[] = [
  [
    'Gmail',
    'On Mon, Nov 23, 2026 at 9:12 AM Austin Team <hello@example.com> wrote:\n\n> {original}\n> Bye',
  ],
  [
    'Gmail, not marked',
    'On Mon, Nov 23, 2026 at 9:12 AM Austin Team <hello@example.com> wrote:\n@',
  ],
  [
    'Gmail, wrapped',
    'On Mon, Nov 23, 2026 at 9:12 AM Austin Team <\nhello@example.com> wrote:\n> {original}',
  ],
  [
    'Gmail, wrapped twice',
    'On Monday, November 23, 2026 at 09:12 AM\nAustin Realty Team\n<hello@example.com> wrote:\n> {original}',
  ],
  ['Apple Mail', 'On Nov 23, 2026, at 9:12 AM, Team <hello@example.com> wrote:\n\n> {original}'],
  ['Yahoo', 'On Monday, November 23, 2026, 09:12:00 AM CST, Team <a@b.com> wrote:\n\n {original}'],
  [
    'Outlook header',
    'From: Team <hello@example.com>\nSent: Monday, November 23, 2026 9:12 AM\nTo: Renee <r@example.com>\nSubject: Your home search\n\n@',
  ],
  [
    'Outlook header behind a line',
    '________________________________\nFrom: Team <hello@example.com>\nSent: Monday\nTo: R\nSubject: Home\n\n@',
  ],
  [
    'Outlook header behind dashes',
    '-----------------\nFrom: Team\nDate: Monday\nTo: R\nSubject: Home\n\n@',
  ],
  ['Outlook original', '-----Original Message-----\nFrom: Team\n@'],
  ['Outlook original, without header', '----- Original Message -----\n@'],
  ['Word', '*From:* Team <hello@example.com>\n*Sent:* Monday\n*To:* R\n*Subject:* Home\n\n@'],
  ['Word, stars around', '**From:** Team\n**Sent:** Monday\n**Subject:** Home\n\n@'],
  ['marks alone', '> {original}\n> Are you paying cash?'],
  ['marks, nested', '>> {original}\n> Are you paying cash?'],
  ['Spanish Gmail', 'El lun, 23 nov 2026 a las 9:12, Equipo (<a@b.com>) escribió:\n\n> {original}'],
  [
    'Spanish Yahoo',
    'El lunes, 23 de noviembre de 2026, 9:12:00 CST, Equipo <a@b.com> escribió:\n@',
  ],
  ['Spanish Outlook', 'De: Equipo <a@b.com>\nEnviado: lunes 23\nPara: Renee\nAsunto: Su casa\n\n@'],
  ['Spanish original', '-----Mensaje original-----\nDe: Equipo\n@'],
  ['German', 'Am Mo., 23. Nov. 2026 um 09:12 Uhr schrieb Team <a@b.com>:\n\n> {original}'],
  ['German, name first', 'Team <a@b.com> schrieb am Mo., 23. Nov. 2026, 09:12:\n\n> {original}'],
  ['German Outlook', 'Von: Team\nGesendet: Montag, 23. November\nAn: Renee\nBetreff: Haus\n\n@'],
  ['forwarded by Gmail', '---------- Forwarded message ---------\nFrom: Team\nDate: Mon\n@'],
  ['forwarded by Apple', 'Begin forwarded message:\n\nFrom: Team\n@'],
  ['forwarded in Spanish', '---------- Mensaje reenviado ---------\nDe: Equipo\n@'],
];

describe('ownWords', () => {
  it.each(ABOVE)('keeps the answer above an original quoted by %s', (_, style) => {
    const original = style.replace('{original}', ORIGINAL);
    expect(wordsOf(`McKinney, up to 430k.\n\n${original}`)).toBe('McKinney, up to 430k.');
    expect(wordsOf(`McKinney.\nUp to 430k.\n${original}`)).toBe('McKinney.\nUp to 430k.');
    expect(wordsOf(original.replaceAll('\n', '\r\n'))).toBe('');
  });

  it.each([
    ['a marked quotation', `> ${ORIGINAL}\n> Cash?\n\nMcKinney`],
    ['a marked quotation, no blank', `> ${ORIGINAL}\nMcKinney`],
    ['a heading', `On Mon, Nov 23, 2026 Team <a@b.com> wrote:\n> ${ORIGINAL}\n\nMcKinney`],
    ['a heading and a blank', `On Mon, Nov 23, 2026 Team wrote:\n\n> ${ORIGINAL}\n>\n\nMcKinney\n`],
    ['a Spanish heading', `El 23 nov 2026, Equipo escribió:\n> ${ORIGINAL}\nMcKinney`],
    ['a marked Outlook header', `> From: Team\n> Sent: Monday\n> To: R\n> ${ORIGINAL}\n\nMcKinney`],
  ])('keeps the answer below %s', (_, text) => {
    expect(wordsOf(text)).toBe('McKinney');
  });

  it('keeps answers between quoted lines', () => {
    const text =
      'On Mon, Nov 23, 2026 Team wrote:\n> Which area?\nMcKinney\n> Cash?\nNo, VA loan\n> Bye';
    expect(wordsOf(text)).toBe('McKinney\nNo, VA loan');
  });

  it('finds a heading in a text that lost its line ends', () => {
    const text = `Plano works On Mon, Nov 23, 2026 at 9:12 AM Team <a@b.com> wrote: ${ORIGINAL}`;
    expect(wordsOf(text)).toBe('Plano works');
  });

  it.each([
    'On Monday we can see it',
    'On the phone he wrote: call me',
    'From: Dallas\nBudget: 400k',
    'From Plano to Frisco: how far?',
    '> 400k',
    '>$450k, < 500k',
    'De: Dallas, busco en Plano',
    'El lunes puedo verla',
    'Subject to sale of our house',
    'New lead from realtor.com\nName\nDana Whitlock\nPhone\n972-555-0178',
    'Budget: 400k\n----\nArea: Plano',
    'Thanks,\nalso we want Plano',
    'Thanks, Sam\n\nWe can go to 450k',
    'Thanks!\nFrisco',
    'Thanks,\nSTOP',
    'Thanks,\nAlso: up to $450k',
    'Gracias,\nPlano o Frisco',
    'We want Plano\n\nFrisco',
    'Plano\nFrisco\nAllen',
    'I was sent from my lender to you',
    'My agent sent me this',
    'This message is for Ana',
  ])('leaves %j as it is', (text) => {
    expect(wordsOf(text)).toBe(text);
  });

  it.each([
    '--\nJim Allen\nLoan Officer, First Cash Mortgage\nDallas | Plano | Frisco',
    '-- \nJim',
    'Kind regards,\nJoan Plano\nCONFIDENTIALITY NOTICE: If you received this, delete it immediately.',
    'Best regards\n\nJim Allen',
    'Thanks,\nJim',
    'Thanks again,\n\nJim Allen\n972-555-0101',
    'Thank you.\nJoan Plano',
    'Sincerely,\nJim Allen, Realtor\nwww.example.com\njim@example.com',
    'Saludos,\nJuan Dallas',
    'Saludos cordiales,\nMaría de la Cruz\nTel. 972 555 0101',
    'Gracias,\nJuan',
    'Atentamente\nJuan',
    'Mit freundlichen Grüßen\nJan Allen',
    'Sent from my iPhone',
    'Sent from my T-Mobile 5G Device',
    'Sent from Yahoo Mail for iPhone',
    'Get Outlook for iOS',
    'Enviado desde mi iPhone',
    'Von meinem iPhone gesendet',
    'Thanks,\nJim\n\nSent from my iPhone',
    'CONFIDENTIALITY NOTICE: This e-mail is for Dallas Cash LLC only.\nDelete it.',
    'This email and any attachments may contain confidential information.',
    'AVISO DE CONFIDENCIALIDAD: este correo...',
    'Jim Allen\nFirst Cash Mortgage NMLS 12345\n972-555-0101',
  ])('takes off the ending %j', (ending) => {
    expect(wordsOf(`Please send me the list.\n\n${ending}`)).toBe('Please send me the list.');
  });

  it('takes the signature of an answer off too', () => {
    const text = `Plano\n\nThanks,\nJim Allen\n\nOn Mon, Nov 23, 2026 Team wrote:\n> ${ORIGINAL}`;
    expect(wordsOf(text)).toBe('Plano');
  });

  it.each([
    ['as it was', OURS],
    ['in marks', `“${OURS}”`],
    ['wrapped', OURS.replaceAll('. ', '.\n')],
    ['with other blanks', OURS.replaceAll(' ', '  ')],
  ])('takes out what repeats our own text, %s', (_, quoted) => {
    expect(wordsOf(`${quoted} About 400k`, [OURS])).toBe('About 400k');
    expect(wordsOf(`About 400k\n${quoted}`, ['short', OURS])).toBe('About 400k');
    expect(wordsOf(quoted, [OURS])).toBe('');
  });

  it('does not take a short text of ours for a repetition', () => {
    expect(wordsOf('What area? Plano', ['What area?'])).toBe('What area? Plano');
  });

  it('keeps what stands below an unmarked original of ours', () => {
    const text = `On Mon, Nov 23, 2026 Team wrote:\n${OURS}\n\nAbout 400k`;
    expect(wordsOf(text, [OURS])).toBe('About 400k');
  });

  it('never throws, and what it keeps was written', () => {
    const piece = fc.constantFrom(
      '\n',
      '> ',
      'On ',
      'Mon, Nov 23, 2026 ',
      'wrote:',
      'From: a\n',
      'Sent: b\n',
      'To: c\n',
      '--\n',
      '____________\n',
      'Thanks,\n',
      'Jim',
      'Liked “',
      '”',
      '👍 to ',
      OURS,
      'Plano ',
      '\r\n',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        const kept = wordsOf(text, [OURS]);
        if (kept === '(reaction)') return;
        for (const word of kept.split(/\s+/)) expect(text).toContain(word);
      }),
    );
  });

  it.each([
    '\n',
    '>\n',
    '> ',
    'On \n',
    'On ',
    'On 1 wrote:\n',
    'From: a\n',
    '-',
    '_____________\n',
    'Thanks,\n',
    'Liked “',
    ' wrote:',
    '“',
    "Liked 'a",
    '--\n',
    'a',
    'A ',
    'sent from ',
    '👍',
    ' ',
    '\u200B',
    'El 1\n',
    '<a@b',
    'From: a\nSent: b\nTo: c\n',
  ])('reads 256 KB of %j in linear time', (piece) => {
    const text = piece.repeat(Math.ceil((256 * 1024) / piece.length));
    const before = process.cpuUsage();
    ownWords(text, [OURS]);
    const { user } = process.cpuUsage(before);
    expect(user / 1000).toBeLessThan(250);
  });
});

describe('a reaction', () => {
  const quoted = 'Hi Sam, what’s your budget? Reply STOP to opt out.';
  const verbs = ['Liked', 'Loved', 'Disliked', 'Laughed at', 'Emphasized', 'Questioned'];
  const spanish = [
    'Le gustó',
    'Le gusta',
    'Me encanta',
    'Le encantó',
    'No le gustó',
    'Le dio risa',
    'Enfatizó',
    'Cuestionó',
    'Reaccionó con 👍 a',
    'Quitó un "me gusta" de',
    'Quitó un corazón de',
    'Eliminó un “me gusta” de',
  ];
  const signs = [
    'Reacted 👍 to',
    'Reacted with ❤️ to',
    'reacted 😂 to',
    '👍 to',
    '❤️ to',
    '👍🏽 to',
    '😂 a',
    'Removed a like from',
    'Removed a heart from',
    'Removed an exclamation from',
    'Removed a question mark from',
    'Removed a 👍 from',
  ];
  const marks = [
    ['“', '”'],
    ['"', '"'],
    ['“', '…”'],
    ['“', '…'],
    ['“', ''],
    ['"', ''],
    ['« ', ' »'],
  ] as const;

  it.each([...verbs, ...spanish, ...signs])('is %s, in any quotation marks', (head) => {
    for (const [open, close] of marks) {
      expect(wordsOf(`${head} ${open}${quoted}${close}`)).toBe('(reaction)');
    }
    expect(wordsOf(` ${head} “${quoted}\n\nBye”\n`)).toBe('(reaction)');
  });

  it.each([
    'Liked an image',
    'Loved a photo',
    'Laughed at a video',
    'Emphasized an attachment',
    'Removed a heart from an image',
    'Reacted 👍 to a photo',
    'Le gustó una imagen',
    '👍 to an image',
    '\u200B👍\u200B to \u201C\u200A Hi Sam \u200A\u201D\u200B',
    "👍 to 'What's your budget?'",
    'Reacted to “Hi Sam” with 👍',
    'Liked “He said “hi” to me”',
    'LIKED “Hi Sam”',
  ])('is %j', (text) => {
    expect(wordsOf(text)).toBe('(reaction)');
  });

  it.each([
    'Loved the house on Oak!',
    'Liked "the kitchen" but 450 max',
    'Liked “the kitchen” but 450 max',
    "Liked 'the kitchen' but 450 max",
    'Liked "the kitchen" and "the pool"',
    'Liked it',
    'Loved it, can we see it?',
    'Laughed at the price lol',
    'Questioned the HOA fee?',
    '👍',
    '👍 to Saturday',
    '👍 sounds good',
    'Me gusta Frisco',
    'Me encanta la casa',
    'Le gustó a mi esposa',
    'Removed a wall from the kitchen?',
    'Liked “Hi Sam” Plano please',
    'Liked an image of the house, is it in Plano?',
    '',
  ])('is not %j', (text) => {
    expect(wordsOf(text)).toBe(text);
  });
});
