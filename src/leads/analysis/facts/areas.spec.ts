import { describe, expect, it } from '@jest/globals';
import { tokenize } from '../text/tokenize.js';
import { findAreas, listWantedAreas } from './areas.js';

function wanted(text: string, serviceAreas: readonly string[]): readonly string[] {
  return listWantedAreas(findAreas(tokenize(text), serviceAreas));
}

describe('findAreas', () => {
  it.each(['San Ángel', 'san angel', 'SAN ÁNGEL'])('finds %s in its own spelling', (name) => {
    expect(wanted(`busco en ${name}, por favor`, ['San Ángel'])).toEqual(['San Ángel']);
  });

  it('forgives a letter in a name with accents', () => {
    expect(wanted('casas en Coyoacam', ['Coyoacán'])).toEqual(['Coyoacán']);
  });
});
