import { parseEnv } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CommandFailure } from '../command/command-failure.js';
import { setVariables } from './env-file.js';

const set = (text: string, name: string, value: string): string =>
  setVariables(text, [{ name, value }]);

describe('setting a variable', () => {
  it('begins a file', () => {
    expect(set('', 'PORT', '8080')).toBe('PORT=8080\n');
  });

  it('puts a new one on a line of its own where the file has no final newline', () => {
    const text = 'FF_GROWTH_CANARY_MODE_ENABLED=true';
    const updated = set(text, 'FF_GROWTH_AB_RESPONSE_STYLE_TESTING_ENABLED', 'true');
    expect(updated).toBe(`${text}\nFF_GROWTH_AB_RESPONSE_STYLE_TESTING_ENABLED=true\n`);
  });

  it('replaces one in its place, and keeps everything else', () => {
    const text = '# The port.\n\nPORT=3000 # for now\nHOST=127.0.0.1\n#PORT=1\n';
    expect(set(text, 'PORT', '8080')).toBe(text.replace('3000', '8080'));
  });

  it('keeps the ends of lines that the file has', () => {
    expect(set('PORT=1\r\nHOST=a\r\n', 'PORT', '2')).toBe('PORT=2\r\nHOST=a\r\n');
    expect(set('HOST=a\r\n', 'PORT', '2')).toBe('HOST=a\r\nPORT=2\r\n');
    expect(set('HOST=a\r\nPORT=1', 'PORT', '2')).toBe('HOST=a\r\nPORT=2\r\n');
  });

  it('leaves one of several of a name, where the first stood', () => {
    const text = 'PORT=1\nHOST=a\nPORT=2\nexport PORT=3\nLOG_LEVEL=warn\nPORT=4';
    expect(set(text, 'PORT', '5')).toBe('PORT=5\nHOST=a\nLOG_LEVEL=warn\n');
  });

  it('sets several at once, the last value of a name', () => {
    const assignments = [
      { name: 'PORT', value: '1' },
      { name: 'HOST', value: '' },
      { name: 'PORT', value: '2' },
    ];
    expect(setVariables('PORT=9\n', assignments)).toBe('PORT=2\nHOST=\n');
  });

  it('keeps spaces and `export` as they are written', () => {
    expect(set('  export PORT = 1\n', 'PORT', '2')).toBe('  export PORT = 2\n');
  });

  it('takes no line inside a quoted value for an entry', () => {
    const text = `BUSINESS="one\nPORT=1\n"\nPORT='2\n3'\n`;
    expect(set(text, 'PORT', '4')).toBe('BUSINESS="one\nPORT=1\n"\nPORT=4\n');
  });

  it('knows names that begin alike apart', () => {
    expect(set('PORT_2=1\nAPORT=2\n', 'PORT', '3')).toBe('PORT_2=1\nAPORT=2\nPORT=3\n');
  });

  it.each([
    ['spaces', 'Mon-Fri 8-20, Sat 9-12:30', `'Mon-Fri 8-20, Sat 9-12:30'`],
    ['a hash', 'a#b', `'a#b'`],
    ['an apostrophe', `O'Hara`, `"O'Hara"`],
    ['double quotes', 'say "yes"', `'say "yes"'`],
    ['both', `"it's"`, '`"it\'s"`'],
    ['a line break in letters and an apostrophe', `it's\\n`, "`it's\\n`"],
    ['space around it', ' x ', `' x '`],
    ['a real line break', 'a\nPORT=1', `'a\nPORT=1'`],
    ['a question mark', 'https://a.example/b?c', `'https://a.example/b?c'`],
    ['base64', 'whsec_aB+/9==', 'whsec_aB+/9=='],
  ])('writes a value with %s so that it is read back', (_what, value, written) => {
    const updated = set('HOST=a\n', 'X', value);
    expect(updated).toBe(`HOST=a\nX=${written}\n`);
    expect(parseEnv(updated)).toMatchObject({ HOST: 'a', X: value });
  });

  it('refuses a value that no quotes can hold', () => {
    expect(() => set('', 'X', `'"\``)).toThrow(CommandFailure);
    expect(() => set('', 'X', 'a\r\nb')).toThrow(/^X has a value/);
  });

  it('takes a file that ends within a comment', () => {
    expect(set('PORT=1\n#REPLY_MODE=all', 'HOST', '::1')).toBe(
      'PORT=1\n#REPLY_MODE=all\nHOST=::1\n',
    );
  });

  it('refuses a file that would not be read back as it was', () => {
    expect(() => set('a line that is none', 'PORT', '1')).toThrow('mend it by hand');
    expect(() => set('some: text\nPORT=1\n', 'PORT', '2')).toThrow('mend it by hand');
    expect(() => set(`NAME=\t'\n`, 'PORT', ' ')).toThrow('mend it by hand');
  });

  it('sets exactly what was asked for, whatever else the file holds', () => {
    const line = fc.oneof(
      fc.constantFrom(
        '',
        '# A=1',
        "A='x",
        'A="y" # z',
        "B='1\n2'",
        'export A=3',
        'C=4 #',
        '\t A = 5',
      ),
      fc.string({ unit: fc.constantFrom(...`AB= '"\`#\\n\t`) }),
    );
    const file = fc.tuple(fc.array(line), fc.constantFrom('\n', '\r\n'), fc.boolean());
    const value = fc.string({ unit: fc.constantFrom(...`ab= '"\`#\\n\n`) });
    let written = 0;
    fc.assert(
      fc.property(file, value, ([lines, lineEnd, isEnded], wanted) => {
        const text = lines.join(lineEnd) + (isEnded ? lineEnd : '');
        let updated: string;
        try {
          updated = set(text, 'A', wanted);
        } catch (error) {
          expect(error).toBeInstanceOf(CommandFailure);
          return;
        }
        written += 1;
        const ended = text === '' || text.endsWith('\n') ? text : text + lineEnd;
        expect({ ...parseEnv(updated) }).toEqual({ ...parseEnv(ended), A: wanted });
        expect(updated.endsWith('\n')).toBe(true);
        expect(set(updated, 'A', wanted)).toBe(updated);
      }),
      { numRuns: 500 },
    );
    expect(written).toBeGreaterThan(100);
  });
});
