import { describe, expect, it } from '@jest/globals';
import { toPlainText } from './plain-text.js';
import { GAP, tokenize } from './tokenize.js';

const texts = (text: string): readonly string[] => tokenize(text).map((token) => token.text);

describe('tokenize', () => {
  it('leaves accents out, and keeps the ñ', () => {
    const words = (text: string): readonly string[] => tokenize(text).map(({ text: word }) => word);
    expect(words('Más rápido, el AÑO próximo')).toEqual(words('Mas rapido, el AÑO proximo'));
    expect(words('año')).toEqual(['año']);
  });

  it.each([
    ["I don't know", ['i', "don't", 'know']],
    ['don’t', ["don't"]],
    ['$450k', ['$', '450', 'k']],
    ['pre-approved', ['pre', 'approved']],
    ['6-month', ['6', 'month']],
    ['300k-400k', ['300', 'k', '-', '400', 'k']],
    ['300k — 400k', ['300', 'k', '-', '400', 'k']],
    ['fha/va', ['fha', 'or', 'va']],
    ['w/o cash', ['without', 'cash']],
    ['a.s.a.p.', ['asap']],
    ['*bold* "quoted"', ['bold', 'quoted']],
    ['ca\u200Bsh', ['cash']],
    ['ＣＡＳＨ', ['cash']],
    ['', []],
  ])('splits %j', (text, expected) => {
    expect(texts(text)).toEqual(expected);
  });

  it.each([
    ['450,000', 450_000],
    ['1.2', 1.2],
    ['.5', 0.5],
    ['1.250.000', 1_250_000],
  ])('reads the figure %j', (text, value) => {
    expect(tokenize(text)).toMatchObject([{ kind: 'number', value }]);
  });

  it.each([
    '12/31/2026',
    '5:30',
    '214.555.1234',
    '1,25,000',
    'bob@plano.com',
    'https://plano.com/x',
  ])('takes %j for no figure and no word', (text) => {
    expect(tokenize(text)).toMatchObject([{ kind: 'opaque' }]);
  });

  it.each([
    ['not cash', GAP.none],
    ['not: cash', GAP.none],
    ['not, cash', GAP.clause],
    ['not (cash)', GAP.clause],
    ['not - cash', GAP.clause],
    ['not... cash', GAP.clause],
    ['not\ncash', GAP.clause],
    ['not. cash', GAP.sentence],
    ['not! cash', GAP.sentence],
    ['not\n\ncash', GAP.sentence],
    ['approx. cash', GAP.none],
    [`${'we '.repeat(30)}\ncash`, GAP.none],
  ])('measures the gap in %j', (text, gap) => {
    expect(tokenize(text).at(-1)).toMatchObject({ text: 'cash', gap });
  });
});

describe('toPlainText', () => {
  it.each([
    ['plain text stays', 'plain text stays'],
    ['<p>one</p><p>two</p>', '\none\n\ntwo\n'],
    ['4<b>5</b>0k', '450k'],
    ['<style>p { max: 400k }</style>hi', 'hi'],
    ['<style>never closed 400k', ''],
    ['<!-- 400k -->hi', 'hi'],
    ['price < 400k and > 300k', 'price < 400k and > 300k'],
    ['<400k', '<400k'],
    ['<unknown>400k', '<unknown>400k'],
    ['cut <b', 'cut <b'],
    ['&lt;400k &amp; &#36;5 &#x24;6 &nosuch; &#x110000;', '<400k & $5 $6 &nosuch; &#x110000;'],
    ['“it’s”', "“it's”"],
  ])('of %j is %j', (text, expected) => {
    expect(toPlainText(text)).toBe(expected);
  });

  it.each([
    ['yes\n\nOn Mon, Jan 5, 2026 at 9:00 AM Team <t@example.com> wrote:\n> STOP'],
    ['yes\n\nOn Mon, Jan 5, 2026 at 9:00 AM Team\n<t@example.com> wrote:\n> STOP'],
    ['yes\n-----Original Message-----\nSTOP'],
    ['yes\nSent from my iPhone'],
    ['yes<blockquote>STOP</blockquote>'],
    ['yes<div class="gmail_quote">STOP</div>'],
  ])('keeps the own words of %j', (text) => {
    expect(toPlainText(text).trim()).toBe('yes');
  });

  it.each(['On Monday we wrote: 400k', '<blockquote>400k</blockquote>'])(
    'keeps %j, which is nothing but a quotation',
    (text) => {
      expect(toPlainText(text)).toContain('400k');
    },
  );
});
