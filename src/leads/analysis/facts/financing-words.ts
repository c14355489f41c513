import { compileLexicon, phraseList } from '../text/phrases.js';
import { wordSet } from '../text/tokenize.js';

export type LoanKind = 'conventional' | 'fha' | 'va' | 'jumbo';
export type Kind =
  LoanKind | 'cash' | 'pre_approved' | 'approved' | 'letter' | 'loan' | 'bank' | 'qualify' | 'help';

const BANKS = [
  'the bank',
  'my bank',
  'our bank',
  'a bank',
  'my lender',
  'our lender',
  'the lender',
  'a lender',
];

/** What is said of money and loans, in both languages; without accents, some as often misspelt. */
export const KINDS = compileLexicon<Kind>([
  ['cash', phraseList('cash, efectivo, de contado, al contado')],
  ['letter', BANKS.map((bank) => `letter from ${bank}`)],
  [
    'letter',
    phraseList('bank letter, approval letter, lender letter, carta del banco, carta de aprobacion'),
  ],
  [
    'pre_approved',
    phraseList(
      'preapproved, pre approved, preapproval, pre approval, preapprovals, preapprove, pre approve, preaproved, ' +
        'pre aproved, preaproval, pre aproval, preapprovel, preapporved, pre apporved, preapproves, preapp, pre app',
    ),
  ],
  [
    'pre_approved',
    phraseList(
      'prequalified, pre qualified, prequalification, pre qualification, prequal, pre qual, prequalifed, pre qualifed',
    ),
  ],
  [
    'pre_approved',
    phraseList(
      'preaprobado, preaprobada, preaprobados, pre aprobado, pre aprobada, pre aprobados, preaprobacion, ' +
        'pre aprobacion, preaprobaron, pre aprobaron, preaprobo, precalificaron, precalifico, precalifique, preaprovado, preaprovada, pre aprovado, pre aprovada, preaprovacion',
    ),
  ],
  [
    'pre_approved',
    phraseList(
      'precalificado, precalificada, precalificados, pre calificado, pre calificada, precalificacion, pre calificacion',
    ),
  ],
  [
    'approved',
    phraseList(
      'approved, aproved, underwritten approval, loan approval, mortgage approval, bank approval, fully approved, aprobado, aprobada, aprobados, aprobaron, aprobo, aprovado, aprovada',
    ),
  ],
  [
    'conventional',
    phraseList(
      'conventional, conv, convential, conventinal, coventional, convencional, convensional',
    ),
  ],
  ['fha', ['fha']],
  ['va', ['va']],
  ['jumbo', ['jumbo']],
  ['loan', phraseList('loan, loans, mortgage, mortgages, financing, finance')],
  [
    'loan',
    phraseList(
      'prestamo, prestamos, hipoteca, hipotecario, financiamiento, financiar, financiarla, financiarlo, financiado, credito',
    ),
  ],
  ['qualify', phraseList('qualify, qualified, calificar, califique, califico, calificamos')],
  [
    'bank',
    phraseList(
      'bank, banks, lender, lenders, loan officer, mortgage broker, credit union, banco, bancos, prestamista',
    ),
  ],
  [
    'help',
    phraseList(
      'down payment assistance, first time buyer program, qualify for a loan, qualify for a mortgage, ' +
        'ayuda con el enganche, para cuanto califico, preaprobar, preaprobarme, preaprobarnos, precalificar, precalificarme, precalificarnos',
    ),
  ],
]);

/** A loan or a lender is asked for, this many words before it at most. */
export const ASKS = wordSet(
  'need needs needing want wants require requires requiring get getting seeking apply applying looking help ' +
    'ayuden ayude ayudar ayudarme ayuda obtain obtaining secure securing arrange offer find finding interested know recommend ' +
    'necesito necesitamos quiero queremos busco buscamos buscando ocupo ocupamos conseguir sacar obtener pedir solicitar',
);
export const ASK_REACH_WORDS = 5;
