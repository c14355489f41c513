import { compileEndingLexicon, compileLexicon, phraseList } from '../text/phrases.js';
import { wordSet } from '../text/tokenize.js';

/** What stands around a budget's figures, in both languages; without accents. */

/** Comparatives turn round when denied: "no more than" is a ceiling, "nothing under" a floor. */
export const BEFORE = compileEndingLexicon<'ceiling' | 'floor' | 'over' | 'under'>([
  [
    'ceiling',
    phraseList(
      'up to, upto, up till, max, maximum, at most, at the most, at the very most, most, limit, cap, capped at, ' +
        'cap it at, ceiling, top, within, south of, as high as, as much as, not to exceed, stretch to, no pase los',
    ),
  ],
  [
    'ceiling',
    phraseList(
      'go to, go up to, going up to, topping out at, tops out at, top out at, max out at, maxing out at, maxed out at, ' +
        'maxed at, tops, draw the line at',
    ),
  ],
  [
    'ceiling',
    phraseList(
      'hasta, hasta los, maximo, lo mas, lo maximo, a lo mas, max, maxima, tope, tope de, maximo de, como maximo, a lo mucho, cuando mucho, ' +
        'no mas de, no me paso de, no nos pasamos de, no mayor a, no mayor de, menor a, menor de, inferior a, sub, limite',
    ),
  ],
  [
    'floor',
    phraseList('desde, minimo, al menos, por lo menos, a partir de, minimo de, mayor a, mayor de'),
  ],
  [
    'over',
    phraseList(
      'mas de, arriba de, encima de, por encima de, pasar de, pasarme de, pasarnos de, pase de, pasemos de',
    ),
  ],
  ['under', phraseList('menos de, debajo de, por debajo de, abajo de')],
  [
    'floor',
    phraseList(
      'at least, from, starting at, starting from, start at, starts at, min, minimum, least, upwards of, upward of, north of',
    ),
  ],
  [
    'over',
    phraseList(
      'over, above, more than, more then, exceed, exceeding, higher than, greater than, beyond, >, go past, going past, ' +
        'goes past, get past',
    ),
  ],
  [
    'under',
    phraseList('under, below, less than, less then, lower than, cheaper than, fewer than, <'),
  ],
]);
export const AFTER = compileLexicon<'ceiling' | 'floor'>([
  [
    'ceiling',
    phraseList(
      'maximo, max, tope, como maximo, o menos, a lo mucho, cuando mucho, lo maximo, lo mas, maximum, tops, top, limit, ' +
        'upper limit, ceiling, cap, at most, at the most, at the very most, most, as high as, as much as, as far as, all we can, all i can',
    ),
  ],
  [
    'ceiling',
    phraseList(
      'or less, or under, or below, or lower, or cheaper, no more, no higher, and under, and below, and less, y menos, ' +
        'para abajo, o mas barata, o mas barato',
    ),
  ],
  [
    'floor',
    phraseList(
      'min, minimum, or more, or above, or higher, or over, or up, and up, and above, and over, and higher, and more, ' +
        'plus, +, at least, upwards',
    ),
  ],
  ['floor', phraseList('o mas, minimo, para arriba, en adelante')],
]);
export const CUES = wordSet(
  'budget budgeted budgeting price priced prices pricing spend spending afford pay paying cost costs range bracket ' +
    'comfortable comfortably realistic realistically between offer offering asking approved aproved preapproved prequalified qualify qualified worth loan purchase listed ballpark ' +
    'presupuesto precio precios gastar gastarme gastarnos alcanza pagar entre cuesta cuestan costo rango ofrecer aprobado aprobada ' +
    'aprobados aprobaron aprobo preaprobado preaprobada preaprobados preaprobaron calificado califico precalificado precalificada',
);
export const FILLERS = wordSet(
  'about around approximately approx roughly maybe probably somewhere like say a an the my our is was be ' +
    'would are of at to for as i we can could want will go do it being currently total just that point amount ' +
    'or near close absolute so only ideally really ' +
    'es de el la un una por unos unas mi nuestro alrededor cerca aprox aproximadamente que son seria algo como ' +
    'hacia us me nos anda andamos tengo tenemos puedo podemos quiero queremos ser ando los casa casas',
);
export const FILLERS_AFTER = wordSet(
  'is my our the absolute as a would be budget price total or at all in es lo el mi nuestro que podemos seria',
);
/** Words that a denial of a figure may reach over. */
export const LIGHT_WORDS = wordSet(
  'go going want wanting to spend spending pay paying do be look looking like can could any ' +
    'anything at for homes houses house home a me us show priced need it much afford have got budget ' +
    'quiero queremos puedo podemos tengo tenemos los dispongo me nos alcanza alcanzo para que gustaria gastar pagar of the is willing able really ever even see price prices listings listing send',
);
/** Labels of a form: "max: $400k", "Budget (max): 400000". */
export const LABELS = wordSet('max maximum min minimum limit ceiling cap');
