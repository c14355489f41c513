import { describe, expect, it } from '@jest/globals';
import { maskPersonal } from './mask-personal.js';

const PERSON = { names: ['Dana', 'Smith-Lee'], serviceAreas: ['Dallas', 'Plano', 'Allen'] };

describe('maskPersonal', () => {
  it.each([
    ['call me at 214-555-0143 ok', 'call me at [PHONE] ok'],
    ['my cell is (214) 555 0143.', 'my cell is [PHONE].'],
    ['+49 30 1234567 whatsapp', '[PHONE] whatsapp'],
    ['555-0143 works', '[PHONE] works'],
    ['write to dana.s@mail.example.com', 'write to [EMAIL]'],
    ['see https://example.com/homes?id=5&u=dana now', 'see [LINK] now'],
    ['I live at 812 Oak Hollow Ln. today', 'I live at [ADDRESS] today'],
    ['1200 N Main Street, Plano TX 75024', '[ADDRESS], Plano [ADDRESS]'],
    ['vivo en calle San Juan #45', 'vivo en [ADDRESS]'],
    ['my social is 123-45-6789 lol', 'my social is [NUMBER] lol'],
    ['card 4111 1111 1111 1111', 'card [NUMBER]'],
    ['this is dana smith-lee', 'this is [NAME] [NAME]'],
    ['my name is Robert Brown and I', 'my name is [NAME] and I'],
    ['me llamo Lucía Pérez', 'me llamo [NAME]'],
    ['we met with Kevin about it', 'we met with [NAME] about it'],
    ["my agent's name, Bob, said so", "my agent's name, [NAME], said so"],
  ])('of %j leaves %j', (text, masked) => {
    expect(maskPersonal(text, PERSON)).toBe(masked);
  });

  it.each([
    'looking in Plano or Dallas, 450 max',
    'between 300-350k by March 15',
    'budget is 450,000 to 500,000 dollars',
    'somewhere in Allen before Christmas on a Monday',
    '3 bed 2 bath around 2000 sq ft',
    'We Want A House In The Spring With 4 Bedrooms',
    'por 350 mil en la primavera',
    'VA loan, FHA is fine too',
  ])('leaves %j as it is', (text) => {
    expect(maskPersonal(text, PERSON)).toBe(text);
  });

  it('takes time in proportion to the text', () => {
    for (const piece of ['1 a ', 'Aa ', 'a@', 'my name is ', '1-', 'calle a ', 'https://', '1 ']) {
      const text = piece.repeat(2_000 / piece.length);
      const startedAt = performance.now();
      maskPersonal(text, PERSON);
      expect(performance.now() - startedAt).toBeLessThan(1_000);
    }
  });
});
