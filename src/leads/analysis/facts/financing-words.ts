import { compileLexicon } from '../text/phrases.js';

export type LoanKind = 'conventional' | 'fha' | 'va' | 'jumbo';
export type Kind = LoanKind | 'cash' | 'pre_approved' | 'approved' | 'letter' | 'loan' | 'help';

/** What is said of money and loans, in both languages. */
export const KINDS = compileLexicon<Kind>([
  ['cash', ['cash', 'efectivo', 'de contado', 'al contado']],
  [
    'letter',
    [
      ...[
        'letter from the bank',
        'letter from my bank',
        'letter from our bank',
        'letter from a bank',
        'bank letter',
      ],
      ...[
        'letter from my lender',
        'letter from our lender',
        'letter from the lender',
        'letter from a lender',
      ],
      ...[
        'approval letter',
        'lender letter',
        'carta del banco',
        'carta de aprobación',
        'carta de aprobacion',
      ],
    ],
  ],
  [
    'pre_approved',
    [
      ...[
        'preaprobado',
        'preaprobada',
        'preaprobados',
        'pre aprobado',
        'pre aprobada',
        'pre aprobados',
      ],
      ...[
        'precalificado',
        'precalificada',
        'precalificados',
        'pre calificado',
        'pre calificada',
        'preaprobación',
      ],
      ...['preaprobacion', 'pre aprobación', 'pre aprobacion'],
    ],
  ],
  ['approved', ['aprobado', 'aprobada', 'aprobados', 'aprobaron', 'aprobó']],
  ['pre_approved', ['preapproved', 'pre approved', 'preapproval', 'pre approval', 'preapprovals']],
  [
    'pre_approved',
    ['preapprove', 'pre approve', 'prequalified', 'pre qualified', 'prequalification'],
  ],
  ['pre_approved', ['pre qualification', 'prequal', 'pre qual', 'preaproved', 'pre aproved']],
  ['approved', ['approved']],
  ['conventional', ['conventional']],
  ['fha', ['fha']],
  ['va', ['va']],
  ['jumbo', ['jumbo']],
  ['loan', ['loan', 'loans', 'mortgage', 'mortgages', 'lender', 'lenders', 'financing', 'finance']],
  [
    'loan',
    [
      ...[
        'préstamo',
        'prestamo',
        'préstamos',
        'prestamos',
        'hipoteca',
        'hipotecario',
        'financiamiento',
      ],
      ...['financiar', 'crédito', 'credito'],
    ],
  ],
  [
    'help',
    [
      ...[
        'down payment assistance',
        'first time buyer program',
        'qualify for a loan',
        'qualify for a mortgage',
      ],
      ...['ayuda con el enganche', 'para cuanto califico', 'para cuánto califico'],
    ],
  ],
]);
